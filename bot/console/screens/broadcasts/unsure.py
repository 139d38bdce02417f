"""Batches of which nobody knows whether they arrived: a person finds out and says so, with a note."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.screens.broadcasts.at_hand import found, order_of
from bot.console.screens.broadcasts.editor import ADDRESS, MOST
from bot.console.screens.broadcasts.words import variant_name
from bot.console.speaking import remark
from bot.delivery import staff as delivery
from bot.delivery.staff import NotPossible
from bot.lifecycle import Batch
from bot.store import audit, batches
from bot.store.database import Connection

pages = Blueprint("unsure", __name__)


@pages.get(f"{ADDRESS}/unsure")
@needs(Capability.APPROVE_BROADCASTS)
def page(number: int) -> str:
    """List the unsure batches of a broadcast."""
    order = order_of(found(number))
    lines = desk().read(partial(batches.lines, order_id=order.id, states=(Batch.UNSURE,))) if order else []
    return render_template(
        "console/broadcasts/unsure.html", one=found(number), lines=lines, variant_name=variant_name
    )


@pages.post(f"{ADDRESS}/unsure/<int(max={MOST}):n>")
@needs(Capability.APPROVE_BROADCASTS)
def take(number: int, n: int) -> Response:
    """Mark one batch as arrived, or as not arrived."""
    order, at, who = order_of(found(number)), desk().at(), visit().account.name
    arrived, note = request.form.get("arrived") == "yes", request.form.get("note", "").strip()

    def work(connection: Connection) -> None:
        delivery.mark(connection, order.id if order else 0, n, arrived, who, at, note)
        audit.note(connection, at, who, "broadcast-batch-marked", f"broadcast {number}", batch=n)

    try:
        desk().write(work)
    except NotPossible as why:
        missing = why.reason == "note_missing"
        text = remark("Say how you found out.") if missing else remark("That batch is not unsure any more.")
        flash(text, "problem")
    else:
        flash(remark("It is noted."), "done")
    return redirect(url_for(".page", number=number), 303)
