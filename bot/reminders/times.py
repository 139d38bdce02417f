"""When a reminder is due and until when it may leave: by the calendar day, never by a timer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.knowledge.schema import City
from bot.reminders.wish import Slot

SPARE: Final = timedelta(minutes=15)
"""How long before the put-out time the last reminder may leave: one has to carry the bag there."""

AHEAD: Final = timedelta(minutes=3)
"""How long before its time a reminder is ordered.

Delivery looks a minute before its time who gets it. Whoever changes area or slot meanwhile therefore sees the
order, and is not reminded of that day a second time.
"""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Times:
    """A city's reminder times, local. Nothing leaves between `evening_end` and `morning`."""

    evening: time
    evening_end: time
    morning: time

    def of(self, slot: Slot) -> time:
        """Return when people of a slot are reminded."""
        return self.morning if slot is Slot.MORNING else self.evening


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when, both local and aware, something may leave."""

    opens: datetime
    closes: datetime


def times_of(city: City, practice: bool) -> Times | None:
    """Return a city's reminder times, None where reminders are not switched on. Practice always has them."""
    chosen = city.reminders
    if not (chosen.enabled or practice):
        return None
    return Times(*map(time.fromisoformat, (chosen.evening, chosen.evening_end, chosen.morning)))


def window(times: Times, slot: Slot, day: date, put_out_by: time, now: datetime) -> Window | None:
    """Return when people are reminded of a collection day; None where no time is left, as in a city that
    wants garbage out before its morning reminder. `now` gives the time zone.
    """
    if slot is Slot.EVENING:
        before = day - _DAY
        opens, closes = _at(before, times.evening, now), _at(before, times.evening_end, now)
    else:
        opens, closes = _at(day, times.morning, now), _at(day, put_out_by, now) - SPARE
    return Window(opens, closes) if opens < closes else None


def correcting(times: Times, day: date, put_out_by: time, now: datetime) -> Window | None:
    """Return when a correction about a collection day may leave: at once by day, after a night otherwise."""
    opens = max(now, _at(now.date(), times.morning, now))
    if now >= _at(now.date(), times.evening_end, now):
        opens = _at(now.date() + _DAY, times.morning, now)
    closes = min(_at(day, put_out_by, now), _at(opens.date(), times.evening_end, now))
    return Window(opens, closes) if opens < closes else None


def _at(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=now.tzinfo)
