"""The words of a reminder and of a correction: the fact first, then how, then how to end it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby

from bot.answers.dated import because
from bot.answers.model import Answer, Button, Card, Section, Status
from bot.answers.reader import Reader, badge
from bot.answers.remind import remind_tap
from bot.answers.taps import Tap
from bot.knowledge.calendar import Cancelled
from bot.knowledge.collection import Reason
from bot.reminders.truth import ENDING, Changed, Told, ends

_DAY = timedelta(days=1)


def reminder(reader: Reader, area: str, day: date, told: Told) -> Answer:
    """Return the reminder of a day's collections, as read on `reader.day`: the evening before or that day."""
    say, known = reader.speech.say, reader.knowledge.categories
    names = _names(reader, told)
    if day == reader.day:
        title = say("Today, {day}: {categories}", day=reader.speech.date(day), categories=names)
    else:
        title = say("Tomorrow, {day}: {categories}", day=reader.speech.date(day), categories=names)
    lead = reader.speech.join(say("{fact}.", fact=title), *_by_when(reader, told))
    only = known[next(iter(told))] if len(told) == 1 else None
    sections = [Section("tips", say("How to put it out"), tuple(_hints(reader, told)))]
    if line := _ending(reader, area, day):
        sections.append(Section("unsure", "", (line,)))
    card = Card(
        title=title,
        lead=lead,
        badge=badge(reader, only) if only else None,
        sections=tuple(sections),
        buttons=(*_how(reader, told), *_ways_out(reader)),
    )
    return _message(reader, card, f"remind:{area}")


def correction(
    reader: Reader, area: str, day: date, changed: Changed, fallen: Mapping[str, Cancelled]
) -> Answer:
    """Return what is different from what was told of a day, as read on `reader.day`.

    `fallen` says of categories that are not collected why, and when they are instead.
    """
    say = reader.speech.say
    when, place = _when(reader, day), reader.text(reader.knowledge.calendar.areas[area].short)
    facts = list(_fallen(reader, when, place, changed.gone, fallen))
    if changed.back:
        names = _names(reader, changed.back)
        facts.append(
            say("Collected {when} after all: {categories}, {area}.", when=when, categories=names, area=place)
        )
        facts += _by_when(reader, changed.back)
    if changed.added:
        names = _names(reader, changed.added)
        facts.append(
            say("Also collected {when}: {categories}, {area}.", when=when, categories=names, area=place)
        )
        facts += _by_when(reader, changed.added)
    for category, by in changed.retimed.items():
        name, at = _names(reader, [category]), reader.speech.time(by)
        facts.append(
            say("New time {when}: put out {categories} by {time}.", when=when, categories=name, time=at)
        )
    facts.insert(1, say("{fact}.", fact=reader.speech.date(day)))
    card = Card(
        title=facts[0].rstrip(".。"),
        lead=reader.speech.join(*facts),
        buttons=(Button(say("My collection day"), Tap("when"), primary=True), *_ways_out(reader)),
    )
    return _message(reader, card, f"remind:{area}")


def _fallen(
    reader: Reader, when: str, place: str, gone: Iterable[str], fallen: Mapping[str, Cancelled]
) -> Iterator[str]:
    """Yield the sentences on what is not collected; what has the same reason and new day in one."""
    say = reader.speech.say

    def why(category: str) -> tuple[Reason, date]:
        one = fallen.get(category)
        return (one.reason if one else "other", (one.to if one else None) or date.min)

    for (reason, to), same in groupby(sorted(gone, key=why), key=why):
        names = _names(reader, same)
        yield say(
            "Not collected {when} after all: {categories}, {area}.", when=when, categories=names, area=place
        )
        if to != date.min:
            yield say("Now on {day}.", day=reader.speech.date(to))
        if reason != "other":
            yield say("Reason: {reason}.", reason=because(reader, reason))


def _when(reader: Reader, day: date) -> str:
    """Return which day is meant. Near ones are told with their date in the sentence that follows."""
    say = reader.speech.say
    if day == reader.day:
        return say("today")
    if day == reader.day + _DAY:
        return say("tomorrow")
    return say("on {day}", day=reader.speech.date(day))


def _names(reader: Reader, categories: Iterable[str]) -> str:
    known = reader.knowledge.categories
    return reader.speech.list(reader.text(known[one].short) for one in categories)


def _by_when(reader: Reader, told: Told) -> Iterator[str]:
    """Yield until when things may be put out: one sentence, or one a time."""
    say, times = reader.speech.say, sorted(set(told.values()))
    if len(times) == 1:
        yield say("Put it out by {time}.", time=reader.speech.time(times[0]))
        return
    for at in times:
        names = _names(reader, [one for one, by in told.items() if by == at])
        yield say("Put out {categories} by {time}.", categories=names, time=reader.speech.time(at))


def _hints(reader: Reader, told: Told) -> Iterator[str]:
    """Yield the first step of putting out each category; beside others, with its name."""
    for category in told:
        one = reader.knowledge.categories[category]
        step = reader.lines(one.how)[0]
        yield step if len(told) == 1 else f"{one.emoji} {reader.text(one.short)}: {step}"


def _how(reader: Reader, told: Told) -> Iterator[Button]:
    say, alone = reader.speech.say, len(told) == 1
    for category in told:
        one = reader.knowledge.categories[category]
        label = say("See how to put it out") if alone else f"{one.emoji} {reader.text(one.short)}"
        yield Button(label, Tap("answer", f"category:{category}"), primary=alone)


def _ways_out(reader: Reader) -> tuple[Button, ...]:
    say = reader.speech.say
    return (
        Button(say("Not this month"), remind_tap("pause-month")),
        Button(say("Stop reminders"), remind_tap("stop")),
    )


def _ending(reader: Reader, area: str, day: date) -> str:
    """Return that the calendar ends soon, or nothing."""
    last = ends(reader.knowledge.calendar, area, day)
    if last is None or last > day + ENDING:
        return ""
    return reader.speech.say(
        "The calendar is loaded until {day}. I can remind you of later days once the new one is loaded.",
        day=reader.speech.date(last),
    )


def _message(reader: Reader, card: Card, answer_id: str) -> Answer:
    menu = Button(reader.speech.say("Menu"), Tap("menu"))
    return Answer(
        status=Status.ANSWERED,
        language=reader.language,
        answer_id=answer_id,
        cards=(card,),
        quick=(menu,),
        topic="reminders",
    )
