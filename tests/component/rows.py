"""Looks at tables, for tests that check what was kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, select

from bot.store.database import Database


def rows(database: Database, table: Table) -> list[dict[str, Any]]:
    """Return every row of a table."""
    return database.read(
        lambda connection: [dict(row) for row in connection.execute(select(table)).mappings()]
    )
