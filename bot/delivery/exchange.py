"""Between wire and database: what came back is stored and what is due is claimed, in one transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from bot.delivery import closing
from bot.delivery.outcomes import HOLDS
from bot.delivery.plan import EVERYONE, SINGLE
from bot.delivery.ready import Gate
from bot.delivery.tools import Tools
from bot.delivery.wire import Done, Job, Way, Wire
from bot.lifecycle import Batch, Order
from bot.line.port import Outcome
from bot.store import batches, lease, orders
from bot.store.batches import Claimed, Result
from bot.store.database import Connection
from bot.store.moments import SECOND, micros
from bot.store.orders import SendOrder

BELIEVED: Final = 20 * 3600 * SECOND
"""How long after the first try a retry key is relied on; LINE keeps it for 24 hours."""

AHEAD_OF_CLOCK: Final = 600 * SECOND
REFUSALS: Final = 2
"""Refused batches in a row after which the text is at fault, not the recipients."""


class Exchange:
    """Keeps the wire busy with the batches of the orders that are being sent."""

    def __init__(self, tools: Tools, gate: Gate, wire: Wire) -> None:
        self._tools = tools
        self._gate = gate
        self.wire = wire
        self._sending: dict[int, SendOrder] = {}
        self._open: Mapping[int, tuple[int, int]] = {}
        self._refused = Counter[int]()
        self._more = False

    def look(self, sending: Sequence[SendOrder]) -> None:
        """Take note of the orders that are being sent now. Raises StoreError."""
        self._open = self._tools.database.read(
            partial(batches.open_batches, order_ids=[order.id for order in sending])
        )
        now = micros(self._tools.clock.now())
        self._sending = {
            order.id: order for order in sending if not order.stop_requested and not order.expired(now)
        }
        self.wire.live = frozenset(self._sending)
        self._more = any(self._open.get(order_id, (0, now + 1))[1] <= now for order_id in self._sending)

    def nothing_open(self, order: SendOrder) -> bool:
        """Return True when an order that is being sent has no open batch left."""
        return order.status is Order.SENDING and not self._open.get(order.id, (0, 0))[0]

    def withdraw(self, order_id: int) -> None:
        """Let nothing more of an order leave."""
        self._sending.pop(order_id, None)
        self.wire.live = frozenset(self._sending)

    def close(self) -> None:
        """Let nothing more leave; `run` stores what still comes back."""
        self._sending, self._more = {}, False
        self.wire.close()

    def run(self, epoch: int) -> None:
        """Store results, claim what is due, offer it to the wire. Raises Fenced, StoreError."""
        done = self.wire.collect()
        room = self.wire.room if self._more else 0
        if not done and room <= 0:
            return
        holds = self._judge(done)
        for order_id in holds:
            self.withdraw(order_id)
        results = [one.result for one in done]
        swap = partial(self._swap, epoch=epoch, results=results, holds=holds, room=room)
        claimed = self._tools.database.write(swap)
        self._more = len(claimed) == room > 0
        self.wire.offer([self._job(batch) for batch in claimed])

    def _swap(
        self,
        connection: Connection,
        epoch: int,
        results: Sequence[Result],
        holds: Mapping[int, str],
        room: int,
    ) -> list[Claimed]:
        lease.fence(connection, epoch)
        now = micros(self._tools.clock.now())
        by_order: defaultdict[int, list[Result]] = defaultdict(list)
        for result in results:
            by_order[result.order_id].append(result)
        for order_id, mine in sorted(by_order.items()):
            batches.record(connection, order_id, mine)
        for order_id, note in holds.items():
            order = orders.load(connection, order_id)
            if order and order.status is Order.SENDING:
                closing.hold(connection, order, note, now)
        claimed: list[Claimed] = []
        trusted = (now - BELIEVED, now + AHEAD_OF_CLOCK)
        for order_id in self._sending:
            if len(claimed) < room and orders.may_leave(connection, order_id):
                left = room - len(claimed)
                claimed += batches.claim(connection, order_id, epoch, left, now, trusted)
        return claimed

    def _judge(self, done: Sequence[Done]) -> dict[int, str]:
        """Return the orders that have to wait for a person, each with the reason."""
        holds: dict[int, str] = {}
        for one in done:
            order_id = one.result.order_id
            if one.outcome in HOLDS:
                holds.setdefault(order_id, HOLDS[one.outcome])
            elif one.outcome is Outcome.ACCEPTED:
                self._refused[order_id] = 0
            elif one.result.state is Batch.REFUSED:
                self._refused[order_id] += 1
                order = self._sending.get(order_id)
                if self._refused[order_id] >= REFUSALS and order and order.kind not in SINGLE:
                    holds.setdefault(order_id, "refused_twice")
        return holds

    def _job(self, batch: Claimed) -> Job:
        order = self._sending[batch.order_id]
        messages = self._gate.load(order)[batch.variant]
        return Job(batch, messages, _way(order), order.unit, order.not_after)


def _way(order: SendOrder) -> Way:
    if order.audience.get("of") == EVERYONE:
        return "broadcast"
    return "push" if order.kind in SINGLE else "multicast"
