"""The plan of an order while it grows: batches with their recipients, the last of each variant not full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from bot.lifecycle import Batch
from bot.store.batches import AT_ONCE
from bot.store.models import send_batches, send_recipients

_columns = send_batches.c
_packed = send_recipients.c
_same = and_(_columns.order_id == _packed.order_id, _columns.n == _packed.n)


@dataclass(frozen=True, slots=True)
class Planned:
    """A batch of the plan: up to 500 user ids, 16 bytes each. `known` is one whose batch only grew."""

    n: int
    variant: str
    packed: bytes
    retry_key: str
    known: bool = False

    @property
    def count(self) -> int:
        """How many people it is for."""
        return len(self.packed) // 16


def unfilled(connection: Connection, order_id: int, size: int) -> tuple[dict[str, Planned], int]:
    """Return each variant's batch with room below `size`, and the number of the next batch."""
    rows = connection.execute(
        select(_columns.n, _columns.variant, _packed.packed, _columns.retry_key)
        .join_from(send_batches, send_recipients, _same)
        .where(_columns.order_id == order_id, _columns.count < size)
    )
    filling = {variant: Planned(n, variant, bytes(packed), key, True) for n, variant, packed, key in rows}
    last = connection.execute(select(func.max(_columns.n)).where(_columns.order_id == order_id)).scalar()
    return filling, 0 if last is None else last + 1


def keep(connection: Connection, order_id: int, plan: Sequence[Planned]) -> None:
    """Store a chunk of the plan."""
    new = [batch for batch in plan if not batch.known]
    grown = [batch for batch in plan if batch.known]
    if new:
        connection.execute(insert(send_batches), [_row(order_id, batch) for batch in new])
        connection.execute(
            insert(send_recipients), [{"order_id": order_id, "n": b.n, "packed": b.packed} for b in new]
        )
    for batch in grown:
        connection.execute(_GROW, {"of": order_id, "at": batch.n, "people": batch.count})
        connection.execute(_REPACK, {"of": order_id, "at": batch.n, "list": batch.packed})


def _row(order_id: int, batch: Planned) -> Mapping[str, Any]:
    return {
        "order_id": order_id,
        "n": batch.n,
        "variant": batch.variant,
        "count": batch.count,
        "state": Batch.QUEUED.value,
        "retry_key": batch.retry_key,
        "try_at": AT_ONCE,
        "attempts": 0,
        "doubtful": False,
        "request_id": "",
        "status_code": 0,
        "note": "",
    }


_this = and_(_columns.order_id == bindparam("of"), _columns.n == bindparam("at"))
_GROW = update(send_batches).where(_this).values(count=bindparam("people"))
_REPACK = (
    update(send_recipients)
    .where(_packed.order_id == bindparam("of"), _packed.n == bindparam("at"))
    .values(packed=bindparam("list"))
)
