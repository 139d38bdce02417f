"""Masked questions beside what became of them, and which of them staff need not answer. No row says who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Table, func, literal, select

from bot.store.counts import increase
from bot.store.learning_tables import dismissed_questions, question_signals
from bot.store.models import unanswered

UNANSWERED = "unanswered"
"""The kind of the questions that nothing was known about; they stand in a table of their own."""


@dataclass(frozen=True, slots=True)
class Row:
    """How often something was told us. `last` is the latest day (JST)."""

    kind: str
    language: str
    question: str
    target: str
    n: int
    last: date


def add(connection: Connection, day: date, kind: str, language: str, question: str, target: str) -> None:
    """Count one signal of a day."""
    key = {"day": day, "language": language, "kind": kind, "question": question, "target": target}
    increase(connection, question_signals, key, {"n": 1})


def asked(connection: Connection, kind: str, language: str, limit: int) -> list[Row]:
    """Return what was told us over all days, most often first; empty `kind` or `language`: of every one."""
    found: list[Row] = []
    if kind in ("", UNANSWERED):
        found += _read(connection, unanswered, language, limit)
    if kind != UNANSWERED:
        found += _read(connection, question_signals, language, limit, kind)
    return sorted(found, key=lambda row: (-row.n, row.question))[:limit]


def _read(connection: Connection, table: Table, language: str, limit: int, kind: str = "") -> list[Row]:
    """Return the rows of a table over all days; one without a kind holds unanswered questions."""
    kinds = table.c.get("kind", literal(UNANSWERED).label("kind"))
    target = table.c.get("target", literal("").label("target"))
    own = [column for column in (table.c.get("kind"), table.c.get("target")) if column is not None]
    total = func.sum(table.c.n)
    query = select(kinds, table.c.language, table.c.question, target, total, func.max(table.c.day))
    query = query.group_by(table.c.language, table.c.question, *own)
    if language:
        query = query.where(table.c.language == language)
    if kind:
        query = query.where(table.c.kind == kind)
    rows = connection.execute(query.order_by(total.desc(), table.c.question).limit(limit))
    return [Row(kind, tag, question, on, int(n), last) for kind, tag, question, on, n, last in rows]


def forget(connection: Connection, before: date, moment: int) -> int:
    """Delete signals of days before `before`, and what was dismissed before `moment`; return how many."""
    gone = connection.execute(question_signals.delete().where(question_signals.c.day < before)).rowcount
    old = dismissed_questions.delete().where(dismissed_questions.c.at < moment)
    return gone + connection.execute(old).rowcount


def dismissed(connection: Connection) -> set[tuple[str, str]]:
    """Return (language, core) of each group that needs no answer."""
    query = select(dismissed_questions.c.language, dismissed_questions.c.core)
    return {(language, core) for language, core in connection.execute(query)}


def dismiss(connection: Connection, language: str, core: str, at: int, by: str) -> None:
    """Note that a group needs no answer."""
    take_back(connection, language, core)
    row = {"language": language, "core": core, "at": at, "by_whom": by}
    connection.execute(dismissed_questions.insert().values(row))


def take_back(connection: Connection, language: str, core: str) -> None:
    """Let a group stand in the list again."""
    mine = (dismissed_questions.c.language == language) & (dismissed_questions.c.core == core)
    connection.execute(dismissed_questions.delete().where(mine))
