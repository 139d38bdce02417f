"""A thing's name that sounds like an emergency silences the alarm: each of these was looked at."""

from __future__ import annotations

from bot.answers.emergency import alarms
from bot.answers.normalise import units
from tests.real import engine, knowledge

REVIEWED = {
    "arc-lighter", "crutches", "dry-powder-inhaler", "fire-starter-gel", "firelighter", "floppy-disk",
    "oven-mitt", "pain-relief-spray", "smoke-fumigator", "torch-lighter",
}  # fmt: skip
"""Things whose names hold a word of an alarm and yet never tell of an accident."""


def test_only_reviewed_names_hold_a_word_of_an_alarm() -> None:
    """A name such as "burning battery" would hide an accident, so it cannot be added unseen."""
    index = engine().index
    found = {
        name.item
        for name in knowledge().names
        for form in (name.form, name.reading)
        if form and alarms(units(form), index)
    }
    assert found == REVIEWED
