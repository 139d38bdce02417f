"""One month for the council: the plan's figure, what was asked and answered, what was mended and sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import JST
from bot.insights import goals
from bot.insights.accounts import by_account
from bot.insights.board import Account, Effect, Other, effects, last_entered
from bot.insights.friends import ONE_DAY, Source
from bot.insights.goals import Outlook, Sum
from bot.insights.questions import Statistics, statistics
from bot.knowledge.kpi import Kpi
from bot.knowledge.schema import Hours
from bot.store import campaigns, insights
from bot.store.campaigns import Gained
from bot.store.database import Connection
from bot.store.moments import micros

MONTHS = 13
"""Ends of months in the course: a year and the month before it."""


@dataclass(frozen=True, slots=True)
class Report:
    """A month as it is known: `until` is its last day, or today while it goes on.

    `told` is the last day of the month of which LINE told figures; `mended` counts published changes of the
    content; `came` and `went` are follows and blocks as the bot saw them.
    """

    first: date
    until: date
    complete: bool
    told: date | None
    sum: Sum
    gained: float | None
    accounts: Sequence[Account]
    outlook: Outlook | None
    others: Sequence[Other]
    course: Sequence[Sum]
    questions: Statistics
    before: Statistics
    came: int
    went: int
    mended: int
    broadcasts: Sequence[Effect]
    campaigns: Gained


def report(connection: Connection, kpi: Kpi, office: Collection[Hours], month: date, today: date) -> Report:
    """Return the report of the month that holds a day, as far as it is known `today`."""
    first, last = month.replace(day=1), end_of(month)
    until, goal = min(last, today), kpi.subscribers
    series = by_account(connection, kpi, until)
    known = min((figures[0].day for figures in series.values() if figures), default=None)
    ends = [one for one in _ends(until) if known and one >= known]
    moved = insights.arrivals(connection, first, until)
    pairs = [pair for languages in moved.values() for pair in languages.values()]
    times = _start(first), _start(until + ONE_DAY) - 1
    earlier = first - ONE_DAY
    brought = campaigns.gained(connection, first, until).values()
    return Report(
        first=first,
        until=until,
        complete=last < today,
        told=max((one.day for one in series["line"] if one.source is Source.LINE), default=None),
        sum=goals.total(series, until),
        gained=goals.change(series, earlier, until),
        accounts=[
            Account(name, goals.latest(figures, until), None, goals.change({name: figures}, earlier, until))
            for name, figures in series.items()
        ],
        outlook=goals.outlook(series, goal.goal, goal.by, until) if goal else None,
        others=[Other(one, last_entered(connection, one.id, until)) for one in kpi.others],
        course=[goals.total(series, day) for day in ends],
        questions=statistics(connection, first, until, office),
        before=statistics(connection, earlier.replace(day=1), earlier, office),
        came=sum(came for came, _ in pairs),
        went=sum(went for _, went in pairs),
        mended=insights.content_changes(connection, *times),
        broadcasts=effects(connection, times, today),
        campaigns=Gained(sum(one.scans for one in brought), sum(one.follows for one in brought)),
    )


def end_of(month: date) -> date:
    """Return the last day of a day's month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - ONE_DAY


def months_back(today: date, count: int) -> list[date]:
    """Return the first days of the last months, the present one first."""
    found = [today.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - ONE_DAY).replace(day=1))
    return found


def curve(course: Sequence[Sum], goal: int | None, width: int, height: int) -> Mapping[str, object]:
    """Return what draws the course: `points` of a polyline, and at which height the goal's line is.

    The line begins where all accounts of the last sum are in: an account that joins later is no gain.
    """
    values = [one.value for one in course] + ([goal] if goal else [])
    if len(course) < 2:
        return {}
    low, high = min(values), max(values)
    room = max(1, high - low)

    def y(value: float) -> float:
        return round(height - (value - low) * height / room, 1)

    step = width / (len(course) - 1)
    whole = len(course[-1].missing)
    drawn = [(n, one) for n, one in enumerate(course) if len(one.missing) == whole]
    points = " ".join(f"{round(n * step, 1)},{y(one.value)}" for n, one in drawn)
    return {"points": points, "goal": y(goal) if goal else None, "low": low, "high": high}


def _ends(until: date) -> list[date]:
    return sorted([until, *(one - ONE_DAY for one in months_back(until, MONTHS)[:-1])])


def _start(day: date) -> int:
    return micros(datetime.combine(day, time(), JST))
