"""What goes into the engine and what comes out: a Question, and an Answer ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.answers.notice import Notice
from bot.answers.taps import Tap


class Status(StrEnum):
    """How a question ended; counted apart everywhere."""

    ANSWERED = "answered"
    CHOICES = "choices"
    UNKNOWN = "unknown"
    OUT_OF_SCOPE = "out_of_scope"
    SAFETY = "safety"
    MENU = "menu"


class Tone(StrEnum):
    """How a card should feel; the renderer owns the colours."""

    PLAIN = "plain"
    DANGER = "danger"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Question:
    """One message and what is known of its reader. `language` is the language of the reply.

    In a group nothing of a reader is remembered, so nothing must be promised to be. `notices` are those that
    the city sent lately.
    """

    text: str
    language: str
    now: datetime
    area: str | None = None
    visitor: bool = False
    last_answer: str | None = None
    offered: tuple[str, ...] = ()
    unknowns: int = 0
    in_group: bool = False
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Badge:
    """The category as a reader recognises it: colour, emoji, their word, and the Japanese sign."""

    emoji: str
    name: str
    sign: str
    colour: str


@dataclass(frozen=True, slots=True)
class Row:
    """One day of a list of days: its date, what is collected, and what else is to be known of it."""

    day: str
    badges: tuple[Badge, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of short sentences, or of days. `kind` lets the renderer weigh it, not word it."""

    kind: str
    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """One action: a `tap` handled by us, or a `uri` (https, tel) opened by the phone.

    With `pick_day` (first, last) the phone asks for a day and sends it along with the tap.
    """

    label: str
    tap: Tap | None = None
    uri: str | None = None
    primary: bool = False
    pick_day: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of at most four things the reader may have meant; `asked` as in `Tap`."""

    label: str
    answer_id: str
    category: str | None = None
    detail: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to read. `lead` is the fact-first sentence: it is also the notification text."""

    title: str
    lead: str
    tone: Tone = Tone.PLAIN
    badge: Badge | None = None
    sections: tuple[Section, ...] = ()
    choices: tuple[Choice, ...] = ()
    source: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The engine's whole result, worded in `language`. `trace` says which step matched what.

    `covers` are the ids of all answers that several things in one message got. `area` is the collection area
    that the reader chose with it: its id, or empty to forget theirs. `as_text`: to be copied, so no card.
    """

    status: Status
    language: str = "ja"
    answer_id: str | None = None
    category: str | None = None
    categories: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    confidence: float = 0.0
    choices: tuple[Choice, ...] = ()
    cards: tuple[Card, ...] = ()
    quick: tuple[Button, ...] = ()
    topic: str = ""
    covers: tuple[str, ...] = ()
    area: str | None = None
    as_text: bool = False
    trace: tuple[str, ...] = ()
