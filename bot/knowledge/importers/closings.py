"""Notes of a calendar become rows of `changes.csv`; those from elsewhere give way to the city's own dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.knowledge.collection import OFFICIAL, Change
from bot.knowledge.importers.draft import Draft, Entry
from bot.knowledge.importers.fiscal import first_day, last_day
from bot.knowledge.importers.notes import Closing
from bot.knowledge.importers.proposal import Outcome, Row, remark
from bot.knowledge.importers.refused import Report
from bot.knowledge.importers.trimming import rest_of_change

_PREFIX = "calendar-"
_Span = tuple[date, date, date | None]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every row made by an import carries."""

    checked_on: date
    sources: tuple[Any, ...]


def changes_after(
    draft: Draft,
    before: Sequence[Change],
    regular: Mapping[int, Sequence[str]],
    stamp: Stamp,
    report: Report,
) -> list[Change]:
    """Return the changes as they are after the import. `regular` are each year's regular categories.

    Changes that staff made (a typhoon) stay. A closing that moves nothing is rejected in the report.
    """
    kept = list(enumerate(before))
    for year in draft.years:
        kept = [(at, rest) for at, one in kept for rest in _rest(one, year, draft, regular[year])]
    others = [one for _, one in kept]
    made = [
        _placed(change, before)
        for year in draft.years
        for change in _made(draft, year, regular[year], stamp, others, report)
    ]
    after = [change for _, change in sorted([*made, *kept], key=lambda one: one[0])]
    for one in before:
        if one.id.startswith(_PREFIX) and not any(_reaches(other, one) for other in after):
            told = remark(
                "The file no longer says that {first} to {last} are closed.", first=one.first, last=one.last
            )
            report.rows.append(Row(one.id, Outcome.REMOVED, str(one.first)))
            report.effects.append(told)
    return after


def _placed(change: Change, before: Sequence[Change]) -> tuple[int, Change]:
    """Return a change with its place among those before.

    One that an earlier import of the same file made stays as and where it was. A new one stands before
    those that staff made, because the last one written for a day decides.
    """
    plain = {"sources", "checked_on"}
    wanted = change.model_dump(exclude=plain)
    for at, one in enumerate(before):
        if one.model_dump(exclude=plain) == wanted:
            return at, one
    staff = (
        at for at, one in enumerate(before) if one.evidence == OFFICIAL and not one.id.startswith(_PREFIX)
    )
    return next(staff, len(before)), change


def _reaches(one: Change, other: Change) -> bool:
    """Return whether one change holds on any day of another."""
    return one.first <= other.last and other.first <= one.last


def _rest(one: Change, year: int, draft: Draft, regular: Collection[str]) -> list[Change]:
    made_here = one.id.startswith(_prefix(year))
    if one.evidence == OFFICIAL and not made_here:
        return [one]
    taken: dict[str, set[str]] = defaultdict(set)
    closings = [
        each
        for of, each in draft.closings
        if of == year and one.first <= each.last and each.first <= one.last
    ]
    entries = [entry for entry in draft.entries if entry.year == year]
    for entry in entries:
        by_rule = any(entry.days.by_rule(day) for day in entry.dates() if one.first <= day <= one.last)
        said = any(each.holds_for(entry.area, entry.category) for each in closings)
        if made_here:
            taken[entry.area].update(each.category for each in entries)
        elif said or not by_rule:  # a weekday rule says nothing about New Year; dates do
            taken[entry.area].add(entry.category)
    return rest_of_change(one, taken, regular, first_day(year), last_day(year))


def _made(
    draft: Draft, year: int, regular: Sequence[str], stamp: Stamp, kept: list[Change], report: Report
) -> Iterator[Change]:
    """Yield one change for the areas that a closing holds for alike, always in the same order."""
    entries = [entry for entry in draft.entries if entry.year == year]
    found: dict[_Span, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for closing in (closing for of_year, closing in draft.closings if of_year == year):
        span = closing.first, closing.last, closing.to
        for entry in _touched(closing, entries, report):
            if not any(_says(one, span, entry) for one in kept):
                found[span][entry.area].add(entry.category)
    for first, last, to in sorted(found, key=str):
        alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for area, some in found[first, last, to].items():
            every = set(regular) <= some
            alike[() if every else tuple(one for one in regular if one in some)].append(area)
        for number, (categories, areas) in enumerate(sorted(alike.items()), 1):
            closing = Closing(first, last, to, "", tuple(areas), categories)
            yield _change(f"{_prefix(year)}{first:%m%d}-{number}", closing, stamp)


def _touched(closing: Closing, entries: list[Entry], report: Report) -> list[Entry]:
    """Return the entries that a closing holds for; one that moves nothing is rejected in the report."""
    meant = [entry for entry in entries if closing.holds_for(entry.area, entry.category)]
    if not closing.to:
        return meant
    planned = [entry for entry in meant if entry.days.holds(closing.first)]
    there = [entry for entry in meant if entry.days.holds(closing.to)]
    about = str(closing.first)
    if not planned and not there:  # with the new day in the table already, a note only explains it
        reason = remark("There is no collection on {day}.", day=closing.first)
        report.reject(closing.place, about, reason)
    if any(entry in there for entry in planned):
        reason = remark("There is a collection on {day} already.", day=closing.to)
        report.reject(closing.place, about, reason)
    return planned


def _change(name: str, closing: Closing, stamp: Stamp) -> Change:
    return Change(
        id=name,
        areas=list(closing.areas),
        first=closing.first,
        last=closing.last,
        categories=list(closing.categories),
        to=closing.to,
        reason=closing.reason,
        evidence=OFFICIAL,
        sources=list(stamp.sources),
        checked_on=stamp.checked_on,
    )


def _says(one: Change, span: _Span, entry: Entry) -> bool:
    """Return whether a change that is there already says it of an entry."""
    official = one.evidence == OFFICIAL
    holds = official and entry.area in one.areas and (not one.categories or entry.category in one.categories)
    return holds and (one.first, one.last, one.to) == span


def _prefix(year: int) -> str:
    """Return how the ids of changes begin that a calendar of this fiscal year made."""
    return f"{_PREFIX}{year}-"
