"""What people would read: the chat's own answers to a proposal's preview questions, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.answers.engine import Engine
from bot.answers.model import Question
from bot.language.speech import Speech
from bot.messages.text import flatten


@dataclass(frozen=True, slots=True)
class Preview:
    """One question as a reader of an area would ask it, and all that they would see."""

    question: str
    area: str | None
    text: str


def previews(
    engine: Engine, voice: Speech, questions: Iterable[tuple[str, str | None]], now: datetime
) -> Iterator[Preview]:
    """Yield the answers in the language of `voice`, from the content of `engine`."""
    for question, area in questions:
        answer = engine.answer(Question(text=question, language=voice.tag, now=now, area=area))
        yield Preview(question, area, flatten(answer, voice))
