"""Notes of a calendar become rows of `changes.csv`; those from elsewhere give way to the city's own dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.knowledge.collection import OFFICIAL, Change
from bot.knowledge.importers.draft import Draft, Entry
from bot.knowledge.importers.fiscal import first_day, last_day
from bot.knowledge.importers.notes import Closing
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Report
from bot.knowledge.importers.trimming import rest_of_change

_Day = tuple[date, date, date | None]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every row made by an import carries."""

    checked_on: date
    sources: tuple[Any, ...]


def changes_after(
    draft: Draft,
    before: Collection[Change],
    regular: Mapping[int, Collection[str]],
    stamp: Stamp,
    report: Report,
) -> list[Change]:
    """Return the changes as they are after the import. `regular` are each year's regular categories.

    Changes that staff made (a typhoon) stay. A closing that moves nothing is rejected in the report.
    """
    kept = list(before)
    for year in draft.years:
        entries = [entry for entry in draft.entries if entry.year == year]
        kept = [piece for one in kept for piece in _rest(one, year, entries, regular[year])]
    made = [
        change for year in draft.years for change in _made(draft, year, regular[year], stamp, kept, report)
    ]
    return [*kept, *(_unchanged(change, before) for change in made)]


def _unchanged(change: Change, before: Collection[Change]) -> Change:
    """A change that an earlier import of the same file made stays as it was."""
    plain = {"sources", "checked_on"}
    wanted = change.model_dump(exclude=plain)
    return next((one for one in before if one.model_dump(exclude=plain) == wanted), change)


def _rest(one: Change, year: int, entries: list[Entry], regular: Collection[str]) -> list[Change]:
    made_here = one.id.startswith(_prefix(year))
    if one.evidence == OFFICIAL and not made_here:
        return [one]
    taken: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        by_rule = any(entry.days.by_rule(day) for day in entry.dates() if one.first <= day <= one.last)
        if made_here or not by_rule:  # a weekday rule says nothing about New Year; printed dates do
            taken[entry.area].add(entry.category)
    return rest_of_change(one, taken, regular, first_day(year), last_day(year))


def _made(
    draft: Draft, year: int, regular: Collection[str], stamp: Stamp, kept: list[Change], report: Report
) -> Iterator[Change]:
    found: dict[tuple[Closing, tuple[str, ...]], list[str]] = defaultdict(list)
    entries = [entry for entry in draft.entries if entry.year == year]
    for closing in dict.fromkeys(closing for of_year, closing in draft.closings if of_year == year):
        for area, categories in _touched(closing, entries, report).items():
            bare = Closing(closing.first, closing.last, closing.to, "")
            every: tuple[str, ...] = tuple(categories) if set(regular) - categories.keys() else ()
            found[bare, every].append(area)
    numbers: dict[str, int] = defaultdict(int)
    for (closing, some), areas in found.items():
        change = _change(year, closing, some, areas, stamp)
        if not any(_says(one, change) for one in kept):
            numbers[change.id] += 1
            yield change.model_copy(update={"id": f"{change.id}-{numbers[change.id]}"})


def _touched(closing: Closing, entries: list[Entry], report: Report) -> dict[str, dict[str, None]]:
    """Return the categories of each area that a closing holds for, in the order of the file."""
    meant = [
        entry
        for entry in entries
        if (not closing.areas or entry.area in closing.areas)
        and (not closing.categories or entry.category in closing.categories)
    ]
    if closing.to:
        planned = [entry for entry in meant if entry.days.holds(closing.first)]
        done = [entry for entry in meant if entry.days.holds(closing.to)]
        if not planned and done:  # the table has the new day already, the note only explains it
            return {}
        if not planned:
            report.reject(
                closing.place,
                str(closing.first),
                remark("There is no collection on {day}.", day=closing.first),
            )
        for entry in planned:
            if entry in done:
                report.reject(
                    closing.place,
                    str(closing.first),
                    remark("There is a collection on {day} already.", day=closing.to),
                )
        meant = planned
    touched: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in meant:
        touched[entry.area][entry.category] = None
    return touched


def _change(
    year: int, closing: Closing, categories: tuple[str, ...], areas: list[str], stamp: Stamp
) -> Change:
    return Change(
        id=f"{_prefix(year)}{closing.first:%m%d}",
        areas=list(dict.fromkeys(areas)),
        first=closing.first,
        last=closing.last,
        categories=list(categories),
        to=closing.to,
        reason=closing.reason,
        evidence=OFFICIAL,
        sources=list(stamp.sources),
        checked_on=stamp.checked_on,
    )


def _says(one: Change, other: Change) -> bool:
    """Return whether a change that is there already says all that another would."""
    return (
        (one.first, one.last, one.to) == (other.first, other.last, other.to)
        and set(other.areas) <= set(one.areas)
        and (not one.categories or (bool(other.categories) and set(other.categories) <= set(one.categories)))
    )


def _prefix(year: int) -> str:
    """Return how the ids of changes begin that a calendar of this fiscal year made."""
    return f"calendar-{year}-"
