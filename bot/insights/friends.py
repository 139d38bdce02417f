"""How many friends the account had on each day: LINE's figure where there is one, else our own count.

LINE's `followers` are all who ever added the account, so it never falls; friends are those minus `blocks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class Source(StrEnum):
    """Where a figure comes from: LINE's statistics, what the bot saw since, or a member of staff."""

    LINE = "line"
    ESTIMATE = "estimate"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class LineDay:
    """What LINE tells of one day (JST). Numbers are None unless the status is `ready`, and where hidden."""

    day: date
    status: str
    followers: int | None = None
    reaches: int | None = None
    blocks: int | None = None

    @property
    def friends(self) -> int | None:
        """Followers minus blocks, if LINE told both."""
        if self.status != "ready" or self.followers is None or self.blocks is None:
            return None
        return self.followers - self.blocks


@dataclass(frozen=True, slots=True)
class Figure:
    """One number at the end of one day (JST), and where it comes from."""

    day: date
    value: float
    source: Source


def friends(
    told: Iterable[LineDay], ours: Mapping[date, int], entered: Mapping[date, float], until: date
) -> list[Figure]:
    """Return the friends of each day up to `until`, without a gap from LINE's first figure on.

    `ours` is follows minus unfollows by day as the bot saw them: they carry the last figure of LINE's over
    days that LINE does not tell. `entered` are figures of days before LINE's first; they stand as they are.
    """
    known = {one.day: one.friends for one in told if one.friends is not None and one.day <= until}
    first = min(known, default=None)
    early = [
        Figure(day, value, Source.ENTERED)
        for day, value in sorted(entered.items())
        if day <= until and (first is None or day < first)
    ]
    return early if first is None else [*early, *_carried(known, ours, first, until)]


def _carried(
    known: Mapping[date, int | None], ours: Mapping[date, int], first: date, until: date
) -> Iterator[Figure]:
    now = 0
    for day in days(first, until):
        figure = known.get(day)
        now = now + ours.get(day, 0) if figure is None else figure
        yield Figure(day, now, Source.ESTIMATE if figure is None else Source.LINE)


def days(first: date, last: date) -> Iterator[date]:
    """Yield each day from the first to the last."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY
