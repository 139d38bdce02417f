"""The one dispatcher of a channel: a row with an owner and an epoch that fences every later write."""

from __future__ import annotations

from sqlalchemy import Connection, select, text, update

from bot.store.models import send_lease
from bot.store.moments import SECOND

GRACE = SECOND
"""How long a lease that was given up still counts: the calls of its last second have left already."""

_columns = send_lease.c


class Fenced(Exception):  # a fact to act on: stop
    """Somebody else is the dispatcher now."""


def take(connection: Connection, owner: str, ttl: int, now: int) -> tuple[int, int] | None:
    """Become the dispatcher if nobody is; return the new epoch and the latest moment the last one's clock
    showed, or None. `ttl` and `now` are microseconds.

    A lease far in the future is dead too: the clock was set back after it was written.
    """
    row = connection.execute(select(send_lease).with_for_update()).mappings().one()
    here = _now(connection, now)
    if row["owner"] != owner and not _dead(row["until"], ttl, here):
        return None
    epoch = row["epoch"] + 1
    connection.execute(update(send_lease).values(owner=owner, epoch=epoch, until=here + ttl, seen_at=now))
    return epoch, row["seen_at"]


def is_free(connection: Connection, owner: str, ttl: int, now: int) -> bool:
    """Return True when `take` would succeed now; locks nothing."""
    row = connection.execute(select(_columns.owner, _columns.until)).one()
    return row.owner == owner or _dead(row.until, ttl, _now(connection, now))


def renew(connection: Connection, epoch: int, ttl: int, now: int) -> int:
    """Stay the dispatcher for another `ttl`; return the moment our clock showed the last time.

    Raises Fenced when somebody else is.
    """
    seen = connection.execute(select(_columns.seen_at).where(_columns.epoch == epoch).with_for_update())
    before: int | None = seen.scalar()
    if before is None:
        raise Fenced
    connection.execute(update(send_lease).values(until=_now(connection, now) + ttl, seen_at=now))
    return before


def release(connection: Connection, epoch: int, now: int) -> None:
    """Let the next one begin, a second after our last call can have left."""
    until = _now(connection, now) + GRACE
    connection.execute(update(send_lease).where(_columns.epoch == epoch).values(owner=None, until=until))


def fence(connection: Connection, epoch: int) -> None:
    """Let this transaction pass only as the dispatcher's. Raises Fenced."""
    # On PostgreSQL the shared lock makes a take-over wait for this commit; SQLite's writers are alone anyway.
    if connection.execute(select(_columns.epoch).with_for_update(read=True)).scalar() != epoch:
        raise Fenced


def holder(connection: Connection, now: int) -> str | None:
    """Return who is the dispatcher now, or None."""
    row = connection.execute(select(_columns.owner, _columns.until)).one()
    return row.owner if row.until > _now(connection, now) else None


def _dead(until: int, ttl: int, here: int) -> bool:
    return not here <= until <= here + 2 * ttl


def _now(connection: Connection, now: int) -> int:
    """Return the moment by the clock that all dispatchers share: PostgreSQL's own, or this machine's."""
    if connection.dialect.name != "postgresql":
        return now
    seconds = text("SELECT EXTRACT(EPOCH FROM clock_timestamp())")
    return int(connection.execute(seconds).scalar_one() * SECOND)
