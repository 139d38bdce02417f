"""Sending a test: to one's own phone, or to everybody of the staff who linked theirs."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import trying
from bot.broadcasts.refused import Refused
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.screens.broadcasts.at_hand import found, me, office, said
from bot.console.screens.broadcasts.editor import ADDRESS
from bot.console.screens.broadcasts.words import language_name
from bot.console.speaking import remark, remark_n
from bot.store import staff

Shown = str | Response | tuple[str, int]
pages = Blueprint("trying", __name__)


@pages.get(f"{ADDRESS}/try")
@needs(Capability.WRITE_BROADCASTS)
def page(number: int) -> Shown:
    """Ask to whom and in which languages."""
    return _page(number)


@pages.post(f"{ADDRESS}/try")
@needs(Capability.WRITE_BROADCASTS)
def take(number: int) -> Shown:
    """Send the test."""
    one = found(number)
    languages = [tag for tag in one.texts() if tag in request.form.getlist("language")]
    send = trying.to_all_staff if request.form.get("to") == "all" else trying.to_myself
    try:
        send(office(), me(), number, languages or None)
    except Refused as refusal:
        return _page(number, said(refusal.remark)), 422
    flash(remark("The test is on its way."), "done")
    return redirect(url_for("console.broadcasts.detail.page", number=number), 303)


def _page(number: int, problem: str = "") -> str:
    one = found(number)
    linked = [each for each in desk().read(staff.everyone) if each.active and each.line_user_id]
    return render_template(
        "console/broadcasts/try.html",
        one=one,
        linked=len(linked),
        mine=bool(visit().account.line_user_id),
        staff_told=remark_n(
            "all {n} member of staff who linked LINE", "all {n} of the staff who linked LINE", len(linked)
        ),
        languages=[(tag, language_name(tag)) for tag in one.texts()],
        errors={"to": problem} if problem else {},
    )
