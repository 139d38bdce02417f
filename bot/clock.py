"""What time it is: the only module that asks the machine."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from http.client import HTTPException
from urllib.request import ProxyHandler, build_opener
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")
"""The time zone of the city; the database keeps UTC."""


class Clock:
    """The real time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)

    def today(self, tz: tzinfo = JST) -> date:
        """Return the calendar day it is in `tz`."""
        return self.now().astimezone(tz).date()

    def monotonic(self) -> float:
        """Return seconds that only ever grow, for measuring and for deadlines; never set by anyone."""
        return time.monotonic()

    def close(self) -> None:
        """Let go of what the clock holds; the real clock holds nothing."""


class PracticeClock(Clock):
    """The real time plus what someone moved the practice LINE's clock by.

    Asks `{emulator}/emulator/clock` every second. While it does not answer, the last shift stands.
    """

    def __init__(self, emulator: str, every: float = 1.0) -> None:
        self._url = f"{emulator.rstrip('/')}/emulator/clock"
        self._open = build_opener(ProxyHandler({})).open  # loopback is never reached through a proxy
        self._every = every
        self._shift = timedelta()
        self._closed = threading.Event()
        self._ask()
        threading.Thread(target=self._follow, name="practice-clock", daemon=True).start()

    def now(self) -> datetime:
        """Return the moment it is in the practice world, aware, in UTC."""
        return super().now() + self._shift

    def close(self) -> None:
        """Stop following the practice LINE's clock."""
        self._closed.set()

    def _follow(self) -> None:
        while not self._closed.wait(self._every):
            self._ask()

    def _ask(self) -> None:
        try:
            with self._open(self._url, timeout=1) as answer:
                self._shift = timedelta(seconds=float(json.load(answer)["shifted_seconds"]))
        except (OSError, HTTPException, ValueError, KeyError, TypeError):
            pass  # it starts later, restarts or is gone: keep the last shift
