"""The worker's clockwork: calls each job every so many seconds, and notices when it no longer does.

The scheduler only ticks; what is due stands in the database. It stalls when the machine's clock is set back,
because it plans by that clock; so a watchdog on the monotonic one sets it going again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from apscheduler.schedulers.background import BackgroundScheduler

from bot import logs
from bot.clock import Clock

TICK_SECONDS: Final = 1.0
_TICK: Final = "tick"
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every `seconds`, never twice at the same time."""

    name: str
    seconds: float
    work: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many seconds without a tick the jobs are set going again, and when that is given up."""

    rearm: float = 5.0
    give_up: float = 30.0


class Stalled(Exception):
    """The scheduler does not tick any more; only a new process helps."""


class Timetable:
    """Runs jobs until `stop`."""

    def __init__(self, jobs: Sequence[Job], clock: Clock, patience: Patience = Patience()) -> None:
        self._jobs = (Job(_TICK, TICK_SECONDS, self._tick), *jobs)
        self._now = clock.monotonic
        self._patience = patience
        self._stopping = threading.Event()
        self._ticked = self._now()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def run(self) -> None:
        """Run until `stop` is called, then let running jobs end. Raises Stalled when nothing ticks now."""
        for job in self._jobs:
            self._scheduler.add_job(_do, "interval", seconds=job.seconds, id=job.name, args=[job])
        self._ticked = self._now()
        self._scheduler.start()
        armed = self._ticked
        while not self._stopping.wait(min(TICK_SECONDS, self._patience.rearm / 2)):
            silent = self._now() - self._ticked
            if silent > self._patience.give_up:
                raise Stalled(f"no tick for {silent:.0f} seconds")
            if silent > self._patience.rearm and self._now() - armed > self._patience.rearm:
                armed = self._now()
                self._arm_again()
        self._scheduler.shutdown(wait=True)

    def stop(self) -> None:
        """Ask `run` to come to its end; may be called from a signal handler."""
        self._stopping.set()

    def _tick(self) -> None:
        self._ticked = self._now()

    def _arm_again(self) -> None:
        """Plan every job anew from what the machine's clock says now."""
        _log.warning("timetable_armed_again")
        for job in self._jobs:
            self._scheduler.reschedule_job(job.name, trigger="interval", seconds=job.seconds)


def _do(job: Job) -> None:
    """Do a job; one that fails is done again at its next time."""
    try:
        job.work()
    except Exception as error:
        _log.error("job_failed", job=job.name, failure=type(error).__name__)
