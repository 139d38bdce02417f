"""Connections: which driver an address means, and how each database is told to keep its word."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

WRITES: Final = "awamado_writes"
"""Execution option of connections that write: on SQLite they take the write lock at once."""

BUSY_MS: Final = 2_000
"""How long SQLite waits for another process that is writing, in milliseconds."""

STATEMENT_MS: Final = 1_000
"""How long PostgreSQL may take for one statement, in milliseconds: LINE waits 2 s for its answer."""

POOL_SIZE: Final = 24
"""Connections kept open: one for each reply thread, and some for the web's threads."""


def database_address(url: str) -> URL:
    """Return the SQLAlchemy address of `sqlite:///…`, `postgresql://…` or `postgres://…`.

    Raises ValueError for any other database, and for an SQLite that lives only in memory: it keeps nothing.
    """
    address = make_url(url.replace("postgres://", "postgresql://", 1))
    match address.get_backend_name():
        case "postgresql":
            return address.set(drivername="postgresql+psycopg")
        case "sqlite" if address.database and address.database != ":memory:":
            return address
        case _:
            raise ValueError("DATABASE_URL must be sqlite:////absolute/path.db or postgresql://…")


def make_engine(url: str, name: str = "awamado") -> Engine:
    """Return an engine that hides parameters in its errors. `name` is what PostgreSQL lists it as."""
    address = database_address(url)
    if address.get_backend_name() == "postgresql":
        return _postgresql(address, name)
    return _sqlite(address)


def _postgresql(address: URL, name: str) -> Engine:
    return create_engine(
        address,
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_timeout=1,
        pool_pre_ping=True,  # a restarted database costs nobody an error
        connect_args={
            "application_name": name,
            "connect_timeout": 2,
            "tcp_user_timeout": 2_000,
            "options": f"-c statement_timeout={STATEMENT_MS} -c timezone=UTC",
        },
    )


def _sqlite(address: URL) -> Engine:
    Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        address,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Make commits survive a power cut (FULL) and readers never wait for writers (WAL)."""
    connection.isolation_level = None  # the driver must not open transactions of its own
    if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
        raise RuntimeError("SQLite cannot keep a write-ahead log here: use a local disk")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock before the first statement: a later upgrade of a read lock fails at once."""
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN"
    )
