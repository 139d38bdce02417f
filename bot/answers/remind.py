"""Reminders as an answer: what was asked of them. What is set for whom, only the chat knows."""

from __future__ import annotations

from bot.answers.model import Answer, Card, Status
from bot.answers.reader import Reader
from bot.answers.taps import Tap

REMIND = "remind:"
"""Begins the ids of everything about reminders: `remind:evening`, `remind:stop`."""


def remind_tap(what: str) -> Tap:
    """Return the tap that asks for something about reminders."""
    return Tap("answer", f"{REMIND}{what}")


def remind_answer(reader: Reader, what: str) -> Answer:
    """Return that reminders are set in the chat, where this answer is replaced by what is set there."""
    lead = reader.speech.say("I can remind you of your collection days here on LINE.")
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=f"{REMIND}{what or 'open'}",
        cards=(Card(title=lead, lead=lead),),
        topic="reminders",
    )
