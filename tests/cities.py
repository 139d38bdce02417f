"""A console over the small content, whose changes go live when they are looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.console import changing
from bot.knowledge.swap import LiveContent
from bot.pantry import engine_for
from bot.publishing.live import StoredRevisions
from bot.services import Services
from bot.store.database import Database
from tests import small
from tests.component.offices import Office


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the indexes of changed contents are kept."""
    return tmp_path_factory.mktemp("frozen")


@pytest.fixture
def city(open_city: Callable[[str], Office], store_url: str) -> Office:
    """Return a console whose changes go live; the test runs once on each kind of database."""
    return open_city(store_url)


@pytest.fixture
def one_city(open_city: Callable[[str], Office], sqlite_store_url: str) -> Office:
    """Return a console whose changes go live, on SQLite only: for what no database can change."""
    return open_city(sqlite_store_url)


@pytest.fixture
def open_city(
    city_services: Services, frozen: Path, quick_hashes: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Office]]:
    """Return what opens a console whose changes go live when the content is looked at."""
    monkeypatch.setattr(changing, "engine_for", partial(engine_for, folder=frozen))
    with ExitStack() as ending:

        def opened(url: str) -> Office:
            database = Database(url)
            live = LiveContent(
                small.content(),
                lambda knowledge: engine_for(knowledge, city_services.voices, frozen),
                StoredRevisions(database),
            )
            office = Office.of(replace(city_services, content=live), url)
            ending.callback(database.close)
            ending.callback(office.database.close)
            return office

        yield opened
