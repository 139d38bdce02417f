"""One row of a yearly calendar: the days below each month, or a date of its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.knowledge.importers.day_cells import days_in_cell, says_none
from bot.knowledge.importers.draft import joined
from bot.knowledge.importers.fiscal import MONTHS, first_day, fiscal_year_of_month, last_day
from bot.knowledge.importers.gathered import Gathered
from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.layout import Columns, Table
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.importers.weekdays import SIGNS, Rules, weekday_rules, wrong_weekday
from bot.knowledge.importers.wording import plain

_MONTH_WITHOUT = re.compile(r"(?:20\d\d\s*[年/-]\s*)?(?P<month>\d{1,2})\s*月?\s*[:：(]?\s*(?P<none>\D+?)\)?")
_FULL_DATE = re.compile(r"(?P<year>20\d\d)\s*[-/.年]?\s*(?P<month>\d{1,2})\s*[-/.月]?\s*\d{1,2}\s*日?.*")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of data, what its columns mean, and what is gathered from it."""

    grid: Grid
    number: int
    columns: Columns
    year: int
    gathered: Gathered
    report: Report

    def place(self, column: int | None = None) -> str:
        """Return where a cell of this row is, or the row itself."""
        return self.grid.place(self.number, column)

    def text(self, column: int | None) -> str:
        """Return a cell of this row."""
        return self.grid.text(self.number, column)

    def reject(self, column: int | None, refused: Refused) -> None:
        """Note why a cell of this row cannot be taken over."""
        self.report.reject(self.place(column), self.gathered.about, refused.reason)


def read_months(line: Line) -> None:
    """Gather the days of a row with a column a month."""
    before = line.gathered.months & set(line.columns.months.values())
    if before:
        twice = Refused(remark("There are two rows for this area and category."))
        line.reject(line.columns.category, twice)
        line.report.reject(line.gathered.places[0], line.gathered.about, twice.reason)
        return
    line.gathered.places.append(line.place(line.columns.category))
    try:
        beside = weekday_rules(line.text(line.columns.weekday))
    except Refused as refused:
        line.reject(line.columns.weekday, refused)
        return
    if whole := _whole_year(line, beside):
        line.gathered.add_rules(whole, *line.columns.months.values())
    else:
        for column, month in line.columns.months.items():
            _month(line, column, month, beside)
    _counted(line)


def _whole_year(line: Line, beside: Rules | None) -> Rules | None:
    """Return the weekdays that stand once for all months: beside them, or below the first one only."""
    filled = [column for column in line.columns.months if line.text(column)]
    if not filled:
        return beside
    if filled == [min(line.columns.months)] and len(line.columns.months) > 1:
        try:
            return weekday_rules(line.text(filled[0]))
        except Refused:
            return None
    return None


def _month(line: Line, column: int, month: int, beside: Rules | None) -> None:
    text = line.text(column)
    line.gathered.months.add(month)
    try:
        if not text:
            raise Refused(
                remark("Month {month} is empty: write なし where there is no collection.", month=month)
            )
        if says_none(text):
            return
        if rules := weekday_rules(text):
            line.gathered.add_rules(rules, month)
            return
        days = days_in_cell(text, line.year, month)
        line.gathered.add_days(days, line.place(column))
        for day in days:
            if beside and day.weekday() not in beside.weekdays:
                raise wrong_weekday(day, "・".join(SIGNS[one] for one in sorted(beside.weekdays)))
    except Refused as refused:
        line.reject(column, refused)


def _counted(line: Line) -> None:
    """Compare a column that says how many days there are with the days."""
    printed = plain(line.text(line.columns.count)).rstrip("回")
    if not printed.isdecimal():
        return
    rule = joined(line.gathered.days, line.gathered.rules)
    days = [
        day
        for day in rule.between(first_day(line.year), last_day(line.year))
        if day.month in line.columns.months.values()
    ]
    if len(days) != int(printed):
        told = remark("The row says {printed} days, but has {days}.", printed=int(printed), days=len(days))
        line.reject(line.columns.count, Refused(told))


def read_dates(line: Line) -> None:
    """Gather a row that holds one date (or several), weekdays for the whole year, or `10月 なし`."""
    column, text = line.columns.date, line.text(line.columns.date)
    line.gathered.places.append(line.place())
    try:
        if not text:
            raise Refused(remark("The date is missing."))
        none = _MONTH_WITHOUT.fullmatch(plain(text))
        if none and says_none(none["none"]) and int(none["month"]) in MONTHS:
            line.gathered.months.add(int(none["month"]))
        elif rules := weekday_rules(text):
            line.gathered.add_rules(rules)
        else:
            days = days_in_cell(text, line.year)
            line.gathered.add_days(days, line.place(column))
            beside = weekday_rules(plain(line.text(line.columns.weekday)).strip("()"))
            for day in days:
                if beside and day.weekday() not in beside.weekdays:
                    raise wrong_weekday(day, "・".join(SIGNS[one] for one in sorted(beside.weekdays)))
    except Refused as refused:
        line.reject(column, refused)


def year_of_dates(table: Table) -> int | None:
    """Return the fiscal year in which most full dates of a long table lie."""
    if not table.columns or table.columns.date is None:
        return None
    years: Counter[int] = Counter()
    for number, _ in table.grid.rows():
        found = _FULL_DATE.fullmatch(plain(table.grid.text(number, table.columns.date)))
        if found:
            years[fiscal_year_of_month(int(found["year"]), int(found["month"]))] += 1
    return years.most_common(1)[0][0] if years else None
