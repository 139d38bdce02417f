"""When something is collected: rules, printed dates and changes become one list of collections an area."""

from __future__ import annotations

from collections.abc import Collection as Group
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final

from bot.knowledge.collection import Area, Change, Reason, Schedule
from bot.knowledge.holidays import holiday

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_SUNDAY: Final = 6
_YEAR_END: Final = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
"""The days on which offices and collectors in Japan commonly rest, though hardly one is a public holiday."""


class State(Enum):
    """What is known of an area's collections of a category."""

    KNOWN = "known"
    NOT_LOADED = "not loaded"
    NOT_YET = "not yet valid"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection. `moved_from` is the day on which it would have been; `reason` says why it was moved.

    `doubtful` says why nobody has confirmed that there is collection: a public holiday, or the year-end.
    """

    day: date
    area: str
    category: str
    schedule: Schedule
    moved_from: date | None = None
    reason: Reason | None = None
    doubtful: Reason | None = None

    @property
    def put_out_by(self) -> time:
        """The local time until which it may be put out."""
        return time.fromisoformat(self.schedule.put_out_by)

    @property
    def promised(self) -> bool:
        """Whether the city itself loaded this day, so that people may be reminded of it."""
        return self.schedule.official and not self.doubtful


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A collection that does not take place. `to` is the day on which it is instead, if there is one."""

    day: date
    area: str
    category: str
    reason: Reason
    to: date | None = None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next collections as seen at one moment.

    `today` is today's collection, put out or not; `minutes_left` counts to its put-out time and is None once
    that has passed. `dates` are collections one can still make, today's included. `cancelled` are those that
    fall out before the first of them. `until` is the last day that the calendar covers.
    """

    state: State
    today: Collection | None = None
    minutes_left: int | None = None
    dates: tuple[Collection, ...] = ()
    cancelled: tuple[Cancelled, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Year:
    """All that is known of one area and category."""

    collections: tuple[Collection, ...]
    cancelled: tuple[Cancelled, ...]


class CollectionCalendar:
    """Every collection of every area. Days that the city loaded hide those from elsewhere."""

    def __init__(
        self, areas: Iterable[Area], schedules: Sequence[Schedule], changes: Sequence[Change]
    ) -> None:
        self.areas: Mapping[str, Area] = {area.id: area for area in areas}
        self.changes = tuple(changes)
        self._schedules: dict[tuple[str, str], list[Schedule]] = {}
        for schedule in schedules:
            for area in schedule.areas:
                self._schedules.setdefault((area, schedule.category), []).append(schedule)
        self._years: dict[tuple[str, str], _Year] = {}

    def categories(self, area: str) -> tuple[str, ...]:
        """Return the categories for which an area has any days, whenever they hold, in the order loaded."""
        return tuple(category for one, category in self._schedules if one == area)

    def collections(
        self, area: str, first: date, last: date, categories: Group[str] | None = None
    ) -> tuple[Collection, ...]:
        """Return the collections from first to last, both included, ordered by day."""
        wanted = [one for one in self.categories(area) if categories is None or one in categories]
        found = [
            collection
            for category in wanted
            for collection in self._year(area, category).collections
            if first <= collection.day <= last
        ]
        return tuple(sorted(found, key=lambda collection: collection.day))

    def cancelled(self, area: str, first: date, last: date) -> tuple[Cancelled, ...]:
        """Return what falls out from first to last, both included, ordered by day."""
        found = [
            one
            for category in self.categories(area)
            for one in self._year(area, category).cancelled
            if first <= one.day <= last
        ]
        return tuple(sorted(found, key=lambda one: one.day))

    def schedule_on(self, area: str, category: str, day: date) -> Schedule | None:
        """Return what tells whether there is collection on a day; None where nothing is known of that day."""
        valid = [
            one
            for one in self._schedules.get((area, category), [])
            if one.valid_from <= day <= one.valid_until
        ]
        return max(valid, key=lambda one: one.official, default=None)

    def covers(self, area: str, day: date) -> bool:
        """Return whether any category's days are known for a day, so that "nothing today" means something."""
        return any(self.schedule_on(area, category, day) for category in self.categories(area))

    def until(self, area: str, category: str, official: bool = False) -> date | None:
        """Return the last day that is covered, by the city's own calendar only if `official`."""
        rows = self._schedules.get((area, category), [])
        return max((one.valid_until for one in rows if one.official or not official), default=None)

    def next_dates(self, area: str, category: str, now: datetime, most: int = 3) -> Upcoming:
        """Return the next collections at `now`, the city's local time."""
        rows = self._schedules.get((area, category))
        if not rows:
            return Upcoming(State.NOT_LOADED)
        year, day = self._year(area, category), now.date()
        until = max(one.valid_until for one in rows)
        today = next((one for one in year.collections if one.day == day), None)
        left = _minutes_left(today, now) if today else None
        dates = [one for one in year.collections if one.day > day or (one is today and left is not None)]
        if not dates:
            return Upcoming(State.ENDED, today, left, until=until)
        known = self.schedule_on(area, category, day) is not None or any(one.valid_from < day for one in rows)
        fallen = [one for one in year.cancelled if day <= one.day < dates[0].day or one.to == dates[0].day]
        return Upcoming(
            State.KNOWN if known else State.NOT_YET, today, left, tuple(dates[:most]), tuple(fallen), until
        )

    def _year(self, area: str, category: str) -> _Year:
        key = (area, category)
        if key not in self._years:
            self._years[key] = _changed(self._planned(area, category), self.changes)
        return self._years[key]

    def _planned(self, area: str, category: str) -> list[Collection]:
        """Every collection as the schedules have it, each day once."""
        planned: dict[date, Collection] = {}
        for schedule in sorted(self._schedules.get((area, category), []), key=lambda one: one.official):
            hidden = [day for day in planned if schedule.official and self._hides(schedule, planned[day])]
            for day in hidden:
                del planned[day]
            for day in schedule.rule.between(schedule.valid_from, schedule.valid_until):
                planned[day] = Collection(day, area, category, schedule)
        return [planned[day] for day in sorted(planned)]

    @staticmethod
    def _hides(schedule: Schedule, planned: Collection) -> bool:
        within = schedule.valid_from <= planned.day <= schedule.valid_until
        return within and not planned.schedule.official


def _changed(planned: list[Collection], changes: Sequence[Change]) -> _Year:
    """Apply the changes, then public holidays; each planned collection is kept, moved or cancelled."""
    taken = {one.day for one in planned} | {change.to for change in changes if change.to}
    kept: list[Collection] = []
    fallen: list[Cancelled] = []
    for one in planned:
        change = _change_of(one, changes)
        reason: Reason = change.reason if change else "holiday"
        day = change.to if change else _on_holiday(one, changes, taken)
        if day is None or day != one.day:
            fallen.append(Cancelled(one.day, one.area, one.category, reason, day))
        if day is None:
            continue
        taken.add(day)
        kept.append(one if day == one.day else replace(one, day=day, moved_from=one.day, reason=reason))
    kept = [replace(one, doubtful=_doubt(one, changes)) for one in kept]
    return _Year(tuple(sorted(kept, key=lambda one: one.day)), tuple(fallen))


def _change_of(one: Collection, changes: Sequence[Change], day: date | None = None) -> Change | None:
    """Return the change that was written last for a collection's day (or for `day`)."""
    wanted = day or one.day
    return next((each for each in reversed(changes) if each.covers(one.area, one.category, wanted)), None)


def _doubt(one: Collection, changes: Sequence[Change]) -> Reason | None:
    """Return why nobody has confirmed a rule-given day; printed and moved days stand.

    What happens on public holidays says nothing of the year-end; what falls out at a year-end does.
    """
    if one.moved_from or not one.schedule.rule.by_rule(one.day):
        return None
    if (one.day.month, one.day.day) in _YEAR_END and not any(_same_year_end(one, each) for each in changes):
        return "year-end"
    return "holiday" if one.schedule.holidays is None and holiday(one.day) else None


def _same_year_end(one: Collection, change: Change) -> bool:
    """Return whether a change tells what falls out at the year-end that a collection lies in."""
    near = change.first - _WEEK <= one.day <= change.last + _WEEK
    return change.reason == "year-end" and near and change.concerns(one.area, one.category)


def _on_holiday(one: Collection, changes: Sequence[Change], taken: set[date]) -> date | None:
    """Return the day of a rule-given collection that may fall on a public holiday; None: there is none."""
    treated = one.schedule.holidays in ("skipped", "next-day") and one.schedule.rule.by_rule(one.day)
    if not treated or not holiday(one.day):
        return one.day
    if one.schedule.holidays == "skipped":
        return None
    day = one.day + _DAY
    while day <= one.schedule.valid_until:
        if not (day in taken or day.weekday() == _SUNDAY or holiday(day) or _change_of(one, changes, day)):
            return day
        day += _DAY
    return None


def _minutes_left(today: Collection, now: datetime) -> int | None:
    """Return the whole minutes until today's put-out time, at least 0; None once it has passed."""
    end = datetime.combine(now.date(), today.put_out_by, tzinfo=now.tzinfo)
    return int((end - now).total_seconds() // 60) if now <= end else None
