"""The last look before a broadcast is handed in: what goes to whom when, every text beside the Japanese."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import review
from bot.broadcasts.model import Broadcast
from bot.broadcasts.refused import Refused
from bot.console.access.roles import Capability
from bot.console.gate import needs
from bot.console.screens.broadcasts import view
from bot.console.screens.broadcasts.at_hand import found, me, office, said
from bot.console.screens.broadcasts.editor import ADDRESS
from bot.console.speaking import remark
from bot.lifecycle import Order

Shown = str | Response | tuple[str, int]
pages = Blueprint("checking", __name__)


@pages.get(f"{ADDRESS}/check")
@needs(Capability.WRITE_BROADCASTS)
def page(number: int) -> Shown:
    """Show everything that would be handed in, and what stands in the way."""
    one = found(number)
    if one.status is not Order.DRAFT:
        return redirect(url_for("console.broadcasts.detail.page", number=number))
    return _page(one)


@pages.post(f"{ADDRESS}/check")
@needs(Capability.WRITE_BROADCASTS)
def take(number: int) -> Shown:
    """Hand it in for approval."""
    one = found(number)
    try:
        review.submit(office(), me(), number, one.version)
    except Refused as refusal:
        return _page(found(number), said(refusal.remark)), 422
    flash(remark("It is handed in. Those who may approve are told."), "done")
    return redirect(url_for("console.broadcasts.detail.page", number=number), 303)


def _page(one: Broadcast, refusal: str = "") -> str:
    return render_template(
        "console/broadcasts/check.html",
        **view.texts(one),
        **view.beside(one),
        facts=view.facts(one),
        reach=view.reach(one),
        refusal=refusal,
        suggests=False,
    )
