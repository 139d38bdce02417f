"""What a send costs: messages of the month, counted by person, and how many of them are left."""

from __future__ import annotations

from dataclasses import dataclass

from bot.broadcasts.audience import counted
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office
from bot.lifecycle import Order
from bot.line.port import Outcome
from bot.store import orders
from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Cost:
    """Messages. `left` None: as many as wanted. `reserved`: promised to other sends.

    `known` False: LINE did not say, which is a warning and no obstacle; LINE itself keeps its quota.
    """

    recipients: int
    left: int | None
    reserved: int
    known: bool

    @property
    def enough(self) -> bool:
        """True unless LINE said that it is not enough."""
        return self.left is None or self.recipients + self.reserved <= self.left

    @property
    def short(self) -> int:
        """How many messages are lacking."""
        return 0 if self.left is None else max(0, self.recipients + self.reserved - self.left)


def cost(office: Office, broadcast: Broadcast) -> Cost:
    """Return what a broadcast costs now. Asks LINE. Raises StoreError."""
    recipients = counted(office, broadcast).total
    reserved = office.database.read(lambda connection: _reserved(connection, broadcast))
    allowance = office.line.allowance()
    known = allowance.outcome is Outcome.ACCEPTED
    return Cost(recipients, allowance.left if known else None, reserved, known)


def _reserved(connection: Connection, broadcast: Broadcast) -> int:
    """Return how many messages other orders still need; before its plan an order says what it expects."""
    waiting = orders.listed(connection, (Order.SCHEDULED, Order.HELD, Order.SENDING))
    return sum(
        order.still_open if order.planned_at is not None else int(order.audience.get("expected", 0))
        for order in waiting
        if order.id != broadcast.order_id
    )
