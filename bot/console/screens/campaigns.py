"""Stub."""

from flask import Blueprint

from bot.console.access.roles import Capability
from bot.console.gate import needs

pages = Blueprint("campaigns", __name__, url_prefix="/campaigns")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Show."""
    return ""
