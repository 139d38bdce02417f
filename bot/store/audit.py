"""The record of what staff did: written beside each deed, in the same transaction, and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from bot.store.staff_tables import audit_log

CLI: Final = "(cli)"
"""Who acts on the command line; no account can have such a name."""

NOBODY: Final = ""
"""Who acts when nobody is known: a try to sign in under a name that no account has."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed. `at` in microseconds; `actor` is the name of an account, `CLI` or `NOBODY`."""

    id: int
    at: int
    actor: str
    action: str
    subject: str
    details: dict[str, Any]


def note(
    connection: Connection, at: int, actor: str, action: str, subject: str = "", **details: object
) -> None:
    """Write down a deed. `action` is a word such as `staff-added`, `subject` what it was done to.

    `details` are JSON values: never a password, a code, an id of a reader or the text of a message.
    """
    row = {"at": at, "actor": actor, "action": action, "subject": subject[:120], "details": details}
    connection.execute(audit_log.insert().values(row))


def look(
    connection: Connection, actor: str = "", actions: Sequence[str] = (), before: int = 0, limit: int = 50
) -> list[Entry]:
    """Return the latest deeds, newest first: of one actor, of some kinds, older than the entry `before`."""
    query = select(audit_log).order_by(audit_log.c.id.desc()).limit(limit)
    if actor:
        query = query.where(audit_log.c.actor == actor)
    if actions:
        query = query.where(audit_log.c.action.in_(actions))
    if before:
        query = query.where(audit_log.c.id < before)
    return [Entry(**row) for row in connection.execute(query).mappings()]


def actors(connection: Connection) -> list[str]:
    """Return everybody who ever did something, in order of names."""
    query = select(audit_log.c.actor).where(audit_log.c.actor != NOBODY).distinct()
    return sorted(connection.execute(query).scalars())
