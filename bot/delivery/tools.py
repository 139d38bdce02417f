"""What a dispatcher works with, and how fast it goes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.clock import Clock
from bot.delivery.order import Audience
from bot.line.port import MassPort
from bot.store.database import Database
from bot.store.moments import SECOND

THREADS: Final = 64
"""Calls on their way at once: with LINE answering in 300 ms that is 200 a second."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long things take. `per_second` stays below LINE's 200 multicasts a second on purpose.

    `lead`: how long before its time an order is planned, `ttl`: how long a silent dispatcher counts as alive
    (both microseconds); `backoff`: seconds before the second try of a batch; `chunk`: batches planned in one
    transaction, few enough that no webhook waits for long.
    """

    per_second: float = 198.0
    lead: int = 60 * SECOND
    ttl: int = 15 * SECOND
    backoff: float = 1.0
    threads: int = THREADS
    chunk: int = 64


def _nothing(_point: str) -> None:
    """Pass every point."""


@dataclass(frozen=True, slots=True)
class Tools:
    """`owner` is this process in the lease; `audiences` are queries by the name an order gives.

    `luck` (0 to 1) spreads the further tries of many batches.
    `passing` is told the named points at which a process may die: `plan`, `chunk`, `keyed`, `sent`, `finish`.
    """

    database: Database
    line: MassPort
    clock: Clock
    owner: str
    audiences: Mapping[str, Audience]
    tempo: Tempo = field(default_factory=Tempo)
    passing: Callable[[str], None] = _nothing
    luck: Callable[[], float] = random.random
