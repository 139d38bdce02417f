"""The next collection of one category in the reader's area: as a line, as a section, as a yes or no."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.dated import (
    because,
    changes,
    date_of,
    facts_of,
    fallen,
    grade_of,
    left,
    note_of,
    notice,
    paper,
    put_out_by,
    when,
)
from bot.answers.model import Row, Section
from bot.answers.reader import Reader
from bot.knowledge.calendar import Collection, State, Upcoming
from bot.knowledge.schema import Category


@dataclass(frozen=True, slots=True)
class Next:
    """What a card tells of the next collection, and the facts it rests on. `known`: it names a date."""

    known: bool = False
    sections: tuple[Section, ...] = ()
    notices: tuple[Section, ...] = ()
    facts: tuple[str, ...] = ()


def next_of(reader: Reader, category: Category) -> Next:
    """Return what an answer about a thing of a category tells of its next collection.

    Nothing for readers without an area, and for what is not collected regularly.
    """
    if not reader.area or category.kind != "regular":
        return Next()
    upcoming = reader.knowledge.calendar.next_dates(reader.area, category.id, reader.now, most=1)
    changed = changes(reader, category.id)
    rows = [one.schedule for one in told(upcoming)]
    remarks = [*notes(reader, upcoming)]
    if grade := grade_of(reader, rows):
        remarks.append(reader.speech.join(grade, paper(reader)))
    title = reader.speech.say("Next collection: {area}", area=area_name(reader))
    return Next(
        known=bool(rows),
        sections=(Section("dates", title, rows=(Row(sentence(reader, upcoming), (), tuple(remarks)),)),),
        notices=notice(reader, changed),
        facts=facts_of([*rows, *changed]),
    )


def area_name(reader: Reader) -> str:
    """Return what the reader's area is called."""
    return reader.text(reader.knowledge.calendar.areas[reader.area or ""].short)


def told(upcoming: Upcoming) -> tuple[Collection, ...]:
    """Return the collections that are named: today's even when its time has passed."""
    today = (upcoming.today,) if upcoming.today and upcoming.minutes_left is None else ()
    return (*today, *upcoming.dates)


def sentence(reader: Reader, upcoming: Upcoming) -> str:
    """Return the next collection in one sentence: what to do today, the date, or that none is known."""
    say, until = reader.speech.say, upcoming.until
    if upcoming.today and upcoming.minutes_left is not None:
        time, rest = put_out_by(reader, upcoming.today), left(reader, upcoming.minutes_left)
        return say("Today: put it out by {time} ({left}).", time=time, left=rest)
    if upcoming.today:
        time = put_out_by(reader, upcoming.today)
        if not upcoming.dates:
            return say("Today's cut-off ({time}) has passed. No later date is known here.", time=time)
        day = when(reader, upcoming.dates[0].day)
        return say("Today's cut-off ({time}) has passed. Keep it until {date}.", time=time, date=day)
    if upcoming.dates:
        return when(reader, upcoming.dates[0].day)
    if upcoming.state is State.ENDED and until:
        return say("The calendar here ended on {date}.", date=reader.speech.full_date(until))
    return say("These dates are not loaded here yet. Look at the paper calendar (家庭ごみ収集日程表).")


def notes(reader: Reader, upcoming: Upcoming) -> tuple[str, ...]:
    """Return what else is to be known of the next collection: what falls out before it, why it is moved."""
    first = upcoming.dates[:1]
    lines = [fallen(reader, one) for one in upcoming.cancelled if not first or one.to != first[0].day]
    return (*lines, *(note for one in first for note in note_of(reader, one)))


def yes_or_no(reader: Reader, category: Category) -> str:
    """Return whether a category is collected on the days that were asked about; empty where nothing tells."""
    span, area = reader.asked, reader.area
    if span is None or area is None or category.kind != "regular" or span.last < reader.day:
        return ""
    say, calendar = reader.speech.say, reader.knowledge.calendar
    name = reader.text(category.short)
    upcoming = calendar.next_dates(area, category.id, reader.now, most=400)
    within = [one for one in upcoming.dates if span.first <= one.day <= span.last]
    if within:
        if within[0].doubtful:
            return say("Nobody has confirmed it for {date}.", date=when(reader, within[0].day))
        time = put_out_by(reader, within[0])
        day = when(reader, within[0].day)
        return say("Yes. {date}: “{category}”. Put it out by {time}.", date=day, category=name, time=time)
    if not calendar.schedule_on(area, category.id, span.first):
        return ""
    day = when(reader, span.first)
    if span.is_day and upcoming.today and span.first == reader.day:
        return say("No. {answer}", answer=sentence(reader, upcoming))
    fallen_out = [
        one for one in calendar.cancelled(area, span.first, span.last) if one.category == category.id
    ]
    if fallen_out:
        reason = because(reader, fallen_out[0].reason)
        no = say(
            "No. {date}: “{category}” is not collected ({reason}).", date=day, category=name, reason=reason
        )
    elif span.is_day:
        no = say("No. {date} is no day for “{category}”.", date=day, category=name)
    else:
        first, last = date_of(reader, span.first), date_of(reader, span.last)
        no = say(
            "No. From {first} to {last} there is no “{category}”.", first=first, last=last, category=name
        )
    return no
