"""The import of the people who followed before we were there: whom it adds, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.models import people
from bot.store.topic_tables import follower_imports

_import = follower_imports.c
NOBODY_ASKED: Final = {
    "asked_profile": False, "following": True, "resident": False, "offered": [], "unknowns": 0, "version": 1,
}  # fmt: skip
"""What is known of somebody who follows and never wrote: nothing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """An import under way. `goes_on` is LINE's token of the next page; moments in microseconds."""

    id: int
    changed_at: int
    goes_on: str | None
    seen: int
    added: int


def unfinished(connection: Connection) -> Progress | None:
    """Return the import that was begun last, unless it is at its end."""
    latest = select(follower_imports).order_by(_import.id.desc()).limit(1)
    row = connection.execute(latest).one_or_none()
    if row is None or row.ended_at is not None:
        return None
    return Progress(row.id, row.changed_at, row.goes_on, row.seen, row.added)


def begin(connection: Connection, now: int) -> Progress:
    """Begin an import."""
    row = {"started_at": now, "changed_at": now, "seen": 0, "added": 0}
    made = connection.execute(insert(follower_imports).values(row).returning(_import.id)).scalar_one()
    return Progress(made, now, None, 0, 0)


def keep(
    connection: Connection, progress: Progress, ids: Sequence[str], goes_on: str | None, now: int
) -> Progress:
    """Add the people of a page and remember where the next one begins; without a next one it is the end.

    Whoever is known stays as they are: who blocked us since LINE wrote the list follows us no more.
    """
    flavour: ModuleType = postgresql if connection.dialect.name == "postgresql" else sqlite
    added = 0
    if ids:
        once = flavour.insert(people).on_conflict_do_nothing(index_elements=[people.c.user_id])
        rows = [{"user_id": one, "changed_at": now, **NOBODY_ASKED} for one in dict.fromkeys(ids)]
        added = len(connection.execute(once.returning(people.c.user_id), rows).all())
    after = Progress(progress.id, now, goes_on, progress.seen + len(ids), progress.added + added)
    values = {"changed_at": now, "goes_on": goes_on, "seen": after.seen, "added": after.added}
    ended = {"ended_at": now} if goes_on is None else {}
    connection.execute(update(follower_imports).where(_import.id == progress.id).values(values | ended))
    return after
