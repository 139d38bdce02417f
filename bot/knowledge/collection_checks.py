"""What no row of `content/collection/` knows of itself: areas that exist, days that fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.collection import Area, Change, Schedule, Town, overlapping
from bot.knowledge.files import Lined
from bot.knowledge.model import Problem

TOWNS = "collection/towns.csv"
DAYS = "collection/days.csv"
CHANGES = "collection/changes.csv"


@dataclass(frozen=True, slots=True)
class Rows:
    """The files of collection days as they were read."""

    areas: Sequence[Lined[Area]]
    towns: Sequence[Lined[Town]]
    schedules: Sequence[Lined[Schedule]]
    changes: Sequence[Lined[Change]]

    def calendar(self) -> CollectionCalendar:
        """Return the calendar of these rows."""
        return CollectionCalendar(
            [area for area, _ in self.areas],
            [row for row, _ in self.schedules],
            [change for change, _ in self.changes],
        )


def problems(read: Rows, categories: Sequence[Lined[Any]]) -> Iterator[Problem]:
    """Yield every problem between the files of collection days."""
    known = {area.id for area, _ in read.areas}
    regular = {category.id for category, _ in categories if category.kind == "regular"}
    yield from _towns(read.towns, known)
    files: list[tuple[str, Sequence[Lined[Any]]]] = [(DAYS, read.schedules), (CHANGES, read.changes)]
    for file, rows in files:
        yield from _twice(file, rows)
        for row, line in rows:
            for area in sorted(set(row.areas) - known):
                yield Problem(file, line, f"area {area!r} does not exist")
            for category in row.categories if file == CHANGES else [row.category]:
                if category not in regular:
                    yield Problem(file, line, f"category {category!r} is not one that is collected regularly")
    yield from _overlaps(read.schedules)
    yield from _moves(read)


def _twice(file: str, rows: Sequence[Lined[Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for row, line in rows:
        if row.id in seen:
            yield Problem(file, line, f"id {row.id!r} stands twice")
        seen.add(row.id)


def _towns(towns: Sequence[Lined[Town]], known: set[str]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for town, line in towns:
        if town.area not in known:
            yield Problem(TOWNS, line, f"area {town.area!r} does not exist")
        if (town.latitude is None) != (town.longitude is None):
            yield Problem(TOWNS, line, "latitude and longitude stand together or not at all")
        other = seen.setdefault((town.town, town.part), town.area)
        if other != town.area:
            yield Problem(
                TOWNS, line, f"{town.town}{town.part} lies in {other} and in {town.area}: name its part"
            )


def _overlaps(schedules: Sequence[Lined[Schedule]]) -> Iterator[Problem]:
    rows = [row for row, _ in schedules]
    for row, line in schedules:
        other = next(overlapping(rows, row), None)
        if other and other.id < row.id:
            yield Problem(DAYS, line, f"holds for the same area, category and time as {other.id!r}")


def _moves(read: Rows) -> Iterator[Problem]:
    """A collection is moved from a day that has one to a day that is covered and has none."""
    changed, plain = read.calendar(), replace(read, changes=()).calendar()
    for change, line in read.changes:
        if change.to is None:
            continue
        for area in change.areas:
            planned = {one.category for one in plain.collections(area, change.first, change.first)}
            moved = planned & set(change.categories or planned)
            if not moved:
                yield Problem(CHANGES, line, f"area {area} has no such collection on {change.first}")
            for category in sorted(moved):
                yield from _target(changed, change.to, area, category, line)


def _target(calendar: CollectionCalendar, to: date, area: str, category: str, line: int) -> Iterator[Problem]:
    if calendar.schedule_on(area, category, to) is None:
        yield Problem(CHANGES, line, f"{to} is outside the calendar of area {area}, {category}")
    if len(calendar.collections(area, to, to, [category])) > 1:
        yield Problem(CHANGES, line, f"area {area} has a collection of {category} on {to} already")
