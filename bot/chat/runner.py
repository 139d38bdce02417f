"""The reply side of a process: takes events that are kept, answers each once, takes over what others left."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot import logs
from bot.chat.lanes import Lanes, Ticket
from bot.chat.person import Talk
from bot.chat.replies import Replies
from bot.chat.sorry import Sorry
from bot.chat.turns import Turns, too_old
from bot.clock import Clock
from bot.lifecycle import Inbox
from bot.line.port import LinePort, Message
from bot.store import inbox
from bot.store.database import Database, StoreError
from bot.store.inbox import LEASE, Arrival, Entry, Place
from bot.store.moments import SECOND, micros
from bot.store.people import Overtaken

THREADS: Final = 16
"""Replies on their way at once: with LINE answering in 50 ms that is 300 a second."""

CAPACITY: Final = 2_000
"""Events held in memory; more stay in the database until there is room, or another process takes them."""

SWEEP_SECONDS: Final = 1.0
DRAIN_SECONDS: Final = 4.0
"""Time for replies on their way when the process stops; `gunicorn.conf.py` shares out the 10 s."""

MOST_FAILURES: Final = 3
"""Failed steps after which an event is given up, if the database takes at least that."""

LONGEST_PAUSE: Final = 8.0
"""Seconds between tries while the database does not do it; they grow up to this."""

_LEASE_SECONDS: Final = LEASE / SECOND
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a runner works with: see `bot.services`. `owner` is this process in the inbox.

    `pseudonym` turns a user id into what logs may say of that person.
    """

    database: Database
    line: LinePort
    clock: Clock
    owner: str
    sorry: Sorry
    pseudonym: Callable[[str], str]


class Runner:
    """Answers events in the background. Nothing runs before `start`."""

    def __init__(self, tools: Tools, talk: Talk, threads: int = THREADS) -> None:
        self._tools = tools
        self._turns = Turns(tools.database, tools.line, tools.clock, talk, tools.sorry, tools.owner)
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
        deadline = self._tools.clock.monotonic() + DRAIN_SECONDS
        self._lanes.stop(DRAIN_SECONDS)
        if self._sweeper.is_alive():  # what it is just taking over must be given up with the rest
            self._sweeper.join(max(1.0, deadline - self._tools.clock.monotonic()))
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
        with logs.bound(event_id=ticket.event_id):
            try:
                entry = self._look(ticket)
            except StoreError as error:
                return self._put_off(ticket, error)
            if entry is None:
                return None
            with logs.bound(person=self._tools.pseudonym(entry.person) if entry.person else "nobody"):
                return self._guarded(entry, ticket)

    def _look(self, ticket: Ticket) -> Entry | None:
        return self._tools.database.read(
            lambda connection: inbox.look(connection, ticket.event_id, self._tools.owner)
        )

    def _guarded(self, entry: Entry, ticket: Ticket) -> float | None:
        """Take a step. What fails for good comes to an end, or its person would never be answered again."""
        try:
            return self._step(entry, ticket)
        except Exception as error:
            # The database may do it later, and a person who changed is looked at again; anything else stays.
            passing = isinstance(error, StoreError | Overtaken)
            pause = self._put_off(ticket, error)
        if passing and ticket.failures < MOST_FAILURES:
            return pause
        try:
            return self._give_up(ticket)
        except StoreError as error:
            _log.warning("not_given_up", failure=str(error))
            return pause

    def _step(self, entry: Entry, ticket: Ticket) -> float | None:
        if entry.waits:
            ticket.looks += 1
            return min(1.0, 0.05 * (1 << min(ticket.looks, 5)))
        if entry.state is Inbox.NEW:
            messages = self._turns.take(entry)
            _log.debug("turn_taken", messages=len(messages))
            return self._replies.send(entry, ticket, messages, 0) if messages else None
        if too_old(entry, self._tools.clock):
            self._close(entry, Inbox.EXPIRED)
            return None
        return self._once_more(entry, ticket)

    def _once_more(self, entry: Entry, ticket: Ticket) -> float | None:
        """Try a reply again that was tried before, here or in a process that is gone."""
        attempt = partial(inbox.count_attempt, event_id=entry.event_id, owner=self._tools.owner)
        if not self._tools.database.write(attempt):
            return None
        messages: list[Message] = json.loads(entry.reply or b"[]")
        return self._replies.send(entry, ticket, messages, entry.attempts)

    def _give_up(self, ticket: Ticket) -> float | None:
        """Say sorry instead of the answer, or close an event for which not even that can be done."""
        entry = self._look(ticket)
        if entry is None:
            return None
        if entry.state is not Inbox.NEW:
            self._close(entry, Inbox.EXPIRED)
            return None
        try:
            messages = self._turns.give_up(entry)
        except Exception as error:
            _log.error("apology_not_kept", **logs.where(error))
            self._close(entry, Inbox.UNREADABLE)
            return None
        return self._replies.send(entry, ticket, messages, 0) if messages else None

    def _close(self, entry: Entry, final: Inbox) -> None:
        tools = self._tools
        tools.database.write(
            lambda connection: inbox.finish(connection, entry.event_id, tools.owner, entry.state, final)
        )

    def _put_off(self, ticket: Ticket, error: Exception) -> float:
        """Return the pause after a failed step: a short one after a lost race, growing ones otherwise."""
        ticket.failures += 1
        if isinstance(error, Overtaken):
            return 0.05
        reason = str(error) if isinstance(error, StoreError) else ""
        _log.warning("event_put_off", reason=reason, **logs.where(error))
        return float(min(LONGEST_PAUSE, 2 ** (ticket.failures - 1)))
