"""A console over a few hundred things, whose changes go live when they are looked for."""

from __future__ import annotations

import shutil
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
from bot.settings import Settings
from bot.store.database import Database
from bot.wiring import build_services, close
from tests import small
from tests.component.offices import Office


@pytest.fixture(scope="session")
def few_things(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return content of a few hundred things, without the thousands of everyday words beside them."""
    folder = Path(shutil.copytree(small.content(), tmp_path_factory.mktemp("few") / "content"))
    (folder / "ordinary.csv").write_text("language,form\n", encoding="utf-8")
    return folder


@pytest.fixture
def city(open_city: Callable[[str], Office], store_url: str) -> Office:
    """Return a console over few things; the test runs once on each kind of database."""
    return open_city(store_url)


@pytest.fixture
def one_city(open_city: Callable[[str], Office], sqlite_store_url: str) -> Office:
    """Return a console over few things, on SQLite only: for what no database can change."""
    return open_city(sqlite_store_url)


@pytest.fixture(scope="session")
def few_services(few_things: Path, migrated_sqlite: Path) -> Iterator[Services]:
    """Return the services of a live account over few things; each test puts its own database beneath."""
    path = few_things.parent / "store.db"
    shutil.copy(migrated_sqlite, path)
    values = {
        "secret_key": "k" * 32,
        "database_url": f"sqlite:///{path}",
        "line_channel_secret": "s" * 32,
        "line_channel_access_token": "t" * 40,
        "content_dir": str(few_things),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        services = build_services(Settings.model_validate(values), "test")
    yield services
    close(services)


@pytest.fixture
def open_city(
    few_services: Services, few_things: Path, quick_hashes: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Office]]:
    """Return what opens a console whose changes go live when the content is looked at."""
    frozen = few_things.parent / "frozen"
    monkeypatch.setattr(changing, "engine_for", partial(engine_for, folder=frozen))
    with ExitStack() as ending:

        def opened(url: str) -> Office:
            database = Database(url)
            live = LiveContent(
                few_things,
                lambda knowledge: engine_for(knowledge, few_services.voices, frozen),
                StoredRevisions(database),
            )
            office = Office.of(replace(few_services, content=live), url)
            ending.callback(database.close)
            ending.callback(office.database.close)
            return office

        yield opened
