"""A collection that falls out or is moved, and one that takes place after all: rows of the changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.knowledge.calendar import Cancelled, CollectionCalendar
from bot.knowledge.collection import OFFICIAL, Change, Reason
from bot.knowledge.importers.fiscal import fiscal_year
from bot.knowledge.importers.lookup import Areas, Categories
from bot.knowledge.importers.proposal import Outcome, Proposal, Remark, Row, remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.shelf import CHANGES, csv_text
from bot.knowledge.model import Knowledge

LONGEST = timedelta(days=62)
"""Longest time for which collections are suspended at once; a longer one is a new calendar."""

PREVIEWS = 2
"""How many answers are shown."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """What staff ask for, in their words. No areas or categories: all of them. `to`: on that day instead."""

    first: date
    last: date
    areas: tuple[str, ...]
    categories: tuple[str, ...]
    reason: Reason
    to: date | None = None


def suspend(knowledge: Knowledge, asked: Suspension, today: date) -> Proposal:
    """Return the proposal of a suspension; what cannot be done is its one rejected row."""
    about = f"{asked.first} – {asked.last}" if asked.last != asked.first else str(asked.first)
    try:
        change = _change(knowledge, asked, today)
    except Refused as refused:
        return _rejected(about, refused.reason)
    rows = (Row(CHANGES, Outcome.NEW, change.id),)
    return _proposal(knowledge, (*knowledge.calendar.changes, change), rows, change)


def resume(knowledge: Knowledge, name: str) -> Proposal:
    """Return the proposal of taking a change of that id away; an unknown id is its one rejected row."""
    found = next((change for change in knowledge.calendar.changes if change.id == name), None)
    if found is None:
        known = ", ".join(change.id for change in knowledge.calendar.changes) or "–"
        return _rejected(
            name, remark("There is no change {name}; there are: {known}.", name=name, known=known)
        )
    left = tuple(change for change in knowledge.calendar.changes if change is not found)
    return _proposal(knowledge, left, (Row(CHANGES, Outcome.REMOVED, name),), found)


def suspended(knowledge: Knowledge, asked: Suspension, today: date) -> CollectionCalendar:
    """Return the calendar as it would be with a suspension. Raises Refused."""
    return _with(knowledge, (*knowledge.calendar.changes, _change(knowledge, asked, today)))


def _with(knowledge: Knowledge, changes: Sequence[Change]) -> CollectionCalendar:
    before = knowledge.calendar
    return CollectionCalendar(before.areas.values(), before.schedules, changes)


def _rejected(about: str, reason: Remark) -> Proposal:
    return Proposal({}, (Row("", Outcome.REJECTED, about, reason),))


def _change(knowledge: Knowledge, asked: Suspension, today: date) -> Change:
    """Return the row of a suspension. Raises Refused."""
    if asked.last < asked.first or asked.last - asked.first > LONGEST:
        raise Refused(remark("The last day must be 0 to {most} days after the first.", most=LONGEST.days))
    if asked.first < today:
        raise Refused(remark("{day} has passed.", day=asked.first))
    if asked.to and (asked.last != asked.first or asked.to in (asked.first, today) or asked.to < today):
        raise Refused(remark("Only a single day can be moved, to another day that is still to come."))
    areas = _areas(knowledge, asked.areas)
    categories = _categories(knowledge, asked.categories, asked.first)
    _some_collection(knowledge, areas, categories, asked)
    return Change(
        id=_unused(knowledge, "-".join((asked.first.isoformat(), *areas, *categories))),
        areas=list(areas),
        first=asked.first,
        last=asked.last,
        categories=list(categories),
        to=asked.to,
        reason=asked.reason,
        evidence=OFFICIAL,
        checked_on=today,
    )


def _areas(knowledge: Knowledge, words: Sequence[str]) -> tuple[str, ...]:
    known = Areas(knowledge.calendar.areas.values())
    found: list[str] = []
    for word in words:
        several = known.several(word)
        if not several:
            raise known.refusal(word)
        found += several
    return tuple(dict.fromkeys(found)) or tuple(knowledge.calendar.areas)


def _categories(knowledge: Knowledge, words: Sequence[str], day: date) -> tuple[str, ...]:
    known = Categories(knowledge.categories)
    return tuple(dict.fromkeys(known.find(word, fiscal_year(day)) for word in words))


def _some_collection(
    knowledge: Knowledge, areas: Iterable[str], categories: Sequence[str], asked: Suspension
) -> None:
    """Refuse a suspension of nothing: most likely the day or the area is mistaken."""
    calendar = knowledge.calendar
    if not any(calendar.collections(area, asked.first, asked.last, categories or None) for area in areas):
        raise Refused(remark("There is no collection to suspend on these days."))


def _unused(knowledge: Knowledge, name: str) -> str:
    taken = {change.id for change in knowledge.calendar.changes}
    name, number = name[:70], 2
    fresh = name
    while fresh in taken:
        fresh, number = f"{name}-{number}", number + 1
    return fresh


def _proposal(
    knowledge: Knowledge, changes: Sequence[Change], rows: tuple[Row, ...], about: Change
) -> Proposal:
    before, after = knowledge.calendar, _with(knowledge, changes)
    fallen = [_cancelled(calendar, about) for calendar in (before, after)]
    effects = [_told(knowledge, one, falls=True) for one in fallen[1] if one not in fallen[0]]
    effects += [_told(knowledge, one, falls=False) for one in fallen[0] if one not in fallen[1]]
    shown = dict.fromkeys((one.category, one.area) for one in (*fallen[1], *fallen[0]))
    questions = [(knowledge.categories[category].short["ja"], area) for category, area in shown]
    texts = {CHANGES: csv_text(Change, changes)}
    return Proposal(texts, rows, tuple(effects), tuple(questions[:PREVIEWS]))


def _cancelled(calendar: CollectionCalendar, about: Change) -> list[Cancelled]:
    return [one for area in about.areas for one in calendar.cancelled(area, about.first, about.last)]


def _told(knowledge: Knowledge, one: Cancelled, *, falls: bool) -> Remark:
    words: Mapping[str, object] = {
        "area": knowledge.calendar.areas[one.area].letter,
        "category": knowledge.categories[one.category].short["ja"],
        "day": one.day,
    }
    if not falls:
        return remark("Area {area}: {category} on {day} takes place after all.", **words)
    if one.to:
        return remark("Area {area}: {category} on {day} is moved to {to}.", to=one.to, **words)
    return remark("Area {area}: {category} on {day} falls out.", **words)
