"""What of the broadcasts waits for somebody, and what goes out next: for the first page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from bot.broadcasts import drafts, review
from bot.broadcasts.model import Broadcast
from bot.console.access.roles import Capability
from bot.console.gate import Visit
from bot.console.screens.broadcasts.at_hand import goes_out, office
from bot.console.speaking import remark
from bot.lifecycle import Order

NEXT = 5
"""How many of the next sends are shown."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody: a sentence, the page where it is dealt with."""

    text: str
    way: str
    urgent: bool = False


def waiting(who: Visit) -> list[Waiting]:
    """Return what waits for somebody, the urgent first."""
    found = drafts.listing(office(), drafts.Filter((Order.IN_REVIEW, Order.HELD, Order.DRAFT))).found
    told = (each for one in found for each in _of(one, who))
    return sorted(told, key=lambda one: not one.urgent)


def next_sends() -> list[Broadcast]:
    """Return what goes out next, the soonest first."""
    found = drafts.listing(office(), drafts.Filter((Order.SCHEDULED, Order.SENDING))).found
    return sorted(found, key=lambda one: goes_out(one) or 0)[:NEXT]


def _of(one: Broadcast, who: Visit) -> Iterator[Waiting]:
    own = who.account.name in (one.author, *one.hands)
    writes, approves = who.may(Capability.WRITE_BROADCASTS), who.may(Capability.APPROVE_BROADCASTS)
    way = url_for("console.broadcasts.detail.page", number=one.id)
    if one.late(office().now()) and writes:
        text = remark("“{title}” was not approved in time: choose another time.", title=one.title)
        yield Waiting(text, url_for("console.broadcasts.another_time.page", number=one.id), urgent=True)
    elif one.status is Order.IN_REVIEW and approves and not own:
        emergency = one.kind == "emergency"
        yield Waiting(remark("“{title}” waits for your approval.", title=one.title), way, urgent=emergency)
    elif one.status is Order.HELD and writes:
        yield Waiting(remark("“{title}” is on hold.", title=one.title), way, urgent=True)
    elif one.status is Order.DRAFT and one.author == who.account.name and _sent_back(one):
        edit = url_for("console.broadcasts.editor.page", number=one.id)
        yield Waiting(remark("“{title}” was sent back to you.", title=one.title), edit)


def _sent_back(one: Broadcast) -> bool:
    past = [entry.action for entry in review.history(office(), one.id)]
    return next((each for each in reversed(past) if each in ("sent-back", "submitted")), "") == "sent-back"
