"""Whom a broadcast reaches: counted before anything else, and told to delivery as what it asks the store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from bot.broadcasts.compose import KEYS, UNKNOWN
from bot.broadcasts.model import Audience, Broadcast, Kind
from bot.broadcasts.office import Office
from bot.language.choose import LACKING
from bot.language.tags import TAGS
from bot.lifecycle import ORDER_STEPS
from bot.store import broadcast_audience, broadcasts, orders
from bot.store.database import Connection

LANGUAGES: Final = (*TAGS, LACKING)
"""What an audience may choose among; readers whose language is unknown are chosen apart."""


@dataclass(frozen=True, slots=True)
class Count:
    """People by variant: a language tag, `other` (a language that we lack) or `unknown`."""

    by_language: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_language.values())


def count(office: Office, audience: Audience, kind: Kind, topic: str | None) -> Count:
    """Return how many people who follow us an audience has now. Raises StoreError."""
    whom = criteria(audience, kind, topic)
    return Count(office.database.read(partial(broadcast_audience.count, order=whom)))


def counted(office: Office, broadcast: Broadcast) -> Count:
    """Return how many people a broadcast reaches; a correction those that the first one reached."""
    if broadcast.corrects is None:
        return count(office, broadcast.audience, broadcast.kind, broadcast.topic)
    return office.database.read(lambda connection: Count(_reached(connection, broadcast)))


def keys(broadcast: Broadcast) -> tuple[str, ...]:
    """Return the variants that a broadcast has to have, as its audience says; a plain one its only text."""
    if broadcast.plain:
        return tuple(broadcast.texts())
    languages, unknown = broadcast.audience.languages, broadcast.audience.unknown
    chosen = LANGUAGES if languages is None else languages
    return tuple(key for key in KEYS if key in chosen or (unknown and key == UNKNOWN))


def criteria(audience: Audience, kind: Kind, topic: str | None) -> dict[str, Any]:
    """Return what the audience query is asked."""
    return {
        "languages": None if audience.languages is None else list(audience.languages),
        "areas": None if audience.areas is None else list(audience.areas),
        "unknown": audience.unknown,
        "topic": topic,
        "emergency": kind is Kind.EMERGENCY,
        "tags": list(TAGS),
        "other": LACKING,
        "nobody": UNKNOWN,
    }


def corrected_order(connection: Connection, broadcast: Broadcast) -> int | None:
    """Return the send order of the broadcast that this one corrects; None when it was never sent."""
    first = broadcasts.load(connection, broadcast.corrects or 0)
    return first[0]["order_id"] if first else None


def still_open(connection: Connection, broadcast: Broadcast) -> bool:
    """Return whether what a correction corrects is still being sent."""
    order_id = corrected_order(connection, broadcast)
    order = orders.load(connection, order_id) if order_id else None
    return order is not None and bool(ORDER_STEPS[order.status])


def _reached(connection: Connection, broadcast: Broadcast) -> dict[str, int]:
    order_id, wanted = corrected_order(connection, broadcast), keys(broadcast)
    reached = broadcast_audience.reached(connection, order_id) if order_id else {}
    return {key: people for key, people in reached.items() if key in wanted}
