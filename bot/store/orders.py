"""Send orders: what goes to whom and when, made once, moved only along `bot/lifecycle.py`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import ModuleType
from typing import Any, Final

from sqlalchemy import Connection, and_, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.lifecycle import Order, may_step
from bot.store.models import OUTCOMES, send_audit, send_orders, send_variants

_UNIT = re.compile(r"[A-Za-z0-9_]{1,30}")
_columns = send_orders.c


class Kind(StrEnum):
    """What a send order is for. A test and a notice go to single people, the others to many at once."""

    BROADCAST = "broadcast"
    REMINDER = "reminder"
    TEST = "test"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order to be made. Moments are microseconds (`bot.store.moments`).

    `key` names what is ordered, so that ordering it twice gives one order. `audience` is what its query needs
    (JSON); its `of` names the query, else the kind does. `variants` are texts by key, each the list of LINE
    messages as ASCII JSON (`bot.delivery.order.frozen`). From `not_after` on nothing of it leaves any more,
    before `hold_until` nothing yet. `unit` is LINE's aggregation unit. `by` and `note` go into the audit.
    """

    key: str
    kind: Kind
    audience: Mapping[str, Any]
    variants: Mapping[str, bytes]
    due_at: int
    not_after: int | None = None
    hold_until: int | None = None
    status: Order = Order.SCHEDULED
    unit: str | None = None
    by: str = "awamado"
    note: str = ""


@dataclass(frozen=True, slots=True)
class SendOrder:
    """An order as it stands. The counts are people; `planned_at` None: who gets it is not frozen yet."""

    id: int
    key: str
    kind: Kind
    status: Order
    audience: Mapping[str, Any]
    unit: str | None
    content_hash: str
    due_at: int
    not_after: int | None
    hold_until: int | None
    planned_at: int | None
    planned_through: str
    recipients: int
    skipped: int
    accepted: int
    refused: int
    unsure: int
    cancelled: int
    stop_requested: bool
    note: str
    created_at: int
    changed_at: int
    version: int

    @property
    def starts_at(self) -> int:
        """The first moment at which it may leave."""
        return max(self.due_at, self.hold_until or 0)

    @property
    def still_open(self) -> int:
        """How many people of the plan nothing final is known about."""
        return self.recipients - self.accepted - self.refused - self.unsure - self.cancelled

    def expired(self, now: int) -> bool:
        """Return True when nothing of it may leave any more."""
        return self.not_after is not None and self.not_after <= now


class WrongOrder(ValueError):
    """The order cannot be made. Says in one sentence why."""


def create(connection: Connection, new: NewOrder, now: int) -> int | None:
    """Make an order and its variants; return its id, or None, changing nothing, when the key exists.

    Raises WrongOrder.
    """
    _check(new)
    hashes = {variant: hashlib.sha256(messages).hexdigest() for variant, messages in new.variants.items()}
    row = {
        **{name: getattr(new, name) for name in ("key", "unit", "due_at", "not_after", "hold_until")},
        "kind": new.kind.value,
        "status": new.status.value,
        "audience": dict(new.audience),
        "content_hash": content_hash(hashes),
        "planned_through": "",
        "note": "",
        "stop_requested": False,
        "created_at": now,
        "changed_at": now,
        "version": 1,
        **dict.fromkeys(("recipients", "skipped", *OUTCOMES), 0),
    }
    flavour: ModuleType = postgresql if connection.dialect.name == "postgresql" else sqlite
    once = flavour.insert(send_orders).on_conflict_do_nothing(index_elements=[_columns.key])
    made: int | None = connection.execute(once.returning(_columns.id), row).scalar()
    if made is None:
        return None
    texts = [
        {"order_id": made, "variant": variant, "messages": messages, "hash": hashes[variant]}
        for variant, messages in new.variants.items()
    ]
    connection.execute(insert(send_variants), texts)
    audit(connection, made, "created", new.by, now, new.note)
    return made


def content_hash(hashes: Mapping[str, str]) -> str:
    """Return the hash over all variants, given each one's: what approval stands for."""
    lines = "".join(f"{variant} {digest}\n" for variant, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def load(connection: Connection, order_id: int) -> SendOrder | None:
    """Return one order, or None."""
    row = connection.execute(select(send_orders).where(_columns.id == order_id)).mappings().one_or_none()
    return _order(row) if row else None


def id_of(connection: Connection, key: str) -> int | None:
    """Return the id of the order of that key, or None."""
    found: int | None = connection.execute(select(_columns.id).where(_columns.key == key)).scalar()
    return found


def listed(
    connection: Connection, statuses: Collection[Order] = tuple(Order), limit: int = 100
) -> list[SendOrder]:
    """Return orders in these statuses, the latest due first."""
    statement = (
        select(send_orders)
        .where(_columns.status.in_([status.value for status in statuses]))
        .order_by(_columns.due_at.desc(), _columns.id.desc())
        .limit(limit)
    )
    return [_order(row) for row in connection.execute(statement).mappings()]


def to_do(connection: Connection, now: int, soon: int) -> list[SendOrder]:
    """Return what the dispatcher has to look at, in the order of their turn.

    These are orders that are being sent, those due before `soon`, and any that expired or are to stop.
    """
    waiting = _columns.status.in_([Order.SCHEDULED.value, Order.HELD.value])
    statement = (
        select(send_orders)
        .where(
            or_(
                _columns.status == Order.SENDING.value,
                and_(_columns.status == Order.SCHEDULED.value, _columns.due_at <= soon),
                and_(waiting, or_(_columns.not_after <= now, _columns.stop_requested)),
            )
        )
        .order_by(_columns.due_at, _columns.id)
    )
    return [_order(row) for row in connection.execute(statement).mappings()]


def may_leave(connection: Connection, order_id: int) -> bool:
    """Return True while the order is being sent and nobody wants it stopped."""
    here = select(_columns.id).where(_columns.id == order_id, _columns.status == Order.SENDING.value)
    return connection.execute(here.where(~_columns.stop_requested)).first() is not None


def variants(connection: Connection, order_id: int) -> dict[str, tuple[bytes, str]]:
    """Return each variant's messages and their hash at the time of ordering."""
    texts = send_variants.c
    rows = connection.execute(
        select(texts.variant, texts.messages, texts.hash).where(texts.order_id == order_id)
    )
    return {variant: (bytes(messages), digest) for variant, messages, digest in rows}


def step(connection: Connection, order_id: int, old: Order, new: Order, now: int, **changes: object) -> bool:
    """Move an order along the table and change other columns with it.

    Returns False, changing nothing, when it is no longer where it was.
    """
    assert may_step(old, new), f"no step from {old} to {new}"
    return change(connection, order_id, old, now, status=new.value, **changes)


def change(connection: Connection, order_id: int, at: Order, now: int, **changes: object) -> bool:
    """Change columns of an order whose status is `at`. Returns False when it no longer is."""
    statement = (
        update(send_orders)
        .where(_columns.id == order_id, _columns.status == at.value)
        .values(**changes, changed_at=now, version=_columns.version + 1)
    )
    return connection.execute(statement).rowcount == 1


def count(connection: Connection, order_id: int, by: Mapping[str, int]) -> None:
    """Add to the numbers of people of an order; `by` holds names of OUTCOMES."""
    connection.execute(
        update(send_orders)
        .where(_columns.id == order_id)
        .values({name: _columns[name] + number for name, number in by.items()})
    )


def audit(connection: Connection, order_id: int, what: str, by: str, now: int, note: str = "") -> None:
    """Add a line to the audit, which nobody can change afterwards."""
    line = {"at": now, "order_id": order_id, "what": what, "by_whom": by[:80], "note": note[:200]}
    connection.execute(insert(send_audit), line)


def history(connection: Connection, order_id: int) -> list[tuple[int, str, str, str]]:
    """Return the audit of an order, the oldest first: moment, what happened, by whom, note."""
    lines = send_audit.c
    found = (
        select(lines.at, lines.what, lines.by_whom, lines.note)
        .where(lines.order_id == order_id)
        .order_by(lines.id)
    )
    return [(at, what, by, note) for at, what, by, note in connection.execute(found)]


def _check(new: NewOrder) -> None:
    if not new.variants:
        raise WrongOrder("An order needs at least one text.")
    if not all(messages.isascii() for messages in new.variants.values()):
        raise WrongOrder("The messages of an order are ASCII JSON.")
    if new.not_after is not None and new.not_after <= max(new.due_at, new.hold_until or 0):
        raise WrongOrder("An order cannot expire before it may start.")
    if new.unit is not None and not _UNIT.fullmatch(new.unit):
        raise WrongOrder("An aggregation unit is 1 to 30 letters, digits and underscores.")


_NAMES: Final = tuple(field.name for field in fields(SendOrder))


def _order(row: Any) -> SendOrder:
    values = {name: row[name] for name in _NAMES}
    return SendOrder(**{**values, "kind": Kind(row["kind"]), "status": Order(row["status"])})
