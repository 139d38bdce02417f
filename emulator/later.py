"""A thread that does things later: redeliveries wait here without a thread each."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable


class Later:
    """Runs small jobs at their time, in real seconds. A job must not block: it hands work to a pool."""

    def __init__(self) -> None:
        self._jobs: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        threading.Thread(target=self._run, name="later", daemon=True).start()

    def after(self, seconds: float, job: Callable[[], object]) -> None:
        """Run `job` in `seconds`."""
        with self._changed:
            heapq.heappush(self._jobs, (time.monotonic() + seconds, next(self._order), job))
            self._changed.notify()

    def forget(self) -> None:
        """Drop all jobs that have not run."""
        with self._changed:
            self._jobs.clear()

    def _run(self) -> None:
        while True:
            with self._changed:
                wait = self._jobs[0][0] - time.monotonic() if self._jobs else None
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                    continue
                job = heapq.heappop(self._jobs)[2]
            job()
