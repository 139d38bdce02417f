"""How days of collection are told: near and exact, how long there is left, why one is moved, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.answers.model import Section
from bot.answers.reader import Reader
from bot.knowledge.calendar import Cancelled, Collection
from bot.knowledge.collection import OFFICIAL, Change, Reason, Schedule

SOON = 7
"""For so many days ahead what falls out is told before it is asked for."""

_THIS_YEAR = 300
"""A day farther away than this is told with its year."""

_OWN_WORD = frozenset({OFFICIAL, "city-page", "city-item-list"})


def when(reader: Reader, day: date) -> str:
    """Return a day as date and distance: `Thu, Nov 26, in 2 days`."""
    say, ahead = reader.speech.say, (day - reader.day).days
    words = date_of(reader, day)
    if ahead < 0:
        return words
    if ahead == 0:
        return say("{date}, today", date=words)
    if ahead == 1:
        return say("{date}, tomorrow", date=words)
    return reader.speech.say_n("{date}, in {n} day", "{date}, in {n} days", ahead, date=words)


def date_of(reader: Reader, day: date) -> str:
    """Return a day's date, with its year where that could be doubted."""
    far = abs((day - reader.day).days) > _THIS_YEAR
    return reader.speech.full_date(day) if far else reader.speech.date(day)


def left(reader: Reader, minutes: int) -> str:
    """Return how long there is left: `40 min left`."""
    say = reader.speech.say
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say("{minutes} min left", minutes=rest)
    return say("{hours} h {minutes} min left", hours=hours, minutes=rest)


def put_out_by(reader: Reader, collection: Collection) -> str:
    """Return the time until which a collection may be put out."""
    return reader.speech.time(collection.schedule.put_out_by)


def because(reader: Reader, reason: Reason) -> str:
    """Return why a collection falls out or is moved."""
    say = reader.speech.say
    reasons: dict[Reason, str] = {
        "holiday": say("public holiday"),
        "year-end": say("year-end and New Year"),
        "typhoon": say("typhoon"),
        "heavy-rain": say("heavy rain"),
        "snow": say("snow"),
        "earthquake": say("earthquake"),
        "roadworks": say("roadworks"),
        "event": say("event"),
        "breakdown": say("breakdown"),
        "other": say("reason not given"),
    }
    return reasons[reason]


def note_of(reader: Reader, one: Collection) -> tuple[str, ...]:
    """Return what else is to be known of a collection: where it was moved from, that nobody confirmed it."""
    say = reader.speech.say
    if one.moved_from and one.reason:
        day, reason = reader.speech.date(one.moved_from), because(reader, one.reason)
        return (say("instead of {date} ({reason})", date=day, reason=reason),)
    match one.doubtful:
        case None:
            return ()
        case "year-end":
            return (say("New Year days: nobody has confirmed collection. Please ask."),)
        case _:
            return (say("Public holiday: nobody has confirmed collection. Please ask."),)


def fallen(reader: Reader, one: Cancelled) -> str:
    """Return that a collection falls out or is moved, and why."""
    say = reader.speech.say
    day, reason = reader.speech.date(one.day), because(reader, one.reason)
    if one.to is None:
        return say("{date}: no collection ({reason}).", date=day, reason=reason)
    to = reader.speech.date(one.to)
    return say("{date}: moved to {other} ({reason}).", date=day, other=to, reason=reason)


def changes(reader: Reader, category: str | None = None) -> tuple[Change, ...]:
    """Return what changes within a week in the reader's area, for all categories or for one."""
    area, last = reader.area, reader.day + timedelta(days=SOON)
    return tuple(
        one
        for one in reader.knowledge.calendar.changes
        if area in one.areas
        and one.first <= last
        and one.last >= reader.day
        and (category is None or area is None or one.concerns(area, category))
    )


def notice(reader: Reader, found: Sequence[Change]) -> tuple[Section, ...]:
    """Return the section that tells what changes; none where nothing does."""
    if not found:
        return ()
    lines = tuple(_changed(reader, one) for one in found)
    return (Section("caution", reader.speech.say("Change of collection days"), lines),)


def _changed(reader: Reader, one: Change) -> str:
    say, date_, days = reader.speech.say, reader.speech.date, reader.speech
    span = date_(one.first)
    if one.last != one.first:
        span = say("{first} to {last}", first=span, last=date_(one.last))
    reason = because(reader, one.reason)
    if one.to:
        told = say("{date}: moved to {other} ({reason}).", date=span, other=date_(one.to), reason=reason)
    else:
        told = say("{date}: no collection ({reason}).", date=span, reason=reason)
    if one.categories:
        known = reader.knowledge.categories
        names = days.list(reader.text(known[name].short) for name in one.categories)
        told = say("{category}: {answer}", category=names, answer=told)
    if one.evidence in _OWN_WORD:
        return told
    return reader.speech.join(told, say("Not confirmed by the city."))


def grade_of(reader: Reader, told: Iterable[Schedule | Change]) -> str:
    """Return whose word the days are that were told; empty for the city's own."""
    say = reader.speech.say
    others = [one for one in told if one.evidence not in _OWN_WORD]
    if not others:
        return ""
    dates = [source.date for one in others for source in one.sources if source.date]
    if not dates:
        return say("Not confirmed by the city.")
    return say("Not confirmed by the city. Known from {month}.", month=reader.speech.month(min(dates)))


def paper(reader: Reader) -> str:
    """Return the advice to look at the paper calendar."""
    return reader.speech.say("Please check the paper calendar (家庭ごみ収集日程表).")


def facts_of(told: Iterable[Schedule | Change]) -> tuple[str, ...]:
    """Return the ids of the facts that days rest on."""
    return tuple(dict.fromkeys(fact for one in told for fact in one.facts))
