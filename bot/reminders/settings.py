"""The cards on which people see and change their reminders. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.answers.model import Answer, Button, Card, Section, Status
from bot.answers.reader import Reader, desk_section
from bot.answers.remind import REMIND, remind_tap
from bot.answers.taps import Tap
from bot.knowledge.schema import Category
from bot.reminders.times import Times, window
from bot.reminders.truth import Told, ends, put_out_by, truth
from bot.reminders.wish import Slot, Wish

LONGEST_PAUSE = timedelta(days=366)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_SOON = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose reminders a card is about. `area` is one that exists."""

    reader: Reader
    times: Times
    area: str
    wish: Wish | None

    @property
    def place(self) -> str:
        """The area's name on a button or in a sentence."""
        return self.reader.text(self.reader.knowledge.calendar.areas[self.area].short)

    def at(self, slot: Slot) -> str:
        """Return when people of a slot are reminded, in words."""
        say = self.reader.speech.say
        clock = self.reader.speech.time(f"{self.times.of(slot):%H:%M}")
        if slot is Slot.MORNING:
            return say("On the day at {time}", time=clock)
        return say("The evening before at {time}", time=clock)


def slots_card(setting: Setting) -> Answer:
    """Return the question when to be reminded."""
    say = setting.reader.speech.say
    lead = say("When shall I remind you? ({area})", area=setting.place)
    card = Card(
        title=say("Reminders of collection days"),
        lead=lead,
        sections=tuple(_outlook(setting)),
        buttons=tuple(
            Button(setting.at(slot), remind_tap(slot), primary=True) for slot in (Slot.EVENING, Slot.MORNING)
        ),
    )
    return answered(setting.reader, card, "open")


def status_card(setting: Setting) -> Answer:
    """Return what is set, when the next reminder comes, and what can be changed."""
    say, wish = setting.reader.speech.say, setting.wish
    assert wish is not None
    title = say("Reminders are on")
    when = say("{when}, {area}.", when=setting.at(wish.slot), area=setting.place)
    lead = setting.reader.speech.join(say("{fact}.", fact=title), when)
    if wish.categories is None:
        what = say("I remind you of all regular collections.")
    else:
        chosen = [one for one in regular(setting.reader) if wish.wants(one.id)]
        what = setting.reader.speech.list(setting.reader.text(one.short) for one in chosen)
    buttons = [
        Button(say("Change the time"), remind_tap("time")),
        Button(say("Only some categories"), remind_tap("choose")),
        Button(say("Pause"), remind_tap("pause")),
        Button(say("Stop reminders"), remind_tap("stop")),
    ]
    if wish.paused(setting.reader.day):
        assert wish.paused_until is not None
        day = setting.reader.speech.date(wish.paused_until)
        lead = say("No reminders of collections until {day}. After that they go on by themselves.", day=day)
        title = lead
        buttons[2] = Button(say("Go on now"), remind_tap("resume"), primary=True)
    card = Card(
        title=title,
        lead=lead,
        sections=(Section("what", say("What I remind you of"), (what,)), *_outlook(setting)),
        buttons=tuple(buttons),
    )
    return answered(setting.reader, card, "open")


def pause_card(setting: Setting) -> Answer:
    """Return the question until when to pause."""
    reader, say = setting.reader, setting.reader.speech.say
    lead = say("Until when shall I pause?")
    week = reader.day + _WEEK
    card = Card(
        title=lead,
        lead=lead,
        buttons=(
            Button(say("This month"), remind_tap("pause-month"), primary=True),
            Button(say("Until {day}", day=reader.speech.date(week)), remind_tap(f"pause-{week}")),
            Button(say("Another day"), Tap("pause"), pick_day=(reader.day, reader.day + LONGEST_PAUSE)),
        ),
    )
    return answered(reader, card, "pause")


def categories_card(setting: Setting) -> Answer:
    """Return the list of categories, each with a tick or not."""
    reader, say, wish = setting.reader, setting.reader.speech.say, setting.wish
    assert wish is not None
    lead = say("Tap what I shall remind you of. ✓ is on.")
    ticks = [
        Button(
            f"{'✓' if wish.wants(one.id) else '・'} {one.emoji} {reader.text(one.short)}",
            remind_tap(f"only-{one.id}"),
        )
        for one in regular(reader)
    ]
    card = Card(
        title=say("Only some categories"),
        lead=lead,
        buttons=(
            *ticks,
            Button(say("All categories"), remind_tap("all")),
            Button(say("Done"), remind_tap("open"), primary=True),
        ),
    )
    return answered(reader, card, "choose")


def stopped_card(reader: Reader, had: bool) -> Answer:
    """Return that no reminders come any more, or that none were set."""
    say = reader.speech.say
    lead = (
        say("Reminders are off. I send you none.") if had else say("No reminders are set. I send you none.")
    )
    card = Card(title=lead, lead=lead, buttons=(Button(say("Remind me"), remind_tap("open")),))
    return answered(reader, card, "stop")


def not_here_card(reader: Reader, in_group: bool) -> Answer:
    """Return that there are no reminders in groups, or that the city has not switched them on."""
    say = reader.speech.say
    if in_group:
        lead = say("Reminders are not available in groups. Please write to me alone.")
    else:
        lead = say("The city has not switched on reminders yet.")
    card = Card(title=lead, lead=lead, buttons=(Button(say("My collection day"), Tap("when")),))
    return answered(reader, card, "open")


def ended_section(reader: Reader, last: date) -> Section:
    """Return why no reminders come any more although somebody wants them."""
    say = reader.speech.say
    line = say(
        "No reminders at present: the city's calendar ended on {day}, and I do not have the new one yet.",
        day=reader.speech.date(last),
    )
    return Section("unsure", "", (line,))


def regular(reader: Reader) -> list[Category]:
    """Return the categories with regular collection that are in force."""
    known = reader.knowledge
    return [
        one
        for one in known.categories.values()
        if one.kind == "regular"
        and known.category_on(one.id, reader.day) is one
        and not (one.valid_from and one.valid_from > reader.day)
    ]


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _outlook(setting: Setting) -> Iterator[Section]:
    """Yield what comes next, or why nothing comes before the city has loaded its calendar."""
    reader, say, wish = setting.reader, setting.reader.speech.say, setting.wish
    known = reader.knowledge
    last = ends(known.calendar, setting.area, reader.day)
    if last is None or last < reader.day:
        lines: tuple[str, ...] = (
            say("The city has not loaded the calendar of this area yet, so I cannot promise any day."),
            say("I keep your wish and begin as soon as it is loaded."),
        )
        if last is not None:
            lines = (*ended_section(reader, last).lines, lines[1])
        yield Section("unsure", say("Not yet"), lines)
        yield desk_section(reader, known.desks[known.city.garbage_desk])
        return
    coming = _days(setting, last)
    following = next(coming, None)
    if wish and wish.active:
        first = next((one for one in _days(setting, last) if _to_come(setting, *one)), None)
        if following and following != first:
            yield Section("dates", say("Next collection"), (_line(setting, *following),))
        if first:
            yield Section("dates", say("First reminder is about"), (_line(setting, *first),))
    elif following:
        yield Section("dates", say("Next collection"), (_line(setting, *following),))


def _days(setting: Setting, last: date) -> Iterator[tuple[date, Told]]:
    """Yield the promised days from today on with what of it is wanted."""
    reader, wish = setting.reader, setting.wish
    found = reader.knowledge.calendar.collections(setting.area, reader.day, last)
    for day in sorted({one.day for one in found if one.promised}):
        told = truth(reader.knowledge.calendar, setting.area, day).promised
        mine = {one: by for one, by in told.items() if wish is None or wish.wants(one)}
        if mine and datetime.combine(day, put_out_by(mine), reader.now.tzinfo) > reader.now:
            yield day, mine


def _to_come(setting: Setting, day: date, told: Told) -> bool:
    """Return whether a reminder of a day is still to come."""
    wish = setting.wish
    assert wish is not None
    opening = window(setting.times, wish.slot, day, put_out_by(told), setting.reader.now)
    return (
        opening is not None
        and day >= wish.starts_on
        and not wish.paused(day)
        and (wish.ordered_through is None or day > wish.ordered_through)
        and setting.reader.now + _SOON < opening.closes
    )


def _line(setting: Setting, day: date, told: Iterable[str]) -> str:
    reader = setting.reader
    names = reader.speech.list(reader.text(reader.knowledge.categories[one].short) for one in told)
    return reader.speech.say("{date}: {categories}", date=reader.speech.date(day), categories=names)


def answered(reader: Reader, card: Card, what: str) -> Answer:
    """Return a card about reminders as an answer."""
    say = reader.speech.say
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=f"{REMIND}{what}",
        cards=(card,),
        quick=(Button(say("Menu"), Tap("menu")), Button(say("Language"), Tap("language"))),
        topic="reminders",
    )
