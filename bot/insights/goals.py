"""The plan's figure: the sum over all accounts, how far the goal is, and where the present pace leads."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from bot.insights.friends import Figure, days

WEEK: Final = timedelta(days=7)
WEEKS: Final = 13
"""Weeks that a forecast looks back: one quarter."""

STRETCH: Final = 4
"""Weeks whose average is a pace: the slowest and the fastest stretch make the range."""

LEAST: Final = 8
"""Weeks of figures without which there is no forecast."""

Series = Mapping[str, Sequence[Figure]]
"""Account -> its figures in order of days."""


@dataclass(frozen=True, slots=True)
class Sum:
    """All accounts together at the end of a day. `missing`: accounts of which no figure is known by then."""

    day: date
    value: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast it goes, in people a week: the average of the last weeks, the slowest and fastest stretch."""

    weeks: int
    average: float
    slowest: float
    fastest: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The way to a goal. `missing` people in `left` days; `needed` a month (30 days), None when time is up.

    `expected` is (middle, low, high) on the last day, if there are figures enough. `reached`: the first day
    on which the sum was the goal or more, if it still is.
    """

    missing: int
    left: int
    needed: float | None
    pace: Pace | None
    expected: tuple[int, int, int] | None
    reached: date | None


def latest(figures: Sequence[Figure], day: date) -> Figure | None:
    """Return the last figure known at the end of a day."""
    at = bisect_right(figures, day, key=lambda one: one.day)
    return figures[at - 1] if at else None


def total(series: Series, day: date) -> Sum:
    """Return the sum of the latest figure of each account at the end of a day."""
    found = {account: latest(figures, day) for account, figures in series.items()}
    return Sum(
        day,
        round(sum(one.value for one in found.values() if one)),
        tuple(account for account, one in found.items() if one is None),
    )


def totals(series: Series, first: date, last: date) -> list[Sum]:
    """Return the sum at the end of each day."""
    return [total(series, day) for day in days(first, last)]


def change(series: Series, first: date, last: date) -> float | None:
    """Return what all accounts gained between the ends of two days; None where nothing is known of the first.

    An account counts only between figures of its own, so that one whose figures begin later makes no leap;
    between two figures it is taken to have changed evenly.
    """
    gains = [_between(figures, last) - _between(figures, first) for figures in series.values() if figures]
    known = any(figures and figures[0].day <= first for figures in series.values())
    return sum(gains) if known else None


def pace(series: Series, today: date) -> Pace | None:
    """Return the pace of the last quarter up to `today`, or None with too few weeks of figures."""
    ends = [today - WEEK * n for n in range(WEEKS, -1, -1)]
    gains = [gain for before, after in pairwise(ends) if (gain := change(series, before, after)) is not None]
    if len(gains) < LEAST:
        return None
    stretches = [sum(gains[n : n + STRETCH]) / STRETCH for n in range(len(gains) - STRETCH + 1)]
    return Pace(len(gains), sum(gains) / len(gains), min(stretches), max(stretches))


def outlook(series: Series, goal: int, by: date, today: date) -> Outlook:
    """Return how far it is from the sum of `today` to a goal on the day `by`."""
    now, left, going = total(series, today).value, (by - today).days, pace(series, today)
    missing = max(0, goal - now)
    expected = None
    if going and left > 0:
        weeks = left / 7
        middle, low, high = (
            max(0, round(now + weeks * one)) for one in (going.average, going.slowest, going.fastest)
        )
        expected = (middle, low, high)
    needed = missing * 30 / left if left > 0 else None
    return Outlook(missing, left, needed, going, expected, None if missing else _reached(series, goal, today))


def _between(figures: Sequence[Figure], day: date) -> float:
    """Return a figure for any day: on the straight line between two, the first before, the last after."""
    at = bisect_right(figures, day, key=lambda one: one.day)
    if at == 0:
        return figures[0].value
    before = figures[at - 1]
    if at == len(figures):
        return before.value
    after = figures[at]
    share = (day - before.day) / (after.day - before.day)
    return before.value + (after.value - before.value) * share


def _reached(series: Series, goal: int, today: date) -> date | None:
    """Return since when the goal has been reached without falling below it again."""
    first = min((figures[0].day for figures in series.values() if figures), default=today)
    since = None
    for one in totals(series, first, today):
        since = (since or one.day) if one.value >= goal else None
    return since
