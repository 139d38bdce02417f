"""Numbers of questions and the masked texts nothing was known about. No row says who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.models import BUCKETS, question_counts, unanswered

_LIMITS_MS = (100, 300, 1_000, 3_000, 10_000)


def bucket(waited_ms: float) -> str:
    """Return the name of the column that counts a wait of so many milliseconds."""
    return next(
        (name for name, limit in zip(BUCKETS, _LIMITS_MS, strict=False) if waited_ms <= limit), BUCKETS[-1]
    )


def add(connection: Connection, day: date, topic: str, language: str, status: str, waited_ms: float) -> None:
    """Count one question."""
    waits = dict.fromkeys(BUCKETS, 0) | {bucket(waited_ms): 1}
    key = {"day": day, "topic": topic, "language": language, "status": status}
    increase(connection, question_counts, key, {"n": 1, **waits})


def add_unanswered(connection: Connection, day: date, language: str, question: str) -> None:
    """Count one masked text that nothing was known about."""
    increase(connection, unanswered, {"day": day, "language": language, "question": question}, {"n": 1})


def forget_unanswered(connection: Connection, before: date) -> int:
    """Delete the masked texts of the days before `before`; return how many there were."""
    return connection.execute(unanswered.delete().where(unanswered.c.day < before)).rowcount


def increase(connection: Connection, table: Table, key: Mapping[str, object], by: Mapping[str, int]) -> None:
    """Add to the numbers of one row, which comes into being by it."""
    connection.execute(_increasing(connection.dialect.name, table, tuple(key), tuple(by)), {**key, **by})


@cache
def _increasing(dialect: str, table: Table, key: tuple[str, ...], by: tuple[str, ...]) -> Any:
    """Built once for each table and set of columns: building costs more than running."""
    flavour: ModuleType = postgresql if dialect == "postgresql" else sqlite
    insert = flavour.insert(table).values({name: bindparam(name) for name in (*key, *by)})
    came = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=list(key), set_={name: table.c[name] + came[name] for name in by}
    )


def by_status(connection: Connection, day: date) -> dict[str, int]:
    """Return how many questions of a day ended in each status."""
    status, total = question_counts.c.status, func.sum(question_counts.c.n)
    query = select(status, total).where(question_counts.c.day == day).group_by(status)
    return {row.status: int(row[1]) for row in connection.execute(query)}
