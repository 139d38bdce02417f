"""A message that says where its reader lives: a letter, a town, a place on the map."""

from __future__ import annotations

from bot.answers import area
from bot.answers.arrive import answer_of
from bot.answers.index import Index
from bot.answers.menu import menu_answer
from bot.answers.model import Answer, Question
from bot.answers.normalise import units
from bot.answers.places import Places
from bot.answers.reader import Reader
from bot.answers.understand import understand

_LONGEST = 60
"""No letter and no town takes more to say."""


def told(reader: Reader, places: Places, index: Index, question: Question) -> Answer | None:
    """Return the answer to a message that only says where somebody lives; None for any other."""
    if len(question.text) > _LONGEST or not reader.knowledge.calendar.areas:
        return None
    before = area.pending(question.offered)
    then = before or ""
    letter = places.alone(question.text)
    if letter:
        return answer_of(reader, area.chosen(letter, then))
    part = places.part(question.text, area.offered_towns(question.offered))
    if part:
        return answer_of(reader, area.chosen(part.area, then))
    if before is None and units(question.text) in index.keys:
        return None
    towns = places.town(question.text, asked=before is not None)
    if towns is None:
        return None
    if not towns:
        return None if _asks(question.text, index) else area.unknown_town(reader, then)
    return area.which_town(reader, towns, then) or answer_of(reader, area.chosen(towns[0].area, then))


def _asks(text: str, index: Index) -> bool:
    """Tell whether a text that could be the name of a town asks something: 「ソファーをすてたいです」."""
    reading = understand(text, index)
    named = reading.found and reading.rest == 0
    return bool(reading.discard or reading.intents or reading.plain_guide or named)


def located(reader: Reader, places: Places, question: Question, latitude: float, longitude: float) -> Answer:
    """Return the answer to a place on the map: its area is chosen, or asked for. The place is not kept."""
    if not reader.knowledge.calendar.areas:
        return menu_answer(reader, "location")
    then = area.pending(question.offered) or ""
    near = places.at(latitude, longitude)
    if len(near) == 1:
        return answer_of(reader, area.chosen(near[0], then))
    return area.near_answer(reader, near, then)
