"""Waits until something is so; the guard only keeps a broken test from hanging for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
HANG_GUARD_SECONDS = 60.0


def until(look: Callable[[], T], what: str = "it") -> T:
    """Return what `look` returns once that is true."""
    deadline = time.monotonic() + HANG_GUARD_SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, f"{what} did not come to pass"
        time.sleep(0.02)  # only lets others work; what decides is `look`
    return found
