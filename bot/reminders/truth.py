"""What is promised for an area on a day, and what changed of what people were told. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from bot.knowledge.calendar import CollectionCalendar

Told = Mapping[str, str]
"""What people are told of a day: each category that is collected, with its put-out time `HH:MM`."""

ENDING: Final = timedelta(days=28)
"""How long before the calendar ends every reminder says so."""

LOAD_SOON: Final = timedelta(days=60)
"""How long before the calendar ends staff are told to load the next one: for 31 March, from 30 January."""


@dataclass(frozen=True, slots=True)
class Truth:
    """An area's day. `promised` is what the city itself says. Of `unknown` categories nothing is certain."""

    promised: Told
    unknown: frozenset[str]

    def instead_of(self, told: Told) -> Told:
        """Return what is to be said to people who were told something; what is unknown stays as it was."""
        kept = {category: by for category, by in told.items() if category in self.unknown}
        return dict(sorted({**kept, **self.promised}.items()))


@dataclass(frozen=True, slots=True)
class Changed:
    """What people have to be told anew: each category with its put-out time, `gone` with the former one."""

    gone: Told
    back: Told
    added: Told
    retimed: Told

    def __bool__(self) -> bool:
        return bool(self.gone or self.back or self.added or self.retimed)


def changed(first: Told, last: Told, now: Told, mine: Iterable[str], every: bool) -> Changed:
    """Return what changed for people who were reminded of `mine`, out of the `first` that were told of a day.

    `last` is what was said since. Only who takes `every` category hears of one that came in addition.
    """
    own = set(mine)
    come = {one: by for one, by in now.items() if one not in last}
    return Changed(
        gone={one: by for one, by in last.items() if one not in now and (one in own or every)},
        back={one: by for one, by in come.items() if one in own},
        added={one: by for one, by in come.items() if one not in first and every},
        retimed={one: by for one, by in now.items() if one in own and one in last and last[one] != by},
    )


def truth(calendar: CollectionCalendar, area: str, day: date) -> Truth:
    """Return what is known of an area's collections on a day; third-hand or doubtful days promise nothing."""
    found = calendar.collections(area, day, day)
    promised = {one.category: f"{one.put_out_by:%H:%M}" for one in found if one.promised}
    unknown = {one.category for one in found} - set(promised)
    for category in calendar.categories(area):
        schedule = calendar.schedule_on(area, category, day)
        if category not in promised and not (schedule and schedule.official):
            unknown.add(category)
    return Truth(dict(sorted(promised.items())), frozenset(unknown))


def put_out_by(told: Told) -> time:
    """Return the earliest put-out time of a day."""
    return min(map(time.fromisoformat, told.values()))


def next_promised(
    calendar: CollectionCalendar, area: str, first: date, categories: Iterable[str] | None = None
) -> date | None:
    """Return the next day, from `first` on, on which the city itself promises a collection."""
    wanted = None if categories is None else list(categories)
    found = calendar.collections(area, first, date.max, wanted)
    return next((one.day for one in found if one.promised), None)


def ends(calendar: CollectionCalendar, area: str, today: date) -> date | None:
    """Return the last day for which the city itself loaded an area's calendar, None if it never did.

    Where categories end on different days it is the first of those to come, so that none is forgotten; what
    ended earlier, as categories that no longer exist did, says nothing.
    """
    known = [calendar.until(area, category, official=True) for category in calendar.categories(area)]
    days = [day for day in known if day]
    return min((day for day in days if day >= today), default=max(days, default=None))


def to_load(calendar: CollectionCalendar, today: date) -> tuple[date, tuple[str, ...]] | None:
    """Return when the city's calendar ends and for which areas, once it is time to load the next one."""
    soon = {area: last for area in calendar.areas if (last := ends(calendar, area, today))}
    if not soon or (first := min(soon.values())) > today + LOAD_SOON:
        return None
    return first, tuple(sorted(area for area, last in soon.items() if last == first))
