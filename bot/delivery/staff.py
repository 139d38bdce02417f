"""What a person may do to an order; nothing else changes one from outside. The audit keeps each."""

from __future__ import annotations

from bot.lifecycle import Batch, Order
from bot.store import batches, orders
from bot.store.database import Connection
from bot.store.orders import SendOrder

_GOING = frozenset({Order.SENDING, Order.HELD})


class NotPossible(Exception):
    """What was asked for cannot be done. `reason` is a short word for why, `status` where the order stands.

    Reasons: `unknown` (no such order), `status` (not from here), `expired`, `stopping`, `changed` (just now,
    by somebody else), `note_missing`, `batch` (that batch is not unsure).
    """

    def __init__(self, reason: str, status: Order | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


def stop(connection: Connection, order_id: int, by: str, now: int, note: str = "") -> Order | None:
    """Let nothing more of an order leave. One not begun is cancelled at once and its status returned.

    One that is being sent or held is brought to its end by the dispatcher within a second; that is None.
    Raises NotPossible.
    """
    order = _load(connection, order_id)
    if order.status is Order.SCHEDULED:
        return cancel(connection, order_id, by, now, note)
    if order.status not in _GOING:
        raise NotPossible("status", order.status)
    if not orders.change(connection, order_id, order.status, now, stop_requested=True):
        raise NotPossible("changed", order.status)
    orders.audit(connection, order_id, "stop", by, now, note)
    return None


def cancel(connection: Connection, order_id: int, by: str, now: int, note: str = "") -> Order:
    """Cancel an order that did not begin. Raises NotPossible."""
    order = _load(connection, order_id)
    if order.status is not Order.SCHEDULED:
        raise NotPossible("status", order.status)
    if not orders.step(connection, order_id, Order.SCHEDULED, Order.CANCELLED, now, note="cancelled"):
        raise NotPossible("changed", order.status)
    while not batches.cancel_queued(connection, order_id):
        pass
    orders.audit(connection, order_id, Order.CANCELLED.value, by, now, note)
    return Order.CANCELLED


def take_back(connection: Connection, order_id: int, by: str, now: int, note: str = "") -> None:
    """Cancel an order of which nothing left yet, also a held one. Raises NotPossible."""
    order = _load(connection, order_id)
    if order.status is Order.SCHEDULED:
        cancel(connection, order_id, by, now, note)
        return
    if order.status is not Order.HELD or order.stop_requested or _begun(connection, order):
        raise NotPossible("status", order.status)
    if not orders.step(connection, order_id, Order.HELD, Order.CANCELLED, now, note="cancelled"):
        raise NotPossible("changed", order.status)
    while not batches.cancel_queued(connection, order_id):
        pass
    orders.audit(connection, order_id, Order.CANCELLED.value, by, now, note)


def hold(connection: Connection, order_id: int, by: str, now: int, note: str = "") -> None:
    """Let nothing more of an order leave until somebody lets it go on. Raises NotPossible."""
    order = _load(connection, order_id)
    if order.status not in (Order.SCHEDULED, Order.SENDING) or order.stop_requested:
        raise NotPossible("status", order.status)
    if not orders.step(connection, order_id, order.status, Order.HELD, now, note="held"):
        raise NotPossible("changed", order.status)
    orders.audit(connection, order_id, Order.HELD.value, by, now, note)


def resume(connection: Connection, order_id: int, by: str, now: int, note: str = "") -> Order:
    """Let a held order go on; return its new status. Raises NotPossible."""
    order = _load(connection, order_id)
    if order.status is not Order.HELD:
        raise NotPossible("status", order.status)
    if order.stop_requested:
        raise NotPossible("stopping", order.status)
    if order.expired(now):
        raise NotPossible("expired", order.status)
    new = Order.SENDING if _begun(connection, order) else Order.SCHEDULED
    if not orders.step(connection, order_id, Order.HELD, new, now, note=""):
        raise NotPossible("changed", order.status)
    orders.audit(connection, order_id, "resumed", by, now, note)
    return new


def mark(connection: Connection, order_id: int, n: int, arrived: bool, by: str, now: int, note: str) -> None:
    """Say of an unsure batch whether it arrived, and how that was found out. Raises NotPossible."""
    order = _load(connection, order_id)
    if not note.strip():
        raise NotPossible("note_missing", order.status)
    new = Batch.ACCEPTED if arrived else Batch.CANCELLED
    if not batches.settle(connection, order_id, n, new, note):
        raise NotPossible("batch", order.status)
    orders.audit(connection, order_id, f"batch {n} {new.value}", by, now, note)


def _load(connection: Connection, order_id: int) -> SendOrder:
    order = orders.load(connection, order_id)
    if order is None:
        raise NotPossible("unknown")
    return order


def _begun(connection: Connection, order: SendOrder) -> bool:
    """Return whether something of an order may have left."""
    return bool(order.accepted or order.unsure or batches.tally(connection, order.id).get(Batch.SENDING))
