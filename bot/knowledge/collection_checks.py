"""What no row of `content/collection/` knows of itself: areas that exist, days that fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.collection import Area, Change, Schedule, Town, overlapping
from bot.knowledge.files import Lined
from bot.knowledge.model import Problem

TOWNS = "collection/towns.csv"
DAYS = "collection/days.csv"
CHANGES = "collection/changes.csv"


def problems(
    areas: Sequence[Lined[Any]],
    towns: Sequence[Lined[Town]],
    schedules: Sequence[Lined[Schedule]],
    changes: Sequence[Lined[Change]],
    categories: Sequence[Lined[Any]],
) -> Iterator[Problem]:
    """Yield every problem between the files of collection days."""
    known = {area.id for area, _ in areas}
    kinds = {category.id: category.kind for category, _ in categories}
    yield from _towns(towns, known)
    for file, rows in ((DAYS, schedules), (CHANGES, changes)):
        yield from _twice(file, rows)
        for row, line in rows:
            for area in sorted(set(row.areas) - known):
                yield Problem(file, line, f"area {area!r} does not exist")
            for category in getattr(row, "categories", None) or [getattr(row, "category", None)]:
                if category and kinds.get(category) != "regular":
                    yield Problem(file, line, f"category {category!r} is not one that is collected regularly")
    yield from _overlaps(schedules)
    yield from _moves([area for area, _ in areas], schedules, changes)


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


def _moves(
    areas: list[Area], schedules: Sequence[Lined[Schedule]], changes: Sequence[Lined[Change]]
) -> Iterator[Problem]:
    """A collection is moved from a day that has one to a day that is covered and has none."""
    plain = CollectionCalendar(areas, [row for row, _ in schedules], [])
    changed = CollectionCalendar(areas, [row for row, _ in schedules], [change for change, _ in changes])
    for change, line in changes:
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
