"""Dates in one cell: `5,19`, `5・19`, `５日・１９日`, `5(火)・19(火)`, `4/7 4/21`, `2026-04-05`, `なし`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.knowledge.importers.fiscal import YEAR, calendar_year, first_day, last_day, western
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.weekdays import SIGNS, wrong_weekday
from bot.knowledge.importers.wording import fold, plain

NONE: Final = frozenset(
    {*"×✕✖xー", "なし", "無し", "無", "休", "休み", "お休み", "休止", "収集なし", "none", "no"}
)
"""What says that there is no collection in a month. A dash of any width says so too."""

_DAY = re.compile(
    rf"(?:(?:{YEAR}\s*(?:年|[-/.])\s*)?(?P<month>\d{{1,2}})(?P<mark>[-/.月])\s*)?(?P<day>\d{{1,3}})日?"
    rf"(?:\s*\((?P<inside>[{SIGNS}])(?:曜日?)?[・,]?[祝休]?\)|(?P<behind>[月火水木金土])(?:曜日?)?)?"
)
_COMPACT = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_GAP = re.compile(r"(?:[\s,、・;&+と]|および|及び)+")
_DASHES = re.compile(r"[\s\-‐‑–—―−ー]+")


def says_none(text: str) -> bool:
    """Return whether a cell says that there is no collection."""
    return bool(text) and (bool(_DASHES.fullmatch(plain(text))) or fold(text) in NONE)


def days_in_cell(text: str, year: int, month: int | None = None) -> tuple[date, ...]:
    """Return the dates that a cell names, of the fiscal year `year` and, below a month's heading, of `month`.

    Raises Refused with the reason when a part cannot be read, does not exist, lies outside, stands twice or
    bears another weekday than its date has.
    """
    days: list[date] = []
    found = list(_parts(plain(text)))
    for part in found:
        _not_ambiguous(part, month, alone=len(found) == 1)
        day = _date(part, year, month)
        if day in days:
            raise Refused(remark("{day} stands twice.", day=day))
        days.append(day)
    return tuple(days)


def _parts(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(text):
        if gap := _GAP.match(text, position):
            position = gap.end()
            continue
        part = _COMPACT.match(text, position) or _DAY.match(text, position)
        if not part or (part.end() < len(text) and text[part.end()].isalnum()):
            raise Refused(remark("{text} cannot be read as days: write them like 5・19.", text=repr(text)))
        yield part
        position = part.end()


def _not_ambiguous(part: re.Match[str], month: int | None, alone: bool) -> None:
    """`5/19` below May is the 19th to one clerk, and the 5th and the 19th to another."""
    named = part.groupdict()
    if (named.get("mark") or "月") == "月" or named["of_era"] or named["western"]:
        return
    sure = month is None or (int(part["month"]) == month and (_weekday(part) or not alone))
    if part["mark"] == "." or not sure:
        raise Refused(
            remark("{text} may be one date or two days: write 5・19 or 5月19日.", text=repr(part[0]))
        )


def _date(part: re.Match[str], year: int, month: int | None) -> date:
    named = part.groupdict()
    of_month = int(named["month"] or month or 0)
    if not of_month:
        raise Refused(remark("{text} names no month.", text=repr(part[0])))
    if "western" not in named:
        of_year = int(named["year"])
    elif named["western"] or named["of_era"]:
        of_year = western(part)
    else:
        of_year = calendar_year(year, of_month)
    try:
        day = date(of_year, of_month, int(named["day"]))
    except ValueError:
        raise Refused(
            remark("There is no day {day} in month {month}.", day=int(named["day"]), month=of_month)
        ) from None
    if month and day.month != month:
        raise Refused(remark("{day} is not in month {month}.", day=day, month=month))
    if not first_day(year) <= day <= last_day(year):
        raise Refused(remark("{day} is outside the fiscal year {year}.", day=day, year=year))
    _weekday_fits(part, day)
    return day


def _weekday(part: re.Match[str]) -> str | None:
    named = part.groupdict()
    return named.get("inside") or named.get("behind")


def _weekday_fits(part: re.Match[str], day: date) -> None:
    printed = _weekday(part)
    if printed and SIGNS.index(printed) != day.weekday():
        raise wrong_weekday(day, printed)
