"""Why somebody got a notice: which one, for which language, area and topic, and how to change it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.area import change_button
from bot.answers.current import moment
from bot.answers.model import Answer, Button, Card, Section
from bot.answers.notice import Notice
from bot.answers.notices import EMERGENCIES, WHY, notices_tap
from bot.answers.taps import Tap
from bot.language.tags import OWN_NAMES, TAGS
from bot.notices.cards import Setting, answered
from bot.notices.wish import Often


def why_card(setting: Setting, name: str) -> Answer:
    """Return why a notice came: the one of that id, or for none the latest that was meant for them."""
    reader, say = setting.reader, setting.reader.speech.say
    notice = _asked_about(setting, name)
    if notice is None:
        lead = say("I do not know of a recent notice that was meant for you.")
        sections = [Section("what", say("Who gets notices"), tuple(_rule(setting)))]
    else:
        lead = say("This is about the notice of {when}.", when=moment(reader, notice.as_of))
        sections = [
            Section("what", say("The notice"), (notice.headline(reader.language),)),
            Section("what", say("Why you got it"), tuple(_reasons(setting, notice))),
        ]
    card = Card(
        title=say("Why did I get this?"), lead=lead, sections=tuple(sections), buttons=_changes(setting)
    )
    return answered(reader, card, WHY)


def _asked_about(setting: Setting, name: str) -> Notice | None:
    if name:
        return next((one for one in setting.reader.notices if str(one.id) == name), None)
    return next((one for one in setting.reader.notices if _meant(setting, one)), None)


def _meant(setting: Setting, notice: Notice) -> bool:
    """Return whether a notice was for people like this reader."""
    reader = setting.reader
    spoken = notice.languages is None or reader.language in notice.languages
    here = notice.areas is None or reader.area in notice.areas
    wanted = notice.topic is None or setting.choice.wants(notice.topic)
    getting = setting.often is not Often.EMERGENCIES and wanted
    return spoken and here and (notice.emergency or getting) and notice.as_of <= reader.now


def _reasons(setting: Setting, notice: Notice) -> Iterator[str]:
    reader, say = setting.reader, setting.reader.speech.say
    areas = reader.knowledge.calendar.areas
    if notice.emergency:
        yield say("It is an emergency: it reaches you whatever you chose.")
    else:
        yield say("You follow this account.")
    if ours := [OWN_NAMES[tag] for tag in TAGS if tag in (notice.languages or ())]:
        names = reader.speech.list(ours)
        yield say("It is for readers of these languages: {languages}.", languages=names)
    if notice.areas is not None:
        names = reader.speech.list(
            reader.text(areas[one].short) for one in sorted(notice.areas) if one in areas
        )
        yield say("It is for these areas: {areas}.", areas=names)
    if not notice.emergency and (topic := _topic(setting, notice)):
        yield topic
    yield from _yours(setting)


def _topic(setting: Setting, notice: Notice) -> str:
    """Return what a notice is about and whether the reader still wants it."""
    reader, say = setting.reader, setting.reader.speech.say
    for topic in reader.knowledge.city.topics:
        if topic.id == notice.topic:
            if setting.choice.wants(topic.id):
                return say("Its topic is “{topic}”, which is on for you.", topic=reader.text(topic.name))
            return say("Its topic is “{topic}”, which is off for you by now.", topic=reader.text(topic.name))
    return ""


def _rule(setting: Setting) -> Iterator[str]:
    say = setting.reader.speech.say
    yield say("Notices go to people who follow this account, by language, area and topic.")
    yield from _yours(setting)


def _yours(setting: Setting) -> Iterator[str]:
    """Yield what of the reader decides."""
    reader, say = setting.reader, setting.reader.speech.say
    yield say("Your language: {language}.", language=OWN_NAMES[reader.language])
    area = reader.knowledge.calendar.areas.get(reader.area or "")
    if area:
        yield say("Your area: {area}.", area=reader.text(area.short))


def _changes(setting: Setting) -> tuple[Button, ...]:
    say = setting.reader.speech.say
    buttons = [
        Button(say("Choose notices"), notices_tap("open"), primary=True),
        change_button(setting.reader),
        Button(say("Language"), Tap("language")),
    ]
    if setting.often is not Often.EMERGENCIES:
        buttons.append(Button(say("Emergencies only"), notices_tap(EMERGENCIES)))
    return tuple(buttons)
