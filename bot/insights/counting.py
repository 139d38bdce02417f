"""What one answered question adds to the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.insights.masking import LONGEST, mask
from bot.store import counts
from bot.store.database import Connection

UNKNOWN: Final = "unknown"
"""The status of a question that nothing was known about."""


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """One thing to count. `asked` is the question as it was put, where nothing was known; otherwise empty.

    `answer` is the id of the answer, empty where there was none.
    """

    topic: str
    language: str
    status: str
    asked: str = ""
    answer: str = ""


def count(connection: Connection, one: Count, day: date, waited_ms: float) -> None:
    """Add to the numbers of a day (JST). `waited_ms` passed between question and answer.

    An unknown question is kept masked, and only a short one: long ones hold names and stories.
    """
    topic, language, status = one.topic[:128], one.language[:16], one.status[:16]
    counts.add(connection, day, topic, language, status, waited_ms)
    question = mask(one.asked) if one.status == UNKNOWN else ""
    if 0 < len(question) <= LONGEST:
        counts.add_unanswered(connection, day, language, question)
