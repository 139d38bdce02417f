"""Stub."""

from flask import Blueprint

from bot.console.access.roles import Capability
from bot.console.gate import needs

pages = Blueprint("report", __name__, url_prefix="/report")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Show."""
    return ""
