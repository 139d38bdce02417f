"""What readers let us know about our answers, besides that nothing was known: masked, by day and language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.insights.masking import LONGEST, mask
from bot.store import signals
from bot.store.database import Connection


class Kind(StrEnum):
    """What happened. `target` of a signal is the answer that was voted on, or the choice that was tapped."""

    UNANSWERED = "unanswered"
    NONE_OF_THESE = "none-of-these"
    NOT_HELPFUL = "not-helpful"
    CHOSEN = "chosen"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True, order=True)
class Signal:
    """One thing to learn from. `question` is what was asked, as far as the button carried it."""

    kind: Kind
    language: str
    question: str = ""
    target: str = ""


def keep(connection: Connection, signal: Signal, day: date) -> None:
    """Add a signal to those of a day (JST). Without its question only a missing translation says anything."""
    question = mask(signal.question)
    if len(question) > LONGEST or (not question and signal.kind is not Kind.UNTRANSLATED):
        return
    signals.add(connection, day, signal.kind.value, signal.language[:16], question, signal.target[:200])
