"""Changes of the content, each whole: numbered in the order they were made, never changed, only undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select, text, update

from bot.store.models import content_revisions as revisions

Stamp = tuple[int, int]
"""The highest number given, and how many revisions are active: no two states of the table share it."""

ACTIVE: Final = "active"
UNDONE: Final = "undone"

_LISTED = [column for column in revisions.c if column.name != "files"]
_STAMP = select(
    func.coalesce(func.max(revisions.c.number), 0),
    func.count().filter(revisions.c.state == ACTIVE),
)


class Outdated(Exception):  # a fact to act on: look again
    """Somebody else changed the content since it was looked at."""


@dataclass(frozen=True, slots=True)
class NewRevision:
    """What a revision is made of: whole new texts by path, and checksums of the same files on disk."""

    author: str
    confirmed_by: str | None
    kind: str
    summary: str
    files: Mapping[str, str | None]
    base: Mapping[str, str | None]


def stamp(connection: Connection) -> Stamp:
    """Return what tells two states apart, at the cost of one small query."""
    highest, active = connection.execute(_STAMP).one()
    return highest, active


def in_force(connection: Connection, without: int | None = None) -> dict[str, str | None]:
    """Return the latest active text of each file that was written; None says that the file is gone.

    `without` leaves one revision out, as if it were undone.
    """
    wanted = revisions.c.state == ACTIVE
    if without is not None:
        wanted &= revisions.c.number != without
    query = select(revisions.c.files).where(wanted).order_by(revisions.c.number)
    texts: dict[str, str | None] = {}
    for files in connection.execute(query).scalars():
        texts.update(files)
    return texts


def listed(connection: Connection) -> list[dict[str, Any]]:
    """Return every revision in order, without the texts; the keys of `base` are the paths it wrote."""
    rows = connection.execute(select(*_LISTED).order_by(revisions.c.number)).mappings()
    return [dict(row) for row in rows]


def add(connection: Connection, new: NewRevision, seen: Stamp, now: int) -> int:
    """Keep a revision and return its number.

    Raises Outdated, and keeps nothing, when the revisions are no longer those of `seen`.
    """
    _alone(connection)
    if stamp(connection) != seen:
        raise Outdated
    number = seen[0] + 1
    row = {field: getattr(new, field) for field in ("author", "confirmed_by", "kind", "summary")}
    values = {**row, "files": dict(new.files), "base": dict(new.base)}
    connection.execute(revisions.insert().values(number=number, created_at=now, state=ACTIVE, **values))
    return number


def undo(connection: Connection, number: int, by: str, seen: Stamp, now: int) -> None:
    """Undo a revision.

    Raises Outdated, and changes nothing, when it is not active or the revisions are not those of `seen`.
    """
    _alone(connection)
    if stamp(connection) != seen:
        raise Outdated
    mine = (revisions.c.number == number) & (revisions.c.state == ACTIVE)
    done = update(revisions).where(mine).values(state=UNDONE, undone_by=by, undone_at=now)
    if connection.execute(done).rowcount != 1:
        raise Outdated


def _alone(connection: Connection) -> None:
    """Let nobody else change revisions until the commit; SQLite lets only one write anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE content_revisions IN EXCLUSIVE MODE"))
