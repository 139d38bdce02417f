"""An area's collections as an iCalendar file (RFC 5545, RFC 7986). Pure: content and day in, bytes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from icalendar import Alarm, Calendar, Event

from bot.answers.dated import fallen
from bot.answers.reader import Reader, grade
from bot.knowledge.calendar import Cancelled, Collection

_PAST: Final = timedelta(days=31)
_DAY: Final = timedelta(days=1)
REFRESH: Final = _DAY
"""How often a phone is asked to look again: a collection that falls out has to arrive in time."""


class Remind(StrEnum):
    """When the phone itself rings."""

    EVENING = "evening"
    MORNING = "morning"
    NEVER = "never"


ALARMS: Final = {Remind.EVENING: timedelta(hours=-4), Remind.MORNING: timedelta(hours=7)}
"""From the midnight at which the day begins: 20:00 the evening before, or 7:00."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader follows: an area, some categories (None: all of them), and when the phone rings."""

    area: str
    categories: frozenset[str] | None = None
    remind: Remind = Remind.EVENING


def ics(reader: Reader, wish: Wish, address: str) -> bytes:
    """Return the calendar of an area from a month ago to the end of what is known.

    `address` is where the file is served; events keep their UID for ever, so a move shows as a move.
    Only days that the city itself loaded ring; others say in their title that they are not confirmed.
    """
    known, area = reader.knowledge, reader.knowledge.calendar.areas[wish.area]
    name = reader.speech.say("Collection days: {area}", area=reader.text(area.name))
    calendar = Calendar()
    calendar.add("prodid", "-//Awamado//Collection days//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", known.city.timezone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    calendar.add("source", address, parameters={"VALUE": "URI"})
    for one in _shown(reader, wish):
        calendar.add_component(one)
    return bytes(calendar.to_ical())


def _shown(reader: Reader, wish: Wish) -> Iterable[Event]:
    calendar = reader.knowledge.calendar
    first, last = reader.day - _PAST, date.max
    for collection in calendar.collections(wish.area, first, last, wish.categories):
        yield _collected(reader, wish, collection)
    for gone in calendar.cancelled(wish.area, first, last):
        if gone.to is None and (wish.categories is None or gone.category in wish.categories):
            yield _fallen_out(reader, gone)
    ends = [calendar.until(wish.area, category) for category in calendar.categories(wish.area)]
    if known := [end for end in ends if end]:
        yield _end(reader, wish.area, max(known))


def _collected(reader: Reader, wish: Wish, one: Collection) -> Event:
    say, category = reader.speech.say, reader.knowledge.categories[one.category]
    name = f"{category.emoji} {reader.text(category.short)}"
    schedule = one.schedule
    event = _event(reader, one.moved_from or one.day, one.day, one.category, one.area)
    event.add("summary", name if one.promised else say("{category} (not confirmed)", category=name))
    lines = [say("Put it out by {time}.", time=reader.speech.time(schedule.put_out_by))]
    if one.moved_from:
        lines.append(say("Moved from {day}.", day=reader.speech.date(one.moved_from)))
    if one.doubtful:
        lines.append(say("A public holiday: check your paper calendar."))
    lines.append(say("Source: {grade}", grade=grade(reader, schedule.evidence, list(schedule.sources))))
    event.add("description", "\n".join(lines))
    event.add("categories", [reader.text(category.short)])
    if one.promised and wish.remind is not Remind.NEVER:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", name)
        alarm.add("trigger", ALARMS[wish.remind])
        event.add_component(alarm)
    return event


def _fallen_out(reader: Reader, gone: Cancelled) -> Event:
    category = reader.knowledge.categories[gone.category]
    name = f"{category.emoji} {reader.text(category.short)}"
    event = _event(reader, gone.day, gone.day, gone.category, gone.area)
    # Not STATUS:CANCELLED: many calendars hide such an event, and nobody would learn of it.
    event.add("summary", reader.speech.say("No collection: {category}", category=name))
    event.add("description", fallen(reader, gone))
    return event


def _end(reader: Reader, area: str, last: date) -> Event:
    """Return the note on the last day that is known, so that silence is not taken for "no collection"."""
    event = _event(reader, last, last, "end", area)
    event.add("summary", reader.speech.say("Collection days after today are not loaded yet"))
    event.add("description", reader.speech.say("Please look at your new paper calendar."))
    return event


def _event(reader: Reader, planned: date, day: date, category: str, area: str) -> Event:
    """Return a whole-day event. Its UID is made of the day on which it was planned."""
    event = Event()
    event.add("uid", f"{planned.isoformat()}-{category}-{area}@{reader.knowledge.city.id}.awamado")
    event.add("dtstamp", datetime.combine(reader.day, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    event.add("transp", "TRANSPARENT")
    return event
