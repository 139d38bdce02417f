"""What a calendar says of one area and category, gathered cell by cell, row by row, sheet by sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.knowledge.importers.draft import Entry, joined
from bot.knowledge.importers.fiscal import MONTHS
from bot.knowledge.importers.grid import in_words
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.importers.weekdays import Rules


@dataclass(slots=True)
class Gathered:
    """The days of one area and category in one fiscal year. `places` are the rows that speak of it."""

    about: str
    places: list[str] = field(default_factory=list)
    days: dict[date, str] = field(default_factory=dict)
    rules: list[tuple[int, Rules]] = field(default_factory=list)
    months: set[int] = field(default_factory=set)

    def add_days(self, days: tuple[date, ...], place: str) -> None:
        """Add dates. Raises Refused when one stands in an earlier cell already."""
        for day in days:
            if day in self.days:
                raise Refused(
                    remark("{day} stands at {place} already.", day=day, place=in_words(self.days[day]))
                )
            self.days[day] = place
            self.months.add(day.month)

    def add_rules(self, rules: Rules, *months: int) -> None:
        """Add weekdays for some months, or for all of them when none is named."""
        for month in months or MONTHS:
            self.rules.append((month, rules))
            self.months.add(month)

    def entry(self, key: tuple[str, str, int], report: Report) -> Entry | None:
        """Return all of it as one entry; None, with the reason in the report, when a month is missing."""
        missing = [str(month) for month in MONTHS if month not in self.months]
        if missing:
            reason = remark(
                "Nothing is said about month {months}: write なし where there is no collection.",
                months=", ".join(missing),
            )
            report.reject(self.places[0], self.about, reason)
            return None
        area, category, year = key
        return Entry(area, category, year, joined(self.days, self.rules), self.places[0])
