"""A console for tests of any room: real services, loaded once, over a database of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from bot.console.access import passwords
from bot.services import Services
from bot.settings import Settings
from bot.wiring import build_services, close
from tests import small
from tests.component.offices import Office


@pytest.fixture(scope="session")
def city_services(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Return the services of a live account over the small content; each test brings its own database."""
    path = tmp_path_factory.mktemp("services") / "store.db"
    shutil.copy(migrated_sqlite, path)
    values = {
        "secret_key": "k" * 32,
        "database_url": f"sqlite:///{path}",
        "line_channel_secret": "s" * 32,
        "line_channel_access_token": "t" * 40,
        "content_dir": str(small.content()),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        services = build_services(Settings.model_validate(values), "test")
    yield services
    close(services)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords as the real thing does, at the least cost."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)
    passwords._nobodys.cache_clear()


@pytest.fixture
def one_office(city_services: Services, sqlite_store_url: str, quick_hashes: None) -> Iterator[Office]:
    """Return a live console without staff, on SQLite only: for what no database can change."""
    office = Office.of(city_services, sqlite_store_url)
    yield office
    office.database.close()
