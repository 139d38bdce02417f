"""Questions for days: "when is plastic?", "tomorrow?", "can I put a frying pan out on Thursday?"."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers.collection import schedule_answer
from bot.answers.found import LIKELY, Found
from bot.answers.index import Index
from bot.answers.model import Answer
from bot.answers.reader import Reader
from bot.answers.reading import Reading
from bot.answers.resolve import about, resolve
from bot.answers.vocabulary import Entry, Means

_LITTLE = 2
"""So much unexplained text beside "when?" may still be the name of a thing that nobody knows."""


def asks_when(reading: Reading) -> bool:
    """Return True when a remark asks for days of collection, and not what the weather is on one."""
    if "when" in reading.intents and (reading.found or reading.rest <= _LITTLE):
        return True
    if not reading.days:
        return False
    if reading.found:
        return reading.discard or reading.rest == 0
    return reading.rest <= _LITTLE if reading.discard else reading.rest == 0 and not reading.ordinary


def when_answer(reader: Reader, index: Index, reading: Reading, last: Callable[[], Answer | None]) -> Answer:
    """Return the days of what was named, or else of what the last answer was about, or all of some days.

    A thing that is asked about for a day gets its own answer, which says yes or no; and so does one that is
    thrown away by a reader who told no area: where it goes is known, and that answer asks for the area.
    """
    targets = [one for one in reading.found if one.score >= LIKELY]
    unplaced = reading.discard and reader.area is None
    if (reader.asked or unplaced) and any(_is_thing(reader, one) for one in targets):
        return resolve(reader, index, reading)
    categories = [_category(reader, one) for one in targets]
    before = None if targets or reader.asked else last()
    if before:
        categories.append(before.category)
    return schedule_answer(
        reader, next((one for one in categories if one in reader.knowledge.categories), None)
    )


def _is_thing(reader: Reader, found: Found) -> bool:
    entry = found.entries[0]
    return entry.means is Means.ITEM and not _broad(reader, entry)


def _broad(reader: Reader, entry: Entry) -> str | None:
    """Return the category that a broad thing means when it is asked for its day."""
    broad = reader.knowledge.collection_words.broad
    return next((one.category for one in broad if entry.means is Means.ITEM and one.item == entry.id), None)


def _category(reader: Reader, found: Found) -> str | None:
    """Return the category whose days are asked for with what was found."""
    entry = found.entries[0]
    return _broad(reader, entry) or about(reader, entry, found).category
