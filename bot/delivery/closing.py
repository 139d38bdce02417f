"""How an order ends: nothing open, every recipient in exactly one state, the sum as planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.lifecycle import Batch, Order
from bot.store import batches, lease, orders
from bot.store.database import Connection
from bot.store.orders import SendOrder

BY: Final = "dispatcher"
"""Who the audit names for what no person did."""

_ENDS: Final = frozenset({Order.SCHEDULED, Order.SENDING, Order.HELD})
_CLOSED: Final = (Batch.ACCEPTED, Batch.REFUSED, Batch.UNSURE, Batch.CANCELLED)


def close(connection: Connection, order_id: int, epoch: int, now: int) -> bool:
    """Bring an order that goes out no further to its end. None of its batches may be in anybody's hand.

    Returns False when it has to be called again: only so much is cancelled in one transaction. Raises Fenced.
    """
    lease.fence(connection, epoch)
    order = orders.load(connection, order_id)
    if order is None or order.status not in _ENDS:
        return True  # a person was quicker
    why = _why(order, now)
    if why:
        batches.give_up_doubtful(connection, order_id, why)
        if not batches.cancel_queued(connection, order_id):
            return False
    states = batches.tally(connection, order_id)
    ended = {state: states.get(state, 0) for state in _CLOSED}
    wrong = order.planned_at is not None and sum(ended.values()) != order.recipients
    if wrong and order.status is Order.SENDING:
        hold(connection, order, "count_mismatch", now)
        return True
    final, note = ending(order, ended), "count_mismatch" if wrong else why
    changes = {state.value: people for state, people in ended.items()}
    if order.planned_at is None:
        changes["recipients"] = sum(ended.values())  # as far as the plan got
    if orders.step(connection, order_id, order.status, final, now, note=note, **changes):
        orders.audit(connection, order_id, final.value, BY, now, note)
    return True


def ending(order: SendOrder, ended: Mapping[Batch, int]) -> Order:
    """Return the final status of an order, given how many people ended in which state."""
    arrived = ended[Batch.ACCEPTED] + ended[Batch.UNSURE] > 0
    if order.status is Order.SENDING:
        if ended[Batch.ACCEPTED] == sum(ended.values()):
            return Order.SENT
        return Order.STOPPED if order.stop_requested else Order.SENT_IN_PART
    if order.status is Order.SCHEDULED or not arrived:
        return Order.CANCELLED
    return Order.STOPPED if order.stop_requested else Order.SENT_IN_PART


def hold(connection: Connection, order: SendOrder, note: str, now: int) -> None:
    """Let an order wait for a person; the note says why."""
    if orders.step(connection, order.id, order.status, Order.HELD, now, note=note):
        orders.audit(connection, order.id, Order.HELD.value, BY, now, note)


def _why(order: SendOrder, now: int) -> str:
    if order.stop_requested:
        return "stopped"
    return "expired" if order.expired(now) else ""
