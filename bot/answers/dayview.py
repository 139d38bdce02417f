"""What is collected on some days in the reader's area: today and the week ahead, a day, a week, a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from bot.answers.dated import changes, date_of, fallen, left, note_of, notice, put_out_by, when
from bot.answers.daycard import days_answer, grading, last_buttons, unknown_days
from bot.answers.dayspan import Span
from bot.answers.model import Answer, Badge, Button, Card, Row, Section
from bot.answers.nextdate import area_name
from bot.answers.reader import Reader, badge
from bot.answers.taps import Tap
from bot.knowledge.calendar import Collection
from bot.knowledge.collection import Change, Schedule
from bot.knowledge.schema import Category

_DAY: Final = timedelta(days=1)
_MOST_DAYS: Final = 31
"""So many days are told at most, whatever was asked."""


def days_view(reader: Reader, area_id: str, answer_id: str) -> Answer:
    """Return what is collected on the days that were asked about, or else today and in the week ahead."""
    say, calendar = reader.speech.say, reader.knowledge.calendar
    span = reader.asked or Span(reader.day, reader.day + 7 * _DAY)
    span = Span(span.first, min(span.last, span.first + (_MOST_DAYS - 1) * _DAY))
    found = calendar.collections(area_id, span.first, span.last)
    missing = _missing(reader, area_id, span)
    regular = _regular(reader, span.last)
    if len(missing) == len(regular):
        return unknown_days(reader, answer_id, _beyond(reader, area_id, span))
    changed = changes(reader)
    after = () if found else _after(reader, area_id, span.last)
    schedules = _told_of(reader, area_id, span, (*found, *after))
    title = say("Collection days: {category}", category=area_name(reader))
    days = (
        [Section("dates", say("The next days") if reader.asked is None else "", rows=_rows(reader, found))]
        if found
        else []
    )
    if after:
        days.append(
            Section(
                "dates", say("Next collection: {area}", area=area_name(reader)), rows=_rows(reader, after)
            )
        )
    sections = (
        *notice(reader, changed),
        *days,
        *_falling_out(reader, area_id, span, changed),
        *_lacking(reader, area_id, span, missing),
        *grading(reader, schedules),
    )
    card = Card(
        title=title,
        lead=_lead(reader, area_id, span, found),
        sections=sections,
        buttons=(*_further(reader), *last_buttons(reader, answer_id)),
    )
    return days_answer(reader, answer_id, card, [*schedules, *changed])


def _lead(reader: Reader, area_id: str, span: Span, found: Sequence[Collection]) -> str:
    """Return the fact: what today wants, else what the first day has, else until when to put out."""
    say = reader.speech.say
    todays = [one for one in found if one.day == reader.day]
    if span.last < reader.day:
        return say("That day has passed.")
    if todays and span.first <= reader.day:
        return _today(reader, area_id, todays)
    if not found:
        return _nothing(reader, area_id, span)
    first = [one for one in found if one.day == found[0].day]
    day, time = when(reader, first[0].day), put_out_by(reader, first[0])
    if not span.is_day and reader.asked:
        begins, ends = date_of(reader, span.first), date_of(reader, span.last)
        until = say("{first} to {last}: put it out by {time} on the day.", first=begins, last=ends, time=time)
        return reader.speech.join(until, *_first_fallen(reader, area_id, span))
    fact = say(
        "{date}: {category}. Put it out by {time}.", date=day, category=_names(reader, first), time=time
    )
    return fact if first[0].day == span.first else reader.speech.join(_nothing(reader, area_id, span), fact)


def _today(reader: Reader, area_id: str, todays: Sequence[Collection]) -> str:
    """Return what today's collections want: to be put out while there is time, afterwards to be kept."""
    say, calendar = reader.speech.say, reader.knowledge.calendar
    seen = [calendar.next_dates(area_id, one.category, reader.now, most=1) for one in todays]
    time, minutes = put_out_by(reader, todays[0]), seen[0].minutes_left
    if minutes is not None:
        names, rest = _names(reader, todays), left(reader, minutes)
        return say("Today: {category}. Put it out by {time} ({left}).", category=names, time=time, left=rest)
    passed = say("Today's cut-off ({time}) has passed.", time=time)
    keep = (
        say(
            "Keep {category} until {date}.",
            category=_names(reader, [one]),
            date=when(reader, upcoming.dates[0].day),
        )
        for one, upcoming in zip(todays, seen, strict=True)
        if upcoming.dates
    )
    return reader.speech.join(passed, *keep)


def _nothing(reader: Reader, area_id: str, span: Span) -> str:
    """Return that nothing is collected on the first of some days, or on none; how surely that is known."""
    say, known = reader.speech.say, reader.knowledge
    out = _first_fallen(reader, area_id, Span(span.first, span.first))
    if out:
        return out[0]
    rows = [known.calendar.schedule_on(area_id, one.id, span.first) for one in _regular(reader, span.first)]
    sure = all(row and row.official for row in rows)
    if span.is_day or reader.asked is None:
        day = when(reader, span.first)
        if sure:
            return say("{date}: no collection.", date=day)
        return say("{date}: no collection that is known here.", date=day)
    first, last = date_of(reader, span.first), date_of(reader, span.last)
    if sure:
        return say("{first} to {last}: no collection.", first=first, last=last)
    return say("{first} to {last}: no collection that is known here.", first=first, last=last)


def _first_fallen(reader: Reader, area_id: str, span: Span) -> tuple[str, ...]:
    """Return the first collection that falls out on these days, in a sentence; none where all take place."""
    found = reader.knowledge.calendar.cancelled(area_id, span.first, span.last)
    return tuple(fallen(reader, one) for one in found[:1])


def _rows(reader: Reader, found: Sequence[Collection]) -> tuple[Row, ...]:
    """Return the collections day by day, each with the colours of its categories."""
    categories = reader.knowledge.categories
    rows = []
    for day, group in groupby(found, key=lambda one: one.day):
        ones = list(group)
        notes_ = dict.fromkeys(note for one in ones for note in note_of(reader, one))
        badges = tuple(_short_badge(reader, categories[one.category]) for one in ones)
        rows.append(Row(when(reader, day), badges, tuple(notes_)))
    return tuple(rows)


def _short_badge(reader: Reader, category: Category) -> Badge:
    short = reader.text(category.short)
    sign = "" if reader.language == "ja" else category.short["ja"]
    return replace(badge(reader, category), name=short, sign=sign)


def _after(reader: Reader, area_id: str, last: date) -> tuple[Collection, ...]:
    """Return the first collections after some days on which there are none."""
    start = max(last, reader.day) + _DAY
    found = reader.knowledge.calendar.collections(area_id, start, start + _MOST_DAYS * _DAY)
    return tuple(one for one in found if one.day == found[0].day)


def _names(reader: Reader, found: Sequence[Collection]) -> str:
    """Return the categories of some collections, each with its emoji."""
    known = reader.knowledge.categories
    ids = dict.fromkeys(one.category for one in found)
    return reader.speech.list(f"{known[one].emoji} {reader.text(known[one].short)}" for one in ids)


def _regular(reader: Reader, day: date) -> tuple[Category, ...]:
    """Return the categories that are collected regularly on a day."""
    known = reader.knowledge
    return tuple(
        one
        for one in known.categories.values()
        if one.kind == "regular"
        and known.category_on(one.id, day) is one
        and not (one.valid_from and one.valid_from > day)
    )


def _missing(reader: Reader, area_id: str, span: Span) -> tuple[Category, ...]:
    """Return the categories of which nothing is known on these days."""
    calendar = reader.knowledge.calendar
    return tuple(
        one
        for one in _regular(reader, span.last)
        if not any(calendar.schedule_on(area_id, one.id, day) for day in (span.first, span.last))
    )


def _told_of(reader: Reader, area_id: str, span: Span, found: Sequence[Collection]) -> list[Schedule]:
    """Return the schedules that an answer rests on: of what is collected, and of what is said not to be."""
    calendar = reader.knowledge.calendar
    silent = (calendar.schedule_on(area_id, one, span.first) for one in calendar.categories(area_id))
    rows = [one.schedule for one in found] or [one for one in silent if one]
    return list({one.id: one for one in rows}.values())


def _ends(reader: Reader, area_id: str) -> date | None:
    """Return the last day that any of the area's days are known for."""
    calendar = reader.knowledge.calendar
    ends = (calendar.until(area_id, category) for category in calendar.categories(area_id))
    return max((end for end in ends if end), default=None)


def _beyond(reader: Reader, area_id: str, span: Span) -> str:
    """Return why nothing is known of some days: the calendar ends before them, or they were never loaded."""
    say, end = reader.speech.say, _ends(reader, area_id)
    if end is None or span.first <= end:
        return say("These dates are not loaded here yet. Look at the paper calendar (家庭ごみ収集日程表).")
    day = reader.speech.full_date(end)
    if end < reader.day:
        return say("The calendar here ended on {date}.", date=day)
    return say("The calendar here ends on {date}.", date=day)


def _falling_out(reader: Reader, area_id: str, span: Span, changed: Sequence[Change]) -> tuple[Section, ...]:
    """Return what falls out on these days and is not told as a change already."""
    known = reader.knowledge
    lines = tuple(
        reader.speech.say(
            "{category}: {answer}",
            category=reader.text(known.categories[one.category].short),
            answer=fallen(reader, one),
        )
        for one in known.calendar.cancelled(area_id, span.first, span.last)
        if not any(change.covers(area_id, one.category, one.day) for change in changed)
    )
    return (Section("caution", reader.speech.say("Not collected"), lines),) if lines else ()


def _lacking(reader: Reader, area_id: str, span: Span, missing: Sequence[Category]) -> tuple[Section, ...]:
    """Return of what nothing is known on these days, and where the calendar ends within them."""
    say, end = reader.speech.say, _ends(reader, area_id)
    lines = []
    if missing:
        names = reader.speech.list(reader.text(one.short) for one in missing)
        lines.append(say("{categories}: their dates are not loaded here yet.", categories=names))
    if end and span.first <= end < span.last:
        lines.append(say("The calendar here ends on {date}.", date=reader.speech.full_date(end)))
    return (Section("unsure", say("What is not confirmed"), tuple(lines)),) if lines else ()


def _further(reader: Reader) -> tuple[Button, ...]:
    """Return the way from the days ahead to next week, and back from there."""
    say = reader.speech.say
    monday = reader.day + (7 - reader.day.weekday()) * _DAY
    following = Span(monday, monday + 6 * _DAY)
    if reader.asked == following:
        return (Button(say("My collection day"), Tap("when"), primary=True),)
    return (Button(say("Next week"), Tap("answer", f"schedule:@{following}"), primary=True),)
