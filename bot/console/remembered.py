"""What LINE said of its quota a moment ago: a page saved while one types must not ask it each time."""

from __future__ import annotations

import threading
from typing import Final

from bot.broadcasts.office import AskLine
from bot.clock import Clock
from bot.line.port import Allowance, Sent

SECONDS: Final = 30.0
"""How long an answer stands. What decides, as handing in and approving do, asks anew."""


class Remembered:
    """Asks LINE in place of another that would be asked each time."""

    def __init__(self, line: AskLine, clock: Clock) -> None:
        self._line, self._clock = line, clock
        self._asking = threading.Lock()
        self._last: tuple[float, Allowance] | None = None

    def allowance(self) -> Allowance:
        """Return what LINE said last, asking it when that was some time ago."""
        with self._asking:
            now = self._clock.monotonic()
            if self._last is None or now - self._last[0] > SECONDS:
                self._last = now, self._line.allowance()
            return self._last[1]

    def validate(self, messages: bytes) -> Sent:
        """Ask LINE itself."""
        return self._line.validate(messages)
