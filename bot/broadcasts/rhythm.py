"""When the issues of a series go out: each week on a weekday, or each month on a day. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from typing import Any, Literal

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`on` is a weekday (Monday 0) or a day of the month; a month without that day has its last one instead.

    An issue is begun `days_ahead` before it is due at the local `at` (HH:MM), so that there is time to write.
    """

    every: Literal["week", "month"]
    on: int
    at: str
    days_ahead: int = 7

    def right(self) -> bool:
        """Return whether there are such days and such a time."""
        try:
            time.fromisoformat(self.at)
        except ValueError:
            return False
        first, last = (0, 6) if self.every == "week" else (1, 31)
        return first <= self.on <= last and 0 <= self.days_ahead <= 60 and self.every in ("week", "month")

    def falls_on(self, day: date) -> bool:
        """Return whether an issue is due on a day."""
        if self.every == "week":
            return day.weekday() == self.on
        return day.day == min(self.on, monthrange(day.year, day.month)[1])

    def days(self, first: date, last: date) -> Iterator[date]:
        """Yield the days of issues from one day to another, both included."""
        day = first
        while day <= last:
            if self.falls_on(day):
                yield day
            day += _DAY

    def kept(self) -> dict[str, Any]:
        """Return it as the store keeps it."""
        return asdict(self)


def rhythm(kept: Mapping[str, Any]) -> Rhythm:
    """Return a rhythm from what the store keeps."""
    return Rhythm(**kept)
