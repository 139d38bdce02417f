"""Pictures of notices, kept as they were given and as a small preview."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, select

from bot.store.broadcast_tables import media
from bot.store.broadcasts import Row

_columns = media.c
FACTS: Final = [column for column in _columns if column.name not in ("original", "preview")]
"""What is known of a picture without its bytes."""


def add(connection: Connection, row: Row) -> int:
    """Keep a picture; the same bytes are kept once. Returns its id."""
    known: int | None = connection.execute(select(_columns.id).where(_columns.sha == row["sha"])).scalar()
    if known is not None:
        return known
    return int(connection.execute(media.insert().values(row).returning(_columns.id)).scalar_one())


def facts(connection: Connection, ids: Collection[int]) -> Mapping[int, Row]:
    """Return what is known of some pictures, by id."""
    found = connection.execute(select(*FACTS).where(_columns.id.in_(ids))).mappings()
    return {row["id"]: dict(row) for row in found}


def latest(connection: Connection, limit: int = 50) -> list[dict[str, Any]]:
    """Return what is known of the latest pictures."""
    found = connection.execute(select(*FACTS).order_by(_columns.id.desc()).limit(limit)).mappings()
    return [dict(row) for row in found]


def served(connection: Connection, token: str, preview: bool) -> tuple[str, bytes] | None:
    """Return the type and the bytes of the picture with this token; None for an unknown one."""
    wanted = (_columns.preview_type, _columns.preview) if preview else (_columns.type, _columns.original)
    row = connection.execute(select(*wanted).where(_columns.token == token)).one_or_none()
    return (str(row[0]), bytes(row[1])) if row else None
