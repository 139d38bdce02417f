"""An approved broadcast becomes a send order: its bytes frozen, its audience named, its time fixed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.broadcasts.audience import corrected_order, criteria
from bot.broadcasts.model import Broadcast
from bot.broadcasts.times import starts_at
from bot.delivery.plan import EVERYONE
from bot.store import orders
from bot.store.broadcast_audience import REACHED
from bot.store.database import Connection
from bot.store.moments import SECOND
from bot.store.orders import Kind, NewOrder

LATEST: Final = 24 * 3600 * SECOND
"""So long after its time something may still leave that was held up: then it is yesterday's news."""


def scheduled(
    connection: Connection,
    broadcast: Broadcast,
    frozen: Mapping[str, bytes],
    expected: int,
    hold_minutes: int,
    approval: tuple[str, int],
) -> int | None:
    """Make the order of a broadcast; return its id, None when there is one. `approval`: by whom and when."""
    by, now = approval
    start = starts_at(broadcast.due_at, hold_minutes, now)
    key, due_at = f"broadcast:{broadcast.id}:{broadcast.version}", broadcast.due_at or now
    whom = _whom(connection, broadcast, frozen)
    new = NewOrder(
        key=key,
        kind=Kind.BROADCAST,
        audience={**whom, "expected": expected, "turn": [due_at, key]},
        variants=frozen,
        due_at=due_at,
        not_after=min(start + LATEST, broadcast.valid_until or start + LATEST),
        hold_until=now + hold_minutes * 60 * SECOND,
        unit=f"b{broadcast.id}",
        by=by,
    )
    return orders.create(connection, new, now)


def _whom(connection: Connection, broadcast: Broadcast, frozen: Mapping[str, bytes]) -> dict[str, Any]:
    """Return an order's audience: a correction goes to exactly those whom the first one may have reached."""
    if broadcast.plain:
        return {"of": EVERYONE}
    if broadcast.corrects is None:
        return criteria(broadcast.audience, broadcast.kind, broadcast.topic)
    states = [state.value for state in REACHED]
    earlier = corrected_order(connection, broadcast)
    return {"of": "reached", "order": earlier, "outcomes": states, "variants": sorted(frozen)}
