"""What is told of the real calendar is what `days.csv` has, read here a second time and by other means."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.answers.model import Answer, Question, Status
from bot.language.tags import TAGS
from tests.real import CONTENT, JST, engine, voices

DAY = timedelta(days=1)


def _rows() -> list[tuple[str, str, list[date]]]:
    """Return area, category and days of every row of explicit dates."""
    with (CONTENT / "collection" / "days.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["areas"], row["category"], [date.fromisoformat(day) for day in row["days"].split()[1:]])
            for row in csv.DictReader(file)
            if row["days"].startswith("dates ")
        ]


def _asked(area: str, category: str, day: date, at: time, tag: str = "en") -> Answer:
    now = datetime.combine(day, at, tzinfo=JST)
    return engine().lookup(Question("", tag, now, area=area), f"schedule:{category}")


def _first(answer: Answer) -> str:
    (rows,) = [one.rows for one in answer.cards[0].sections if one.rows]
    return rows[0].day


@pytest.mark.parametrize(("area", "category", "days"), _rows(), ids=lambda value: str(value)[:20])
def test_every_printed_day_is_told_and_no_other(area: str, category: str, days: list[date]) -> None:
    """Each day is the next one from the put-out time of the last until its own, and then no more."""
    speech = voices()["en"]
    for last, day in pairwise(days):
        for now, at in (
            (last, time(8, 31)),
            (last + DAY, time(12)),
            (day - DAY, time(23, 59)),
            (day, time(8, 30)),
        ):
            assert _first(_asked(area, category, now, at)).startswith(speech.date(day)), (last, day, now)


@pytest.mark.parametrize("tag", TAGS)
def test_the_last_day_of_the_year_ends_the_calendar(tag: str) -> None:
    """After its last day no date is told, in any language; the desk is."""
    answer = _asked("C", "paper", date(2027, 3, 4), time(9), tag)
    assert all(not one.rows for one in answer.cards[0].sections)
    assert "088-621-5202" in str(answer.cards)


@pytest.mark.parametrize(
    "category", ["plastic-packaging", "non-burnable", "cans-bottles", "pet-bottles", "paper"]
)
@pytest.mark.parametrize("area", ["A", "B"])
def test_days_that_no_source_has_are_not_told(area: str, category: str) -> None:
    """Of areas A and B nothing but old burnable weekdays is known."""
    answer = _asked(area, category, date(2026, 11, 24), time(12))
    assert answer.status is Status.UNKNOWN
    assert all(not one.rows for one in answer.cards[0].sections)
