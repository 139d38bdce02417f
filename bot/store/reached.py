"""Whom an order reached, batch by batch: the audience of a correction. And how these lists are forgotten."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, select, true, tuple_

from bot.lifecycle import ORDER_STEPS, Batch, Order
from bot.store.models import people, send_batches, send_orders, send_recipients

_columns = send_batches.c
_packed = send_recipients.c
_same = and_(_columns.order_id == _packed.order_id, _columns.n == _packed.n)
_FINAL = [status.value for status in Order if not ORDER_STEPS[status]]


class Erased(Exception):  # a fact for staff
    """The recipients of that order are no longer kept."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One batch of the earlier order: its number, its variant, its user ids of 16 bytes each."""

    n: int
    variant: str
    packed: bytes


def page(
    connection: Connection,
    order_id: int,
    after: int,
    limit: int,
    states: Collection[Batch],
    variants: Collection[str] | None = None,
) -> Sequence[Reached]:
    """Return up to `limit` batches of an order with numbers above `after` in these states. Raises Erased.

    With `variants` only those: to people of the others there is nothing to say.
    """
    some = _columns.variant.in_(variants) if variants is not None else true()
    rows = connection.execute(
        select(_columns.n, _columns.variant, _packed.packed)
        .outerjoin_from(send_batches, send_recipients, _same)
        .where(_columns.order_id == order_id, _columns.n > after, some)
        .where(_columns.state.in_([state.value for state in states]))
        .order_by(_columns.n)
        .limit(limit)
    ).all()
    if any(row.packed is None for row in rows):
        raise Erased
    return [Reached(n, variant, bytes(packed)) for n, variant, packed in rows]


def gone(connection: Connection, packed: bytes) -> set[bytes]:
    """Return which of these people (16 bytes each, in ascending order) follow us no longer.

    Of whom nothing is known any more, they asked us to forget them.
    """
    everybody = {packed[start : start + 16] for start in range(0, len(packed), 16)}
    first, last = (f"U{part.hex()}" for part in (packed[:16], packed[-16:]))
    here = select(people.c.user_id).where(people.c.user_id.between(first, last), people.c.following)
    follow = {f"U{one.hex()}" for one in everybody}.intersection(connection.execute(here).scalars())
    return everybody - {bytes.fromhex(user_id[1:]) for user_id in follow}


def forget(connection: Connection, before: int, limit: int) -> int:
    """Erase up to `limit` lists of recipients of orders closed before a moment; return how many were."""
    old = (
        select(_packed.order_id, _packed.n)
        .join_from(send_recipients, send_orders, _packed.order_id == send_orders.c.id)
        .where(send_orders.c.status.in_(_FINAL), send_orders.c.changed_at < before)
        .limit(limit)
    )
    found = [tuple(row) for row in connection.execute(old)]
    if found:
        connection.execute(delete(send_recipients).where(tuple_(_packed.order_id, _packed.n).in_(found)))
    return len(found)
