"""What somebody may do about a broadcast now, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import url_for

from bot.broadcasts.model import Broadcast
from bot.console.access.roles import Capability
from bot.console.gate import visit
from bot.console.screens.broadcasts.at_hand import office
from bot.console.speaking import remark
from bot.lifecycle import Order
from bot.store.orders import SendOrder

PAST: Final = (Order.SENT, Order.SENT_IN_PART, Order.STOPPED)
"""Where something has gone out and nothing more will."""

_Doing = tuple[str, str, str]
"""Words, the page's end of an address, look of the button."""


def doings(one: Broadcast, order: SendOrder | None) -> list[_Doing]:
    """Return what this person may do: words, address, look of the button."""
    found: list[_Doing] = []
    if visit().may(Capability.APPROVE_BROADCASTS):
        found += _approving(one, order)
    if visit().may(Capability.WRITE_BROADCASTS):
        found += _writing(one)
        found += [
            (name, url_for("console.broadcasts.deeds.page", number=one.id, deed=deed), look)
            for deed, name, look in _deeds(one.status)
        ]
    return found


def _approving(one: Broadcast, order: SendOrder | None) -> Iterator[_Doing]:
    own = visit().account.name in (one.author, *one.hands)
    alone = office().rules.approval == "self_with_delay"
    if one.status is Order.IN_REVIEW and (alone or not own):
        yield remark("Look and approve"), _to(one, "approving.page"), ""
        yield remark("Send back"), _to(one, "approving.back"), "quiet"
    if order and order.unsure:
        yield remark("Say what became of the unsure ones"), _to(one, "unsure.page"), ""


def _writing(one: Broadcast) -> Iterator[_Doing]:
    if one.status is Order.DRAFT:
        yield remark("Go on writing"), _to(one, "editor.page"), ""
        yield remark("Check and submit"), _to(one, "checking.page"), "quiet"
    if one.status is Order.IN_REVIEW:
        look = "" if one.late(office().now()) else "quiet"
        yield remark("Choose another time"), _to(one, "another_time.page"), look
    if one.status in (Order.DRAFT, Order.IN_REVIEW, Order.SCHEDULED):
        yield remark("Send a test"), _to(one, "trying.page"), "quiet"


def _deeds(status: Order) -> Iterator[_Doing]:
    """Yield the steps that ask first: word of the address, words, look."""
    if status in (Order.SCHEDULED, Order.SENDING, Order.HELD):
        yield "stop", remark("Stop"), "danger"
    if status in (Order.SCHEDULED, Order.SENDING):
        yield "hold", remark("Hold"), "quiet"
    if status is Order.HELD:
        yield "resume", remark("Let it go on"), ""
    if status in (Order.IN_REVIEW, Order.SCHEDULED):
        yield "take-back", remark("Take back and change"), "quiet"
    if status in PAST:
        yield "correct", remark("Correct it"), ""
    yield "duplicate", remark("Duplicate"), "quiet"
    if status is Order.DRAFT:
        yield "discard", remark("Discard"), "quiet"


def _to(one: Broadcast, screen: str) -> str:
    return url_for(f"console.broadcasts.{screen}", number=one.id)
