"""Statuses and the only steps between them. Pure; a test compares this table with the docs."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


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


def may_step(old: Inbox, new: Inbox) -> bool:
    """Return True when an event may move from `old` to `new`."""
    return new in INBOX_STEPS[old]
