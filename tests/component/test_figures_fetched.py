from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from bot.clock import JST
from bot.insights.accounts import friends_of
from bot.insights.fetching import AN_HOUR, EMPTY_DAYS, Fetching
from bot.insights.friends import Source
from bot.line.port import Outcome
from bot.store import counts, insights
from bot.store.database import Database
from bot.store.models import BUCKETS, question_counts

OPENED = date(2025, 11, 25)
MISSING = {date(2026, 3, day) for day in range(2, 9)}
"""A week that LINE never tells."""


@dataclass
class Town:
    """People who follow, block and come back, day by day; and LINE, which tells of it a day later."""

    seed: int
    friends: int = 0
    ever: int = 0
    blocking: int = 0
    history: dict[date, tuple[int, int]] = field(default_factory=dict)
    today: date = OPENED
    calls: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def live_a_day(self, database: Database) -> None:
        """Let people come and go; the bot counts each of them as it sees them."""
        new = self.dice.randrange(0, 9)
        back = self.dice.randrange(0, min(3, self.blocking) + 1)
        gone = self.dice.randrange(0, min(6, self.friends) + 1)
        self.ever, self.blocking = self.ever + new, self.blocking - back + gone
        self.friends += new + back - gone
        self.history[self.today] = (self.ever, self.blocking)
        day = self.today

        def see(connection: counts.Connection) -> None:
            for topic, n in ((insights.FOLLOWED, new + back), (insights.LEFT, gone)):
                key = {"day": day, "topic": topic, "language": "ja", "status": "none"}
                counts.increase(connection, question_counts, key, {"n": n, **dict.fromkeys(BUCKETS, 0)})

        database.write(see)

    def followers(self, day: date) -> tuple[Outcome, dict[str, object]]:
        self.calls += 1
        if day >= self.today or day in MISSING:
            return Outcome.ACCEPTED, {"status": "unready"}
        if day < date(2016, 11, 1):
            return Outcome.ACCEPTED, {"status": "out_of_service"}
        ever, blocking = self.history.get(day, (0, 0))
        told = {"status": "ready", "followers": ever, "blocks": blocking, "targetedReaches": ever - blocking}
        return Outcome.ACCEPTED, told

    def demographic(self) -> tuple[Outcome, dict[str, object]]:
        return Outcome.ACCEPTED, {"available": False}

    def unit(self, name: str, first: date, last: date) -> tuple[Outcome, dict[str, object]]:
        return Outcome.ACCEPTED, {}


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=JST)


@pytest.fixture
def sqlite(sqlite_store_url: str) -> Iterator[Database]:
    database = Database(sqlite_store_url)
    yield database
    database.close()


def test_friends_equal_the_truth_on_every_day_of_a_year(sqlite: Database) -> None:
    """Follows, blocks and returns of a year: each evening's figure, and each day's afterwards, is true."""
    town = Town(seed=6)
    fetching = Fetching(sqlite, town)
    told: dict[date, float] = {}
    for _ in range(365):
        town.live_a_day(sqlite)
        fetching.look(morning(town.today))
        figures = sqlite.read(partial(friends_of, until=town.today))
        if figures:
            assert figures[-1].day == town.today
            told[town.today] = figures[-1].value
        town.today += timedelta(days=1)
    truth = {day: ever - blocking for day, (ever, blocking) in town.history.items()}
    assert told == truth
    figures = sqlite.read(partial(friends_of, until=town.today - timedelta(days=1)))
    assert {one.day: one.value for one in figures if one.day in truth} == truth
    estimated = {one.day for one in figures if one.source is Source.ESTIMATE}
    assert estimated == MISSING | {town.today - timedelta(days=1)}


def test_a_year_is_filled_in_without_more_calls_than_line_takes(database: Database) -> None:
    """A console that is set up late asks for every day once, in any number of processes, never too fast."""
    town = Town(seed=1)
    for n in range(90):
        town.today = OPENED + timedelta(days=n)
        town.history[town.today] = (100 + n, 1)
    town.today += timedelta(days=1)
    now, at_start = morning(town.today), town.calls
    for minute in range(60):
        Fetching(database, town).look(now + timedelta(minutes=minute))
    assert town.calls - at_start == AN_HOUR
    for minute in range(60, 240):
        Fetching(database, town).look(now + timedelta(minutes=minute))
    told = database.read(insights.line_told)
    known = [one.day for one in told if one.followers]
    retried = 3 * 7  # the missing week lies within the time, and is asked for again once a day only
    assert known == [day for day in sorted(town.history) if day not in MISSING]
    assert len(told) <= 90 + EMPTY_DAYS
    assert town.calls <= len(told) + retried


def test_a_refusal_ends_the_look_and_loses_nothing(sqlite: Database) -> None:
    """What LINE told before it refused is kept, and the next look goes on from there."""
    town = Town(seed=2, today=date(2026, 1, 10))
    for n in range(9):
        town.history[date(2026, 1, 1) + timedelta(days=n)] = (50, 5)
    real, answers = town.followers, [0]

    def moody(day: date) -> tuple[Outcome, dict[str, object]]:
        answers[0] += 1
        return (Outcome.THROTTLED, {}) if answers[0] == 3 else real(day)

    town.followers = moody  # type: ignore[method-assign]
    fetching = Fetching(sqlite, town)
    assert fetching.look(morning(town.today)) is False
    assert [one.day.day for one in sqlite.read(insights.line_told)] == [8, 9]
    assert fetching.look(morning(town.today)) is True
    assert [one.day.day for one in sqlite.read(insights.line_told)][:2] == [3, 4]
