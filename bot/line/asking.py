"""What pages ask of LINE while somebody writes: one shared connection, and an answer that stands a moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from bot.line.multicast import Multicast
from bot.line.port import Allowance, Sent

STANDS: Final = 10.0
"""Seconds for which LINE's word about the quota is repeated; delivery asks anew before it sends."""


class Asking:
    """Asks LINE before anything is sent. Neither call raises."""

    def __init__(self, line: Multicast, monotonic: Callable[[], float]) -> None:
        self._line = line
        self._now = monotonic
        self._lock = threading.Lock()
        self._known: tuple[float, Allowance] | None = None

    def allowance(self) -> Allowance:
        """Return how many more messages may be sent this month, as of a few seconds ago at most."""
        with self._lock:
            if self._known is None or self._now() >= self._known[0] + STANDS:
                self._known = (self._now(), self._line.allowance())
            return self._known[1]

    def validate(self, messages: bytes) -> Sent:
        """Return what LINE says of messages (JSON) without sending them."""
        return self._line.validate(messages)
