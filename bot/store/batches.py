"""Batches of an order: planned once, claimed by the dispatcher, closed with what LINE said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, and_, bindparam, case, func, select, update

from bot.lifecycle import Batch, may_step
from bot.store import orders
from bot.store.models import send_batches, send_recipients

ON_ITS_WAY: Final = 2**62
"""`try_at` of a batch that a dispatcher has in hand: nobody else tries it until its epoch is over."""

AT_ONCE: Final = 0
MOST_CANCELLED: Final = 1_000
_columns = send_batches.c
_packed = send_recipients.c


@dataclass(frozen=True, slots=True)
class Claimed:
    """A batch that is this dispatcher's to send; its retry key and the moment of the try are stored.

    `attempts` counts this one too. `doubtful`: an earlier one may have arrived.
    """

    order_id: int
    n: int
    variant: str
    packed: bytes
    retry_key: str
    attempts: int
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a claimed batch: its new state, and when to try again if it is still open."""

    order_id: int
    n: int
    count: int
    state: Batch
    try_at: int | None = None
    doubtful: bool = False
    request_id: str = ""
    status_code: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A batch as people look at it."""

    n: int
    variant: str
    count: int
    state: Batch
    attempts: int
    request_id: str
    status_code: int
    note: str


def open_batches(connection: Connection, order_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return, for each of these orders with open batches, how many and when the next may be tried."""
    rows = connection.execute(
        select(_columns.order_id, func.count(), func.min(_columns.try_at))
        .where(_columns.order_id.in_(order_ids), _columns.try_at.is_not(None))
        .group_by(_columns.order_id)
    )
    return {order_id: (number, first) for order_id, number, first in rows}


def claim(
    connection: Connection, order_id: int, epoch: int, limit: int, now: int, trusted: tuple[int, int]
) -> list[Claimed]:
    """Take batches whose time has come, and store that they are tried now.

    `trusted` are the moments between which a first try must lie for its retry key to be believed: what is
    doubtful and was tried before or after becomes unsure.
    """
    rows = connection.execute(_DUE, {"of": order_id, "now": now, "most": limit}).all()
    old = {row.n for row in rows if row.doubtful and not trusted[0] <= row.first_tried_at <= trusted[1]}
    unsure(connection, order_id, sorted(old), "too_old")
    taken = [row for row in rows if row.n not in old]
    if taken:
        mine = {"of": order_id, "numbers": [row.n for row in taken], "now": now, "term": epoch}
        connection.execute(_CLAIM, mine)
    return [
        Claimed(
            order_id, row.n, row.variant, bytes(row.packed), row.retry_key, row.attempts + 1, row.doubtful
        )
        for row in taken
    ]


def record(connection: Connection, order_id: int, results: Sequence[Result]) -> None:
    """Store what came of batches of one order."""
    ended = Counter[str]()
    for result in results:
        # Still on its way, tried again: no step, everything else is one along the table.
        assert result.state is Batch.SENDING or may_step(Batch.SENDING, result.state)
        if result.try_at is None:
            ended[result.state.value] += result.count
    if ended:
        orders.count(connection, order_id, ended)  # the order first: everybody locks in this order
    rows = [
        {
            "of": order_id,
            "at": result.n,
            "to": result.state.value,
            "next": result.try_at,
            "doubt": result.doubtful,
            "request": result.request_id[:64],
            "status": result.status_code,
        }
        for result in results
    ]
    connection.execute(_RECORD, rows)


def recover(connection: Connection) -> int:
    """Make what an earlier dispatcher had in hand due again, as doubtful; return how many batches."""
    statement = (
        update(send_batches).where(_columns.try_at == ON_ITS_WAY).values(try_at=AT_ONCE, doubtful=True)
    )
    return connection.execute(statement).rowcount


def hurry(connection: Connection) -> None:
    """Make everything due at once that is open and in nobody's hand."""
    waiting = _columns.try_at.between(AT_ONCE + 1, ON_ITS_WAY - 1)
    connection.execute(update(send_batches).where(waiting).values(try_at=AT_ONCE))


def doubtful_orders(connection: Connection) -> list[int]:
    """Return the orders of which something may have arrived without our knowing."""
    statement = select(_columns.order_id).where(_columns.try_at.is_not(None), _columns.doubtful).distinct()
    return list(connection.execute(statement).scalars())


def give_up_doubtful(connection: Connection, order_id: int, note: str) -> None:
    """Leave to a person what may have arrived and is in nobody's hand."""
    doubtful = select(_columns.n).where(
        _columns.order_id == order_id, _columns.doubtful, _columns.try_at < ON_ITS_WAY
    )
    unsure(connection, order_id, list(connection.execute(doubtful).scalars()), note)


def unsure(connection: Connection, order_id: int, numbers: Sequence[int], note: str) -> None:
    """Close batches of which nobody can know whether they arrived."""
    if numbers:
        _close(connection, order_id, numbers, Batch.SENDING, Batch.UNSURE, note)


def cancel_queued(connection: Connection, order_id: int, limit: int = MOST_CANCELLED) -> bool:
    """Cancel up to `limit` batches that LINE surely does not have. Returns True when none is left."""
    queued = (
        select(_columns.n)
        .where(_columns.order_id == order_id, _columns.state == Batch.QUEUED.value)
        .limit(limit)
    )
    numbers = list(connection.execute(queued).scalars())
    if numbers:
        _close(connection, order_id, numbers, Batch.QUEUED, Batch.CANCELLED, "")
    return len(numbers) < limit


def settle(connection: Connection, order_id: int, n: int, new: Batch, note: str) -> bool:
    """Close an unsure batch as somebody found out. Returns False when it is not unsure."""
    found = _close(connection, order_id, [n], Batch.UNSURE, new, note)
    if found:
        orders.count(connection, order_id, {Batch.UNSURE.value: -found})
    return found > 0


def tally(connection: Connection, order_id: int) -> dict[Batch, int]:
    """Return how many people stand in which state, counted from the batches themselves."""
    rows = connection.execute(
        select(_columns.state, func.sum(_columns.count))
        .where(_columns.order_id == order_id)
        .group_by(_columns.state)
    )
    return {Batch(state): int(people) for state, people in rows}


def lines(connection: Connection, order_id: int, states: Collection[Batch]) -> list[Line]:
    """Return the batches in these states, for people to look at."""
    wanted = [state.value for state in states]
    rows = connection.execute(
        select(*(_columns[name] for name in Line.__slots__))
        .where(_columns.order_id == order_id, _columns.state.in_(wanted))
        .order_by(_columns.n)
    )
    return [Line(n, variant, count, Batch(state), *rest) for n, variant, count, state, *rest in rows]


def _close(
    connection: Connection, order_id: int, numbers: Sequence[int], old: Batch, new: Batch, note: str
) -> int:
    """Move batches to a final state and count their people; return how many people that were."""
    assert may_step(old, new), f"no step from {old} to {new}"
    here = and_(_columns.order_id == order_id, _columns.n.in_(numbers), _columns.state == old.value)
    people: int = connection.execute(
        select(func.coalesce(func.sum(_columns.count), 0)).where(here)
    ).scalar_one()
    if people:
        orders.count(connection, order_id, {new.value: people})
        connection.execute(
            update(send_batches).where(here).values(state=new.value, try_at=None, note=note[:200])
        )
    return people


# Built once: building costs more than running, and these run for every batch.
_same = and_(_columns.order_id == _packed.order_id, _columns.n == _packed.n)
_this = and_(_columns.order_id == bindparam("of"), _columns.n == bindparam("at"))
_DUE = (
    select(
        _columns.n, _columns.variant, _packed.packed, _columns.retry_key, _columns.attempts,
        _columns.doubtful, _columns.first_tried_at,
    )
    .join_from(send_batches, send_recipients, _same)
    .where(_columns.order_id == bindparam("of"), _columns.try_at <= bindparam("now"))
    .order_by(_columns.try_at, _columns.n)
    .limit(bindparam("most"))
)  # fmt: skip
_CLAIM = (
    update(send_batches)
    .where(_columns.order_id == bindparam("of"), _columns.n.in_(bindparam("numbers", expanding=True)))
    .values(
        state=Batch.SENDING.value,
        try_at=ON_ITS_WAY,
        epoch=bindparam("term"),
        attempts=_columns.attempts + 1,
        # What LINE surely never had starts its day anew.
        first_tried_at=case((_columns.doubtful, _columns.first_tried_at), else_=bindparam("now")),
    )
)
_RECORD = (
    update(send_batches)
    .where(_this, _columns.state == Batch.SENDING.value)
    .values(
        state=bindparam("to"),
        try_at=bindparam("next"),
        doubtful=bindparam("doubt"),
        request_id=bindparam("request"),
        status_code=bindparam("status"),
    )
)
