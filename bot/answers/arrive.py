"""Where an answer id leads: a tap on a button or a choice arrives here."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import menu
from bot.answers.categories import category_answer
from bot.answers.garbage import item_answer
from bot.answers.guides import guide_answer
from bot.answers.model import Answer
from bot.answers.pages import elsewhere_answer, safety_answer, schedule_answer, service_answer, unknown_answer
from bot.answers.paths import path_answer, place
from bot.answers.reader import Reader
from bot.answers.remind import remind_answer
from bot.answers.verdict import Thing, known


def answer_of(reader: Reader, answer_id: str) -> Answer:
    """Return the answer with an id; one that is gone, or never was, leads to the menu."""
    kind, _, name = answer_id.partition(":")
    return _KINDS.get(kind, _gone)(reader, name)


def _thing(reader: Reader, name: str) -> Answer:
    return item_answer(reader, name) if known(reader.knowledge, Thing.named(name)) else _gone(reader, name)


def _category(reader: Reader, name: str) -> Answer:
    return category_answer(reader, name) if name in reader.knowledge.categories else _gone(reader, name)


def _service(reader: Reader, name: str) -> Answer:
    return service_answer(reader, name) if name in reader.knowledge.services else _gone(reader, name)


def _guide(reader: Reader, name: str) -> Answer:
    return guide_answer(reader, name) if name in reader.knowledge.guides else _gone(reader, name)


def _path(reader: Reader, name: str) -> Answer:
    here = place(reader.knowledge, name)
    return path_answer(reader, here) if here else _gone(reader, name)


def _schedule(reader: Reader, name: str) -> Answer:
    return schedule_answer(reader, name if name in reader.knowledge.categories else None)


def _safety(reader: Reader, name: str) -> Answer:
    emergency = next((one for one in reader.knowledge.safety if one.id == name), None)
    return safety_answer(reader, emergency) if emergency else _gone(reader, name)


def _unknown(reader: Reader, name: str) -> Answer:
    return unknown_answer(reader) if name == "garbage" else elsewhere_answer(reader, name)


def _gone(reader: Reader, _name: str) -> Answer:
    return menu.menu_answer(reader)


_KINDS: dict[str, Callable[[Reader, str], Answer]] = {
    "garbage": _thing,
    "category": _category,
    "service": _service,
    "guide": _guide,
    "path": _path,
    "schedule": _schedule,
    "remind": remind_answer,
    "safety": _safety,
    "unknown": _unknown,
}
