"""The database as the rest of the bot uses it: read something, write something, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.engine import make_engine
from bot.store.writer import Late, Writer

__all__ = ["Connection", "Database", "StoreError"]

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds a write may wait where nobody stands at the counter."""

HURRIED = 24
"""Threads for writes that have a deadline on PostgreSQL: more than the web has for requests."""


class StoreError(Exception):
    """The database did not do it, or not in time. Says which kind of failure, never a value."""


class Database:
    """One database: SQLite behind a single writer thread, or PostgreSQL directly.

    Raises ValueError for an address that is neither. Opens no connection before the first use.
    """

    def __init__(self, url: str, name: str = "awamado") -> None:
        self._engine = make_engine(url, name)
        self._writer = Writer(self._engine) if self._engine.dialect.name == "sqlite" else None
        self._hurried = ThreadPoolExecutor(HURRIED, "store-hurried")  # starts no thread before it is used

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` finds in one consistent view. Raises StoreError."""
        try:
            with self._engine.connect() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise StoreError(type(error).__name__) from None

    def write(self, work: Callable[[Connection], T], timeout: float | None = None) -> T:
        """Return what `work` returns once its changes are safe on disk; if it raises, nothing is changed.

        `work` may only speak to its connection: it can run in another thread. Raises StoreError when it is
        not committed within `timeout` seconds; the changes may then still arrive a little later. Without a
        timeout it waits as long as the database allows itself: `PATIENCE` for SQLite, and for PostgreSQL a
        second a statement.
        """
        try:
            if self._writer:
                return self._writer.submit(work, PATIENCE if timeout is None else timeout)
            return self._commit(work) if timeout is None else self._commit_in_time(work, timeout)
        except Late:
            raise StoreError("not committed in time") from None
        except SQLAlchemyError as error:
            raise StoreError(type(error).__name__) from None

    def _commit(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)

    def _commit_in_time(self, work: Callable[[Connection], T], timeout: float) -> T:
        """Commit in another thread, so that neither a wait for a connection nor many statements add up."""
        job = self._hurried.submit(self._commit, work)
        try:
            return job.result(timeout)
        except TimeoutError:
            job.cancel()
            raise Late from None

    def healthy(self, timeout: float = 1.0) -> bool:
        """Return True when a write transaction can be opened and committed now."""
        try:
            self.write(lambda connection: connection.execute(text("SELECT 1")), timeout)
        except StoreError:
            return False
        return True

    def close(self) -> None:
        """Finish what was handed in and let every connection go."""
        if self._writer:
            self._writer.close()
        self._hurried.shutdown(wait=False, cancel_futures=True)
        self._engine.dispose()
