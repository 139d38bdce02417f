"""Dates written in figures, found in a text: 11月26日, 11/26, Nov 26, the 26th, 26号, 十一月二十六日."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import regex
from babel.dates import get_month_names

from bot.answers.normalise import evened, without_readings

_MONTHS: Final = {
    name.lower().rstrip("."): number
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale="en").items()
} | {"sept": 9}
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_KANJI: Final = "一二三四五六七八九"
_N = rf"\d{{1,2}}|[{_KANJI}]?十[{_KANJI}]?|[{_KANJI}]"
_ORDINAL = r"(?:st|nd|rd|th)"
_NOT_A_DAY = r"(?!\s*(?:間|间|前|後|后|ご|分|目|以|用|中|持|保|坊|も|ほど|くらい|ぐらい|おき|置き|経|经|期))"
_DAY_OF = r"(?=\s*(?:$|[はにのをもか、,.?!可能是有收扔丢要会的吗呢行垃早晚上下這这]))"

_FORMS: Final = tuple(
    (regex.compile(pattern), kind)
    for pattern, kind in (
        (
            r"(?<!\d)(?P<y>20\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?",
            "date",
        ),
        (rf"令和\s*(?P<r>\d{{1,2}}|元)\s*年\s*(?P<m>{_N})\s*月\s*(?P<d>{_N})\s*日", "date"),
        (rf"(?<![\d{_KANJI}十])(?P<m>{_N})\s*(?:月|がつ)\s*の?\s*(?P<d>{_N})\s*(?:日|号|にち)", "date"),
        (r"(?<![\d/.])(?P<m>\d{1,2})\s*/\s*(?P<d>\d{1,2})(?![\d/]|\s*[a-z])", "date"),
        (rf"(?<![a-z]){_MONTH}\s*(?:the\s*)?(?P<d>\d{{1,2}}){_ORDINAL}?(?![\d:a-z])", "date"),
        (rf"(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}?\s*(?:of\s*)?{_MONTH}(?![a-z])", "date"),
        (r"(?<!\d)(?P<m>\d{1,2})\s*gatsu\s*(?:no\s*)?(?P<d>\d{1,2})\s*nichi(?![a-z])", "date"),
        (r"(?<!\d)(?P<n>\d{1,2})\s*(?:日後|日ご|天后|日后)", "later"),
        (r"(?<![a-z])in\s+(?P<n>\d{1,2})\s+days?(?![a-z])", "later"),
        (rf"(?<![a-z])in\s+{_MONTH}(?!\s*,?\s*20\d\d|[a-z])", "month"),
        (rf"(?<![\d{_KANJI}十年])(?P<m>{_N})\s*月(?!\s*[曜よ日\d{_KANJI}十])", "month"),
        (
            rf"(?<![a-z])the\s+(?P<d>\d{{1,2}}){_ORDINAL}(?!\s*(?:[a-z]*\s*(?:floor|time|one|grade|hand)))(?![a-z])",
            "day",
        ),
        (rf"(?<![\d年])(?P<d>\d{{1,2}})\s*日{_NOT_A_DAY}", "day"),
        (rf"(?<![\d年{_KANJI}十])(?P<d>{_N})\s*号{_DAY_OF}", "day"),
    )
)


def read_dates(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the dates in it, and the dates as `bot/answers/dayspan.py` reads them.

    What only looks like a date stays: 13/40, 3日間, 5号电池.
    """
    plain = without_readings(text)
    folded = evened(plain)
    if not regex.search(rf"[\d{_KANJI}十]|(?<![a-z])in\s", folded):
        return text, ()
    found: list[str] = []
    for form, kind in _FORMS:
        for match in form.finditer(folded):
            said = _READ[kind](match)
            if said:
                found.append(said)
                blank = " " * (match.end() - match.start())
                plain = plain[: match.start()] + blank + plain[match.end() :]
                folded = folded[: match.start()] + blank + folded[match.end() :]
    return (plain.strip(), tuple(found)) if found else (text, ())


def _date(match: regex.Match[str]) -> str:
    named = match.groupdict()
    day = figure(named["d"])
    month = _MONTHS[named["name"]] if named.get("name") else figure(named["m"])
    if month > 12 >= day:  # 26/11, as much of the world writes it
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    era = named.get("r")
    year = named.get("y") or (str(2018 + (1 if era == "元" else int(era))) if era else "")
    return f"{year}-{month:02}-{day:02}".removeprefix("-")


def _month(match: regex.Match[str]) -> str:
    named = match.groupdict()
    month = _MONTHS[named["name"]] if named.get("name") else figure(named["m"])
    return f"month {month}" if 1 <= month <= 12 else ""


def _day(match: regex.Match[str]) -> str:
    day = figure(match["d"])
    return f"day {day}" if 1 <= day <= 31 else ""


def _later(match: regex.Match[str]) -> str:
    return f"+{int(match['n'])}"


def figure(text: str) -> int:
    """Return what figures or 二十六 say."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = _KANJI.index(ones) + 1 if ones else 0
    return value + (10 * (_KANJI.index(tens) + 1 if tens else 1) if ten else 0)


_READ: Final[dict[str, Callable[[regex.Match[str]], str]]] = {
    "date": _date,
    "month": _month,
    "day": _day,
    "later": _later,
}
