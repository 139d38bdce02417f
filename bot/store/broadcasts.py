"""What is kept of broadcasts; each change names the version that it has seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from bot.lifecycle import Order, may_step
from bot.store.broadcast_tables import broadcast_notes, broadcast_variants, broadcasts
from bot.store.models import send_orders

Row = Mapping[str, Any]
_columns = broadcasts.c
_status = func.coalesce(send_orders.c.status, _columns.status)
_joined = broadcasts.outerjoin(send_orders, _columns.order_id == send_orders.c.id)
_others = [column for column in _columns if column.name != "status"]
_WHOLE = select(*_others, _status.label("status")).select_from(_joined)


def add(connection: Connection, row: Row, variants: Collection[Row]) -> int:
    """Keep a new broadcast with its variants; return its id."""
    made = int(connection.execute(insert(broadcasts).values(row).returning(_columns.id)).scalar_one())
    _put(connection, made, variants)
    return made


def load(connection: Connection, broadcast_id: int) -> tuple[Row, Sequence[Row]] | None:
    """Return a broadcast, its status as its order says, and its variants; None for an unknown id."""
    found = _with_variants(connection, _columns.id == broadcast_id)
    return found[0] if found else None


def change(
    connection: Connection, broadcast_id: int, version: int, values: Row, variants: Mapping[str, Row | None]
) -> bool:
    """Change columns and variants (None: delete). Returns False when `version` is not the present one."""
    mine = (_columns.id == broadcast_id) & (_columns.version == version)
    new = {**values, "version": version + 1}
    if connection.execute(update(broadcasts).where(mine).values(new)).rowcount != 1:
        return False
    touched = broadcast_variants.c.language.in_(variants)
    connection.execute(delete(broadcast_variants).where(_of(broadcast_id), touched))
    _put(connection, broadcast_id, [row for row in variants.values() if row])
    return True


def step(
    connection: Connection, broadcast_id: int, version: int, old: Order, new: Order, **values: object
) -> bool:
    """Move a broadcast along the table. Returns False, changing nothing, when it is no longer as seen."""
    assert may_step(old, new), f"no step from {old} to {new}"
    return change(connection, broadcast_id, version, {**values, "status": new.value}, {})


def remember(connection: Connection, broadcast_id: int, version: int, values: Row) -> bool:
    """Change columns that nobody has to see. Returns False when `version` is not the present one."""
    mine = (_columns.id == broadcast_id) & (_columns.version == version)
    return connection.execute(update(broadcasts).where(mine).values(dict(values))).rowcount == 1


def listed(
    connection: Connection,
    where: Sequence[ColumnElement[bool]],
    limit: int,
    offset: int = 0,
    *,
    soonest: bool = False,
) -> list[tuple[Row, Sequence[Row]]]:
    """Return broadcasts, the latest changed first or the soonest due first."""
    order = (_columns.due_at, _columns.id) if soonest else (_columns.changed_at.desc(), _columns.id.desc())
    ids = connection.execute(
        select(_columns.id).select_from(_joined).where(*where).order_by(*order).limit(limit).offset(offset)
    )
    wanted = list(ids.scalars())
    found = {row["id"]: (row, mine) for row, mine in _with_variants(connection, _columns.id.in_(wanted))}
    return [found[one] for one in wanted]


def total(connection: Connection, where: Sequence[ColumnElement[bool]]) -> int:
    """Return how many broadcasts there are."""
    return int(connection.execute(select(func.count()).select_from(_joined).where(*where)).scalar_one())


def filtered(
    statuses: Collection[Order] = (), author: str = "", text: str = ""
) -> Sequence[ColumnElement[bool]]:
    """Return the conditions of a list: in one of these statuses, by this author, with these words."""
    where: list[ColumnElement[bool]] = []
    if statuses:
        where.append(_status.in_([status.value for status in statuses]))
    if author:
        where.append(_columns.author == author)
    if text:
        like = f"%{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        said = select(broadcast_variants.c.broadcast_id).where(
            broadcast_variants.c.text.ilike(like, escape="!")
        )
        where.append(or_(_columns.title.ilike(like, escape="!"), _columns.id.in_(said)))
    return where


def due_between(first: int, last: int) -> Sequence[ColumnElement[bool]]:
    """Return the condition of what is due from one moment until before another, discarded ones aside."""
    due = func.coalesce(send_orders.c.due_at, _columns.due_at)
    return [and_(due >= first, due < last), _status != Order.DISCARDED.value]


def in_status(*statuses: Order) -> Sequence[ColumnElement[bool]]:
    """Return the condition of what stands in one of these statuses."""
    return filtered(statuses)


def approved_by(name: str) -> Sequence[ColumnElement[bool]]:
    """Return the condition of what somebody approved and nothing of which left yet."""
    waiting = [Order.SCHEDULED.value, Order.HELD.value]
    return [_columns.approved_by == name, _status.in_(waiting), send_orders.c.accepted == 0]


def note(connection: Connection, broadcast_id: int, at: int, by: str, action: str, text: str = "") -> None:
    """Add to the history of a broadcast."""
    row = {"broadcast_id": broadcast_id, "at": at, "by_whom": by, "action": action, "note": text[:1000]}
    connection.execute(insert(broadcast_notes).values(row))


def notes(connection: Connection, broadcast_id: int) -> list[Row]:
    """Return the history of a broadcast, the oldest first."""
    lines = broadcast_notes.c
    found = select(broadcast_notes).where(lines.broadcast_id == broadcast_id).order_by(lines.id)
    return [dict(row) for row in connection.execute(found).mappings()]


def _of(broadcast_id: int) -> ColumnElement[bool]:
    return broadcast_variants.c.broadcast_id == broadcast_id


def _put(connection: Connection, broadcast_id: int, variants: Collection[Row]) -> None:
    rows = [{**row, "broadcast_id": broadcast_id} for row in variants]
    if rows:
        connection.execute(insert(broadcast_variants), rows)


def _with_variants(connection: Connection, which: ColumnElement[bool]) -> list[tuple[Row, Sequence[Row]]]:
    rows = connection.execute(_WHOLE.where(which)).mappings().all()
    mine = broadcast_variants.c.broadcast_id.in_([row["id"] for row in rows])
    texts: dict[int, list[Row]] = {row["id"]: [] for row in rows}
    for one in connection.execute(select(broadcast_variants).where(mine)).mappings():
        texts[one["broadcast_id"]].append(dict(one))
    return [(dict(row), texts[row["id"]]) for row in rows]
