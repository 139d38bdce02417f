"""What the bot remembers of one person, and what one turn of talk changes and says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.insights.signals import Signal
from bot.language.choose import LACKING
from bot.line.inbound import Inbound
from bot.line.port import Message
from bot.notices.wish import Choice
from bot.reminders.wish import Wish
from bot.richmenus.describing import DEFAULT


@dataclass(frozen=True, slots=True)
class Person:
    """One reader, pseudonymous. No name, no picture, no free text is ever kept here.

    `language` was chosen by them; `hint` is what LINE's profile or an unmistakable sentence suggested.
    `asked_profile` keeps the profile from being asked twice. `visitor_until` is the last day (JST) of a stay.
    `last_answer` and `offered` are answer ids that "when?" or "no. 1" would mean; `path` is the answer id
    of the step of a guided path that they may go back to. `wish` is what they want to be reminded of,
    `notices` which of the city's notices they want.
    """

    user_id: str
    language: str | None = None
    hint: str | None = None
    asked_profile: bool = False
    following: bool = True
    visitor_until: date | None = None
    resident: bool = False
    area: str | None = None
    last_answer: str | None = None
    path: str | None = None
    offered: tuple[str, ...] = ()
    unknowns: int = 0
    wish: Wish | None = None
    notices: Choice | None = None

    @property
    def menu(self) -> str | None:
        """The language of the menu below the chat; None for the one that everybody sees.

        Who speaks none of ours sees easy Japanese: it has no kanji.
        """
        language = self.language or self.hint
        shown = "ja-simple" if language == LACKING else language
        return None if shown == DEFAULT else shown


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of a turn: never who.

    `asked` is the question of an `unknown` and empty otherwise; it is masked before anything of it is kept.
    `answer` is the id of the answer.
    """

    topic: str
    language: str
    status: str
    asked: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event leads to: messages to reply with (maybe none), the person afterwards, what to count.

    `learnt` is what it tells about our answers, never about who asked. With `forget_person` nothing of the
    person is kept afterwards.
    """

    messages: tuple[Message, ...] = ()
    person: Person | None = None
    counted: tuple[Counted, ...] = ()
    learnt: tuple[Signal, ...] = ()
    forget_message: str = ""
    forget_person: bool = False


class Talk(Protocol):
    """Decides a turn. Pure: the same event and person give the same turn."""

    def needs_profile(self, event: Inbound, person: Person) -> bool:
        """Return True when only LINE's profile can tell this person's language. It is then asked for once."""
        ...

    def __call__(self, event: Inbound, person: Person, profile: str | None) -> Turn:
        """Return the turn. `profile` is the profile language when the runner asked for it."""
        ...
