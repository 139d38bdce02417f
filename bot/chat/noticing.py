"""What is said and tapped about the city's notices: what the person wants afterwards, what is shown. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answers.model import Answer
from bot.answers.notices import EMERGENCIES, NOTICES, WHY
from bot.answers.reader import Reader
from bot.chat.person import Person
from bot.notices import cards
from bot.notices.cards import BACK, Setting
from bot.notices.why import why_card
from bot.notices.wish import NOTHING_SAID, Choice, Often, switched
from bot.reminders import wish
from bot.reminders.wish import Slot

Settled = tuple[Answer, Person]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for something about notices."""

    reader: Reader
    person: Person

    @property
    def setting(self) -> Setting:
        """What is set for them; topics that the city no longer has are forgotten."""
        chosen = self.person.notices or NOTHING_SAID
        known = {topic.id for topic in self.reader.knowledge.city.topics}
        choice = replace(chosen, off=tuple(topic for topic in chosen.off if topic in known))
        return Setting(self.reader, choice, self.person.visitor_until is not None)

    @property
    def reminding(self) -> str:
        """The slot of their reminders; empty for none."""
        mine = self.person.wish
        return mine.slot.value if mine and mine.active else ""

    def choosing(self, choice: Choice) -> Asking:
        """Return the same with another choice."""
        return replace(self, person=replace(self.person, notices=choice))


def asks(answer: Answer) -> bool:
    """Return whether an answer is about notices, so that `settle` has to make it a real one."""
    return (answer.answer_id or "").startswith(NOTICES)


def settle(reader: Reader, answer: Answer, person: Person, in_group: bool) -> Settled:
    """Return the answer to what somebody wants about notices, and the person afterwards."""
    if in_group:
        return cards.alone_card(reader), person
    action, _, value = (answer.answer_id or "").removeprefix(NOTICES).partition("-")
    return _CHANGES.get(action, _show)(Asking(reader, person), value)


def _show(asking: Asking, _value: str) -> Settled:
    return cards.status_card(asking.setting), asking.person


def _often(asking: Asking, value: str) -> Settled:
    return _show(asking.choosing(replace(asking.setting.choice, often=Often(value))), "")


def _choose(asking: Asking, _value: str) -> Settled:
    return cards.topics_card(asking.setting), asking.person


def _switch(asking: Asking, topic: str, on: bool) -> Settled:
    """Switch a topic; one that is gone changes nothing."""
    setting = asking.setting
    if any(one.id == topic for one in asking.reader.knowledge.city.topics):
        asking = asking.choosing(switched(setting.choice, topic, on, setting.visiting))
    return _choose(asking, "")


def _emergencies(asking: Asking, _value: str) -> Settled:
    """Send emergencies only; the reminders that somebody asked for are another matter."""
    told = cards.stopped_card(asking.setting, asking.reminding, "")
    only = replace(asking.setting.choice, often=Often.EMERGENCIES)
    return told, asking.choosing(only).person


def _stop(asking: Asking, _value: str) -> Settled:
    """Stop everything but emergencies, reminders too: whoever says no more than "stop" wants nothing."""
    told = cards.stopped_card(asking.setting, "", asking.reminding)
    person = _emergencies(asking, "")[1]
    return told, replace(person, wish=wish.stopped(person.wish)) if person.wish else person


def _back(asking: Asking, value: str) -> Settled:
    """Undo a stop: `weekly`, or `weekly-evening` with the reminders that it stopped."""
    before, _, slot = value.partition("-")
    if before not in list(Often):
        return _show(asking, "")
    if slot in (Slot.EVENING, Slot.MORNING) and asking.person.wish and not asking.person.wish.active:
        again = wish.asked(asking.person.wish, Slot(slot), asking.reader.day)
        asking = replace(asking, person=replace(asking.person, wish=again))
    return _often(asking, before)


def _why(asking: Asking, value: str) -> Settled:
    return why_card(asking.setting, value), asking.person


_CHANGES: dict[str, Callable[[Asking, str], Settled]] = {
    Often.EVERY.value: lambda asking, _: _often(asking, Often.EVERY),
    Often.WEEKLY.value: lambda asking, _: _often(asking, Often.WEEKLY),
    EMERGENCIES: _emergencies,
    "choose": _choose,
    "on": lambda asking, topic: _switch(asking, topic, on=True),
    "off": lambda asking, topic: _switch(asking, topic, on=False),
    "stop": _stop,
    BACK: _back,
    WHY: _why,
}
