"""The threads that put batches on the wire, at LINE's pace, and say what came of each."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Final, Literal

from bot import logs
from bot.delivery.outcomes import conclude, unsent
from bot.delivery.pace import Pace
from bot.delivery.tools import Tools
from bot.line.port import Outcome, Sent
from bot.store.batches import Claimed, Result
from bot.store.moments import micros

AHEAD: Final = 48
"""Batches claimed beyond those that can be on their way: a quarter of a second's work."""

Way = Literal["push", "multicast", "broadcast"]
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed batch with what its order says about it. `way` is the call by which it goes."""

    batch: Claimed
    messages: bytes
    way: Way
    unit: str | None
    not_after: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job, and LINE's answer; None when it did not leave."""

    result: Result
    outcome: Outcome | None


class Wire:
    """Sends what is offered. `live` are the orders that may leave, `until` the monotonic end of our lease.

    A batch whose order is not live when its turn comes does not leave. The owner's thread sets these,
    offers and collects; only the sending happens in other threads.
    """

    def __init__(self, tools: Tools, pace: Pace) -> None:
        self._tools = tools
        self._pace = pace
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._done: SimpleQueue[Done] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._turn = threading.Lock()
        self._halt = threading.Event()
        self.live: frozenset[int] = frozenset()
        self.until = 0.0
        self.outstanding: Counter[int] = Counter()

    @property
    def room(self) -> int:
        """How many more batches may be offered."""
        return self._tools.tempo.threads + AHEAD - self.outstanding.total()

    def offer(self, jobs: list[Job]) -> None:
        """Take jobs to be sent in this order."""
        for job in jobs:
            self.outstanding[job.batch.order_id] += 1
            self._jobs.put(job)
        missing = min(self._tools.tempo.threads, self.outstanding.total()) - len(self._threads)
        for _ in range(missing):
            thread = threading.Thread(target=self._run, name="delivery", daemon=True)
            self._threads.append(thread)
            thread.start()

    def collect(self) -> list[Done]:
        """Return what is done since the last time."""
        found: list[Done] = []
        try:
            while True:
                found.append(self._done.get_nowait())
        except Empty:
            for done in found:
                self.outstanding[done.result.order_id] -= 1
            return found

    def close(self) -> None:
        """Let nothing leave any more; what waits comes back unsent. Each thread ends after its call."""
        self.live = frozenset()
        self._halt.set()
        for _ in self._threads:
            self._jobs.put(None)

    def _run(self) -> None:
        while job := self._jobs.get():
            try:
                done = self._do(job)
            except Exception as error:  # nobody else would ever hear of this batch
                _log.error("batch_failed", **logs.where(error))
                done = Done(self._conclude(job, Sent(Outcome.UNKNOWN)), Outcome.UNKNOWN)
            self._done.put(done)

    def _do(self, job: Job) -> Done:
        with self._turn:  # one waits for its moment, the others hear at once when they need not
            if self._may_leave(job):
                self._pace.wait(self._halt.wait)
            if not self._may_leave(job):
                return Done(unsent(job.batch), None)
        self._tools.passing("keyed")
        line = self._tools.line
        send = {"push": line.push, "multicast": line.multicast, "broadcast": line.broadcast}[job.way]
        sent = send(job.batch.packed, job.messages, job.batch.retry_key, job.unit)
        self._tools.passing("sent")
        self._adapt(sent.outcome)
        return Done(self._conclude(job, sent), sent.outcome)

    def _may_leave(self, job: Job) -> bool:
        clock = self._tools.clock
        return (
            job.batch.order_id in self.live
            and clock.monotonic() < self.until
            and (job.not_after is None or micros(clock.now()) < job.not_after)
        )

    def _conclude(self, job: Job, sent: Sent) -> Result:
        now = micros(self._tools.clock.now())
        return conclude(job.batch, sent, now, self._tools.tempo.backoff, self._tools.luck())

    def _adapt(self, outcome: Outcome) -> None:
        if outcome is Outcome.ACCEPTED:
            self._pace.accepted()
        elif outcome is Outcome.THROTTLED:
            self._pace.throttled()
        elif outcome in (Outcome.UNKNOWN, Outcome.UNREACHED):
            self._pace.troubled()
