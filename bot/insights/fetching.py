"""Asks LINE for its figures, a few at a time: yesterday first, then every gap, then back to the first day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol

from bot import logs
from bot.clock import JST
from bot.insights.friends import ONE_DAY
from bot.line.insight import Told as Answer
from bot.line.port import Outcome
from bot.store import insights
from bot.store.database import Connection, Database
from bot.store.insights import Told
from bot.store.moments import SECOND, micros, moment

HOUR: Final = 3600 * SECOND
AN_HOUR: Final = 50
"""Calls an hour; LINE takes 60 of each kind."""

AT_ONCE: Final = 5
"""Days asked for in one look."""

EARLIEST: Final = date(2016, 11, 1)
"""LINE keeps no figures of days before."""

EMPTY_DAYS: Final = 31
"""After so many days in a row without anybody, going backwards, the account had not opened yet."""

UNIT_DAYS: Final = 14
"""For so many days after a broadcast its statistics still change."""

_LATE: Final = timedelta(days=10)
_log = logs.get(__name__)


class Port(Protocol):
    """LINE's statistics (`bot.line.insight.Insight`)."""

    def followers(self, day: date) -> Answer:
        """Return the figures of a day (JST)."""
        ...

    def demographic(self) -> Answer:
        """Return shares by age and so on."""
        ...

    def unit(self, name: str, first: date, last: date) -> Answer:
        """Return impressions and clicks of an aggregation unit."""
        ...


@dataclass(frozen=True, slots=True)
class Fetching:
    """One look after another; whatever was told is kept, so that another process goes on from there.

    `opened` is the account's first day, where the city says it.
    """

    database: Database
    line: Port

    def look(self, now: datetime, opened: date | None = None) -> bool:
        """Ask for what is due; return False when LINE wants to be left alone now. Raises StoreError."""
        return self._days(now, opened) and self._demographic(now) and self._units(now)

    def _days(self, now: datetime, opened: date | None) -> bool:
        at = micros(now)
        told = {one.day: one for one in self.database.read(insights.line_told)}
        left = AN_HOUR - self.database.read(partial(insights.asked_since, moment=at - HOUR))
        due = missing_days(told, now, opened)
        for _ in range(min(AT_ONCE, left)):
            day = next(due, None)
            if day is None:
                break
            outcome, body = self.line.followers(day)
            if outcome is not Outcome.ACCEPTED:
                return _refused("followers", outcome)
            one = Told(day, *_numbers(body), at)
            told[day] = one
            self.database.write(partial(insights.keep_day, told=one))
        return True

    def _demographic(self, now: datetime) -> bool:
        day = now.astimezone(JST).date()
        if self.database.read(insights.demographic_asked) == day:
            return True
        outcome, body = self.line.demographic()
        if outcome is not Outcome.ACCEPTED:
            return _refused("demographic", outcome)
        groups = {name: rows for name, rows in body.items() if isinstance(rows, list)}
        available = body.get("available") is True

        def keep(connection: Connection) -> None:
            insights.keep_demographic(connection, day, available, groups, micros(now))

        self.database.write(keep)
        return True

    def _units(self, now: datetime) -> bool:
        at = micros(now)
        since, before = at - UNIT_DAYS * 24 * HOUR, at - 24 * HOUR
        due = self.database.read(lambda connection: insights.units_to_ask(connection, since, before))
        for unit, sent_at in due[:1]:
            first = moment(sent_at).astimezone(JST).date()
            days = first, min(now.astimezone(JST).date(), first + timedelta(days=30))
            outcome, body = self.line.unit(unit, *days)
            if outcome is not Outcome.ACCEPTED:
                return _refused("unit", outcome)
            self.database.write(partial(insights.keep_unit, unit=unit, days=days, told=body, now=at))
        return True


def missing_days(told: Mapping[date, Told], now: datetime, opened: date | None = None) -> Iterator[date]:
    """Yield the days to ask for, the latest first, reading `told` as it grows.

    A day that was not ready is asked for again after an hour, and once a day when it is older than ten days.
    """
    today, at = now.astimezone(JST).date(), micros(now)
    empty, day = 0, today - ONE_DAY
    while day >= max(opened or EARLIEST, EARLIEST) and empty < EMPTY_DAYS:
        one = told.get(day)
        if one is None or (one.status == "unready" and one.asked_at <= at - _pause(today - day)):
            yield day
            one = told.get(day)
        if one is not None and one.status == "out_of_service":
            return
        empty = empty + 1 if one is not None and one.status == "ready" and not one.followers else 0
        day -= ONE_DAY


def _pause(age: timedelta) -> int:
    return HOUR if age <= _LATE else 24 * HOUR


def _numbers(body: Mapping[str, Any]) -> tuple[str, int | None, int | None, int | None]:
    """Return status, followers, reaches and blocks; what is no number of people counts as hidden."""
    status = str(body.get("status", ""))[:16]
    if status != "ready":
        return status or "unready", None, None, None
    followers, reaches, blocks = (
        value if isinstance(value := body.get(name), int) and value >= 0 else None
        for name in ("followers", "targetedReaches", "blocks")
    )
    return status, followers, reaches, blocks


def _refused(what: str, outcome: Outcome) -> bool:
    _log.warning("figures_not_told", what=what, outcome=outcome.value)
    return False
