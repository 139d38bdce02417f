"""When what is collected in the reader's area: the next dates of a category, or all of some days."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.answers import area
from bot.answers.categories import category_answer
from bot.answers.dated import changes, fallen, note_of, notice, when
from bot.answers.daycard import days_answer, grading, last_buttons, unknown_days
from bot.answers.dayspan import Span, spelled
from bot.answers.dayview import days_view
from bot.answers.model import Answer, Button, Card, Row, Section, Status
from bot.answers.nextdate import area_name, sentence, told, yes_or_no
from bot.answers.pages import days_page
from bot.answers.reader import Reader, badge
from bot.answers.taps import Tap
from bot.knowledge.calendar import State, Upcoming
from bot.knowledge.schema import Category

_NEXT_DATES: Final = 4


def schedule_id(category: str | None, span: Span | None = None) -> str:
    """Return the answer id of collection days: `schedule:all`, `schedule:paper`, `schedule:@2026-11-26`."""
    days = f"@{span}" if span else ""
    return f"schedule:{category or ('' if span else 'all')}{days}"


def schedule_of(reader: Reader, name: str) -> Answer:
    """Return the answer that the second half of a schedule's id means."""
    category, _, days = name.partition("@")
    known = category if category in reader.knowledge.categories else None
    return schedule_answer(replace(reader, asked=spelled(days)), known)


def schedule_answer(reader: Reader, category_id: str | None) -> Answer:
    """Return the collection days of a category, or of all, on the days that were asked about or ahead.

    A reader without an area is asked for it first, and gets this answer next.
    """
    category = reader.knowledge.category_on(category_id, reader.day) if category_id else None
    if category and category.kind != "regular":
        return category_answer(reader, category.id)
    answer_id = schedule_id(category_id, reader.asked)
    if not reader.knowledge.calendar.areas:
        return days_page(reader, answer_id)
    if not reader.area:
        return area.for_days(reader, answer_id, reader.text(category.short) if category else "")
    if category:
        return _category(reader, reader.area, category, answer_id)
    return days_view(reader, reader.area, answer_id)


def no_such_day(reader: Reader, undated: bool) -> Answer:
    """Return that a day was named that does not exist, or (`undated`) whose date nobody confirmed."""
    say = reader.speech.say
    lead = say("There is no such day. Please write it once more, for example 11/26.")
    if undated:
        lead = say("I do not know on which date this is. Please write the date, for example 11/26.")
    card = Card(title=lead, lead=lead, buttons=(Button(say("My collection day"), Tap("when"), primary=True),))
    return days_answer(reader, "schedule:all", card, (), Status.UNKNOWN)


def _category(reader: Reader, area_id: str, category: Category, answer_id: str) -> Answer:
    """Return the next dates of one category, headed by a yes or no where days were asked about."""
    say, calendar = reader.speech.say, reader.knowledge.calendar
    upcoming = calendar.next_dates(area_id, category.id, reader.now, most=_NEXT_DATES)
    named, changed = told(upcoming), changes(reader, category.id)
    if not upcoming.dates:
        return unknown_days(reader, answer_id, sentence(reader, upcoming))
    rows = tuple(Row(when(reader, one.day), (), note_of(reader, one)) for one in upcoming.dates)
    schedules = [one.schedule for one in named]
    sections = (
        *notice(reader, changed),
        Section("dates", say("Next dates: {area}", area=area_name(reader)), rows=rows),
        *_remarks(reader, upcoming),
        *grading(reader, schedules),
    )
    card = Card(
        title=say("Collection days: {category}", category=reader.text(category.short)),
        lead=yes_or_no(reader, category) or sentence(reader, upcoming),
        badge=badge(reader, category),
        sections=sections,
        buttons=(
            Button(say("See how to put it out"), Tap("answer", f"category:{category.id}"), primary=True),
            Button(say("My collection day"), Tap("when")),
            *last_buttons(reader, answer_id),
        ),
    )
    return days_answer(reader, answer_id, card, [*schedules, *changed])


def _remarks(reader: Reader, upcoming: Upcoming) -> tuple[Section, ...]:
    """Return what falls out or is in doubt before the first date, and when a calendar only begins."""
    say = reader.speech.say
    lines = [fallen(reader, one) for one in upcoming.cancelled]
    if upcoming.state is State.NOT_YET:
        first = upcoming.dates[0].schedule.valid_from
        lines.insert(0, say("The calendar here begins on {date}.", date=reader.speech.full_date(first)))
    return (Section("caution", say("Take care"), tuple(lines)),) if lines else ()
