"""What the city sent lately, looked up every few seconds and kept: no question waits for the database."""

from __future__ import annotations

import threading
from functools import partial
from typing import Final

from bot import logs
from bot.answers.notice import Notice
from bot.clock import Clock
from bot.notices import sent
from bot.store.database import Database, StoreError

LOOK_SECONDS: Final = 5.0
"""How old what is known may get."""

_log = logs.get(__name__)


class NoticeBoard:
    """Called, it gives the notices of the last weeks; without the database those known before."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._looking = threading.Lock()
        self._known: tuple[Notice, ...] = ()
        self._looked_at: float | None = None

    def __call__(self) -> tuple[Notice, ...]:
        """Return the notices, newest first. One thread looks; the others go on with what is known."""
        if self._is_old() and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._known

    def _is_old(self) -> bool:
        return self._looked_at is None or self._clock.monotonic() - self._looked_at > LOOK_SECONDS

    def _look(self) -> None:
        self._looked_at = self._clock.monotonic()
        try:
            self._known = self._database.read(partial(sent.known, now=self._clock.now()))
        except StoreError as error:
            _log.warning("notices_not_looked_up", why=str(error))
