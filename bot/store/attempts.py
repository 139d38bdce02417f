"""Tries that may fail only so often, counted where every process sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from sqlalchemy import Connection, case
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.moments import SECOND
from bot.store.staff_tables import staff_attempts

WINDOW: Final = 15 * 60 * SECOND
"""Tries are counted from the first one on for 15 minutes; then the count begins anew."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries a window under one key. The key is a digest: it tells no name and no address."""

    key: str
    most: int


def take(connection: Connection, limits: Iterable[Limit], now: int) -> int:
    """Count a try under each key; return for how many microseconds it is refused, 0 when it may be made.

    Counted before it is made, so that many at once cannot slip through together.
    """
    waits = [0]
    for limit in sorted(limits, key=lambda one: one.key):  # in one order, so that two never wait in a circle
        n, since = _count(connection, limit.key, now)
        if n > limit.most:
            waits.append(since + WINDOW - now)
    return max(waits)


def forget(connection: Connection, keys: Iterable[str]) -> None:
    """Begin anew for these keys, after a try that succeeded."""
    connection.execute(staff_attempts.delete().where(staff_attempts.c.key.in_(list(keys))))


def forget_old(connection: Connection, now: int) -> None:
    """Delete the counts that no longer matter."""
    connection.execute(staff_attempts.delete().where(staff_attempts.c.since <= now - WINDOW))


def _count(connection: Connection, key: str, now: int) -> tuple[int, int]:
    """Count one; return how many there are in this window and when it began."""
    flavour: ModuleType = postgresql if connection.dialect.name == "postgresql" else sqlite
    known = staff_attempts.c
    # A clock that was set back begins a new window too: otherwise nobody could wait it out.
    over = (known.since <= now - WINDOW) | (known.since > now)
    insert = flavour.insert(staff_attempts).values(key=key, since=now, n=1)
    counted = insert.on_conflict_do_update(
        index_elements=["key"],
        set_={"n": case((over, 1), else_=known.n + 1), "since": case((over, now), else_=known.since)},
    ).returning(known.n, known.since)
    row = connection.execute(counted).one()
    return row.n, row.since
