"""What is kept of the reader, as an answer: only the chat knows it and fills it in."""

from __future__ import annotations

from bot.answers.model import Answer, Card, Status
from bot.answers.reader import Reader
from bot.answers.taps import Tap

ME = "me:"
"""Begins the ids of everything about the reader: `me:show`, `me:export`, `me:forget`, `me:forget-now`."""


def me_tap(what: str) -> Tap:
    """Return the tap that asks for something about what is kept of the reader."""
    return Tap("answer", f"{ME}{what}")


def me_answer(reader: Reader, what: str) -> Answer:
    """Return where what is kept of a reader can be seen; in the chat their own stands there instead."""
    lead = reader.speech.say("Write to me alone, and I show you what I keep about you.")
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=f"{ME}{what or 'show'}",
        cards=(Card(title=lead, lead=lead),),
        topic="privacy",
    )
