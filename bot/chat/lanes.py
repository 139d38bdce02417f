"""Work for a pool of threads in lanes: within a lane strictly one after the other, lanes side by side.

A person is a lane, so nobody's second question overtakes the first, and nobody waits for somebody else's.
"""

from __future__ import annotations

import heapq
import threading
from bisect import insort
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot import logs
from bot.clock import Clock

_log = logs.get(__name__)


@dataclass(order=True, slots=True)
class Ticket:
    """One piece of work and its place in its lane. `kept_until` is when its lease must have been renewed.

    `looks` counts how often an older event was in the way, `turned_away` how often LINE surely said no, and
    `failures` how often a step failed.
    """

    sent_at: int
    received_at: int
    event_id: str
    lane: str = field(compare=False)
    kept_until: float = field(default=0.0, compare=False)
    looks: int = field(default=0, compare=False)
    turned_away: int = field(default=0, compare=False)
    failures: int = field(default=0, compare=False)


Work = Callable[[Ticket], float | None]
"""Does one ticket. Returns None when it is done, or in how many seconds to call again; must not raise."""


class Lanes:
    """A bounded number of tickets and the threads that work them off."""

    def __init__(self, work: Work, clock: Clock, threads: int, capacity: int) -> None:
        self._work = work
        self._now = clock.monotonic
        self._capacity = capacity
        self._threads = [
            threading.Thread(target=self._run, name=f"reply-{number}", daemon=True)
            for number in range(threads)
        ]
        self._change = threading.Condition()
        self._tickets: dict[str, Ticket] = {}
        # Each lane with tickets is in exactly one place: ready, later, or in the hands of a thread.
        self._lanes: dict[str, list[Ticket]] = {}
        self._ready: deque[str] = deque()
        self._later: list[tuple[float, str]] = []
        self._stopping = False

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def room(self) -> int:
        """Return how many more tickets fit."""
        return max(0, self._capacity - len(self._tickets))

    def offer(self, ticket: Ticket) -> None:
        """Take a ticket in; one that is here already is not taken twice."""
        with self._change:
            if self._stopping or ticket.event_id in self._tickets:
                return
            self._tickets[ticket.event_id] = ticket
            if ticket.lane not in self._lanes:
                self._ready.append(ticket.lane)
            insort(self._lanes.setdefault(ticket.lane, []), ticket)
            self._change.notify()

    def due_for_renewal(self, until: float, limit: int) -> list[Ticket]:
        """Return tickets here whose lease ends before a moment of the monotonic clock."""
        with self._change:
            return [ticket for ticket in self._tickets.values() if ticket.kept_until < until][:limit]

    def stop(self, seconds: float) -> None:
        """Let running tickets come to an end, start no more, and forget the rest."""
        with self._change:
            self._stopping = True
            self._change.notify_all()
        deadline = self._now() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - self._now()))

    def _run(self) -> None:
        while ticket := self._next():
            try:
                again = self._work(ticket)
            except Exception as error:  # the thread must live; the lease runs out and the event comes back
                _log.error("ticket_failed", failure=type(error).__name__)
                again = None
            self._put_back(ticket, again)

    def _next(self) -> Ticket | None:
        """Return the first ticket of a lane that may go on, when there is one; None at the end."""
        with self._change:
            while not self._stopping:
                now = self._now()
                while self._later and self._later[0][0] <= now:
                    self._ready.append(heapq.heappop(self._later)[1])
                if self._ready:
                    return self._lanes[self._ready.popleft()][0]
                self._change.wait(self._later[0][0] - now if self._later else None)
        return None

    def _put_back(self, ticket: Ticket, again: float | None) -> None:
        with self._change:
            lane = self._lanes[ticket.lane]
            if again is not None:
                heapq.heappush(self._later, (self._now() + again, ticket.lane))
            else:
                lane.remove(ticket)
                del self._tickets[ticket.event_id]
                if lane:
                    self._ready.append(ticket.lane)
                else:
                    del self._lanes[ticket.lane]
            self._change.notify()
