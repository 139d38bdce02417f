"""The cards on which people see and change which notices they get. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.answers.model import Answer, Button, Card, Section, Status
from bot.answers.notices import EMERGENCIES, NOTICES, notices_tap
from bot.answers.reader import Reader
from bot.answers.remind import remind_tap
from bot.answers.taps import Tap
from bot.notices.wish import Choice, Often, often

BACK: Final = "back"
"""Begins what undoes a stop: `back-weekly`, `back-every-evening` with the reminders that were stopped too."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose notices a card is about."""

    reader: Reader
    choice: Choice
    visiting: bool

    @property
    def often(self) -> Often:
        """How often they are written to."""
        return often(self.choice, self.visiting)


def status_card(setting: Setting) -> Answer:
    """Return which notices somebody gets, and what can be changed."""
    reader, say = setting.reader, setting.reader.speech.say
    leads = {
        Often.EVERY: say("You get every notice about your topics."),
        Often.WEEKLY: say("You get at most one notice a week."),
        Often.EMERGENCIES: say("You get emergencies only."),
    }
    card = Card(
        title=say("Notices from the city"),
        lead=leads[setting.often],
        sections=(*_topics(setting), _always(reader)),
        buttons=(
            Button(say("Choose topics"), notices_tap("choose"), primary=True),
            *frequencies(setting),
            Button(say("Reminders"), remind_tap("open")),
        ),
    )
    return answered(reader, card, "open", frequencies(setting))


def frequencies(setting: Setting) -> tuple[Button, ...]:
    """Return a button for each other answer to how often."""
    say = setting.reader.speech.say
    labels = {
        Often.EVERY: say("Every notice"),
        Often.WEEKLY: say("At most one a week"),
        Often.EMERGENCIES: say("Emergencies only"),
    }
    return tuple(Button(label, notices_tap(one)) for one, label in labels.items() if one is not setting.often)


def topics_card(setting: Setting) -> Answer:
    """Return the topics, each with a tick or not."""
    reader, say = setting.reader, setting.reader.speech.say
    lead = say("Tap the topics that you want notices about. ✓ is on.")
    getting = setting.often is not Often.EMERGENCIES
    ticks = []
    for topic in reader.knowledge.city.topics:
        on = getting and setting.choice.wants(topic.id)
        label = f"{'✓' if on else '・'} {reader.text(topic.name)}"
        ticks.append(Button(label, notices_tap(f"{'off' if on else 'on'}-{topic.id}")))
    done = Button(say("Done"), notices_tap("open"), primary=True)
    card = Card(
        title=say("Topics"), lead=lead, sections=(_always(reader),), buttons=(*ticks, done)
    )  # fmt: skip
    return answered(reader, card, "choose", (*ticks, done))


def stopped_card(setting: Setting, reminding: str, stopped: str) -> Answer:
    """Return that only emergencies arrive from now on, with one tap to undo it.

    `setting` is as it was before. `reminding` names the slot of reminders that stay on, `stopped` of those
    that were stopped too; empty for none.
    """
    reader, say = setting.reader, setting.reader.speech.say
    undo = "-".join(part for part in (BACK, setting.often, stopped) if part)
    buttons = [Button(say("Undo"), notices_tap(undo), primary=True)]
    sections = [_always(reader)]
    if stopped:
        line = say("Your reminders of collection days are off too.")
        sections.insert(0, Section("now", "", (line,)))
    elif reminding:
        line = say("Your reminders of collection days stay on.")
        sections.insert(0, Section("now", "", (line,)))
        buttons.append(Button(say("Stop reminders"), remind_tap("stop")))
    buttons.append(Button(say("Choose notices"), notices_tap("open")))
    lead = say("From now on you get emergencies only.")
    card = Card(title=lead, lead=lead, sections=tuple(sections), buttons=tuple(buttons))
    return answered(reader, card, EMERGENCIES)


def alone_card(reader: Reader) -> Answer:
    """Return that notices are chosen by one person, not in a group."""
    lead = reader.speech.say("Notices are set for each person alone. Please write to me alone.")
    return answered(reader, Card(title=lead, lead=lead), "open")


def answered(reader: Reader, card: Card, what: str, quick: tuple[Button, ...] = ()) -> Answer:
    """Return a card about notices as an answer."""
    say = reader.speech.say
    usual = (Button(say("Menu"), Tap("menu")), Button(say("Language"), Tap("language")))
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=f"{NOTICES}{what}",
        cards=(card,),
        quick=(*quick, *usual)[:6],
        topic="notices",
    )


def _topics(setting: Setting) -> tuple[Section, ...]:
    """Return the topics that are on, if any notice but an emergency arrives at all."""
    reader, say = setting.reader, setting.reader.speech.say
    if setting.often is Often.EMERGENCIES:
        return ()
    on = [reader.text(topic.name) for topic in reader.knowledge.city.topics if setting.choice.wants(topic.id)]
    words = reader.speech.list(on) if on else say("No topic is on.")
    return (Section("what", say("Your topics"), (words,)),)


def _always(reader: Reader) -> Section:
    return Section("unsure", "", (reader.speech.say("Emergencies reach you whatever you choose here."),))
