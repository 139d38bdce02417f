"""Staff hear in time that the next calendar has to be loaded; a city's reminder times make sense."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.schema import Reminders
from bot.reminders.truth import ends, to_load, truth
from tests.real import knowledge
from tests.unit.test_calendar import schedule


def calendar(*rows: Any) -> CollectionCalendar:
    """Return a calendar of the real areas with these rows."""
    return CollectionCalendar(knowledge().calendar.areas.values(), rows, [])


@pytest.mark.parametrize(
    ("today", "told"),
    [(date(2027, 1, 29), False), (date(2027, 2, 1), True), (date(2027, 4, 5), True)],
)
def test_staff_are_told_from_february_on(today: date, told: bool) -> None:
    """Sixty days before the last loaded day, and after it until the next calendar is there."""
    assert to_load(calendar(schedule("weekly Thu")), today) == ((date(2027, 3, 31), ("A",)) if told else None)


def test_next_years_calendar_ends_the_warning() -> None:
    """Two fiscal years are valid at once."""
    both = calendar(
        schedule("weekly Thu"),
        schedule("weekly Thu", id="next", valid_from=date(2027, 4, 1), valid_until=date(2028, 3, 31)),
    )
    assert to_load(both, date(2027, 2, 1)) is None


def test_a_category_that_is_gone_ends_nothing() -> None:
    """Only what is collected now has to go on; what somebody else wrote down never counts."""
    rows = calendar(
        schedule("weekly Thu", id="old", category="newspaper", valid_until=date(2026, 9, 30)),
        schedule("weekly Thu"),
        schedule("weekly Wed", id="other", category="plastic-packaging", evidence="third-party"),
    )
    assert ends(rows, "A", date(2026, 11, 24)) == date(2027, 3, 31)
    assert to_load(rows, date(2026, 11, 24)) is None
    assert to_load(calendar(), date(2026, 11, 24)) is None


def test_what_nobody_is_sure_of_is_unknown_and_not_gone() -> None:
    """A holiday that nobody confirmed, and third-hand days, promise nothing and correct nothing."""
    rows = calendar(
        schedule("weekly Mon"),
        schedule("weekly Mon", id="other", category="plastic-packaging", evidence="third-party"),
    )
    holiday = truth(rows, "A", date(2026, 11, 23))
    assert holiday.promised == {}
    assert holiday.unknown == {"paper", "plastic-packaging"}
    assert holiday.instead_of({"paper": "08:30"}) == {"paper": "08:30"}
    assert truth(rows, "A", date(2026, 11, 30)).promised == {"paper": "08:30"}


@pytest.mark.parametrize(
    "wrong", [{"evening": "23:00"}, {"morning": "21:00"}, {"evening": "8pm"}, {"nigth": "22:00"}]
)
def test_times_that_make_no_sense_are_refused(wrong: dict[str, str]) -> None:
    """Morning, evening and its end follow one another; anything else is an error in the content."""
    with pytest.raises(ValidationError):
        Reminders(**wrong)  # type: ignore[arg-type]
