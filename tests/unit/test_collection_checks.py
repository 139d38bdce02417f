"""What the check says of collection days that do not fit together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.knowledge.collection import Town
from bot.knowledge.collection_checks import Rows, problems
from tests.real import knowledge
from tests.unit.test_calendar import change, schedule

AREAS = tuple((area, 1) for area in knowledge().calendar.areas.values())
CATEGORIES = tuple((category, 1) for category in knowledge().categories.values())


def said(schedules: Any = (), changes: Any = (), towns: Any = ()) -> list[str]:
    """Return every problem of some rows, in words, with the line."""
    read = Rows(AREAS, _lined(towns), _lined(schedules), _lined(changes))
    return [f"{problem.line}: {problem.message}" for problem in problems(read, CATEGORIES)]


def _lined(rows: Any) -> tuple[Any, ...]:
    return tuple((row, line) for line, row in enumerate(rows, start=2))


THURSDAYS = schedule("weekly Thu")


def test_rows_that_fit_together_have_no_problem() -> None:
    """Two years, two areas, two parts of one town, a move and a closing are all in order."""
    rows = [
        THURSDAYS,
        schedule("weekly Fri", id="B", areas=["B"]),
        schedule("weekly Thu", id="next", valid_from=date(2027, 4, 1), valid_until=date(2028, 3, 31)),
        schedule("weekly Mon", id="third", evidence="third-party"),
    ]
    changes = [change(date(2026, 12, 3), to=date(2026, 12, 5)), change(date(2026, 12, 10), id="closed")]
    towns = [Town(town="上町", part="1丁目", area="A"), Town(town="上町", part="2丁目", area="B")]
    assert said(rows, changes, towns) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"schedules": [schedule("weekly Thu", areas=["A", "Z"])]}, ["2: area 'Z' does not exist"]),
        (
            {"schedules": [schedule("weekly Thu", category="bulky-waste")]},
            ["2: category 'bulky-waste' is not one that is collected regularly"],
        ),
        (
            {"schedules": [THURSDAYS, schedule("weekly Fri", id="B-paper", areas=["B", "A"])]},
            ["3: holds for the same area, category and time as 'A-paper'"],
        ),
        ({"schedules": [THURSDAYS, schedule("weekly Mon", areas=["B"])]}, ["3: id 'A-paper' stands twice"]),
        (
            {"schedules": [THURSDAYS], "changes": [change(date(2026, 12, 4), to=date(2026, 12, 5))]},
            ["2: area A has no such collection on 2026-12-04"],
        ),
        (
            {"schedules": [THURSDAYS], "changes": [change(date(2026, 12, 3), to=date(2026, 12, 10))]},
            ["2: area A has a collection of paper on 2026-12-10 already"],
        ),
        (
            {"schedules": [THURSDAYS], "changes": [change(date(2027, 3, 25), to=date(2027, 4, 2))]},
            ["2: 2027-04-02 is outside the calendar of area A, paper"],
        ),
        ({"changes": [change(date(2026, 12, 3), areas=["Z"])]}, ["2: area 'Z' does not exist"]),
        ({"towns": [Town(town="上町", area="Z")]}, ["2: area 'Z' does not exist"]),
        (
            {"towns": [Town(town="上町", area="A"), Town(town="上町", area="B")]},
            ["3: 上町 lies in A and in B: name its part"],
        ),
        (
            {"towns": [Town(town="上町", area="A", latitude=34.07)]},
            ["2: latitude and longitude stand together or not at all"],
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(given: dict[str, Any], words: list[str]) -> None:
    """Each problem says which line, and what about it."""
    assert said(**given) == words


def test_the_known_days_of_the_city_are_third_hand() -> None:
    """Nothing that the city has not loaded itself is promised to anybody."""
    calendar = knowledge().calendar
    every = [
        one
        for area in calendar.areas
        for one in calendar.collections(area, date(2023, 1, 1), date(2030, 1, 1))
    ]
    assert every
    assert not any(one.promised for one in every)
