"""Whether an order may start: its texts are those that were ordered, and LINE's quota is enough."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bot import logs
from bot.delivery.outcomes import HOLDS
from bot.delivery.tools import Tools
from bot.lifecycle import Order
from bot.line.port import Outcome
from bot.store import orders
from bot.store.orders import SendOrder

FRESH: Final = 70.0
"""Seconds for which LINE's word about the quota is good: asked after planning, it still is at the start."""

AGAIN: Final = 2.0
"""Seconds until LINE is asked again after it did not say."""

TRIES: Final = 3
"""How often LINE is asked in vain before an order that is due starts anyway; LINE itself keeps its quota."""

_log = logs.get(__name__)


class NotReady(Exception):
    """The order cannot start. Its words are the note that staff read, such as `quota_short 120`."""


@dataclass(slots=True)
class Gate:
    """Remembers what was asked. `texts` are the messages of each order that passed, by variant."""

    tools: Tools
    texts: dict[int, dict[str, bytes]] = field(default_factory=dict)
    _passed: dict[int, float] = field(default_factory=dict)
    _vain: dict[int, int] = field(default_factory=dict)
    _ask_at: dict[int, float] = field(default_factory=dict)

    def passes(self, order: SendOrder, all_orders: Sequence[SendOrder]) -> bool:
        """Return True when the order may start, False when LINE has to be asked again. Raises NotReady."""
        now = self.tools.clock.monotonic()
        if now - self._passed.get(order.id, float("-inf")) < FRESH:
            return True
        if now < self._ask_at.get(order.id, now):
            return False
        self.load(order)
        allowance = self.tools.line.allowance()
        if allowance.outcome is Outcome.ACCEPTED:
            reserved = sum(o.still_open for o in all_orders if o.status is Order.SENDING and o.id != order.id)
            needed = max(order.still_open, int(order.audience.get("expected", 0)))
            if allowance.left is not None and allowance.left - reserved < needed:
                raise NotReady(f"quota_short {needed + reserved - allowance.left}")
        elif allowance.outcome in HOLDS:
            raise NotReady(HOLDS[allowance.outcome])
        else:
            self._vain[order.id] = self._vain.get(order.id, 0) + 1
            _log.warning("quota_unknown", order=order.id, outcome=allowance.outcome.value)
            self._ask_at[order.id] = now + AGAIN
            if self._vain[order.id] < TRIES:
                return False
        self._passed[order.id] = now
        return True

    def load(self, order: SendOrder) -> dict[str, bytes]:
        """Return the order's messages by variant. Raises NotReady when they are not what was ordered."""
        if order.id not in self.texts:
            found = self.tools.database.read(partial(orders.variants, order_id=order.id))
            hashes = {
                variant: hashlib.sha256(messages).hexdigest() for variant, (messages, _) in found.items()
            }
            if orders.content_hash(hashes) != order.content_hash:
                raise NotReady("content_changed")
            self.texts[order.id] = {variant: messages for variant, (messages, _) in found.items()}
        return self.texts[order.id]

    def forget(self, order_id: int) -> None:
        """Drop what is known of an order that stopped going out."""
        for known in (self.texts, self._passed, self._vain, self._ask_at):
            known.pop(order_id, None)
