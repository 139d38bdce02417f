"""Something of the database that many ask for, looked up every few seconds: no question waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from bot import logs
from bot.clock import Clock
from bot.store.database import Connection, Database, StoreError

LOOK_SECONDS: Final = 5.0
"""How old what is known may get."""

T = TypeVar("T")
_log = logs.get(__name__)


class Board(Generic[T]):
    """Called, it gives what `look` found last; without the database what it found before.

    `look` gets a connection. `known` is False until the database has answered once.
    """

    def __init__(self, database: Database, clock: Clock, look: Callable[[Connection], tuple[T, ...]]) -> None:
        self._database = database
        self._clock = clock
        self._look = look
        self._looking = threading.Lock()
        self._found: tuple[T, ...] = ()
        self._looked_at: float | None = None
        self.known = False

    def __call__(self) -> tuple[T, ...]:
        """Return what is known. One thread looks; the others go on with what was found before."""
        if self._is_old() and self._looking.acquire(blocking=not self.known):
            try:
                if self._is_old():
                    self._look_up()
            finally:
                self._looking.release()
        return self._found

    def _is_old(self) -> bool:
        return self._looked_at is None or self._clock.monotonic() - self._looked_at > LOOK_SECONDS

    def _look_up(self) -> None:
        self._looked_at = self._clock.monotonic()
        try:
            self._found = self._database.read(self._look)
            self.known = True
        except StoreError as error:
            _log.warning("notices_not_looked_up", why=str(error))
