"""What is remembered of one person, changed only by those who saw the last change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.models import people


@dataclass(frozen=True, slots=True)
class Stored:
    """The columns of one person, and the version that a change must name. Version 0: not kept yet."""

    values: dict[str, Any]
    version: int


class Overtaken(Exception):  # a fact to act on: look again
    """Somebody else changed the person since they were looked at."""


def load(connection: Connection, user_id: str) -> Stored:
    """Return what is kept of a person; an unknown person has no values and version 0."""
    row = connection.execute(select(people).where(people.c.user_id == user_id)).mappings().one_or_none()
    if row is None:
        return Stored({}, 0)
    values = {key: row[key] for key in row if key not in ("version", "changed_at")}
    return Stored({**values, "offered": tuple(row["offered"])}, row["version"])


def save(connection: Connection, values: dict[str, Any], version: int, now: int) -> None:
    """Keep a person as `values`: every column but version and time.

    Raises Overtaken, and changes nothing, when `version` is not the present one.
    """
    row = {**values, "offered": list(values["offered"]), "version": version + 1, "changed_at": now}
    if version:
        mine = (people.c.user_id == row["user_id"]) & (people.c.version == version)
        if connection.execute(update(people).where(mine).values(**row)).rowcount != 1:
            raise Overtaken
        return
    try:
        with connection.begin_nested():
            connection.execute(people.insert().values(**row))
    except IntegrityError:
        raise Overtaken from None
