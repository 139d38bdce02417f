"""What one answered question adds to the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.insights.masking import mask
from bot.store import counts
from bot.store.database import Connection

UNKNOWN: Final = "unknown"
"""The status of a question that nothing was known about."""


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """One thing to count. `asked`: the question, where nothing was known; otherwise the id voted on."""

    topic: str
    language: str
    status: str
    asked: str = ""


def count(connection: Connection, one: Count, day: date, waited_ms: float) -> None:
    """Add to the numbers of a day (JST). `waited_ms` passed between question and answer.

    An unknown question is kept masked; a vote counts for the answer that was voted on.
    """
    topic, language, status = one.topic[:128], one.language[:16], one.status[:16]
    if one.status != UNKNOWN:
        counts.add(connection, day, one.asked[:128] or topic, language, status, waited_ms)
        return
    counts.add(connection, day, topic, language, status, waited_ms)
    if question := mask(one.asked):
        counts.add_unanswered(connection, day, language, question)
