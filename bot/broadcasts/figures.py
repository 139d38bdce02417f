"""The hard facts of a text: links, telephones, dates, times and numbers, spelled alike for every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a figure is."""

    LINK = "link"
    PHONE = "phone"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact. `value` is the same in every language: `11-24`, `15:30`, `088-621-5217`, `1900`.

    `weekday` counts from Monday 0 where one stands beside a date; `written` is how the text spells it.
    """

    kind: Kind
    value: str
    written: str
    weekday: int | None = None


_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH: Final = (
    r"\b(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAYS_EN: Final = "mon tue wed thu fri sat sun".split()
_DAYS_JA: Final = "月火水木金土日"
_DAYS_ZH: Final = "一二三四五六日天"
_WEEKDAY: Final = (
    r"(?:\s*\(?(?:(?P<ja>[月火水木金土日])(?:曜日?|よう日|(?=[)・]))"
    r"|(?:周|週|星期|禮拜|礼拜)(?P<zh>[一二三四五六日天])))?"
)
_HALF: Final = r"(?P<half>午前|午後|ごぜん|ごご|上午|下午|早上|晚上|傍晚|凌晨|中午|夜)?\s*"
_AFTERNOON: Final = ("午後", "ごご", "下午", "晚上", "傍晚", "夜", "中午")
_BEFORE_NOON: Final = ("午前", "ごぜん", "凌晨")

_LINK = re.compile(r"https?://[^\s<>「」『』()（）、。，]+[^\s<>「」『』()（）、。，.,;:!?！？]")
_PHONE = re.compile(r"(?<![\d-])(?:0\d{1,4}-\d{1,4}-\d{3,4}|0[5789]0\d{8}|0\d{9})(?![\d-])")
_ENGLISH_DAY: Final = (
    r"(?:\b(?P<en>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\b\.?,? )?"
)
_DATES: Final = (
    re.compile(r"(?:\d{4}年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号號]" + _WEEKDAY),
    re.compile(_ENGLISH_DAY + _MONTH + r" (?P<d>\d{1,2})(?:st|nd|rd|th)?\b(?:, \d{4}\b)?"),
    re.compile(_ENGLISH_DAY + r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)? " + _MONTH + r"(?: \d{4}\b)?"),
    re.compile(r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/])" + _WEEKDAY),
)
_TIMES: Final = (
    re.compile(_HALF + r"(?P<h>\d{1,2})[時时点點](?!間|间)(?:(?P<halves>半)|(?P<m>\d{1,2})分?)?"),
    re.compile(_HALF + r"(?<!\d)(?<!\d:)(?P<h>\d{1,2}):(?P<m>\d{2})(?!\d)(?:\s*(?P<en>[ap])\.?m\b\.?)?"),
    re.compile(r"(?<!\d)(?<!\d:)(?P<h>\d{1,2})\s*(?P<en>[ap])\.?m\b\.?"),
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?P<scale>万|萬|億|亿)?")
_READING = re.compile(r"(?<=[一-龠々])\([ぁ-ゖァ-ヺー・]+\)")
_SCALES: Final = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8}


def figures(text: str) -> tuple[Figure, ...]:
    """Return the facts of a text in any of our languages, each once, in the order in which they stand.

    Full-width digits, readings in brackets (`8時（じ）`) and the spelling of dates make no difference.
    """
    plain = _READING.sub("", unicodedata.normalize("NFKC", text))
    left = plain.lower()
    found: list[tuple[int, Figure]] = []
    for pattern, read in _READERS:
        left = _take(left, pattern, read, found)
    found.sort(key=lambda one: one[0])
    return tuple(dict.fromkeys(_as_written(figure, plain, start) for start, figure in found))


def _as_written(figure: Figure, plain: str, start: int) -> Figure:
    """Return a figure as its text spells it: with its capitals, and the bracket of a weekday closed."""
    whole = plain[start : start + len(figure.written)]
    if whole.lower() != figure.written:
        return figure
    return replace(figure, written=whole + ")" if "(" in whole and ")" not in whole else whole)


Read = Callable[[re.Match[str]], Figure | None]


def _take(text: str, pattern: re.Pattern[str], read: Read, found: list[tuple[int, Figure]]) -> str:
    """Note what a pattern finds, and return the text with it blanked out: a date's digits are no numbers."""

    def blank(match: re.Match[str]) -> str:
        figure = read(match)
        if figure is None:
            return match[0]
        found.append((match.start(), figure))
        return " " * len(match[0])

    return pattern.sub(blank, text)


def _link(match: re.Match[str]) -> Figure:
    return Figure(Kind.LINK, match[0], match[0])


def _phone(match: re.Match[str]) -> Figure:
    return Figure(Kind.PHONE, match[0].replace("-", ""), match[0])


def _date(match: re.Match[str]) -> Figure | None:
    parts = match.groupdict()
    month = _MONTHS.index(parts["mon"][:3]) + 1 if parts.get("mon") else int(parts["m"])
    day = int(parts["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Figure(Kind.DATE, f"{month:02}-{day:02}", match[0].strip(), _weekday(parts))


def _weekday(parts: dict[str, str | None]) -> int | None:
    if name := parts.get("ja"):
        return _DAYS_JA.index(name)
    if name := parts.get("zh"):
        return min(_DAYS_ZH.index(name), 6)
    name = parts.get("en")
    return _DAYS_EN.index(name[:3]) if name else None


def _time(match: re.Match[str]) -> Figure | None:
    parts = match.groupdict()
    hour, minute = int(parts["h"]), 30 if parts.get("halves") else int(parts.get("m") or 0)
    half, english = parts.get("half") or "", parts.get("en")
    if hour < 12 and (english == "p" or half in _AFTERNOON):
        hour += 12
    elif hour == 12 and (english == "a" or half in _BEFORE_NOON):
        hour = 0
    if hour > 24 or minute > 59:
        return None
    return Figure(Kind.TIME, f"{hour:02}:{minute:02}", match[0].strip())


def _number(match: re.Match[str]) -> Figure | None:
    scale = match["scale"]
    digits = match[0].rstrip("".join(_SCALES)).replace(",", "")
    value = float(digits) * _SCALES.get(scale or "", 1)
    return Figure(Kind.NUMBER, f"{value:.10g}" if value != int(value) else str(int(value)), match[0])


_READERS: Final[tuple[tuple[re.Pattern[str], Read], ...]] = (
    (_LINK, _link),
    (_PHONE, _phone),
    *((pattern, _date) for pattern in _DATES),
    *((pattern, _time) for pattern in _TIMES),
    (_NUMBER, _number),
)


def differing(original: str, other: str) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Return the facts that a translation lacks and those it adds."""
    ours, theirs = figures(original), figures(other)
    mine, yours = {(one.kind, one.value) for one in ours}, {(one.kind, one.value) for one in theirs}
    return (
        tuple(one for one in ours if (one.kind, one.value) not in yours),
        tuple(one for one in theirs if (one.kind, one.value) not in mine),
    )
