"""SQLite's one writer thread: many small changes, one commit, each waiter its own result.

Threads that write on connections of their own wait for the lock in steps of sleep, for seconds at worst;
a queue does not, and one flush to disk then serves all who came meanwhile.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from bot.store.engine import WRITES

T = TypeVar("T")

BATCH = 256
"""Most changes in one commit, so that nobody waits behind an endless one."""


class Late(Exception):  # a fact, not a fault of the caller
    """The change was not committed within the time its caller had."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Connection], Any]
    result: Future[Any] = field(default_factory=Future)


class Writer:
    """A thread that owns the only writing connection of this process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{WRITES: True})
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None
        self._start = threading.Lock()

    def submit(self, work: Callable[[Connection], T], timeout: float) -> T:
        """Return what `work` returned, once committed. Raises what it raised, or Late after `timeout` s."""
        self._ensure_running()
        job = _Job(work)
        self._jobs.put(job)
        try:
            result: T = job.result.result(timeout)
        except TimeoutError:
            job.result.cancel()
            raise Late from None
        return result

    def close(self) -> None:
        """Commit what waits, then end the thread."""
        if self._thread:
            self._jobs.put(None)
            self._thread.join()

    def _ensure_running(self) -> None:
        """Start on first use: a thread does not survive the fork of a web server."""
        if self._thread and self._thread.is_alive():
            return
        with self._start:
            if not (self._thread and self._thread.is_alive()):
                self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while first := self._jobs.get():
            jobs, more = self._take(first)
            self._commit(jobs)
            if not more:
                break
        self._drop_connection()

    def _take(self, first: _Job) -> tuple[list[_Job], bool]:
        """Return all that waits, up to a batch, and False when the end was asked for."""
        jobs: list[_Job] = [first]
        with contextlib.suppress(Empty):
            while len(jobs) < BATCH:
                job = self._jobs.get_nowait()
                if job is None:
                    return jobs, False
                jobs.append(job)
        return jobs, True

    def _commit(self, jobs: list[_Job]) -> None:
        """Run the jobs in one transaction; nobody hears of success before the commit."""
        running = [job for job in jobs if job.result.set_running_or_notify_cancel()]
        if not running:
            return
        try:
            connection = self._connection = self._connection or self._engine.connect()
            with connection.begin():
                outcomes = [_in_savepoint(connection, job.work) for job in running]
        except Exception as error:
            self._drop_connection()
            for job in running:
                job.result.set_exception(error)
            return
        for job, (result, failure) in zip(running, outcomes, strict=True):
            if failure:
                job.result.set_exception(failure)
            else:
                job.result.set_result(result)

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with contextlib.suppress(Exception):
                connection.invalidate()
                connection.close()


def _in_savepoint(
    connection: Connection, work: Callable[[Connection], T]
) -> tuple[T | None, Exception | None]:
    """Run one job so that its failure undoes its own changes only. Returns (result, what it raised)."""
    # Straight to the driver: for commands this small SQLAlchemy's own work is the larger part.
    sqlite = connection.connection.driver_connection
    assert sqlite is not None
    sqlite.execute("SAVEPOINT job")
    try:
        result = work(connection)
    except Exception as error:
        sqlite.execute("ROLLBACK TO job")
        sqlite.execute("RELEASE job")
        return None, error
    sqlite.execute("RELEASE job")
    return result, None
