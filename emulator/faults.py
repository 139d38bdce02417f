"""Fault switches: what goes wrong with which kind of call, how often, and how that looks outside."""

from __future__ import annotations

import errno
import random
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Response, request

RATE_LIMITED: Final = "The API rate limit has been exceeded. Try again later."
QUOTA_REACHED: Final = "You have reached your monthly limit."
UNAUTHORISED: Final = (
    "Authentication failed. Confirm that the access token in the authorization header is valid."
)

INSTEAD: Final[dict[str, tuple[int, str]]] = {
    "429": (429, RATE_LIMITED),
    "429-quota": (429, QUOTA_REACHED),
    "401": (401, UNAUTHORISED),
    "400": (400, "Bad request"),
    "403": (403, "Access to this API is not available for your account"),
    "500": (500, "Internal Server Error"),
}
"""Faults that answer without doing anything: mode to (status, message)."""

MODES: Final = (
    *INSTEAD,
    "reset",
    "slow",
    "accept-then-500",
    "accept-then-hang",
    "accept-then-reset",
    "odd-body",
)
SLOW_MS: Final = 1_000
HANG_MS: Final = 60_000


@dataclass(slots=True)
class Fault:
    """One switch. `times` None means until cleared; `seed` makes `probability` repeatable."""

    mode: str
    times: int | None = None
    probability: float = 1.0
    seed: int = 0
    delay_ms: int | None = None
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - it plays, it keeps no secret

    def as_json(self) -> dict[str, Any]:
        """Return the switch as the control API takes it, `times` counted down."""
        return {name: getattr(self, name) for name in ("mode", "times", "probability", "seed", "delay_ms")}


class Faults:
    """The switches by kind of call. Callers hold the world's lock, except for `pause`."""

    def __init__(self) -> None:
        self.by_kind: dict[str, Fault] = {}
        self._released = threading.Event()

    def draw(self, kind: str) -> Fault | None:
        """Return the fault that strikes this call, or None; counts down `times`."""
        fault = self.by_kind.get(kind)
        if fault is None or fault.times == 0:
            return None
        if fault.probability < 1 and fault.dice.random() >= fault.probability:
            return None
        if fault.times is not None:
            fault.times -= 1
        return fault

    def clear(self) -> None:
        """Switch everything off and let go of the calls that hang."""
        self.by_kind.clear()
        self._released.set()
        self._released = threading.Event()

    def pause(self, milliseconds: int) -> None:
        """Hold the calling thread, at most until the faults are cleared."""
        self._released.wait(milliseconds / 1000)


def hung_up() -> Response:
    """Return an answer that is none: the connection is reset before a byte of it leaves."""
    connection = request.environ.get("gunicorn.socket")

    def cut() -> bytes:
        if isinstance(connection, socket.socket):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        raise ConnectionResetError(errno.ECONNRESET, "reset on purpose")

    return Response(iter(cut, b""))


def odd_body() -> Response:
    """Return a success whose body breaks off in the middle."""
    return Response('{"sentMessages": [{"id": ', status=200, content_type="application/json")
