"""Series of broadcasts: the source that each issue is a copy of, its rhythm, and how far it got."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select, update

from bot.store.broadcast_tables import broadcast_series
from bot.store.broadcasts import Row

_columns = broadcast_series.c


def add(connection: Connection, row: Row) -> int:
    """Keep a new series; return its id."""
    return int(connection.execute(insert(broadcast_series).values(row).returning(_columns.id)).scalar_one())


def listed(connection: Connection, *, only_active: bool = False) -> list[Row]:
    """Return every series in the order they were made."""
    found = select(broadcast_series).order_by(_columns.id)
    if only_active:
        found = found.where(_columns.active)
    return [dict(row) for row in connection.execute(found).mappings()]


def reach(connection: Connection, series_id: int, before: date | None, day: date) -> bool:
    """Note that the issue of a day is made. Returns False when somebody else was quicker."""
    still = (_columns.id == series_id) & _columns.through.is_not_distinct_from(before) & _columns.active
    return connection.execute(update(broadcast_series).where(still).values(through=day)).rowcount == 1


def end(connection: Connection, series_id: int) -> bool:
    """Let no more issues be made. Returns False for one that is not there or over already."""
    mine = (_columns.id == series_id) & _columns.active
    return connection.execute(update(broadcast_series).where(mine).values(active=False)).rowcount == 1
