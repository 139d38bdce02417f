"""The emulator's clock: real time plus a shift that a test or a trainer sets."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

JST = timezone(timedelta(hours=9))
"""LINE counts days and months in Japan's time; Japan has no summer time."""


class Clock:
    """Runs at real speed from wherever it was set."""

    def __init__(self) -> None:
        self._shift = 0.0

    def seconds(self) -> float:
        """Return the emulator's time in seconds since 1970."""
        return time.time() + self._shift

    def now(self) -> datetime:
        """Return the emulator's time, aware, in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def set(self, moment: datetime) -> None:
        """Make it `moment` (aware) now; the clock runs on from there."""
        self._shift = moment.timestamp() - time.time()

    def advance(self, seconds: float) -> None:
        """Jump forward by `seconds`, or back when negative."""
        self._shift += seconds

    def reset(self) -> None:
        """Return to real time."""
        self._shift = 0.0

    def as_json(self) -> dict[str, object]:
        """Return `{"now", "shifted_seconds"}`."""
        return {"now": iso(self.seconds()), "shifted_seconds": round(self._shift, 3)}


def iso(seconds: float) -> str:
    """Return seconds since 1970 as ISO 8601 in UTC with milliseconds and `Z`."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
