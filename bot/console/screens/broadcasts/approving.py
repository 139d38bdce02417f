"""The second person: approve, or send back with a comment. Made for one thumb on a phone."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import review
from bot.broadcasts.model import Broadcast, Check
from bot.broadcasts.refused import Refused
from bot.console.access.roles import Capability
from bot.console.gate import needs
from bot.console.screens.broadcasts import view
from bot.console.screens.broadcasts.at_hand import found, me, office, said
from bot.console.screens.broadcasts.editor import ADDRESS
from bot.console.speaking import remark
from bot.lifecycle import Order

Shown = str | Response | tuple[str, int]
pages = Blueprint("approving", __name__)


@pages.get(f"{ADDRESS}/approve")
@needs(Capability.APPROVE_BROADCASTS, fresh=True)
def page(number: int) -> Shown:
    """Show what is to be approved, each text beside the Japanese."""
    one = found(number)
    if one.status is not Order.IN_REVIEW:
        return _on(number)
    return _page(one)


@pages.post(f"{ADDRESS}/approve")
@needs(Capability.APPROVE_BROADCASTS, fresh=True)
def take(number: int) -> Shown:
    """Approve exactly the version that was looked at."""
    version = request.form.get("version", type=int) or 0
    try:
        review.approve(office(), me(), number, version)
    except Refused as refusal:
        one = found(number)
        if one.status is Order.IN_REVIEW:
            return _page(one, said(refusal.remark)), 422
        flash(said(refusal.remark), "problem")
        return _on(number)
    flash(remark("It is approved."), "done")
    return _on(number)


@pages.get(f"{ADDRESS}/send-back")
@needs(Capability.APPROVE_BROADCASTS)
def back(number: int) -> Shown:
    """Ask why it is sent back."""
    return _back(found(number))


@pages.post(f"{ADDRESS}/send-back")
@needs(Capability.APPROVE_BROADCASTS)
def take_back(number: int) -> Shown:
    """Send it back to its writer."""
    one, comment = found(number), request.form.get("note", "").strip()
    try:
        review.send_back(office(), me(), number, one.version, comment)
    except Refused as refusal:
        return _back(one, said(refusal.remark)), 422
    flash(remark("It is sent back, with what you wrote."), "done")
    return _on(number)


def _on(number: int) -> Response:
    return redirect(url_for("console.broadcasts.detail.page", number=number), 303)


def _page(one: Broadcast, refusal: str = "") -> str:
    return render_template(
        "console/broadcasts/approve.html",
        **view.texts(one),
        **view.beside(one),
        facts=view.facts(one),
        reach=view.reach(one),
        refusal=refusal,
        standing=view.due_told(one),
        links=one.check_note if one.check is Check.OK else "",
        suggests=True,
    )


def _back(one: Broadcast, problem: str = "") -> str:
    return render_template(
        "console/broadcasts/deed.html",
        one=one,
        title=remark("Send back"),
        happens=(
            remark("It becomes a draft again. Nothing is sent."),
            remark("{name} reads your comment.", name=one.author),
        ),
        asks=remark("What should be different?"),
        button_text=remark("Send back"),
        errors={"note": problem} if problem else {},
    )
