"""What is said and tapped about reminders: what the person wants afterwards, and what is shown. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.answers.area import ask_area
from bot.answers.model import Answer
from bot.answers.reader import Reader
from bot.answers.remind import REMIND
from bot.chat.person import Person
from bot.reminders import settings, wish
from bot.reminders.settings import Setting
from bot.reminders.times import times_of
from bot.reminders.truth import ends
from bot.reminders.wish import Slot, Wish

_DAY = timedelta(days=1)
Settled = tuple[Answer, Person]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for what, such as `evening`, `pause-2026-12-05`, `only-paper`."""

    what: str
    setting: Setting
    person: Person

    def becomes(self, new: Wish) -> Person:
        """Return the person with another wish."""
        return replace(self.person, wish=new)

    def shown(self, person: Person) -> Settled:
        """Return what is set for a person now."""
        return settings.status_card(replace(self.setting, wish=person.wish)), person


def asks(answer: Answer) -> bool:
    """Return whether an answer is about reminders, so that `settle` has to make it a real one."""
    return (answer.answer_id or "").startswith(REMIND)


def settle(reader: Reader, answer: Answer, person: Person, in_group: bool, practice: bool) -> Settled:
    """Return the answer to what somebody wants about reminders, and the person afterwards."""
    what = (answer.answer_id or "").removeprefix(REMIND)
    times = times_of(reader.knowledge.city, practice)
    if what == "stop" and not in_group:
        had = person.wish is not None and person.wish.active
        after = replace(person, wish=wish.stopped(person.wish)) if person.wish else person
        return settings.stopped_card(reader, had), after
    if in_group or times is None:
        return settings.not_here_card(reader, in_group), person
    if person.area not in reader.knowledge.calendar.areas:
        return ask_area(reader, f"{REMIND}{what}"), person
    assert person.area is not None
    settled, after = _done(Asking(what, Setting(reader, times, person.area, person.wish), person))
    return _with_area(answer, settled), after


def _done(asking: Asking) -> Settled:
    """Do what was asked for somebody whose area is known."""
    action, _, value = asking.what.partition("-")
    if action in (Slot.EVENING, Slot.MORNING):
        return _slot(asking)
    if asking.person.wish is None or not asking.person.wish.active:
        return settings.slots_card(asking.setting), asking.person
    return _CHANGES.get(action, _show)(asking, value)


def _with_area(answer: Answer, settled: Answer) -> Answer:
    """Return a settled answer that begins with the area which was just chosen for it."""
    chosen = tuple(section for section in answer.cards[0].sections if section.kind == "area")
    first, *others = settled.cards
    return replace(settled, cards=(replace(first, sections=(*chosen, *first.sections)), *others))


def follow(before: Person, after: Person) -> Person:
    """Return a person whose wish follows them to another area."""
    if after.wish is None or after.area == before.area:
        return after
    return replace(after, wish=wish.elsewhere(after.wish))


def tell_end(reader: Reader, answer: Answer, person: Person) -> Settled:
    """Add to an answer, once, that reminders stopped because the city's calendar has ended."""
    mine, area = person.wish, person.area
    if mine is None or not mine.active or area is None or asks(answer) or not answer.cards:
        return answer, person
    last = ends(reader.knowledge.calendar, area, reader.day)
    if last is None or last >= reader.day or last == mine.ended_told:
        return answer, person
    *others, card = answer.cards
    told = replace(card, sections=(*card.sections, settings.ended_section(reader, last)))
    return replace(answer, cards=(*others, told)), replace(person, wish=replace(mine, ended_told=last))


def _slot(asking: Asking) -> Settled:
    today = asking.setting.reader.day
    return asking.shown(asking.becomes(wish.asked(asking.person.wish, Slot(asking.what), today)))


def _show(asking: Asking, _value: str) -> Settled:
    return asking.shown(asking.person)


def _time(asking: Asking, _value: str) -> Settled:
    return settings.slots_card(asking.setting), asking.person


def _pause(asking: Asking, value: str) -> Settled:
    """Pause until a day; one that makes no sense is asked for again."""
    today, mine = asking.setting.reader.day, asking.person.wish
    assert mine is not None
    until = settings.month_end(today) if value == "month" else _day(value)
    if until is None or not today <= until <= today + settings.LONGEST_PAUSE:
        return settings.pause_card(asking.setting), asking.person
    return asking.shown(asking.becomes(wish.paused(mine, until)))


def _resume(asking: Asking, _value: str) -> Settled:
    assert asking.person.wish is not None
    return asking.shown(asking.becomes(wish.paused(asking.person.wish, None)))


def _choose(asking: Asking, _value: str) -> Settled:
    return settings.categories_card(asking.setting), asking.person


def _only(asking: Asking, value: str) -> Settled:
    """Switch one category on or off; the last one stays."""
    mine, known = asking.person.wish, [one.id for one in settings.regular(asking.setting.reader)]
    assert mine is not None
    if value not in known:
        return _choose(asking, value)
    on = [one for one in known if mine.wants(one) is not (one == value)]
    chosen = None if on == known else tuple(on)
    after = asking.becomes(wish.choosing(mine, chosen)) if on else asking.person
    return settings.categories_card(replace(asking.setting, wish=after.wish)), after


def _all(asking: Asking, _value: str) -> Settled:
    assert asking.person.wish is not None
    return asking.shown(asking.becomes(wish.choosing(asking.person.wish, None)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_CHANGES: dict[str, Callable[[Asking, str], Settled]] = {
    "time": _time,
    "pause": _pause,
    "resume": _resume,
    "choose": _choose,
    "only": _only,
    "all": _all,
}
