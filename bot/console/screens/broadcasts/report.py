"""What became of a broadcast: how far it is while it goes out, and afterwards, by language."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial

from bot.broadcasts.compose import KEYS
from bot.console.desk import desk
from bot.console.screens.broadcasts.words import variant_name
from bot.lifecycle import ORDER_STEPS, Batch
from bot.store import batches
from bot.store.orders import SendOrder


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the sending is, in people. The first four and `left` add up to `recipients`."""

    accepted: int
    refused: int
    unsure: int
    cancelled: int
    left: int
    recipients: int

    @property
    def done(self) -> int:
        """Of how many something final is known."""
        return self.recipients - self.left


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """One line of the final report: the readers of one text."""

    name: str
    accepted: int
    others: int


def progress(order: SendOrder | None) -> Progress | None:
    """Return how far an order is; None before it is known who gets it."""
    if order is None or not order.recipients:
        return None
    return Progress(
        order.accepted, order.refused, order.unsure, order.cancelled, order.still_open, order.recipients
    )


def by_language(order: SendOrder | None) -> list[ByLanguage]:
    """Return the lines of the final report; none before the end."""
    if order is None or ORDER_STEPS[order.status]:
        return []
    people: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for line in desk().read(partial(batches.lines, order_id=order.id, states=tuple(Batch))):
        people[line.variant][line.state is Batch.ACCEPTED] += line.count
    return [
        ByLanguage(variant_name(key), people[key][True], people[key][False])
        for key in sorted(people, key=lambda key: KEYS.index(key) if key in KEYS else len(KEYS))
    ]
