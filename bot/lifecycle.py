"""Statuses and the only steps between them. Pure; a test compares this table with the docs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar


class Inbox(StrEnum):
    """Where an incoming event stands."""

    NEW = "new"
    REPLYING = "replying"
    ANSWERED = "answered"
    EXPIRED = "expired"
    REFUSED = "refused"
    IGNORED = "ignored"
    UNREADABLE = "unreadable"


INBOX_STEPS: Final[dict[Inbox, frozenset[Inbox]]] = {
    Inbox.NEW: frozenset({Inbox.REPLYING, Inbox.ANSWERED, Inbox.EXPIRED, Inbox.IGNORED, Inbox.UNREADABLE}),
    Inbox.REPLYING: frozenset({Inbox.ANSWERED, Inbox.EXPIRED, Inbox.REFUSED}),
    Inbox.ANSWERED: frozenset(),
    Inbox.EXPIRED: frozenset(),
    Inbox.REFUSED: frozenset(),
    Inbox.IGNORED: frozenset(),
    Inbox.UNREADABLE: frozenset(),
}
"""Allowed steps. NEW goes straight to ANSWERED only when there is nothing to say (unfollow, unsend)."""


class Order(StrEnum):
    """Where a send order stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    DISCARDED = "discarded"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    SENT_IN_PART = "sent_in_part"
    HELD = "held"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


ORDER_STEPS: Final[dict[Order, frozenset[Order]]] = {
    Order.DRAFT: frozenset({Order.IN_REVIEW, Order.DISCARDED}),
    Order.IN_REVIEW: frozenset({Order.DRAFT, Order.SCHEDULED}),
    Order.DISCARDED: frozenset(),
    Order.SCHEDULED: frozenset({Order.SENDING, Order.DRAFT, Order.CANCELLED, Order.HELD}),
    Order.SENDING: frozenset({Order.SENT, Order.SENT_IN_PART, Order.HELD, Order.STOPPED}),
    Order.SENT: frozenset(),
    Order.SENT_IN_PART: frozenset(),
    Order.HELD: frozenset(
        {Order.SCHEDULED, Order.SENDING, Order.DRAFT, Order.CANCELLED, Order.STOPPED, Order.SENT_IN_PART}
    ),
    Order.STOPPED: frozenset(),
    Order.CANCELLED: frozenset(),
}
"""Allowed steps. HELD goes to DRAFT and CANCELLED only while LINE accepted nothing of it, and to STOPPED and
SENT_IN_PART only once it did."""


class Batch(StrEnum):
    """Where the recipients of one call stand.

    QUEUED: LINE surely does not have it. SENDING: it is on its way, or nobody knows yet whether it arrived.
    """

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNSURE = "unsure"
    CANCELLED = "cancelled"


BATCH_STEPS: Final[dict[Batch, frozenset[Batch]]] = {
    Batch.QUEUED: frozenset({Batch.SENDING, Batch.CANCELLED}),
    Batch.SENDING: frozenset({Batch.ACCEPTED, Batch.QUEUED, Batch.REFUSED, Batch.UNSURE}),
    Batch.ACCEPTED: frozenset(),
    Batch.REFUSED: frozenset(),
    Batch.UNSURE: frozenset({Batch.ACCEPTED, Batch.CANCELLED}),
    Batch.CANCELLED: frozenset(),
}
"""Allowed steps. Those from UNSURE are taken by a person, with a note."""

Status = TypeVar("Status", Inbox, Order, Batch)
_STEPS: Final[Mapping[type[StrEnum], Mapping[Any, frozenset[Any]]]] = {
    Inbox: INBOX_STEPS,
    Order: ORDER_STEPS,
    Batch: BATCH_STEPS,
}


def may_step(old: Status, new: Status) -> bool:
    """Return True when an event, an order or a batch may move from `old` to `new`."""
    return new in _STEPS[type(old)][old]
