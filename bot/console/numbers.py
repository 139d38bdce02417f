"""How numbers, days and names of figures are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal

from bot.console.speaking import remark, speech
from bot.insights import questions
from bot.insights.accounts import LINE
from bot.insights.friends import Source
from bot.insights.questions import Statistics
from bot.knowledge.kpi import Kpi
from bot.language.tags import OWN_NAMES, TAGS


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with its thousands apart; a dash for none."""
    if value is None:
        return "–"
    return format_decimal(round(value, digits), locale=speech().tag)


def signed(value: float | None, digits: int = 0) -> str:
    """Return a gain or a loss with its sign."""
    if value is None:
        return "–"
    rounded = round(value, digits)
    sign = "±" if rounded == 0 else "+" if rounded > 0 else "−"
    return sign + number(abs(rounded), digits)


def percent(share: float | None, digits: int = 0) -> str:
    """Return a share (0-1) in percent."""
    return "–" if share is None else f"{number(share * 100, digits)} %"


def amount(value: float | None, unit: str) -> str:
    """Return a figure in its unit, `people` or `percent`."""
    return number(value) if unit == "people" or value is None else f"{number(value, 1)} %"


def short_day(day: date) -> str:
    """Return a day with its year, without its weekday."""
    return format_date(day, {"ja": "y年M月d日", "en": "MMM d, y"}[speech().tag], locale=speech().tag)


def weekdays(codes: Iterable[str]) -> str:
    """Return days of the week, given as MO, TU ...; a run of them as its two ends."""
    at = sorted(("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(code) for code in codes)
    names = get_day_names("abbreviated", locale=speech().tag)
    if len(at) > 2 and at == list(range(at[0], at[-1] + 1)):
        return f"{names[at[0]]}–{names[at[-1]]}"
    return ", ".join(names[day] for day in at)


def asked(seen: Statistics, tag: str) -> int:
    """Return how many questions were asked in a language."""
    return questions.asked(seen.by_language.get(tag, {}))


def answered(seen: Statistics, tag: str) -> float | None:
    """Return which share of a language's questions led on."""
    return questions.share(seen.by_language.get(tag, {}))


def series_name(series: str, kpi: Kpi) -> str:
    """Return what a series of figures is called."""
    if series == LINE:
        return "LINE"
    for account in kpi.accounts:
        if account.id == series:
            return account.name
    return next((goal.name[_tag()] for goal in kpi.others if goal.id == series), series)


def source_name(source: Source) -> str:
    """Return where a figure comes from, in a word."""
    match source:
        case Source.LINE:
            return remark("LINE's statistics")
        case Source.ESTIMATE:
            return remark("estimate")
        case _:
            return remark("entered by hand")


def language_name(tag: str) -> str:
    """Return what a language is called by those who read it."""
    return OWN_NAMES.get(tag) or (remark("not known yet") if not tag else remark("another language"))


def in_order(languages: Iterable[str]) -> list[str]:
    """Return language tags in the order in which they are listed everywhere, others behind them."""
    return sorted(languages, key=lambda tag: (TAGS.index(tag) if tag in TAGS else len(TAGS), tag == "", tag))


def _tag() -> Literal["ja", "en"]:
    return "ja" if speech().tag == "ja" else "en"


def share_name(name: str) -> str:
    """Return what one of LINE's groups is called: `from20to24`, `within30days`, `female`, a prefecture."""
    if found := re.fullmatch(r"from(\d+)(?:to(\d+))?", name):
        return f"{found[1]}–{found[2] or ''}"
    if found := re.fullmatch(r"(within|over)(\d+)days", name):
        if found[1] == "within":
            return remark("up to {n} days", n=found[2])
        return remark("more than {n} days", n=found[2])
    match name:
        case "male":
            return remark("men")
        case "female":
            return remark("women")
        case "unknown":
            return remark("unknown")
        case _:
            return name
