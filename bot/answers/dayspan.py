"""Which days are meant: what was said of a day, seen from today, becomes a span of dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.knowledge.days import WEEKDAYS
from bot.knowledge.holidays import holiday

_DAY: Final = timedelta(days=1)
_SEARCHED: Final = 8 * 366
"""How many days are looked through for a day that is named without its year; 29 February may be that far."""


class NoSuchDay(Exception):  # a fact to tell the reader
    """A day was named that no calendar has: 31 June."""


class Undated(NoSuchDay):
    """A day was named of which nobody confirmed the date: the lunar new year."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from first to last, both included."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last

    def __str__(self) -> str:
        return f"{self.first}" if self.is_day else f"{self.first}/{self.last}"


def spelled(text: str) -> Span | None:
    """Return the span that `str` spells as 2026-11-26 or 2026-11-26/2026-11-29; None for anything else."""
    first, _, last = text.partition("/")
    try:
        span = Span(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        return None
    return span if span.first <= span.last else None


def resolve(said: tuple[str, ...], today: date) -> Span | None:
    """Return the days that were said, or None where nothing in it names a day to come.

    `said` holds what `bot/knowledge/saying.py` spells, and `2026-11-26`, `11-26`, `month 11`, `day 26`
    for days that were written in figures. Raises NoSuchDay for 31 June, Undated for a
    day without a date.
    """
    if "past" in said:
        return None
    said = tuple(one.replace("--", "") for one in said)
    figures = [one for one in said if one[0].isdigit()]
    weekdays = [one for one in said if one in WEEKDAYS]
    numbered = [one for one in said if one.startswith("day ")]
    around = next((one for one in said if one.startswith(("week+", "month"))), None)
    if figures:
        return _figures(figures[0], today)
    if numbered:
        return _numbered(int(numbered[0].removeprefix("day ")), around, today)
    if weekdays:
        return _weekday(WEEKDAYS.index(weekdays[0]), around, "next" in said, today)
    if "undated" in said:
        raise Undated
    return next((span for one in said if (span := _plain(one, today))), None)


def _plain(one: str, today: date) -> Span | None:
    """Return the span of words that need no others."""
    kind, _, number = one.partition("+")
    monday = today - today.weekday() * _DAY
    match kind:
        case "":
            return _one(today + int(number) * _DAY)
        case "week":
            return Span(monday + 7 * int(number) * _DAY, monday + (7 * int(number) + 6) * _DAY)
        case "weekend":
            return Span(monday + (7 * int(number) + 5) * _DAY, monday + (7 * int(number) + 6) * _DAY)
        case "month":
            return _month(_later(today, int(number)))
    name, _, rest = one.partition(" ")
    match name:
        case "month":
            return _month(next(day for day in _days(today) if day.month == int(rest)))
        case "holiday":
            return next((_one(day) for day in _days(today) if _is_holiday(day, rest)), None)
    return None


def _is_holiday(day: date, name: str) -> bool:
    """Return whether a day is the public holiday of this name; `*` is any but New Year's Day."""
    own = holiday(day)
    return own == name or (name == "*" and own is not None and (day.month, day.day) != (1, 1))


def _figures(one: str, today: date) -> Span:
    """Return the span of `2026-11-26`, `11-26`, `12-29/01-03`; without a year the next not over."""
    if len(one) == len("2026-11-26"):
        return _one(_existing(one))
    first, _, last = one.partition("/")
    ends = next((day for day in _days(today) if f"{day:%m-%d}" == (last or first)), None)
    if ends is None:
        raise NoSuchDay
    begins = ends
    while f"{begins:%m-%d}" != first:
        begins -= _DAY
    return Span(begins, ends)


def _numbered(number: int, around: str | None, today: date) -> Span:
    """Return the 26th: of the month that was said, or the next there is."""
    month = _plain(around, today) if around and around.startswith("month") else None
    days = (
        [month.first + ahead * _DAY for ahead in range((month.last - month.first).days + 1)] if month else ()
    )
    found = next((day for day in days or _days(today) if day.day == number), None)
    if found is None:
        raise NoSuchDay
    return _one(found)


def _weekday(weekday: int, around: str | None, after_today: bool, today: date) -> Span:
    """Return a weekday: of the week that was said, or the next there is, today included."""
    if around and around.startswith("week"):
        week = _plain(around, today)
        assert week is not None
        return _one(week.first + weekday * _DAY)
    start = today + _DAY if after_today else today
    return _one(next(day for day in _days(start) if day.weekday() == weekday))


def _month(day: date) -> Span:
    """Return the whole month of a day."""
    first = day.replace(day=1)
    return Span(first, _later(first, 1) - _DAY)


def _later(day: date, months: int) -> date:
    """Return the first of a month some months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _existing(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay from None


def _one(day: date) -> Span:
    return Span(day, day)


def _days(first: date) -> Iterator[date]:
    return (first + ahead * _DAY for ahead in range(_SEARCHED))
