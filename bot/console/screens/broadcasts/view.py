"""A broadcast as pages show it: messages on the phone, what to look at, whom it reaches, when it goes out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from bot.broadcasts import audience, checks, compose, filling, quota, setting
from bot.broadcasts.figures import differing, figures
from bot.broadcasts.model import Audience, Broadcast, Kind
from bot.broadcasts.refused import Refused
from bot.broadcasts.writing import MOST_CHARACTERS, ORIGINAL, Hint, line_length
from bot.console import speaking
from bot.console.desk import desk
from bot.console.screens.broadcasts.at_hand import office, said, zone
from bot.console.screens.broadcasts.words import language_name, variant_name
from bot.console.speaking import remark, remark_n
from bot.knowledge.holidays import holiday
from bot.language.tags import TAGS

_PIECE: Final = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people it would reach and what that costs; or in one sentence why nobody can say."""

    total: int = 0
    by_language: tuple[tuple[str, int], ...] = ()
    cost_told: str = ""
    enough: bool = True
    problem: str = ""


def texts(one: Broadcast) -> dict[str, Any]:
    """Return what the texts of a broadcast look like: messages, hints, counts, marks, each by language."""
    at = office()
    found = checks.hints(at, one)
    written = one.texts()
    return {
        "one": one,
        "tags": TAGS,
        "most": MOST_CHARACTERS,
        "shown": {tag: _messages(one, tag) for tag in TAGS},
        "hints": {tag: [hint for hint in found if hint.language == tag] for tag in TAGS},
        "general": [hint for hint in found if hint.language not in TAGS],
        "counts": {tag: line_length(written.get(tag, "")) for tag in TAGS},
        "blocking": sum(hint.blocks for hint in found),
        "marks": {tag: _mark(tag, written, one, found) for tag in TAGS},
    }


def _messages(one: Broadcast, tag: str) -> tuple[Mapping[str, Any], ...]:
    """Return the very messages that readers of a language get; none while nothing is written."""
    if tag not in one.texts():
        return ()
    return compose.messages(one, one.variants[tag], setting.composing(office(), one))


def _mark(tag: str, written: Mapping[str, str], one: Broadcast, found: tuple[Hint, ...]) -> tuple[str, str]:
    """Return the look and the words of a language's mark: whether its text is there and in order."""
    if tag not in written:
        if one.fallback.get(tag):
            return "", remark("falls back")
        return "open", remark("missing")
    if any(hint.blocks for hint in found if hint.language == tag):
        return "bad", remark("look here")
    return "good", remark("there")


def beside(one: Broadcast) -> dict[str, Any]:
    """Return what stands beside each text: its facts against the Japanese, its words against the template."""
    return {
        "facts_of": {tag: _facts_of(one, tag) for tag in one.texts()},
        "edits": {tag: edits for tag in one.texts() if (edits := _edits(one, tag))},
    }


def _facts_of(one: Broadcast, tag: str) -> list[tuple[bool, str]]:
    """Return each fact of a text and whether the Japanese says the same; what it lacks stands at the end."""
    written = one.texts()
    original = written.get(ORIGINAL, written[tag])
    missing, added = differing(original, written[tag])
    own = [(figure not in added, figure.written) for figure in figures(written[tag])]
    return own + [(False, figure.written) for figure in missing]


def _edits(one: Broadcast, tag: str) -> list[tuple[str, str]]:
    """Return a text in pieces that are the same as in its template, gone from it or new; nothing unedited."""
    at = office()
    notice = at.knowledge.notices.get(one.template or "")
    if notice is None:
        return []
    try:
        made = filling.render(notice, at.voices[tag], one.values, at.knowledge)
    except (ValueError, KeyError):
        return []
    text = one.texts()[tag]
    if made.strip() == text.strip():
        return []
    return difference(made.strip(), text.strip())


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Return both texts as pieces: ("same" | "gone" | "new", piece), in order."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    pieces: list[tuple[str, str]] = []
    for how, first, last, start, end in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if how == "equal":
            pieces.append(("same", "".join(new[start:end])))
            continue
        pieces += [("gone", gone)] if (gone := "".join(old[first:last])) else []
        pieces += [("new", come)] if (come := "".join(new[start:end])) else []
    return pieces


def reach(one: Broadcast) -> Reach:
    """Return whom a broadcast would reach now."""
    at = replace(office(), line=desk().looking)
    try:
        counted = audience.counted(at, one)
        cost = quota.cost(at, one)
    except Refused as refusal:
        return Reach(problem=said(refusal.remark))
    people = counted.by_language
    known = sorted(people, key=lambda tag: TAGS.index(tag) if tag in TAGS else len(TAGS))
    told = tuple((variant_name(tag), people[tag]) for tag in known if people[tag])
    return Reach(counted.total, told, _cost_told(cost), cost.enough)


def _cost_told(cost: quota.Cost) -> str:
    if not cost.known:
        return remark("LINE does not say just now how many messages are left this month.")
    if cost.left is None:
        return remark("The plan has no limit of messages.")
    if not cost.enough:
        return remark_n(
            "{n} message is left this month: not enough.",
            "{n} messages are left this month: not enough.",
            cost.left,
        )
    return remark_n("{n} message is left this month.", "{n} messages are left this month.", cost.left)


def moment_told(at: int | None) -> str:
    """Return a moment with weekday, and the name of a public holiday; what no time means for one without."""
    if at is None:
        return remark("as soon as it is approved")
    local = datetime.fromtimestamp(at / 1_000_000, zone())
    words = f"{speaking.day(local.date())} {local:%H:%M}"
    name = holiday(local.date())
    return remark("{moment}, public holiday: {name}", moment=words, name=name) if name else words


def due_told(one: Broadcast) -> str:
    """Return when a broadcast goes out, in words that show a mistake."""
    if one.due_at is None:
        return remark("No time chosen: it goes out as soon as it is approved.")
    local = datetime.fromtimestamp(one.due_at / 1_000_000, zone())
    today = datetime.fromtimestamp(office().now() / 1_000_000, zone()).date()
    return remark(
        "Goes out: {moment} ({distance})", moment=moment_told(one.due_at), distance=_away(local.date(), today)
    )


def _away(day: date, today: date) -> str:
    days = (day - today).days
    if days < 0:
        return remark("in the past!")
    if days == 0:
        return remark("today")
    return remark_n("in {n} day", "in {n} days", days)


def facts(one: Broadcast) -> list[tuple[str, str]]:
    """Return whom it is for and when, as label and words."""
    emergency = remark("Emergency") if one.kind is Kind.EMERGENCY else remark("Information")
    return [
        (remark("Goes out"), moment_told(one.due_at)),
        (remark("Valid until"), moment_told(one.valid_until) if one.valid_until else remark("no end given")),
        (remark("Kind"), emergency),
        *([(remark("Topic"), topic_names().get(one.topic, one.topic))] if one.topic else []),
        *_audience(one.audience),
        (remark("Hold-back"), remark_n("{n} minute", "{n} minutes", one.hold_minutes)),
        (remark("Written by"), "、".join(dict.fromkeys((one.author, *one.hands)))),
    ]


def _audience(chosen: Audience) -> list[tuple[str, str]]:
    tag, known = speaking.speech().tag, office().knowledge.calendar.areas
    languages, areas = remark("All languages"), remark("The whole city")
    if chosen.languages is not None:
        languages = "、".join(map(language_name, chosen.languages))
    if chosen.areas is not None:
        areas = " ".join(known[area].short[tag] for area in chosen.areas if area in known)
    unknown = remark("they get it, too") if chosen.unknown else remark("they do not get it")
    return [
        (remark("Languages"), languages),
        (remark("Areas"), areas),
        (remark("Language not known"), unknown),
    ]


def topic_names() -> dict[str, str]:
    """Return what each topic is called on this page, by its id."""
    tag = speaking.speech().tag
    return {topic.id: topic.name[tag] for topic in office().knowledge.city.topics}
