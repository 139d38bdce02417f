"""A dispatcher's term: from taking the lease to losing it, and what has to be done at its beginning."""

from __future__ import annotations

from functools import partial
from typing import Final

from bot import logs
from bot.delivery.tools import Tools
from bot.store import batches, lease
from bot.store.database import Connection
from bot.store.moments import SECOND, micros

SET_BACK: Final = 600 * SECOND
"""A clock that runs back further than this is no longer believed about how old a retry key is."""

_log = logs.get(__name__)


class Term:
    """`epoch` is 0 while somebody else is the dispatcher; `until` is when the lease ends (monotonic s)."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._ttl = tools.tempo.ttl
        self.epoch = 0
        self.until = 0.0

    def hold(self) -> bool:
        """Take the lease, or renew it when a third of it is over. Returns whether it is ours.

        Raises Fenced, StoreError.
        """
        now, ttl = self._tools.clock.monotonic(), self._ttl / SECOND
        if self.epoch and now < self.until - ttl * 2 / 3:
            return True
        held = self._renew() if self.epoch else self._take()
        if held:
            self.until = now + ttl
        return held

    def fence(self, connection: Connection) -> None:
        """Let a transaction pass only as ours. Raises Fenced."""
        lease.fence(connection, self.epoch)

    def release(self) -> None:
        """Give the lease up. Raises StoreError."""
        if self.epoch:
            now = micros(self._tools.clock.now())
            self._tools.database.write(partial(lease.release, epoch=self.epoch, now=now))
        self.drop()

    def drop(self) -> None:
        """Be the dispatcher no more, as far as this process is concerned."""
        self.epoch, self.until = 0, 0.0

    def _take(self) -> bool:
        tools, ttl, now = self._tools, self._ttl, micros(self._tools.clock.now())
        if not tools.database.read(partial(lease.is_free, owner=tools.owner, ttl=ttl, now=now)):
            return False

        def begin(connection: Connection) -> int:
            taken = lease.take(connection, tools.owner, ttl, now)
            if taken is None:
                return 0
            epoch, seen = taken
            recovered = batches.recover(connection)
            _mind_the_clock(connection, now, seen)
            _log.info("dispatcher_begins", epoch=epoch, recovered=recovered)
            return epoch

        self.epoch = tools.database.write(begin)
        return self.epoch > 0

    def _renew(self) -> bool:
        now = micros(self._tools.clock.now())

        def renew(connection: Connection) -> None:
            _mind_the_clock(connection, now, lease.renew(connection, self.epoch, self._ttl, now))

        self._tools.database.write(renew)
        return True


def _mind_the_clock(connection: Connection, now: int, seen: int) -> None:
    """After the clock was set back, nobody knows how old a retry key is: a person decides.

    And what was put off to a moment of the old time would wait too long.
    """
    if now < seen - SET_BACK:
        for order_id in batches.doubtful_orders(connection):
            batches.give_up_doubtful(connection, order_id, "clock_set_back")
        batches.hurry(connection)
