"""A notice's blanks become text: checked, then spelled as each language spells dates, places, levels. Pure.

Values are what a form or a file can hold, by blank:

    place    {"city": true} for all of it, {"areas": ["A", "B"]}, or a name as below
    name     {"ja": …, "reading": kana, "en": …, …}; only "ja" must be there
    categories  {"categories": ["burnable", …]}, ids of garbage categories
    text     {"ja": …, "ja-simple": …, "en": …, "zh-Hans": …, "zh-Hant": …}
    moment   "2026-11-24T15:30"     day  "2026-11-24"     time  "15:30"     (local)
    number   "12"    choice  the id of one    phone  "088-621-5111"    link  "https://…"
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import jaconv

from bot.knowledge.collection import Area
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.model import Knowledge
from bot.knowledge.notices import Blank, Notice
from bot.knowledge.schema import Category
from bot.language.speech import PLACEHOLDER, Speech
from bot.language.tags import OWN_NAMES, TAGS

Value = str | Mapping[str, object]
Values = Mapping[str, Value]
"""What stands in the blanks, by their ids. A blank that is left open is missing or empty."""

LONGEST: Final = 500
"""Characters that one blank may hold."""

_PHONE = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}|1\d{2}")
_NUMBER = re.compile(r"[1-9]\d{0,6}|0")
_READING = re.compile(r"[ぁ-ゖァ-ヺー・ 　0-9０-９]+")
_NO_LINK = re.compile(r"[\s<>\"'`{}\\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why one blank cannot stay as it is."""

    blank: str
    remark: Remark


def wrong(
    notice: Notice, values: Values, known: Knowledge, languages: Collection[str] = TAGS
) -> tuple[Wrong, ...]:
    """Return what has to be mended before a notice can be rendered in these languages, by blank."""
    ids = {blank.id for blank in notice.blanks}
    found = [Wrong(name, remark("This notice has no such blank.")) for name in values if name not in ids]
    for blank in notice.blanks:
        value = values.get(blank.id)
        if not value:
            if not blank.optional:
                found.append(Wrong(blank.id, remark("Fill this in.")))
            continue
        found += (Wrong(blank.id, words) for words in _amiss(blank, value, known, languages))
    return tuple(found)


def render(notice: Notice, speech: Speech, values: Values, known: Knowledge) -> str:
    """Return the text of a notice in the language of `speech`: plain lines, every blank filled.

    Raises ValueError with the blank's id for a value that `wrong` refuses for this language.
    """
    said: dict[str, str] = {}
    for blank in notice.blanks:
        if value := values.get(blank.id):
            try:
                said.update(_said(blank, value, speech, known))
            except (KeyError, ValueError, TypeError) as error:
                raise ValueError(f"blank {blank.id!r} cannot be shown in {speech.tag}") from error
        elif not blank.optional:
            raise ValueError(f"blank {blank.id!r} is empty")
    left_open = {name for blank in notice.blanks if not values.get(blank.id) for name in blank.shown_as()}
    lines = (line for line in notice.text[speech.tag] if left_open.isdisjoint(PLACEHOLDER.findall(line)))
    return "\n".join(PLACEHOLDER.sub(lambda found: said[found[1]], line) for line in lines)


def _said(blank: Blank, value: Value, speech: Speech, known: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield each placeholder of a blank with what stands there."""
    if blank.kind == "choice":
        chosen = {one.id: one for one in blank.choices}[str(value)]
        parts = (part for part in (chosen.text, chosen.rank, chosen.do) if part)
        yield from ((name, part[speech.tag]) for name, part in zip(blank.shown_as(), parts, strict=True))
    elif isinstance(value, str):
        yield blank.id, _SPELLED[blank.kind](speech, value) if blank.kind in _SPELLED else value
    else:
        yield blank.id, _chosen(value, speech, known) or _named(value, speech, blank.kind != "text")


def moment(speech: Speech, text: str) -> str:
    """Return a local `YYYY-MM-DDTHH:MM` as people write it: `11月24日（火）15時30分`.

    Raises ValueError when the text is no such moment.
    """
    at = dt.datetime.fromisoformat(text)
    between = {"ja": "", "en": ", "}.get(speech.tag, " ")
    return f"{speech.date(at.date())}{between}{speech.time(f'{at:%H:%M}')}"


_SPELLED: Final[Mapping[str, Callable[[Speech, str], str]]] = {
    "moment": moment,
    "day": lambda speech, text: speech.date(dt.date.fromisoformat(text)),
    "time": lambda speech, text: speech.time(text),
}


_LISTS: Final = ("areas", "categories")
"""What may be chosen by id instead of written: it has a name in every language."""


def _chosen(value: Mapping[str, object], speech: Speech, known: Knowledge) -> str:
    """Return the names of what was chosen, not written, in a language; nothing where nothing was."""
    if value.get("city"):
        return known.city.name[speech.tag]
    named: Mapping[str, Mapping[str, Area | Category]] = {
        "areas": known.calendar.areas,
        "categories": known.categories,
    }
    ids = [(kind, one) for kind in _LISTS for one in _ids(value.get(kind))]
    return speech.list(named[kind][one].short[speech.tag] for kind, one in ids) if ids else ""


def _ids(chosen: object) -> list[str]:
    """Raises TypeError for anything but a list of ids."""
    if isinstance(chosen, list | tuple):
        return [str(one) for one in chosen]
    if chosen:
        raise TypeError(chosen)
    return []


def _named(value: Mapping[str, object], speech: Speech, falls_back: bool) -> str:
    """Return words as given for a language, or the Japanese name with its reading."""
    if own := value.get(speech.tag):
        return str(own).strip()
    if not falls_back:
        raise KeyError(speech.tag)
    name, reading = str(value["ja"]).strip(), str(value["reading"]).strip()
    return f"{_roman(reading)} ({name})" if speech.tag == "en" else f"{name}（{reading}）"


def _roman(reading: str) -> str:
    """Return a reading in Roman letters, each kana as it is spelled: `こくふちょう` -> `Kokufuchou`."""
    letters = str(jaconv.kana2alphabet(jaconv.kata2hira(unicodedata.normalize("NFKC", reading))))
    return " ".join(word[:1].upper() + word[1:] for word in letters.replace("-", "").split())


def _amiss(blank: Blank, value: Value, known: Knowledge, languages: Collection[str]) -> Iterator[Remark]:
    if blank.kind in _CHECKED:
        if not isinstance(value, str) or not _CHECKED[blank.kind](blank, value):
            yield _SHAPES[blank.kind]
        elif blank.kind == "link" and urlsplit(value).hostname not in known.city.link_hosts:
            yield remark("Links lead only to: {hosts}", hosts=", ".join(known.city.link_hosts))
    elif not isinstance(value, Mapping):
        yield remark("Fill this in for each language.")
    elif blank.kind == "place" and value.get("city"):
        if value != {"city": True}:
            yield remark("Choose from the list.")
    elif blank.kind == "categories" or (blank.kind == "place" and value.get("areas")):
        yield from _strange_ids(value, known)
    else:
        yield from _strange_words(blank, value, languages)


def _strange_ids(value: Mapping[str, object], known: Knowledge) -> Iterator[Remark]:
    """Yield what is wrong with areas or categories chosen from a list."""
    there = {"areas": known.calendar.areas.keys(), "categories": known.categories.keys()}
    for kind, chosen in value.items():
        if kind not in there or not isinstance(chosen, list | tuple):
            yield remark("Choose from the list.")
        for one in chosen if isinstance(chosen, list | tuple) else ():
            if one not in there.get(kind, ()):
                yield remark("“{id}” is not in the list.", id=str(one))


def _strange_words(blank: Blank, value: Mapping[str, object], languages: Collection[str]) -> Iterator[Remark]:
    """Yield what is wrong with words given per language."""
    words = {key: str(text).strip() for key, text in value.items() if text}
    strange = sorted(words.keys() - {*TAGS, "reading"})
    if strange:
        yield remark("Unknown language: {languages}", languages=", ".join(strange))
    if any(len(text) > LONGEST or _CONTROL.search(text) for text in words.values()):
        yield remark("At most {most} characters on one line, without control characters.", most=LONGEST)
    if not words.get("ja"):
        yield remark("Write it in Japanese first.")
        return
    missing = [OWN_NAMES[tag] for tag in languages if not words.get(tag)]
    if missing and blank.kind == "text":
        yield remark("Missing: {languages}", languages=", ".join(missing))
    elif missing and not _READING.fullmatch(words.get("reading", "")):
        yield remark(
            "Give its reading in kana: {languages} show the Japanese with it.", languages=", ".join(missing)
        )


def _is_moment(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text):
        return False
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return (
            parts.scheme == "https" and not re.search(r"[\s<>\"'`{}\\]", text) and parts.port in (None, 443)
        )
    except ValueError:
        return False


_CHECKED: Final[Mapping[str, Callable[[Blank, str], bool]]] = {
    "moment": lambda _, text: _is_moment(text),
    "day": lambda _, text: _is_moment(f"{text}T00:00"),
    "time": lambda _, text: _is_moment(f"2000-01-01T{text}"),
    "number": lambda _, text: bool(_NUMBER.fullmatch(text)),
    "choice": lambda blank, text: any(one.id == text for one in blank.choices),
    "phone": lambda _, text: bool(_PHONE.fullmatch(text)),
    "link": lambda _, text: _is_link(text),
}

_SHAPES: Final[Mapping[str, Remark]] = {
    "moment": remark("Write a day that exists and a time, such as 2026-11-24T15:30."),
    "day": remark("Write a day that exists, such as 2026-11-24."),
    "time": remark("Write a time such as 15:30."),
    "number": remark("Write a whole number in digits."),
    "choice": remark("Choose from the list."),
    "phone": remark("Write a telephone number with hyphens, such as 088-621-5111."),
    "link": remark("Write a whole address that begins with https://."),
}
