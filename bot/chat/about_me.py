"""What is kept of the reader: shown, handed out whole as text, and deleted when they say so twice. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.answers.area import change_button
from bot.answers.me import ME, me_tap
from bot.answers.model import Answer, Button, Card, Section, Status
from bot.answers.notices import notices_tap
from bot.answers.reader import Reader
from bot.answers.remind import remind_tap
from bot.answers.taps import Tap
from bot.chat.person import Person
from bot.language.choose import LACKING
from bot.language.tags import OWN_NAMES
from bot.notices.wish import NOTHING_SAID, Often, often
from bot.reminders.wish import Slot

FORGOTTEN: Final = f"{ME}forgotten"
"""The id of the answer after which nothing of the reader is kept any more."""


def asks(answer: Answer) -> bool:
    """Return whether an answer is about what is kept of the reader, so that `settle` has to fill it in."""
    return (answer.answer_id or "").startswith(ME)


def settle(reader: Reader, answer: Answer, person: Person, in_group: bool) -> Answer:
    """Return the answer to what somebody wants to know of themselves, or to have forgotten."""
    if in_group:
        return answer
    what = (answer.answer_id or "").removeprefix(ME)
    ways = {"export": _whole, "forget": _sure, "forget-now": _forgotten}
    return ways.get(what, _shown)(reader, person)


def _shown(reader: Reader, person: Person) -> Answer:
    say = reader.speech.say
    title = say("What I keep about you")
    card = Card(
        title=title,
        lead=title,
        sections=(
            Section("what", "", tuple(_facts(reader, person))),
            Section("unsure", say("How long"), tuple(_kept(reader))),
        ),
        buttons=(
            Button(say("All of it as text"), me_tap("export")),
            Button(say("Language"), Tap("language")),
            change_button(reader),
            Button(say("Remind me"), remind_tap("open")),
            Button(say("Choose notices"), notices_tap("open")),
            Button(say("Forget me"), me_tap("forget")),
        ),
    )
    return _answered(reader, card, f"{ME}show")


def _whole(reader: Reader, person: Person) -> Answer:
    say = reader.speech.say
    title = say("All that I keep about you")
    sections = (
        Section("what", "", (*_facts(reader, person), *_inner(reader, person))),
        Section("unsure", say("How long"), tuple(_kept(reader))),
    )
    answer = _answered(reader, Card(title=title, lead=title, sections=sections), f"{ME}export")
    return replace(answer, as_text=True)


def _sure(reader: Reader, _person: Person) -> Answer:
    say = reader.speech.say
    lead = say("Shall I delete everything that I keep about you?")
    lines = (
        say("Language, area, reminders and notice settings are deleted."),
        say("You then get no notices from me, not even emergencies."),
        say("When you write to me again, I begin anew."),
        *tuple(_kept(reader))[1:],
    )
    card = Card(
        title=lead,
        lead=lead,
        sections=(Section("caution", "", lines),),
        buttons=(
            Button(say("Yes, delete it"), me_tap("forget-now"), primary=True),
            Button(say("No, keep it"), me_tap("show")),
        ),
    )
    return _answered(reader, card, f"{ME}forget")


def _forgotten(reader: Reader, _person: Person) -> Answer:
    say = reader.speech.say
    lead = say("I have deleted everything that I kept about you.")
    lines = (
        say("You get no notices from me any more, not even emergencies."),
        say("When you write to me again, I begin anew."),
    )
    card = Card(title=lead, lead=lead, sections=(Section("what", "", lines),))
    return replace(_answered(reader, card, FORGOTTEN), quick=())


def _facts(reader: Reader, person: Person) -> Iterator[str]:
    """Yield what was chosen or guessed, one sentence each."""
    say, areas = reader.speech.say, reader.knowledge.calendar.areas
    yield _language(reader, person)
    area = areas.get(person.area or "")
    yield say("Your area: {area}.", area=reader.text(area.short)) if area else say("Your area: not known.")
    if person.resident:
        yield say("You said that you live here.")
    if person.visitor_until:
        yield say("You said that you stay until {day}.", day=reader.speech.full_date(person.visitor_until))
    yield from _reminders(reader, person)
    yield from _notices(reader, person)


def _language(reader: Reader, person: Person) -> str:
    say = reader.speech.say
    if person.language:
        return say("Your language: {language}. You chose it.", language=OWN_NAMES[person.language])
    if person.hint == LACKING:
        return say("Your language: one that I do not speak.")
    if person.hint:
        return say("Your language: {language}. I guessed it.", language=OWN_NAMES[person.hint])
    return say("Your language: not known.")


def _reminders(reader: Reader, person: Person) -> Iterator[str]:
    say, wish = reader.speech.say, person.wish
    if wish is None or not wish.active:
        yield say("Reminders of collection days: off.")
        return
    if wish.slot is Slot.EVENING:
        yield say("Reminders of collection days: the evening before.")
    else:
        yield say("Reminders of collection days: in the morning of the day.")
    if wish.categories is not None:
        known = reader.knowledge.categories
        names = reader.speech.list(reader.text(known[one].short) for one in wish.categories if one in known)
        yield say("I remind you of: {categories}.", categories=names)
    if wish.paused_until:
        yield say("Paused until {day}.", day=reader.speech.full_date(wish.paused_until))


def _notices(reader: Reader, person: Person) -> Iterator[str]:
    say, chosen = reader.speech.say, person.notices or NOTHING_SAID
    match often(chosen, person.visitor_until is not None):
        case Often.EVERY:
            yield say("Notices: every one about your topics.")
        case Often.WEEKLY:
            yield say("Notices: at most one a week.")
        case Often.EMERGENCIES:
            yield say("Notices: emergencies only.")
    off = [reader.text(one.name) for one in reader.knowledge.city.topics if not chosen.wants(one.id)]
    if off:
        yield say("Topics that are off: {topics}.", topics=reader.speech.list(off))


def _inner(reader: Reader, person: Person) -> Iterator[str]:
    """Yield what the next message may refer to, and the name by which LINE tells people apart."""
    say = reader.speech.say
    yield say("Your id at LINE, for this account alone: {id}", id=person.user_id)
    inner = [person.last_answer, person.path, *person.offered]
    if ids := ", ".join(one for one in inner if one):
        yield say("What “when?” or “no. 1” would refer to: {ids}", ids=ids)
    if person.unknowns:
        yield say("Questions in a row that I could not answer: {n}", n=person.unknowns)
    if person.asked_profile:
        yield say("I asked LINE once for the language of your profile.")


def _kept(reader: Reader) -> Iterator[str]:
    """Yield how long it is kept; the first line is about all of it."""
    say, days = reader.speech.say, reader.knowledge.city.keep_recipients_days
    yield say("I keep this until you have it deleted with “Forget me”.")
    yield say("Your messages are deleted as soon as they are answered.")
    yield say("Who was sent a notice is kept for {n} days after it, so that it can be corrected.", n=days)


def _answered(reader: Reader, card: Card, answer_id: str) -> Answer:
    say = reader.speech.say
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=answer_id,
        cards=(card,),
        quick=(Button(say("Menu"), Tap("menu")), Button(say("Language"), Tap("language"))),
        topic="privacy",
    )
