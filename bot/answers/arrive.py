"""Where an answer id leads: a tap on a button or a choice arrives here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.answers import area, menu
from bot.answers.categories import category_answer
from bot.answers.collection import schedule_of
from bot.answers.current import notice_answer
from bot.answers.daycard import PAGE
from bot.answers.dayspan import spelled
from bot.answers.garbage import item_answer
from bot.answers.guides import guide_answer
from bot.answers.me import me_answer
from bot.answers.model import Answer
from bot.answers.notices import notices_answer
from bot.answers.pages import elsewhere_answer, safety_answer, service_answer, unknown_answer
from bot.answers.paths import path_answer, place
from bot.answers.reader import Reader
from bot.answers.remind import remind_answer
from bot.answers.verdict import Thing, known


def answer_of(reader: Reader, answer_id: str) -> Answer:
    """Return the answer with an id; one that is gone, or never was, leads to the menu."""
    kind, _, name = answer_id.partition(":")
    return _KINDS.get(kind, _gone)(reader, name)


def _thing(reader: Reader, name: str) -> Answer:
    """`frying-pan`, or `frying-pan@2026-11-26` for one that is asked about for a day."""
    path, _, days = name.partition("@")
    if not known(reader.knowledge, Thing.named(path)):
        return _gone(reader, name)
    return item_answer(replace(reader, asked=spelled(days)), path)


def _category(reader: Reader, name: str) -> Answer:
    return category_answer(reader, name) if name in reader.knowledge.categories else _gone(reader, name)


def _service(reader: Reader, name: str) -> Answer:
    if name == PAGE:
        return schedule_of(reader, "all")
    return service_answer(reader, name) if name in reader.knowledge.services else _gone(reader, name)


def _guide(reader: Reader, name: str) -> Answer:
    return guide_answer(reader, name) if name in reader.knowledge.guides else _gone(reader, name)


def _path(reader: Reader, name: str) -> Answer:
    here = place(reader.knowledge, name)
    return path_answer(reader, here) if here else _gone(reader, name)


def _area(reader: Reader, name: str) -> Answer:
    """`choose`, `forget`, or an area's id; `C>schedule:paper` goes on to what was asked before.

    In `C/川端町2丁目` the name of the town tells what was offered, not what is kept.
    """
    chosen, _, then = name.partition(area.THEN)
    chosen = chosen.partition(area.TOWN)[0]
    if not reader.knowledge.calendar.areas:
        return schedule_of(reader, "all")
    if chosen == "forget":
        return area.forgotten(reader)
    if chosen not in reader.knowledge.calendar.areas:
        return area.ask_area(reader, then)
    there = replace(reader, area=chosen, moved_on=False)
    return area.confirmed(there, answer_of(there, then or "schedule:all"))


def _safety(reader: Reader, name: str) -> Answer:
    emergency = next((one for one in reader.knowledge.safety if one.id == name), None)
    return safety_answer(reader, emergency) if emergency else _gone(reader, name)


def _unknown(reader: Reader, name: str) -> Answer:
    return unknown_answer(reader) if name == "garbage" else elsewhere_answer(reader, name)


def _notice(reader: Reader, name: str) -> Answer:
    return notice_answer(reader, name) or _gone(reader, name)


def _gone(reader: Reader, _name: str) -> Answer:
    return menu.menu_answer(reader)


_KINDS: dict[str, Callable[[Reader, str], Answer]] = {
    "garbage": _thing,
    "category": _category,
    "service": _service,
    "guide": _guide,
    "path": _path,
    "schedule": schedule_of,
    "area": _area,
    "remind": remind_answer,
    "notices": notices_answer,
    "notice": _notice,
    "me": me_answer,
    "safety": _safety,
    "unknown": _unknown,
}
