"""Days of collection as they are written down: explicit dates, weekdays, or the nth weekdays of a month.

`dates 2026-04-08 2026-04-22`, `weekly Mon,Thu`, `monthly 1,3 Wed`, `monthly 4 Fri in 4,6,8`; joined by ` + `.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_WEEKLY = re.compile(r"weekly (?P<days>\w{3}(,\w{3})*)")
_MONTHLY = re.compile(r"monthly (?P<nth>[1-5](,[1-5])*) (?P<day>\w{3})( in (?P<months>\d{1,2}(,\d{1,2})*))?")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth such weekdays of a month, in some months or (empty) in all. `weekday` counts from Monday 0."""

    nth: frozenset[int]
    weekday: int
    months: frozenset[int] = frozenset()

    def holds(self, day: date) -> bool:
        """Return whether the rule names this day."""
        of_month = (day.day - 1) // 7 + 1
        return (
            day.weekday() == self.weekday
            and of_month in self.nth
            and (not self.months or day.month in self.months)
        )


@dataclass(frozen=True, slots=True)
class Days:
    """Days of collection. `explicit` are dates as printed; the rest are rules that go on for ever."""

    explicit: frozenset[date] = frozenset()
    weekly: frozenset[int] = frozenset()
    monthly: tuple[Nth, ...] = ()

    def between(self, first: date, last: date) -> Iterator[date]:
        """Yield the days from first to last, both included, in order."""
        day = first
        while day <= last:
            if self.holds(day):
                yield day
            day += _DAY

    def holds(self, day: date) -> bool:
        """Return whether collection is planned on a day."""
        return day in self.explicit or self.by_rule(day)

    def by_rule(self, day: date) -> bool:
        """Return whether a rule, and not a printed date, names the day."""
        return day not in self.explicit and (
            day.weekday() in self.weekly or any(nth.holds(day) for nth in self.monthly)
        )

    def __str__(self) -> str:
        parts = [f"monthly {_numbers(one.nth)} {WEEKDAYS[one.weekday]}{_months(one)}" for one in self.monthly]
        if self.weekly:
            parts.insert(0, "weekly " + ",".join(WEEKDAYS[day] for day in sorted(self.weekly)))
        if self.explicit:
            parts.append("dates " + " ".join(day.isoformat() for day in sorted(self.explicit)))
        return " + ".join(parts)


@lru_cache(maxsize=4096)
def parse_days(text: str) -> Days:
    """Return the days that a text spells. Raises ValueError that names the part it cannot read."""
    explicit: set[date] = set()
    weekly: set[int] = set()
    monthly: list[Nth] = []
    for part in text.split(" + "):
        if part.startswith("dates "):
            explicit |= {_date(word) for word in part.split()[1:]}
        elif found := _WEEKLY.fullmatch(part):
            weekly |= {_weekday(word) for word in found["days"].split(",")}
        elif found := _MONTHLY.fullmatch(part):
            months = frozenset(int(month) for month in (found["months"] or "").split(",") if month)
            if not months <= set(range(1, 13)):
                raise ValueError(f"{part!r} names a month that does not exist")
            nth = frozenset(int(number) for number in found["nth"].split(","))
            monthly.append(Nth(nth, _weekday(found["day"]), months))
        else:
            raise ValueError(f"{part!r} is none of: dates …, weekly Mon,Thu, monthly 1,3 Wed")
    return Days(frozenset(explicit), frozenset(weekly), tuple(monthly))


def _date(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ValueError(f"{word!r} is no date that exists") from None


def _weekday(word: str) -> int:
    if word not in WEEKDAYS:
        raise ValueError(f"{word!r} is no weekday: {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(word)


def _numbers(values: frozenset[int]) -> str:
    return ",".join(str(value) for value in sorted(values))


def _months(one: Nth) -> str:
    return f" in {_numbers(one.months)}" if one.months else ""
