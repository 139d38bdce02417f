"""What the city's notices still say: those in force head the menu, the welcome and answers about the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.answers.model import Answer, Button, Card, Section, Status
from bot.answers.notice import Notice
from bot.answers.notices import WHY, notices_tap
from bot.answers.reader import Reader
from bot.answers.taps import Tap
from bot.knowledge.model import Knowledge
from bot.language.speech import Speech

MOST: Final = 2
"""Notices that head an answer: what was asked must not drown."""

BEGINNING: Final = 160
"""Characters of a notice's text beside an answer; the whole text is one tap away."""

_HEADED: Final = frozenset({"menu:menu", "menu:greeting", "menu:help"})
_SIMPLE: Final = "ja-simple"


def in_force(notices: Iterable[Notice], now: datetime) -> tuple[Notice, ...]:
    """Return the notices that are valid at a moment and not replaced, emergencies first, then the newest."""
    known = tuple(notices)
    replaced = {one.replaces for one in known if one.as_of <= now}
    valid = [
        one
        for one in known
        if one.id not in replaced and one.as_of <= now and one.valid_until and now < one.valid_until
    ]
    return tuple(sorted(valid, key=lambda one: (one.emergency, one.as_of, one.id), reverse=True))


def concerning(reader: Reader) -> Iterator[Notice]:
    """Yield the notices in force that are meant for a reader.

    An emergency of some areas is told to everybody whose area is not known: it names them.
    """
    for one in in_force(reader.notices, reader.now):
        here = one.areas is None or reader.area in one.areas or (one.emergency and reader.area is None)
        if here and (one.emergency or one.languages is None or reader.language in one.languages):
            yield one


def headed(reader: Reader, answer: Answer) -> Answer:
    """Return an answer with the notices that belong to it before everything but a prohibition."""
    if not answer.cards or not reader.notices:
        return answer
    found = [one for one in concerning(reader) if _belongs(reader.knowledge, one, answer)][:MOST]
    if not found:
        return answer
    first, *others = answer.cards
    sections = tuple(_section(reader, one) for one in found)
    whole = tuple(button for one in found if (button := _whole(reader, one)))
    card = replace(first, sections=(*sections, *first.sections), buttons=(*whole, *first.buttons))
    return replace(answer, cards=(card, *others))


def welcomed(reader: Reader, voices: Mapping[str, Speech], answer: Answer) -> Answer:
    """Return the welcome of a new friend, whose language nobody knows, with what is in force in each.

    `reader` is one at this moment; `voices` are the speeches by language.
    """
    sections = [
        _section(in_voice, one)
        for one in list(concerning(reader))[:MOST]
        for in_voice in _readers(reader, voices, one)
    ]
    first, *others = answer.cards
    return replace(answer, cards=(replace(first, sections=(*sections, *first.sections)), *others))


def _readers(reader: Reader, voices: Mapping[str, Speech], notice: Notice) -> Iterator[Reader]:
    """Yield a reader for each language that a notice is written in; easy Japanese stands for Japanese."""
    told: set[str] = set()
    for tag in (_SIMPLE, "en", "zh-Hans", "zh-Hant", "ja"):
        text = notice.texts[tag]
        if text not in told and (notice.languages is None or tag in notice.languages):
            told.add(text)
            yield replace(reader, speech=voices[tag])


def _belongs(knowledge: Knowledge, notice: Notice, answer: Answer) -> bool:
    """Return whether an answer is the menu, or one that the notice's topic is about."""
    if answer.answer_id in _HEADED:
        return True
    about = {kind for topic in knowledge.city.topics if topic.id == notice.topic for kind in topic.about}
    ids = ((answer.answer_id or "").replace("menu:garbage", "garbage:"), *answer.covers)
    return any(one.partition(":")[0] in about for one in ids)


def notice_answer(reader: Reader, name: str) -> Answer | None:
    """Return a whole notice by its id; None for one that is not known (any more)."""
    notice = next((one for one in reader.notices if str(one.id) == name), None)
    if notice is None:
        return None
    say, (first, *others) = reader.speech.say, notice.texts[reader.language].splitlines() or [""]
    links = [notice.links[reader.language]] if reader.language in notice.links else []
    gone = notice not in in_force(reader.notices, reader.now)
    over = (say("This notice is no longer in force."),) if gone else ()
    card = Card(
        title=_title(reader, notice),
        lead=first,
        sections=(
            Section("unsure", "", over),
            Section("text", "", tuple(others)),
            Section("unsure", "", tuple(standing(reader, notice))),
        ),
        buttons=(
            *(Button(label, uri=address) for label, address in links),
            Button(say("Why did I get this?"), notices_tap(f"{WHY}-{notice.id}")),
            Button(say("Menu"), Tap("menu")),
        ),
    )
    return Answer(
        status=Status.ANSWERED,
        language=reader.language,
        answer_id=f"notice:{notice.id}",
        cards=(card,),
        topic="notices",
    )


def standing(reader: Reader, notice: Notice) -> Iterator[str]:
    """Yield how a notice stands: of when it is, how long it holds, for which areas, what it replaces."""
    say, areas = reader.speech.say, reader.knowledge.calendar.areas
    yield say("As of {when}.", when=moment(reader, notice.as_of))
    if notice.valid_until:
        yield say("Valid until {when}.", when=moment(reader, notice.valid_until))
    if named := [reader.text(areas[one].short) for one in sorted(notice.areas or ()) if one in areas]:
        yield say("For: {areas}.", areas=reader.speech.list(named))
    if notice.replaces is not None:
        earlier = next((one for one in reader.notices if one.id == notice.replaces), None)
        yield (
            say("It replaces the notice of {when}.", when=moment(reader, earlier.as_of))
            if earlier
            else say("It replaces an earlier notice.")
        )


def moment(reader: Reader, at: datetime) -> str:
    """Return a moment in the city's time, in words."""
    local = at.astimezone(reader.now.tzinfo)
    return f"{reader.speech.date(local.date())} {reader.speech.time(f'{local:%H:%M}')}"


def _title(reader: Reader, notice: Notice) -> str:
    say = reader.speech.say
    if notice.emergency:
        return say("🚨 Emergency notice from the city")
    return say("📢 Notice from the city")


def _section(reader: Reader, notice: Notice) -> Section:
    """Return the beginning of a notice and how it stands."""
    text = notice.texts[reader.language]
    kind = "emergency" if notice.emergency else "caution"
    return Section(kind, _title(reader, notice), (_beginning(text), *standing(reader, notice)))


def _beginning(text: str) -> str:
    """Return a text's first lines, as many as fit, at least the first one."""
    if len(text) <= BEGINNING:
        return text
    whole = text.splitlines()
    fits = [n for n in range(1, len(whole)) if len("\n".join(whole[:n])) <= BEGINNING]
    return ("\n".join(whole[: fits[-1]]) if fits else text[: BEGINNING - 1].rstrip()) + "…"


def _whole(reader: Reader, notice: Notice) -> Button | None:
    """Return the button to the whole notice, where only its beginning is shown or a link belongs to it."""
    if len(notice.texts[reader.language]) <= BEGINNING and reader.language not in notice.links:
        return None
    emoji = "🚨" if notice.emergency else "📢"
    label = f"{emoji} {notice.headline(reader.language)}"
    return Button(label, Tap("answer", f"notice:{notice.id}"))
