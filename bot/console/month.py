"""One month as a calendar shows it: whole weeks from Sunday on, with the months before and after it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_WRITTEN: Final = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day."""

    first: date

    @property
    def weeks(self) -> list[list[date]]:
        """Its weeks, Sunday first, whole: with days of the months around it."""
        return calendar.Calendar(calendar.SUNDAY).monthdatescalendar(self.first.year, self.first.month)

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that are shown."""
        weeks = self.weeks
        return weeks[0][0], weeks[-1][-1]

    @property
    def before(self) -> Month:
        """The month before."""
        return month_of(self.first - timedelta(days=1))

    @property
    def after(self) -> Month:
        """The month after."""
        return month_of(self.first + timedelta(days=31))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def month_of(day: date) -> Month:
    """Return the month of a day."""
    return Month(day.replace(day=1))


def asked_for(text: str, today: date) -> Month:
    """Return the month that an address names (`2026-11`), this month for anything else."""
    found = _WRITTEN.fullmatch(text)
    return Month(date(int(found[1]), int(found[2]), 1)) if found else month_of(today)
