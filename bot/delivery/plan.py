"""Who gets an order, frozen: one pass over its audience in chunks, 500 people of one variant a batch."""

from __future__ import annotations

import gc
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from operator import lt
from typing import Final

from bot.delivery.order import Audience
from bot.delivery.tools import Tools
from bot.lifecycle import ORDER_STEPS, Batch, Order
from bot.store import lease, orders, plans, reached
from bot.store.database import Connection
from bot.store.moments import micros
from bot.store.orders import Kind, SendOrder
from bot.store.plans import Planned

MOST: Final = 500
"""People in one multicast, by LINE's rule."""

SINGLE: Final = frozenset({Kind.TEST, Kind.NOTICE})
"""Kinds that go to one person a call."""

EVERYONE: Final = "everyone"
"""The audience of LINE's own broadcast call: one call that names nobody, counted as one person."""

_ID = re.compile(r"U[0-9a-f]{32}")


class Unplannable(Exception):
    """The order cannot be planned. Its words are the note that staff read, such as `variant_missing en`."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the plan: its batches, how many people were left out, and where the next piece begins."""

    plan: Sequence[Planned]
    skipped: int
    through: str
    last: bool

    def people(self, before: Mapping[str, Planned]) -> int:
        """Return how many people it adds to the batches that were not full `before`."""
        known = {batch.n for batch in self.plan if batch.known}
        return sum(batch.count for batch in self.plan) - sum(
            batch.count for batch in before.values() if batch.n in known
        )


def plan_on(tools: Tools, order: SendOrder, epoch: int) -> bool:
    """Plan the next chunk of an order. Returns False when the order changed meanwhile.

    Raises Unplannable, Fenced, StoreError.
    """
    size = 1 if order.kind in SINGLE else MOST
    before, number = tools.database.read(partial(plans.unfilled, order_id=order.id, size=size))
    if order.audience.get("of") == "reached":
        chunk = tools.database.read(partial(_reached_page, order=order, limit=tools.tempo.chunk))
    elif order.audience.get("of") == EVERYONE:
        chunk = tools.database.read(partial(_everyone, order=order))
    else:
        with _no_collecting():
            chunk = _page(tools, order, before, number, size)
    _check_variants(tools, order, chunk)
    tools.passing("plan")
    kept = tools.database.write(
        partial(_keep, order=order, epoch=epoch, chunk=chunk, people=chunk.people(before), clock=tools)
    )
    tools.passing("chunk")
    return kept


def _keep(
    connection: Connection, order: SendOrder, epoch: int, chunk: Chunk, people: int, clock: Tools
) -> bool:
    lease.fence(connection, epoch)
    now = micros(clock.clock.now())
    changed = orders.change(
        connection,
        order.id,
        Order.SCHEDULED,
        now,
        planned_through=chunk.through,
        planned_at=now if chunk.last else None,
        recipients=order.recipients + people,
        skipped=order.skipped + chunk.skipped,
    )
    if changed:
        plans.keep(connection, order.id, chunk.plan)
    return changed


def _page(tools: Tools, order: SendOrder, before: Mapping[str, Planned], number: int, size: int) -> Chunk:
    """Ask the order's audience for the next people and deal them out to batches."""
    name = str(order.audience.get("of", order.kind.value))
    audience: Audience | None = tools.audiences.get(name)
    if audience is None:
        raise Unplannable(f"audience_unknown {name}")
    limit = tools.tempo.chunk * size
    page = tools.database.read(lambda c: audience(c, order.audience, order.planned_through, limit))
    ids, through = [user_id for user_id, _ in page], order.planned_through
    if ids:
        _check_order(ids, order.planned_through)
        through = ids[-1]
    people: defaultdict[str, list[str]] = defaultdict(list)
    for user_id, variant in page:
        people[variant].append(user_id)
    plan: list[Planned] = []
    skipped, numbers = 0, count(number)
    for variant, mine in people.items():
        packed, left_out = pack(mine)
        plan += _deal(variant, packed, before.get(variant), numbers, size)
        skipped += left_out
    return Chunk(plan, skipped, through, last=len(page) < limit)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A page is many small objects that all go at once: looking for garbage among them doubles the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def pack(user_ids: Sequence[str]) -> tuple[bytes, int]:
    """Return user ids as 16 bytes each, and how many were left out because they are none of LINE's."""
    joined = "".join(user_ids)
    with suppress(ValueError):
        packed = bytes.fromhex(joined.replace("U", ""))
        if len(packed) == 16 * len(user_ids) and joined == _unpacked(packed):
            return packed, 0
    good = [user_id for user_id in user_ids if _ID.fullmatch(user_id)]
    return bytes.fromhex("".join(good).replace("U", "")), len(user_ids) - len(good)


def _unpacked(packed: bytes) -> str:
    """Return the user ids, one directly after the other."""
    return "U" + packed.hex("U", 16) if packed else ""


def _deal(
    variant: str, packed: bytes, room: Planned | None, numbers: Iterator[int], size: int
) -> Iterator[Planned]:
    """Fill up the batch that has room, then new ones."""
    if not packed:
        return
    whole = room.packed + packed if room else packed
    for start in range(0, len(whole), 16 * size):
        part = whole[start : start + 16 * size]
        if room and start == 0:
            yield Planned(room.n, variant, part, room.retry_key, known=True)
        else:
            yield Planned(next(numbers), variant, part, str(uuid.uuid4()))


def _check_order(ids: Sequence[str], after: str) -> None:
    """Nobody may come twice: the ids rise, from where the last page ended."""
    if _rise((after, *ids)):
        return
    # A database may sort what is no id of LINE's by its own rules.
    if not _rise([user_id for user_id in (after, *ids) if _ID.fullmatch(user_id)]):
        raise Unplannable("audience_out_of_order")


def _rise(ids: Sequence[str]) -> bool:
    return all(map(lt, ids, ids[1:]))


def _check_variants(tools: Tools, order: SendOrder, chunk: Chunk) -> None:
    known = tools.database.read(partial(orders.variants, order_id=order.id))
    for batch in chunk.plan:
        if batch.variant not in known:
            raise Unplannable(f"variant_missing {batch.variant}")


def _reached_page(connection: Connection, order: SendOrder, limit: int) -> Chunk:
    """Copy the next batches of an earlier order: exactly those whom it reached and who still follow us."""
    earlier = orders.load(connection, int(order.audience["order"]))
    if earlier is None or ORDER_STEPS[earlier.status]:
        raise Unplannable("earlier_order_still_open" if earlier else "earlier_order_unknown")
    states = [Batch(state) for state in order.audience.get("outcomes", [Batch.ACCEPTED.value])]
    after = int(order.planned_through or -1)
    try:
        found = reached.page(connection, earlier.id, after, limit, states, order.audience.get("variants"))
    except reached.Erased:
        raise Unplannable("earlier_recipients_erased") from None
    plan, skipped = [], 0
    for batch in found:
        packed = _without(batch.packed, reached.gone(connection, batch.packed))
        skipped += (len(batch.packed) - len(packed)) // 16
        if packed:
            plan.append(Planned(batch.n, batch.variant, packed, str(uuid.uuid4())))
    through = str(found[-1].n) if found else order.planned_through
    return Chunk(plan, skipped, through, last=len(found) < limit)


def _everyone(connection: Connection, order: SendOrder) -> Chunk:
    """Return the one call that reaches every friend of the account. Raises Unplannable for several texts."""
    known = list(orders.variants(connection, order.id))
    if len(known) != 1:
        raise Unplannable("everyone_gets_one_text")
    return Chunk([Planned(0, known[0], bytes(16), str(uuid.uuid4()))], 0, "", last=True)


def _without(packed: bytes, gone: set[bytes]) -> bytes:
    if not gone:
        return packed
    people = (packed[start : start + 16] for start in range(0, len(packed), 16))
    return b"".join(person for person in people if person not in gone)
