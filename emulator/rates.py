"""LINE's rate limits: one token bucket for each endpoint, by the emulator's clock."""

from __future__ import annotations

from dataclasses import dataclass

PER_SECONDS: dict[str, tuple[int, int]] = {
    "multicast": (200, 1),
    "broadcast": (60, 3600),
    "loading": (100, 1),
    "insight": (60, 3600),
    "webhook-test": (60, 3600),
    "webhook-endpoint": (1000, 60),
    "richmenu-create": (100, 3600),
    "richmenu-delete": (100, 3600),
    "richmenu-alias-delete": (100, 3600),
    "richmenu-list": (10, 1),
}
"""Kind of call to (calls, seconds); what is not named here may be called 2,000 times a second."""

DEFAULT = (2000, 1)


@dataclass(slots=True)
class _Bucket:
    left: float
    filled_at: float


class Rates:
    """The buckets of all endpoints. Callers hold the world's lock."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}

    def take(self, kind: str, endpoint: str, now: float) -> bool:
        """Take one call out of an endpoint's bucket; False when it is empty."""
        calls, seconds = PER_SECONDS.get(kind, DEFAULT)
        bucket = self._buckets.setdefault(endpoint, _Bucket(float(calls), now))
        passed = max(0.0, now - bucket.filled_at)
        bucket.left = min(float(calls), bucket.left + passed * calls / seconds)
        bucket.filled_at = now
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
