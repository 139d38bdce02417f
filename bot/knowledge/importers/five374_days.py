"""Days as 5374.jp writes them: `月 木`, `月1`, `火2 金4:4 6 8`, `20260408 20260422`, `Mon Tue1`, `火 *1`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.knowledge.days import WEEKDAYS, Days, Nth
from bot.knowledge.importers.draft import joined
from bot.knowledge.importers.fiscal import MONTHS, first_day, last_day
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.weekdays import SIGNS, Rules
from bot.knowledge.importers.wording import plain

_ALL: Final = 5
"""A month has no more than five of one weekday."""

_WEEKDAY = re.compile(r"(?:(?P<sign>[月火水木金土日])|(?P<english>[A-Za-z]{3,9}))(?P<nth>[1-5])?")
_DATE = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_REMARK = re.compile(r"\*(?P<id>\w+)")


@dataclass(frozen=True, slots=True)
class DayCell:
    """What a cell says: the days, and the numbers of the remarks that hold for them."""

    days: Days
    remarks: tuple[str, ...] = ()


def read_cell(text: str, year: int) -> DayCell:
    """Return what a cell of `area_days.csv` says for a fiscal year.

    Raises Refused, naming the part, for anything that the format does not have.
    """
    words, _, behind = plain(text).partition(":")
    months, remarks = _months(behind)
    explicit: list[date] = []
    rules: list[Rules] = []
    for word in words.split():
        if found := _REMARK.fullmatch(word):
            remarks.append(found["id"])
        elif found := _DATE.fullmatch(word):
            explicit.append(_date(found, year, explicit))
        else:
            rules.append(_rule(word))
    days = joined(explicit, [(month, rule) for month in months for rule in rules])
    return DayCell(days, tuple(remarks))


def _months(text: str) -> tuple[list[int], list[str]]:
    """Return the months named behind the colon, all of them when there are none, and remarks among them."""
    months: list[int] = []
    remarks: list[str] = []
    for word in text.split():
        if found := _REMARK.fullmatch(word):
            remarks.append(found["id"])
        elif word.isdecimal() and int(word) in MONTHS:
            months.append(int(word))
        else:
            raise Refused(remark("{text} is no month.", text=repr(word)))
    return months or list(MONTHS), remarks


def _rule(word: str) -> Rules:
    found = _WEEKDAY.fullmatch(word)
    weekday = None
    if found and found["sign"]:
        weekday = SIGNS.index(found["sign"])
    elif found and found["english"][:3].capitalize() in WEEKDAYS:
        weekday = WEEKDAYS.index(found["english"][:3].capitalize())
    if not found or weekday is None:
        raise Refused(remark("{text} is no day: write 月, 月1 or 20260408.", text=repr(word)))
    if not found["nth"]:
        return Rules(frozenset({weekday}))
    return Rules(frozenset(), (Nth(frozenset({int(found["nth"])}), weekday),))


def _date(found: re.Match[str], year: int, before: list[date]) -> date:
    month, number = int(found["month"]), int(found["day"])
    try:
        day = date(int(found["year"]), month, number)
    except ValueError:
        raise Refused(remark("There is no day {day} in month {month}.", day=number, month=month)) from None
    if not first_day(year) <= day <= last_day(year):
        raise Refused(remark("{day} is outside the fiscal year {year}.", day=day, year=year))
    if day in before:
        raise Refused(remark("{day} stands twice.", day=day))
    return day


def written(days: Days, year: int, english: bool = False) -> str:
    """Return days as a cell of `area_days.csv`, for a fiscal year.

    The format has either weekdays, all for the same months, or dates: what does not fit becomes dates.
    """
    months = {one.months for one in days.monthly}
    if days.weekly:
        months.add(frozenset())
    if days.explicit or len(months) != 1:
        return " ".join(f"{day:%Y%m%d}" for day in days.between(first_day(year), last_day(year)))
    names = WEEKDAYS if english else SIGNS
    words = [names[day] for day in sorted(days.weekly)]
    for one in days.monthly:
        numbers = [""] if len(one.nth) == _ALL else [str(nth) for nth in sorted(one.nth)]
        words += [names[one.weekday] + number for number in numbers]
    only = months.pop()
    return " ".join(words) + (":" + " ".join(str(month) for month in MONTHS if month in only) if only else "")
