"""A migrated database of each kind, and a bot around it that talks to the practice LINE."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
from flask import Flask

from bot import logs
from bot.chat.intake import intake
from bot.chat.person import Talk
from bot.chat.runner import Runner, Tools
from bot.chat.sorry import Sorry
from bot.clock import Clock, PracticeClock
from bot.line.port import LinePort
from bot.line.sdk import LineApi
from bot.services import Services
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.component.offices import Office
from tests.component.reminding import ANN, BEN, World
from tests.component.talks import Parrot
from tests.databases import create_postgres
from tests.emulator_process import Practice, start_emulator
from tests.real import voices
from tests.serving import serving


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> Iterator[str]:
    """Return the name of a PostgreSQL database with every table, to be copied."""
    with create_postgres(postgres_server) as url:
        upgrade(url)
        yield url.partition("?")[0].rsplit("/", 1)[1]


@pytest.fixture
def postgres_store_url(postgres_server: str, migrated_postgres: str) -> Iterator[str]:
    with create_postgres(postgres_server, migrated_postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a database with all tables and no rows; the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_store_url"))


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    """Return an open database with all tables and no rows."""
    database = Database(store_url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def practice_line() -> Iterator[Practice]:
    """Return the practice LINE of this test process."""
    practice = start_emulator()
    yield practice
    practice.stop()


@pytest.fixture
def practice(practice_line: Practice) -> Practice:
    """Return the practice LINE, without anything of other tests."""
    practice_line.reset()
    practice_line.put("/emulator/webhook", {"url": None, "redelivery": True})
    return practice_line


PHONE = "088-000-0000"
"""The number that an apology names."""

KEY = "k" * 32
"""What pseudonyms in the logs are made with."""


@dataclass(frozen=True)
class Bot:
    """A bot in this process: its database, its replies, its web."""

    database: Database
    runner: Runner
    app: Flask


MakeBot = Callable[..., Bot]


@pytest.fixture
def make_bot(store_url: str, practice: Practice) -> Iterator[MakeBot]:
    """Return a function that starts bots on one database; each is a process of its own to the others."""
    made: list[Bot] = []
    clock = PracticeClock(practice.base_url)

    def make(
        *,
        owner: str = "web-1",
        talk: Talk | None = None,
        running: bool = True,
        line: LinePort | None = None,
        clock: Clock = clock,
    ) -> Bot:
        database = Database(store_url)
        line = line or LineApi(practice.base_url, practice.token)
        sorry, pseudonym = Sorry(voices(), lambda: PHONE), partial(logs.person, key=KEY)
        runner = Runner(Tools(database, line, clock, owner, sorry, pseudonym), talk or Parrot())
        app = Flask("bot")
        app.register_blueprint(intake(runner, Clock(), [practice.secret]))
        if running:
            runner.start()
        made.append(Bot(database, runner, app))
        return made[-1]

    yield make
    for bot in made:
        bot.runner.stop()
        bot.database.close()
    clock.close()


@contextmanager
def served(app: Flask, practice: Practice) -> Iterator[None]:
    """Serve the app on a free port and let the practice LINE call it."""
    with serving(app) as address:
        practice.put("/emulator/webhook", {"url": f"{address}/webhook", "redelivery": True})
        yield


@pytest.fixture
def bot(make_bot: MakeBot, practice: Practice) -> Iterator[Bot]:
    """Return a running bot that the practice LINE calls."""
    bot = make_bot()
    with served(bot.app, practice):
        yield bot


@pytest.fixture
def office(city_services: Services, store_url: str, quick_hashes: None) -> Iterator[Office]:
    """Return a live console without staff; the test runs once on each kind of database."""
    office = Office.of(city_services, store_url)
    yield office
    office.database.close()


@pytest.fixture
def world(database: Database) -> World:
    """Return a Wednesday noon in a city in which Ann (English) lives in area C and Ben (Japanese) too."""
    world = World(database)
    world.moves(ANN, "C", language="en")
    world.moves(BEN, "C", language="ja")
    return world
