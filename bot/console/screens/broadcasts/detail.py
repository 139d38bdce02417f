"""One broadcast: where it stands, how far it is, what it says, what can be done, what happened."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from bot.broadcasts import review
from bot.broadcasts.model import Broadcast, Check
from bot.console.access.roles import Capability
from bot.console.gate import needs, visit
from bot.console.results import results_of
from bot.console.screens.broadcasts import report, view
from bot.console.screens.broadcasts.at_hand import found, office, open_suggestions, order_of
from bot.console.screens.broadcasts.doings import PAST, doings
from bot.console.screens.broadcasts.editor import ADDRESS
from bot.console.screens.broadcasts.words import happened, held_told
from bot.console.speaking import remark, remark_n
from bot.lifecycle import Order
from bot.store.moments import SECOND
from bot.store.orders import SendOrder

pages = Blueprint("detail", __name__)
_MOVING = (Order.SCHEDULED, Order.SENDING)


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of what happened."""

    at: int
    by: str
    told: str
    note: str


@pages.get(f"{ADDRESS}/")
@needs(Capability.LOOK)
def page(number: int) -> str:
    """Show a broadcast."""
    one = found(number)
    order = order_of(one)
    return render_template(
        "console/broadcasts/detail.html",
        **view.texts(one),
        facts=view.facts(one),
        copies={tag: _copy(one, tag) for tag in one.texts()},
        moving=one.status in _MOVING,
        standing=_standing(one, order),
        warning=_warning(one, order),
        progress=report.progress(order),
        by_language=report.by_language(order),
        doings=doings(one, order),
        history=[
            Happened(entry.at, entry.by, happened(entry.action), entry.note)
            for entry in review.history(office(), number)
        ],
        order=order,
        **results_of(order),
        suggestions=open_suggestions(one) if visit().may(Capability.WRITE_BROADCASTS) else (),
    )


def _copy(one: Broadcast, tag: str) -> str:
    """Return a text for other places: with its link written out."""
    variant = one.variants[tag]
    return "\n".join(part for part in (variant.text, variant.link) if part)


def _standing(one: Broadcast, order: SendOrder | None) -> str:
    """Return in one sentence where it stands."""
    match one.status:
        case Order.DRAFT:
            return remark("It is being written. Nobody gets it before a second person has approved it.")
        case Order.IN_REVIEW:
            return view.due_told(one)
        case Order.SCHEDULED:
            return _hold_back(order) or view.due_told(one)
        case Order.HELD:
            return remark("Nothing of it leaves until somebody lets it go on.")
        case Order.SENDING:
            return remark("It is going out now. It can still be stopped.")
        case _ if one.status in PAST and order:
            return _lasted(order)
        case _:
            return remark("Nobody got it.")


def _hold_back(order: SendOrder | None) -> str:
    """Return how long it can still be stopped before anybody has it; nothing when that is over."""
    left = order.hold_until - office().now() if order and order.hold_until else 0
    if left <= 0 or not order or order.due_at > (order.hold_until or 0):
        return ""
    minutes, seconds = divmod(left // SECOND, 60)
    return remark(
        "Held back for {minutes}:{seconds} more, so that it can be stopped before anybody has it.",
        minutes=minutes,
        seconds=f"{seconds:02}",
    )


def _lasted(order: SendOrder) -> str:
    seconds = max(1, (order.changed_at - order.starts_at) // SECOND)
    return remark_n("Over after {n} second.", "Over after {n} seconds.", seconds)


def _warning(one: Broadcast, order: SendOrder | None) -> str:
    if one.late(office().now()):
        return remark("It was not approved in time: choose another time.")
    if one.check is Check.REFUSED:
        return remark("LINE does not take these messages: {reason}", reason=one.check_note)
    if order and order.status is Order.HELD and order.note:
        return held_told(order.note)
    if one.check is Check.OK and one.check_note:
        return remark("A link did not open: {links}", links=one.check_note)
    if order and order.unsure:
        return remark_n(
            "Of {n} person nobody knows whether it arrived.",
            "Of {n} people nobody knows whether it arrived.",
            order.unsure,
        )
    return ""
