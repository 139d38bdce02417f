"""What pressing one of our buttons does. An old or strange button leads to the menu, kindly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.answers import guides, menu, pages
from bot.answers.engine import Engine
from bot.answers.model import Answer, Question
from bot.answers.reader import Reader
from bot.answers.remind import REMIND
from bot.answers.taps import Tap, decode
from bot.chat.person import Person
from bot.language.tags import TAGS
from bot.line.inbound import Inbound

Pressed = tuple[Answer, Person]
"""The answer to a tap, and the person with what the tap chose."""


@dataclass(frozen=True, slots=True)
class _Press:
    """One tap with everything an action may need."""

    engine: Engine
    question: Question
    person: Person
    tap: Tap

    @property
    def reader(self) -> Reader:
        return self.engine.reader(self.question)


def leave_path(reader: Reader, person: Person) -> Pressed:
    """Leave a guided path for good."""
    return menu.menu_answer(reader), replace(person, path=None)


def press(engine: Engine, event: Inbound, question: Question, person: Person) -> Pressed:
    """Return the answer to a tap, and the person with what the tap chose."""
    tap = decode(event.postback) or Tap("menu")
    if tap.do in ("stay", "pause") and event.picked:
        tap = replace(tap, on=event.picked)
    return _ACTIONS.get(tap.do, _menu)(_Press(engine, question, person, tap))


def _menu(press: _Press) -> Pressed:
    return menu.menu_answer(press.reader), press.person


def _garbage(press: _Press) -> Pressed:
    return menu.garbage_answer(press.reader), press.person


def _topic(press: _Press) -> Pressed:
    return guides.topic_answer(press.reader, press.tap.on), press.person


def _answer(press: _Press) -> Pressed:
    return press.engine.lookup(press.question, press.tap.on), press.person


def _when(press: _Press) -> Pressed:
    return press.engine.lookup(press.question, f"schedule:{press.tap.on or 'all'}"), press.person


def _show(press: _Press) -> Pressed:
    return press.engine.lookup(replace(press.question, language="ja"), press.tap.on), press.person


def _none(press: _Press) -> Pressed:
    return pages.unknown_answer(press.reader), press.person


def _stop(press: _Press) -> Pressed:
    return leave_path(press.reader, press.person)


def _call(press: _Press) -> Pressed:
    return menu.call_answer(press.reader), press.person


def _language(press: _Press) -> Pressed:
    tag, person = press.tap.on, press.person
    if tag not in TAGS:
        return menu.language_answer(press.reader), person
    reader = press.engine.reader(replace(press.question, language=tag))
    known = person.resident or person.visitor_until is not None
    chosen = menu.menu_answer(reader) if known else menu.language_chosen(reader)
    return chosen, replace(person, language=tag)


def _live(press: _Press) -> Pressed:
    person = replace(press.person, resident=True, visitor_until=None)
    return menu.noted_answer(press.reader, "live"), person


def _visit(press: _Press) -> Pressed:
    return menu.stay_answer(press.reader), press.person


def _stay(press: _Press) -> Pressed:
    """Remember the last day of a stay; a day that makes no sense is asked for again."""
    try:
        until = date.fromisoformat(press.tap.on)
    except ValueError:
        return _visit(press)
    if not 0 <= (until - press.reader.day).days <= press.engine.knowledge.city.visitor_days:
        return _visit(press)
    said = press.person.notices  # visitors get emergencies only, as they are told, until they choose again
    notices = replace(said, often=None) if said else None
    person = replace(press.person, resident=False, visitor_until=until, area=None, notices=notices)
    return menu.noted_answer(press.reader, "stay"), person


def _pause(press: _Press) -> Pressed:
    """Pause reminders until the day that was picked."""
    return press.engine.lookup(press.question, f"{REMIND}pause-{press.tap.on}"), press.person


def _helpful(press: _Press) -> Pressed:
    vote = "no" if press.tap.value == "no" else "yes"
    return replace(
        menu.noted_answer(press.reader, vote), topic=f"helpful:{vote}:{press.tap.on}"
    ), press.person


_ACTIONS: dict[str, Callable[[_Press], Pressed]] = {
    "menu": _menu,
    "garbage": _garbage,
    "topic": _topic,
    "answer": _answer,
    "when": _when,
    "show": _show,
    "none": _none,
    "stop": _stop,
    "call": _call,
    "language": _language,
    "live": _live,
    "visit": _visit,
    "stay": _stay,
    "pause": _pause,
    "helpful": _helpful,
}
"""Every action our buttons name; a test presses each button that any card shows."""
