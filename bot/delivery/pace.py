"""LINE's rate limit, kept by the monotonic clock: evenly spaced calls, and never too many in any second."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Final

CREDIT: Final = 0.1
"""Seconds of silence that may be caught up with, so that a hiccup costs nothing."""

SLOWEST: Final = 5.0
"""Calls a second below which trouble does not slow us down."""

TROUBLES: Final = 8
"""Calls in a row without a usable answer that count as LINE's trouble, not theirs."""


class Pace:
    """Lets calls leave one by one. `wait` is for one thread at a time, everything else for any."""

    def __init__(self, per_second: float, monotonic: Callable[[], float]) -> None:
        self._most = per_second
        self._rate = per_second
        self._now = monotonic
        self._lock = threading.Lock()
        self._next = 0.0
        self._recent: deque[float] = deque(maxlen=max(1, int(per_second)))
        self._slowed = float("-inf")
        self._troubles = 0

    def wait(self, sleep: Callable[[float], object]) -> None:
        """Return when the next call may leave, and count it. `sleep` waits so many seconds, or is cut short.

        One caller at a time: what is counted is when it woke, not when it meant to.
        """
        with self._lock:
            now = self._now()
            moment = max(now, self._next)
            if len(self._recent) == self._recent.maxlen:
                moment = max(moment, self._recent[0] + 1.0)
            self._next = max(self._next, now - CREDIT) + 1.0 / self._rate
        if moment > now:
            sleep(moment - now)
        self._recent.append(self._now())

    def accepted(self) -> None:
        """Go a little faster again, up to the limit."""
        with self._lock:
            self._troubles = 0
            self._rate = min(self._most, self._rate + 1.0)

    def throttled(self) -> None:
        """Halve the rate, once for all calls of the same second."""
        with self._lock:
            self._slow_down()

    def troubled(self) -> None:
        """Count a call without a usable answer; many in a row halve the rate."""
        with self._lock:
            self._troubles += 1
            if self._troubles % TROUBLES == 0:
                self._slow_down()

    def _slow_down(self) -> None:
        now = self._now()
        if now - self._slowed >= 1.0:
            self._slowed = now
            self._rate = max(min(SLOWEST, self._most), self._rate / 2)
