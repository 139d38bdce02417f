"""The record: who did what, for admins, with a filter."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, request

from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs
from bot.console.record_words import KINDS, action_told, actor_told, details_told, kind_name
from bot.store import audit

PAGE: Final = 50
pages = Blueprint("record", __name__, url_prefix="/record")


@pages.get("/")
@needs(Capability.READ_RECORD)
def page() -> str:
    """List the latest deeds: of one person, of one kind, older than those seen before."""
    who, kind = request.args.get("who", "").replace("\0", ""), request.args.get("kind", "")
    before = min(request.args.get("before", 0, type=int), 2**31 - 1)
    wanted = KINDS.get(kind, ())
    entries = desk().read(lambda connection: audit.look(connection, who, wanted, max(0, before), PAGE + 1))
    return render_template(
        "console/record.html",
        entries=entries[:PAGE],
        older=entries[PAGE - 1].id if len(entries) > PAGE else None,
        actors=desk().read(audit.actors),
        who=who,
        kind=kind if kind in KINDS else "",
        kinds=KINDS,
        kind_name=kind_name,
        action_told=action_told,
        actor_told=actor_told,
        details_told=details_told,
    )
