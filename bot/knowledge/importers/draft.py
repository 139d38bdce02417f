"""What a calendar file says, read but not yet compared with what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.knowledge.days import Days, Nth
from bot.knowledge.importers.fiscal import first_day, last_day
from bot.knowledge.importers.notes import Closing
from bot.knowledge.importers.weekdays import Rules

_EVERY_WEEK = frozenset({1, 2, 3, 4, 5})


@dataclass(frozen=True, slots=True)
class Entry:
    """When one category is collected in one area in one fiscal year, and where the file says so."""

    area: str
    category: str
    year: int
    days: Days
    place: str
    holidays: Literal["collected", "skipped", "next-day"] | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        """What a file says once only."""
        return self.area, self.category, self.year

    def dates(self) -> frozenset[date]:
        """Return every day of the fiscal year on which there is collection."""
        return frozenset(self.days.between(first_day(self.year), last_day(self.year)))


@dataclass(slots=True)
class Draft:
    """A whole calendar file: its entries, and what falls out or moves in which fiscal year."""

    entries: list[Entry] = field(default_factory=list)
    closings: list[tuple[int, Closing]] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        """The fiscal years that the file speaks of."""
        return sorted({entry.year for entry in self.entries})


def joined(explicit: Iterable[date], months: Iterable[tuple[int, Rules]]) -> Days:
    """Return dates and the weekday rules of single months as one: a rule of all twelve months needs none."""
    where: dict[tuple[frozenset[int], int], set[int]] = {}
    for month, rules in months:
        for nth, weekday in _of(rules):
            where.setdefault((nth, weekday), set()).add(month)
    weekly = frozenset(
        day for (nth, day), all_of in where.items() if nth == _EVERY_WEEK and len(all_of) == 12
    )
    monthly = tuple(
        Nth(nth, day, frozenset(all_of) if len(all_of) < 12 else frozenset())
        for (nth, day), all_of in where.items()
        if not (nth == _EVERY_WEEK and len(all_of) == 12)
    )
    return Days(frozenset(explicit), weekly, monthly)


def _of(rules: Rules) -> Iterator[tuple[frozenset[int], int]]:
    for day in sorted(rules.weekly):
        yield _EVERY_WEEK, day
    for one in rules.monthly:
        yield one.nth, one.weekday
