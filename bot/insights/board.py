"""Everything that the board of subscribers shows, put together for one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.clock import JST
from bot.insights import goals
from bot.insights.accounts import LINE, by_account
from bot.insights.friends import ONE_DAY, Figure, Source
from bot.insights.goals import Outlook, Series, Sum
from bot.insights.hiding import hidden_below
from bot.knowledge.kpi import Goal, Kpi
from bot.store import campaigns, insights
from bot.store.database import Connection
from bot.store.moments import micros, moment

LOOK_BACK: Final = timedelta(days=90)
"""How far back broadcasts and campaigns are shown."""

AFTER: Final = 3
"""Days after a broadcast whose blocks are looked at, the day itself included."""

SPANS: Final = {"quarter": (91, 1), "year": (365, 7), "all": (3660, 28)}
"""What the chart can show: name -> (days back, days between two points)."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its last figure, and what it gained in a week and in 30 days (None: not known)."""

    id: str
    figure: Figure | None
    week: float | None
    month: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the table under the chart: the sum, and what is known of each account at that time."""

    sum: Sum
    by_account: Mapping[str, Figure | None]


@dataclass(frozen=True, slots=True)
class Other:
    """A further goal and the last figure that was entered for it."""

    goal: Goal
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Effect:
    """One broadcast: how many people got it, and how many blocked in the days after."""

    id: int | None
    title: str
    due_at: int
    accepted: int
    lost: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board of a day; `told` is the last day of which LINE told figures.

    Counts of people by language and area are None where they are too small to be shown.
    """

    today: date
    told: date | None
    sum: Sum
    accounts: Sequence[Account]
    outlook: Outlook | None
    week: tuple[float | None, float | None]
    month: tuple[float | None, float | None]
    points: Sequence[Point]
    others: Sequence[Other]
    languages: Mapping[str, int | None]
    areas: Mapping[str, int | None]
    gained: Mapping[str, campaigns.Gained]
    came: int
    went: int
    effects: Sequence[Effect]
    demographic: tuple[date, Mapping[str, Any]] | None

    @property
    def line(self) -> Account:
        """The LINE account."""
        return self.accounts[0]


def board(connection: Connection, kpi: Kpi, now: datetime, span: str = "quarter") -> Board:
    """Return the board as it is now; `span` is one of SPANS."""
    today = now.astimezone(JST).date()
    series = by_account(connection, kpi, today)
    goal, since = kpi.subscribers, today - LOOK_BACK
    came = insights.arrivals(connection, since, today)
    return Board(
        today,
        max((one.day for one in series[LINE] if one.source is Source.LINE), default=None),
        goals.total(series, today),
        [_account(series, account, today) for account in series],
        goals.outlook(series, goal.goal, goal.by, today) if goal else None,
        _compared(series, today, 7),
        _compared(series, today, 30),
        points(series, today, span),
        [Other(one, last_entered(connection, one.id, today)) for one in kpi.others],
        hidden_below(insights.readers_by(connection, "language")),
        hidden_below(insights.readers_by(connection, "area")),
        campaigns.gained(connection, since, today),
        *_moved(came),
        effects(connection, (micros(now - LOOK_BACK), micros(now)), today),
        insights.demographic(connection),
    )


def points(series: Series, today: date, span: str) -> list[Point]:
    """Return the table of a span, the latest day first, from the first day with any figure on."""
    back, step = SPANS[span]
    first = min((figures[0].day for figures in series.values() if figures), default=today + ONE_DAY)
    chosen = [today - timedelta(days=n) for n in range(0, back, step)]
    return [
        Point(goals.total(series, day), {one: goals.latest(series[one], day) for one in series})
        for day in chosen
        if day >= first
    ]


def last_entered(connection: Connection, series: str, day: date) -> Figure | None:
    """Return the last figure that was entered for a series by the end of a day."""
    figures = [
        Figure(one.day, one.value, Source.ENTERED)
        for one in insights.entered(connection)
        if one.series == series
    ]
    return goals.latest(figures, day)


def _account(series: Series, account: str, today: date) -> Account:
    figures = series[account]
    alone = {account: figures}
    gains = (goals.change(alone, today - timedelta(days=back), today) for back in (7, 30))
    return Account(account, goals.latest(figures, today), *gains)


def _compared(series: Series, today: date, length: int) -> tuple[float | None, float | None]:
    """Return what was gained in the last so many days, and in as many before."""
    middle = today - timedelta(days=length)
    return goals.change(series, middle, today), goals.change(series, middle - timedelta(days=length), middle)


def _moved(came: Mapping[date, Mapping[str, tuple[int, int]]]) -> tuple[int, int]:
    """Return how many followed and how many blocked, as the bot saw it."""
    pairs = [pair for by_language in came.values() for pair in by_language.values()]
    return sum(came for came, _ in pairs), sum(went for _, went in pairs)


def effects(connection: Connection, times: tuple[int, int], today: date) -> list[Effect]:
    """Return the broadcasts between two moments with the blocks of the day itself and the two after it."""
    found = []
    for sent in insights.sent_between(connection, *times):
        day = moment(sent["due_at"]).astimezone(JST).date()
        last = day + timedelta(days=AFTER - 1)
        moved = insights.arrivals(connection, day, last)
        lost = sum(went for languages in moved.values() for _, went in languages.values())
        found.append(Effect(**sent, lost=lost, complete=last < today))
    return found


__all__ = ["AFTER", "LINE", "LOOK_BACK", "SPANS", "Board", "board", "points"]
