"""Whose matter a remark is: garbage, a procedure, or something that others answer."""

from __future__ import annotations

from bot.answers.found import GUIDING, SURE
from bot.answers.reading import Reading
from bot.answers.vocabulary import Means


def guard_of(reading: Reading, danger: bool) -> str | None:
    """Return the other subject a remark is about, unless it throws away a thing or names a dangerous one."""
    if "elsewhere" in reading.guards:
        return "elsewhere"
    if danger:
        return None
    if "not-ours" in reading.guards and not (reading.discard and reading.found):
        return "not-ours"
    if reading.discard and (reading.found or reading.near):
        return None
    if any(one.score >= SURE and one.entries[0].means is not Means.ITEM for one in reading.found):
        return None
    return next((guard for guard in ("my-number", "procedures", "chatter") if guard in reading.guards), None)


def names_thing(reading: Reading) -> bool:
    """Return True when more than a category was named."""
    return any(one.entries[0].means is not Means.CATEGORY for one in reading.found)


def is_guide(reading: Reading, danger: bool) -> bool:
    """Return True when a remark asks for a guide rather than for a thing that it also names."""
    if reading.plain_guide:
        return True
    things = [one for one in reading.found if one.entries[0].means not in GUIDING]
    if danger or any(one.score >= SURE for one in things):
        return False
    return len(things) < len(reading.found) or bool(reading.guides)
