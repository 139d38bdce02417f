"""Brings a database to the present tables, from wherever it is. Needs no alembic.ini."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import StoreError
from bot.store.engine import WRITES, make_engine

MIGRATIONS: Final = Path(__file__).parent / "migrations"
"""The steps, in order of their numbers."""

_LOCK: Final = 4_203_110
"""Our number among PostgreSQL's advisory locks: two processes that migrate at once take turns."""


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at `url` up to a revision. Safe to call at every start. Raises StoreError."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Migrate the database at `url` down to a revision (`base` empties it). Raises StoreError."""
    _run(url, lambda config: command.downgrade(config, revision))


def is_current(connection: Connection) -> bool:
    """Return True when the tables are those this version of the bot was written for."""
    found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _run(url: str, order: Callable[[Config], None]) -> None:
    engine = make_engine(url, "awamado-migrate").execution_options(**{WRITES: True})
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            order(config)
    except SQLAlchemyError as error:
        raise StoreError(type(error).__name__) from error
    finally:
        engine.dispose()
