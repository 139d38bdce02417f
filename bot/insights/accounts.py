"""The figures of every account of the city, read together."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.insights.friends import Figure, LineDay, Source, friends
from bot.knowledge.kpi import Kpi
from bot.store import insights
from bot.store.database import Connection

LINE: Final = "line"
"""The series of the LINE account; earlier years of it can be entered by hand too."""


def friends_of(connection: Connection, until: date) -> list[Figure]:
    """Return the friends of the LINE account on each day up to `until`."""
    told = [
        LineDay(one.day, one.status, one.followers, one.reaches, one.blocks)
        for one in insights.line_told(connection)
    ]
    first = min((one.day for one in told if one.friends is not None), default=until)
    ours = {
        day: sum(came - went for came, went in by_language.values())
        for day, by_language in insights.arrivals(connection, first, until).items()
    }
    early = {one.day: one.value for one in insights.entered(connection) if one.series == LINE}
    return friends(told, ours, early, until)


def by_account(connection: Connection, kpi: Kpi, until: date) -> dict[str, list[Figure]]:
    """Return the figures of each account in order of days: LINE first, then as the city lists them."""
    series: dict[str, list[Figure]] = {account.id: [] for account in kpi.accounts}
    for one in insights.entered(connection):
        if one.series in series and one.day <= until:
            series[one.series].append(Figure(one.day, one.value, Source.ENTERED))
    return {LINE: friends_of(connection, until), **series}
