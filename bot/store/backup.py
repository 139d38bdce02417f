"""A copy of the whole database in one file, taken while the service runs, and the way back from it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory
from sqlalchemy import URL, text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.engine import database_address, make_engine
from bot.store.migrate import MIGRATIONS

_SQLITE: Final = b"SQLite format 3\0"
_POSTGRES: Final = b"PGDMP"

_BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: left over, it would be taken for part of the new one."""

_PLAIN: Final = ("--no-owner", "--no-privileges")

_OTHERS: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_TABLES: Final = text("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")


class NoBackup(Exception):
    """It was not done, and nothing was changed. Says in one sentence why, and what to do."""


def backup(url: str, file: Path) -> None:
    """Write a copy of the database at `url` to a new file. The service may go on meanwhile.

    Raises NoBackup; then there is no file.
    """
    address = database_address(url)
    if file.exists():
        raise NoBackup(f"{file} is there already: name another file.")
    with _finished_only(file) as unfinished:
        if address.get_backend_name() == "sqlite":
            _copy_sqlite(address, unfinished)
        else:
            _run("pg_dump", address, ["--format=custom", *_PLAIN, f"--file={unfinished}"])


def restore(url: str, file: Path) -> None:
    """Bring the database at `url` to what a copy holds. It has to be new or empty, and used by nobody.

    Raises NoBackup; then the database is as it was.
    """
    address = database_address(url)
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_SQLITE))
    except OSError as error:
        raise NoBackup(f"{file} cannot be read ({error.strerror}).") from None
    is_sqlite = address.get_backend_name() == "sqlite"
    if not begins.startswith(_SQLITE if is_sqlite else _POSTGRES):
        kind = "SQLite" if is_sqlite else "PostgreSQL"
        raise NoBackup(f"{file} is no copy of a {kind} database, which DATABASE_URL names.")
    if is_sqlite:
        _restore_sqlite(address, file)
    else:
        _restore_postgres(url, address, file)


def _copy_sqlite(address: URL, target: Path) -> None:
    source = Path(str(address.database))
    if not source.exists():
        raise NoBackup(f"There is no database at {source}.")
    try:
        with closing(_open(source)) as there, closing(sqlite3.connect(target)) as copy:
            there.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # then it is one file, wherever it is read
            _check(copy, source)
    except sqlite3.Error as error:
        raise NoBackup(f"The database could not be copied ({error}).") from None


def _restore_sqlite(address: URL, file: Path) -> None:
    target = Path(str(address.database))
    parts = [target, *(target.with_name(target.name + end) for end in _BESIDE)]
    if there := [part for part in parts if part.exists()]:
        raise NoBackup(f"{there[0]} is there, and may be in use: stop the service, move it away, restore.")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            _finished_only(target) as unfinished,
            closing(_open(file)) as copy,
            closing(sqlite3.connect(unfinished)) as filled,
        ):
            _check(copy, file)
            _known_version(copy.execute("SELECT version_num FROM alembic_version").fetchall())
            copy.backup(filled)
    except sqlite3.Error as error:
        raise NoBackup(f"{file} is no copy that `backup` made, or is damaged ({error}).") from None


def _restore_postgres(url: str, address: URL, file: Path) -> None:
    engine = make_engine(url, "awamado-restore")
    try:
        with engine.connect() as connection:
            if connection.execute(_OTHERS).scalar_one():
                raise NoBackup("The database is in use: stop the service and whoever else is connected.")
            if connection.execute(_TABLES).scalar_one():
                raise NoBackup("The database has tables: create a new one and name it in DATABASE_URL.")
    except SQLAlchemyError as error:
        raise NoBackup(f"The database cannot be used ({type(error).__name__}).") from None
    finally:
        engine.dispose()
    words = [*_PLAIN, "--single-transaction", "--exit-on-error", f"--dbname={address.database}"]
    _run("pg_restore", address, [*words, str(file)])


def _check(database: sqlite3.Connection, file: Path) -> None:
    (told,) = database.execute("PRAGMA integrity_check").fetchone()
    if told != "ok":
        raise NoBackup(f"{file} is damaged: {str(told)[:200]}.")


def _known_version(found: Sequence[tuple[str]]) -> None:
    """Refuse what a later version of the bot made: this one could not read it."""
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if not {row[0] for row in found} <= known:
        raise NoBackup("The copy was made by a later version: install that one, then restore.")


def _open(file: Path) -> sqlite3.Connection:
    """Open a database that is there, without changing it."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


@contextmanager
def _finished_only(file: Path) -> Iterator[Path]:
    """Lend a name beside the file; it becomes the file when all went well, readable by its owner alone."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        unfinished.touch(mode=0o600)
        yield unfinished
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(file)
    except OSError as error:
        raise NoBackup(f"{file} cannot be written ({error.strerror}).") from None
    finally:
        unfinished.unlink(missing_ok=True)


def _run(program: str, address: URL, words: Sequence[str]) -> None:
    """Run a program of PostgreSQL's; who connects where goes by its environment, which others cannot see."""
    path = shutil.which(program)
    if path is None:
        raise NoBackup(f"{program} is not on this machine: install PostgreSQL's client programs.")
    told = {
        "PGHOST": address.host or address.query.get("host"),
        "PGPORT": address.port or address.query.get("port"),
        "PGUSER": address.username,
        "PGPASSWORD": address.password,
        "PGDATABASE": address.database,
        "PGSSLMODE": address.query.get("sslmode"),
    }
    environment = {**os.environ, **{name: str(value) for name, value in told.items() if value}}
    done = subprocess.run(  # noqa: S603  # a program of PostgreSQL's, no shell
        [path, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        first = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise NoBackup(f"{first[:200]}.")
