"""The reply side of a process: takes events that are kept, answers each once, takes over what others left."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot import logs
from bot.chat.lanes import Lanes, Ticket
from bot.chat.person import Talk
from bot.chat.replies import Replies
from bot.chat.turns import Turns
from bot.clock import Clock
from bot.lifecycle import Inbox
from bot.line.port import LinePort, Message
from bot.store import inbox
from bot.store.database import Database, StoreError
from bot.store.inbox import LEASE, Arrival, Place
from bot.store.moments import SECOND, micros
from bot.store.people import Overtaken

THREADS: Final = 16
"""Replies on their way at once: with LINE answering in 50 ms that is 300 a second."""

CAPACITY: Final = 2_000
"""Events held in memory; more stay in the database until there is room, or another process takes them."""

SWEEP_SECONDS: Final = 1.0
DRAIN_SECONDS: Final = 6.0
"""Time for replies on their way when the process stops; platforms kill after 10 s."""
AGAIN_SECONDS: Final = 1.0
"""Pause after the database did not do it."""

_LEASE_SECONDS: Final = LEASE / SECOND
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a runner works with: see `bot.services`. `owner` is this process in the inbox."""

    database: Database
    line: LinePort
    clock: Clock
    owner: str


class Runner:
    """Answers events in the background. Nothing runs before `start`."""

    def __init__(self, tools: Tools, talk: Talk, threads: int = THREADS) -> None:
        self._tools = tools
        self._turns = Turns(tools.database, tools.line, tools.clock, talk, tools.owner)
        self._replies = Replies(tools.database, tools.line, tools.clock, tools.owner)
        self._lanes = Lanes(self._answer, tools.clock, threads, CAPACITY)
        self._stopping = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep_on, name="inbox-sweeper", daemon=True)

    def start(self, sweeping: bool = True) -> None:
        """Start the reply threads, and the sweeper unless somebody else calls `sweep` regularly."""
        self._lanes.start()
        if sweeping:
            self._sweeper.start()

    def stop(self) -> None:
        """Finish what is being answered, and give the rest to the other processes at once."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._lanes.stop(DRAIN_SECONDS)
        try:
            self._tools.database.write(lambda connection: inbox.release(connection, self._tools.owner))
        except StoreError as error:
            _log.warning("not_released", failure=str(error))

    @property
    def line_refused(self) -> bool:
        """True when LINE's last word was that our token is not (or no longer) valid."""
        return self._replies.refused

    def keep(self, arrivals: Sequence[Arrival], timeout: float) -> None:
        """Store events that just came in and answer them soon. Raises StoreError after `timeout` seconds."""
        tools, now = self._tools, micros(self._tools.clock.now())
        owner = None if self._stopping.is_set() or self._lanes.room() < len(arrivals) else tools.owner
        mine = set(
            tools.database.write(lambda connection: inbox.put(connection, arrivals, owner, now), timeout)
        )
        self._take(
            Place(arrival.event_id, arrival.person, arrival.sent_at, arrival.received_at)
            for arrival in arrivals
            if arrival.event_id in mine
        )

    def sweep(self) -> None:
        """Renew what this process holds, and take over open events that nobody holds. Raises StoreError."""
        tools, now = self._tools, micros(self._tools.clock.now())
        soon = tools.clock.monotonic() + _LEASE_SECONDS / 2
        held = self._lanes.due_for_renewal(soon, limit=CAPACITY)
        for start in range(0, len(held), 500):
            some = held[start : start + 500]
            renew = partial(inbox.renew, owner=tools.owner, now=now, event_ids=[one.event_id for one in some])
            tools.database.write(renew)
            for ticket in some:
                ticket.kept_until = soon + _LEASE_SECONDS / 2
        if room := min(self._lanes.room(), 200):
            claim = partial(inbox.claim, owner=tools.owner, now=now, limit=room)
            self._take(tools.database.write(claim))

    def _take(self, places: Iterable[Place]) -> None:
        kept_until = self._tools.clock.monotonic() + _LEASE_SECONDS
        for place in places:
            lane = place.person or place.event_id
            self._lanes.offer(Ticket(place.sent_at, place.received_at, place.event_id, lane, kept_until))

    def _sweep_on(self) -> None:
        while not self._stopping.wait(SWEEP_SECONDS):
            try:
                self.sweep()
            except StoreError as error:
                _log.warning("sweep_failed", failure=str(error))

    def _answer(self, ticket: Ticket) -> float | None:
        """Bring one event a step on. Returns None when it is closed or somebody else's, or the pause."""
        try:
            entry = self._tools.database.read(
                lambda connection: inbox.look(connection, ticket.event_id, self._tools.owner)
            )
            if entry is None:
                return None
            if entry.waits:
                ticket.looks += 1
                return min(1.0, 0.05 * (1 << min(ticket.looks, 5)))
            if entry.state is Inbox.NEW:
                messages = self._turns.take(entry)
                return self._replies.send(entry, ticket, messages, 0) if messages else None
            return self._once_more(entry, ticket)
        except Overtaken:
            return 0.05
        except StoreError as error:
            _log.warning("event_put_off", event_id=ticket.event_id, failure=str(error))
            return AGAIN_SECONDS

    def _once_more(self, entry: inbox.Entry, ticket: Ticket) -> float | None:
        """Try a reply again that was tried before, here or in a process that is gone."""
        attempt = partial(inbox.count_attempt, event_id=entry.event_id, owner=self._tools.owner)
        if not self._tools.database.write(attempt):
            return None
        messages: list[Message] = json.loads(entry.reply or b"[]")
        return self._replies.send(entry, ticket, messages, entry.attempts)
