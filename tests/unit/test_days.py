"""Days of collection as they are written down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.days import WEEKDAYS, Days, Nth, parse_days

DATES = st.dates(date(2025, 4, 1), date(2029, 3, 31))
NTH = st.builds(
    Nth,
    st.frozensets(st.integers(1, 5), min_size=1),
    st.integers(0, 6),
    st.frozensets(st.integers(1, 12)),
)
DAYS = st.builds(
    Days, st.frozensets(DATES, max_size=5), st.frozensets(st.integers(0, 6)), st.tuples(NTH) | st.just(())
).filter(lambda days: bool(days.explicit or days.weekly or days.monthly))


@given(DAYS)
def test_spelling_and_reading_give_the_same_days(days: Days) -> None:
    """What is written out is read back as the same days."""
    assert parse_days(str(days)) == days


@given(DAYS, DATES)
def test_a_day_is_named_by_a_date_or_a_rule_never_both(days: Days, day: date) -> None:
    """A printed date is no rule's day, so that a holiday rule never moves what is printed."""
    assert days.holds(day) == ((day in days.explicit) != days.by_rule(day))


@given(DAYS, DATES, st.integers(0, 400))
def test_days_between_are_those_that_hold(days: Days, first: date, length: int) -> None:
    """Between two days stand exactly the days that the rule holds for, in order."""
    last = first + timedelta(days=length)
    every = [first + timedelta(days=n) for n in range(length + 1)]
    assert list(days.between(first, last)) == [day for day in every if days.holds(day)]


def test_weekdays_and_nth_weekdays_are_those_of_the_calendar_on_the_wall() -> None:
    """November 2026 by hand: weekdays, nth weekdays, some months only, and a printed date beside."""
    november = date(2026, 11, 1), date(2026, 11, 30)

    def numbers(text: str) -> list[int]:
        return [day.day for day in parse_days(text).between(*november)]

    assert numbers("weekly Mon,Thu") == [2, 5, 9, 12, 16, 19, 23, 26, 30]
    assert numbers("monthly 1,3 Wed") == [4, 18]
    assert numbers("monthly 5 Mon") == [30]
    assert numbers("monthly 4 Fri in 10,12") == []
    assert numbers("weekly Sun + dates 2026-11-03") == [1, 3, 8, 15, 22, 29]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("dates 2026-06-31", "2026-06-31"),
        ("weekly Monday", "weekly Monday"),
        ("weekly Mon,Xyz", "Xyz"),
        ("monthly 6 Wed", "monthly 6 Wed"),
        ("monthly 1 Wed in 13", "month"),
        ("", "none of"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, named: str) -> None:
    """A spelling that means no days is refused with the part that is wrong."""
    with pytest.raises(ValueError, match=named):
        parse_days(text)


def test_weekdays_are_in_the_order_of_python() -> None:
    """The names are in the order that dates count weekdays by."""
    assert WEEKDAYS[date(2026, 11, 23).weekday()] == "Mon"
