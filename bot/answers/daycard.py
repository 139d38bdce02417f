"""What every card of collection days has: whose word the days are, where else to look, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.answers import area
from bot.answers.dated import facts_of, grade_of, paper
from bot.answers.model import Answer, Button, Card, Section, Status, Tone
from bot.answers.nextdate import area_name
from bot.answers.reader import Reader, call_button, desk_section, quick_buttons, show_button
from bot.answers.remind import remind_tap
from bot.answers.taps import Tap
from bot.knowledge.collection import Change, Schedule

PAGE: Final = "collection-days"
"""The page of the content that tells how to find one's days without us."""


def days_answer(
    reader: Reader,
    answer_id: str,
    card: Card,
    told_: Sequence[Schedule | Change],
    status: Status = Status.ANSWERED,
) -> Answer:
    """Return a card of days as an answer, with the facts of the rows that it told."""
    return Answer(
        status=status,
        language=reader.language,
        answer_id=answer_id,
        category="schedule",
        categories=("schedule",),
        facts=facts_of(told_) or tuple(reader.knowledge.services[PAGE].facts),
        confidence=1.0,
        cards=(card,),
        quick=quick_buttons(reader),
        topic="schedule",
    )


def unknown_days(reader: Reader, answer_id: str, lead: str) -> Answer:
    """Return that no day is known: what to do now, the desk, and what to show there."""
    say, page = reader.speech.say, reader.knowledge.services[PAGE]
    desk = reader.knowledge.desks[page.desk]
    sections = [
        Section("unsure", say("What is not confirmed"), (lead,)),
        Section("now", say("Do this now"), reader.lines(page.do_now)),
        desk_section(reader, desk),
    ]
    if page.show:
        sections.append(Section("show", say("Show this at the counter"), (page.show,)))
    title = say("Collection days: {category}", category=area_name(reader))
    buttons = (
        call_button(reader, desk, primary=True),
        Button(say("My collection day"), Tap("when")),
        *last_buttons(reader, answer_id),
    )
    card = Card(title=title, lead=lead, tone=Tone.UNSURE, sections=tuple(sections), buttons=buttons)
    return days_answer(reader, answer_id, card, (), Status.UNKNOWN)


def grading(reader: Reader, told_: Sequence[Schedule]) -> tuple[Section, ...]:
    """Return whose word the days are and the advice to check them; nothing for the city's own calendar."""
    grade = grade_of(reader, told_)
    if not grade:
        return ()
    return (Section("unsure", reader.speech.say("What is not confirmed"), (grade, paper(reader))),)


def last_buttons(reader: Reader, answer_id: str) -> tuple[Button, ...]:
    """Return what every card of days ends with. In a group nobody can be reminded."""
    remind = () if reader.in_group else (Button(reader.speech.say("Remind me"), remind_tap("open")),)
    return (
        *remind,
        *_calendar_button(reader),
        area.change_button(reader, answer_id),
        *show_button(reader, answer_id),
    )


def _calendar_button(reader: Reader) -> tuple[Button, ...]:
    """Return the button to the page from which a phone's own calendar follows the reader's area."""
    if not (reader.address and reader.area):
        return ()
    page = f"{reader.address}/calendar/{reader.area}/{reader.language}"
    return (Button(reader.speech.say("Put into my calendar"), uri=page),)
