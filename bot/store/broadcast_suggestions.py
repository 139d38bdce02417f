"""Wordings that were suggested for texts of broadcasts, and what became of them."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from bot.store.broadcast_tables import broadcast_suggestions

Row = dict[str, Any]
OPEN: Final = "open"
_columns = broadcast_suggestions.c


def add(connection: Connection, broadcast_id: int, language: str, text: str, by: str, now: int) -> int:
    """Keep a suggestion; return its id."""
    row = {"broadcast_id": broadcast_id, "language": language, "text": text, "by_whom": by, "at": now}
    statement = insert(broadcast_suggestions).values(**row, state=OPEN).returning(_columns.id)
    return int(connection.execute(statement).scalar_one())


def listed(connection: Connection, broadcast_id: int) -> list[Row]:
    """Return the suggestions for a broadcast, the oldest first."""
    found = select(broadcast_suggestions).where(_columns.broadcast_id == broadcast_id).order_by(_columns.id)
    return [dict(row) for row in connection.execute(found).mappings()]


def load(connection: Connection, suggestion: int) -> Row | None:
    """Return one suggestion, or None."""
    found = select(broadcast_suggestions).where(_columns.id == suggestion)
    row = connection.execute(found).mappings().one_or_none()
    return dict(row) if row else None


def decide(connection: Connection, suggestion: int, state: str, by: str, now: int) -> bool:
    """Note what became of an open suggestion. Returns False when it is not open."""
    statement = (
        update(broadcast_suggestions)
        .where(_columns.id == suggestion, _columns.state == OPEN)
        .values(state=state, decided_by=by, decided_at=now)
    )
    return connection.execute(statement).rowcount == 1
