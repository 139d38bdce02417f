"""What every export needs: tables as bytes, the fiscal years that are known, days as they were planned."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.days import Days
from bot.knowledge.importers.fiscal import first_day, fiscal_year, last_day


def table(rows: Iterable[Sequence[object]], mark: bool = True) -> bytes:
    """Return rows as CSV in UTF-8. With its mark, spreadsheets read the Japanese as it is."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def years(calendar: CollectionCalendar) -> list[int]:
    """Return the fiscal years of which any days are known."""
    spans = [(fiscal_year(one.valid_from), fiscal_year(one.valid_until)) for one in calendar.schedules]
    return sorted({year for first, last in spans for year in range(first, last + 1)})


def planned(calendar: CollectionCalendar, area: str, category: str, year: int) -> Days | None:
    """Return the days of a fiscal year before any change; None where nothing is known of it.

    The city's own days come before others. A rule stays a rule where it is all there is.
    """
    first, last = first_day(year), last_day(year)
    rows = [
        one
        for one in calendar.schedules
        if area in one.areas
        and one.category == category
        and one.valid_from <= last
        and first <= one.valid_until
    ]
    rows = [one for one in rows if one.official] or rows
    if len(rows) == 1 and rows[0].valid_from <= first and last <= rows[0].valid_until:
        rule = rows[0].rule
        return replace(rule, explicit=frozenset(day for day in rule.explicit if first <= day <= last))
    days = [
        day
        for one in rows
        for day in one.rule.between(max(first, one.valid_from), min(last, one.valid_until))
    ]
    return Days(frozenset(days)) if rows else None
