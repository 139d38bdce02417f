"""Another time for a broadcast that waits for approval, above all for one whose time has passed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import review, times
from bot.broadcasts.refused import Refused
from bot.console.access.roles import Capability
from bot.console.gate import needs
from bot.console.screens.broadcasts import form, view
from bot.console.screens.broadcasts.at_hand import found, me, office, said, zone
from bot.console.screens.broadcasts.editor import ADDRESS
from bot.console.speaking import remark

Shown = str | Response | tuple[str, int]
pages = Blueprint("another_time", __name__)


@pages.get(f"{ADDRESS}/time")
@needs(Capability.WRITE_BROADCASTS)
def page(number: int) -> str:
    """Ask when it shall go out."""
    one = found(number)
    return _page(number, form.parts(one.due_at, zone()))


@pages.post(f"{ADDRESS}/time")
@needs(Capability.WRITE_BROADCASTS)
def take(number: int) -> Shown:
    """Keep the new time."""
    one, given = found(number), (request.form.get("due_day", ""), request.form.get("due_time", ""))
    try:
        due = times.read(office(), " ".join(given)) if any(given) else None
        review.reschedule(office(), me(), number, one.version, due)
    except Refused as refusal:
        return _page(number, given, said(refusal.remark)), 422
    flash(remark("It has a new time. Those who may approve are told."), "done")
    return redirect(url_for("console.broadcasts.detail.page", number=number), 303)


def _page(number: int, due: tuple[str, str], problem: str = "") -> str:
    one = found(number)
    return render_template(
        "console/broadcasts/time.html",
        one=one,
        due=due,
        due_told=view.due_told(one),
        errors={"due_day": problem} if problem else {},
    )
