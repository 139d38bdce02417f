"""When something is collected: nothing lost, nothing doubled, nothing promised that nobody knows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.knowledge.calendar import CollectionCalendar, State
from bot.knowledge.collection import Change, Schedule
from bot.knowledge.holidays import holiday

JST = ZoneInfo("Asia/Tokyo")
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


def schedule(days: str, **given: Any) -> Schedule:
    """Return a schedule of area A, paper, for the fiscal year 2026, with what a test is about."""
    fields = {
        "id": "A-paper", "areas": ["A"], "category": "paper", "days": days,
        "valid_from": FIRST, "valid_until": LAST, "put_out_by": "08:30",
        "evidence": "city-calendar", "checked_on": FIRST, "review_by": LAST,
    }  # fmt: skip
    return Schedule.model_validate({**fields, **given})


def change(first: date, **given: Any) -> Change:
    """Return a change of area A on a day, for all categories."""
    fields = {
        "id": "change", "areas": ["A"], "first": first, "last": first, "reason": "typhoon",
        "evidence": "city-calendar", "checked_on": FIRST,
    }  # fmt: skip
    return Change.model_validate({**fields, **given})


def calendar(schedules: list[Schedule], changes: list[Change] | None = None) -> CollectionCalendar:
    """Return the calendar of some rows."""
    return CollectionCalendar([], schedules, changes or [])


def at(day: date, clock: str) -> datetime:
    """Return a moment of the city's day."""
    return datetime.combine(day, time.fromisoformat(clock), JST)


RULES = st.sampled_from(
    ["weekly Mon,Thu", "weekly Wed", "weekly Mon,Tue,Wed,Thu,Fri", "monthly 1,3 Wed", "monthly 2 Mon"]
)
TREATMENTS = st.sampled_from([None, "collected", "skipped", "next-day"])
SPANS = st.tuples(st.dates(FIRST, LAST), st.integers(0, 400)).map(
    lambda span: (span[0], min(span[0] + timedelta(days=span[1]), date(2028, 3, 31)))
)


@given(RULES, TREATMENTS, SPANS, st.lists(st.dates(FIRST, LAST), max_size=4, unique=True))
def test_no_collection_is_lost_doubled_or_outside_its_dates(
    rule: str, holidays: str | None, valid: tuple[date, date], closed: list[date]
) -> None:
    """Whatever shifts and closings do, each planned day is kept, moved or named as fallen out, once."""
    row = schedule(rule, holidays=holidays, valid_from=valid[0], valid_until=valid[1])
    rows = calendar([row], [change(day, id=f"c{n}") for n, day in enumerate(closed)])
    found = rows.collections("A", date(2025, 1, 1), date(2029, 1, 1))
    gone = [one for one in rows.cancelled("A", date(2025, 1, 1), date(2029, 1, 1)) if one.to is None]
    days = [one.day for one in found]
    assert len(days) == len(set(days))
    assert all(valid[0] <= day <= valid[1] for day in days)
    planned = list(row.rule.between(*valid))
    assert sorted([one.moved_from or one.day for one in found] + [one.day for one in gone]) == planned
    assert not set(days) & set(closed)


@given(RULES, TREATMENTS, st.dates(date(2026, 3, 1), date(2027, 5, 1)), st.times())
def test_next_dates_agree_with_the_list_of_days(
    rule: str, holidays: str | None, day: date, clock: time
) -> None:
    """The next dates are the first of all collections that can still be made at that moment."""
    now = datetime.combine(day, clock, JST)
    rows = calendar([schedule(rule, holidays=holidays)])
    found = rows.next_dates("A", "paper", now, most=4)
    every = rows.collections("A", FIRST, LAST)
    still = [one for one in every if at(one.day, "08:30") >= now]
    assert list(found.dates) == still[:4]
    if found.minutes_left is not None:
        assert found.today is not None
        assert found.dates[0] == found.today
        assert 0 <= found.minutes_left <= 8 * 60 + 30
    if not still:
        assert found.state is State.ENDED


@pytest.mark.parametrize(
    ("clock", "left", "next_day"),
    [("07:50", 40, 24), ("08:30", 0, 24), ("08:31", None, 27), ("00:00", 510, 24), ("23:59", None, 27)],
)
def test_the_put_out_time_decides_what_comes_next(clock: str, left: int | None, next_day: int) -> None:
    """Before the put-out time today counts, with the minutes left; after it the next date does."""
    rows = calendar([schedule("weekly Tue,Fri", holidays="collected")])
    found = rows.next_dates("A", "paper", at(date(2026, 11, 24), clock))
    assert found.today is not None
    assert (found.minutes_left, found.dates[0].day) == (left, date(2026, 11, next_day))


def test_what_is_not_there_is_said_in_four_ways() -> None:
    """Not loaded, not valid yet, valid, and ended are told apart."""
    rows = calendar([schedule("weekly Mon")])
    states = [
        rows.next_dates("A", "paper", at(day, "12:00")).state
        for day in (date(2026, 3, 1), date(2026, 6, 1), date(2027, 4, 1))
    ]
    assert states == [State.NOT_YET, State.KNOWN, State.ENDED]
    assert rows.next_dates("A", "plastic", at(FIRST, "12:00")).state is State.NOT_LOADED
    assert rows.next_dates("B", "paper", at(FIRST, "12:00")).state is State.NOT_LOADED


def test_two_fiscal_years_follow_on_each_other() -> None:
    """At the end of March the first days of April are known once the new year is loaded."""
    rows = calendar(
        [
            schedule("weekly Mon"),
            schedule("weekly Thu", id="next", valid_from=date(2027, 4, 1), valid_until=date(2028, 3, 31)),
        ]
    )
    found = rows.next_dates("A", "paper", at(date(2027, 3, 27), "12:00"))
    assert [one.day for one in found.dates] == [date(2027, 3, 29), date(2027, 4, 1), date(2027, 4, 8)]


def test_days_that_the_city_loaded_hide_the_others_only_while_they_hold() -> None:
    """A third-hand calendar shows through before and after the city's own."""
    third = schedule("weekly Mon", id="third", evidence="third-party", holidays="collected")
    own = schedule("weekly Thu", valid_from=date(2026, 11, 1), valid_until=date(2026, 11, 30))
    rows = calendar([own, third])
    days = [one.day for one in rows.collections("A", date(2026, 10, 24), date(2026, 12, 8))]
    assert days[:1] == [date(2026, 10, 26)]
    assert days[1:5] == [date(2026, 11, day) for day in (5, 12, 19, 26)]
    assert days[5:] == [date(2026, 12, 7)]
    assert [one.promised for one in rows.collections("A", date(2026, 10, 26), date(2026, 11, 5))] == [
        False,
        True,
    ]


def test_an_unconfirmed_public_holiday_is_named() -> None:
    """Where nobody says what happens on holidays, such a day is not promised; printed days stand."""
    rows = calendar([schedule("weekly Mon + dates 2026-11-03")])
    printed = rows.collections("A", date(2026, 11, 1), date(2026, 11, 4))
    assert [(one.day.day, one.doubtful) for one in printed] == [(2, None), (3, None)]
    (monday,) = rows.collections("A", date(2026, 11, 23), date(2026, 11, 23))
    assert holiday(date(2026, 11, 23)) == "勤労感謝の日"
    assert monday.doubtful == "holiday"
    assert not monday.promised


def test_a_moved_collection_stands_on_its_new_day_with_the_old_one_named() -> None:
    """A move takes the collection from one day to the other, and both days tell of it."""
    moved = change(date(2026, 12, 3), to=date(2026, 12, 5), categories=["paper"])
    rows = calendar([schedule("weekly Thu")], [moved])
    found = rows.next_dates("A", "paper", at(date(2026, 12, 1), "09:00"))
    assert (found.dates[0].day, found.dates[0].moved_from) == (date(2026, 12, 5), date(2026, 12, 3))
    assert [(one.day, one.to, one.reason) for one in found.cancelled] == [
        (date(2026, 12, 3), date(2026, 12, 5), "typhoon")
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"days": "dates 2027-04-01"},
        {"valid_from": date(2027, 4, 1)},
        {"put_out_by": "8:30"},
        {"put_out_by": "25:00"},
    ],
)
def test_a_row_outside_its_own_dates_is_refused(given: dict[str, Any]) -> None:
    """Printed dates lie within the row's validity, which does not end before it begins."""
    with pytest.raises(ValidationError):
        schedule(**{"days": "weekly Mon", **given})


@pytest.mark.parametrize(
    "given",
    [
        {"last": date(2026, 12, 5), "to": date(2026, 12, 8)},
        {"to": date(2026, 12, 3)},
        {"last": date(2026, 12, 1)},
        {"reason": "boredom"},
    ],
)
def test_a_change_that_means_nothing_is_refused(given: dict[str, Any]) -> None:
    """Only one day can be moved, to another one, for a reason that readers can be told."""
    with pytest.raises(ValidationError):
        change(date(2026, 12, 3), **given)
