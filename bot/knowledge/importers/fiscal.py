"""Fiscal years, which run from 1 April to 31 March, and how their numbers are written in Japan."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.knowledge.importers.wording import plain

MONTHS: Final = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
"""The months of a fiscal year, in order."""

_ERAS: Final = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}
"""Era -> the year before its first."""

YEAR: Final = (
    r"(?:(?:(?P<era>令和|平成|(?<![A-Za-z])[RrHh])\.?\s*(?P<of_era>\d{1,2}|元))|(?P<western>(?:19|20)\d\d))"
)
_FISCAL = re.compile(rf"{YEAR}\s*年度|FY\s*(?P<fy>20\d\d)", re.I)
_CALENDAR = re.compile(
    rf"{YEAR}\s*(?:年|[./-])?(?:\s*(?P<month>\d{{1,2}})\s*月(?!\s*\d{{1,2}}\s*日))?(?!\d|\s*年?\s*\d+月\s*\d+日)"
)


def first_day(year: int) -> date:
    """Return the first day of a fiscal year."""
    return date(year, 4, 1)


def last_day(year: int) -> date:
    """Return the last day of a fiscal year."""
    return date(year + 1, 3, 31)


def fiscal_year(day: date) -> int:
    """Return the fiscal year that a day lies in."""
    return fiscal_year_of_month(day.year, day.month)


def calendar_year(year: int, month: int) -> int:
    """Return the calendar year of a month of a fiscal year."""
    return year if month >= MONTHS[0] else year + 1


def fiscal_year_of_month(year: int, month: int) -> int:
    """Return the fiscal year of a calendar year's month."""
    return year - (month < MONTHS[0])


def western(found: re.Match[str]) -> int:
    """Return the western year of a match of `YEAR`."""
    if found["western"]:
        return int(found["western"])
    of_era = 1 if found["of_era"] == "元" else int(found["of_era"])
    return _ERAS[found["era"].lower()] + of_era


def stated_year(text: str) -> int | None:
    """Return the fiscal year that a text names as one: `令和8年度`, `R8年度`, `2026年度`, `FY2026`."""
    found = _FISCAL.search(plain(text))
    if not found:
        return None
    return int(found["fy"]) if found["fy"] else western(found)


def hinted_year(text: str) -> int | None:
    """Return the fiscal year that a text hints at: `令和8年`, `R8`, `2027年3月` (then 2026)."""
    found = _CALENDAR.search(plain(text))
    if not found:
        return None
    return fiscal_year_of_month(western(found), int(found["month"] or MONTHS[0]))
