"""What is remembered of one person, changed only by those who saw the last change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.models import people


@dataclass(frozen=True, slots=True)
class Stored:
    """The columns of one person, and the version that a change must name. Version 0: not kept yet."""

    values: dict[str, Any]
    version: int


class Overtaken(Exception):  # a fact to act on: look again
    """Somebody else changed the person since they were looked at."""


_LOAD = select(people).where(people.c.user_id == bindparam("who"))


@cache
def _saving(names: tuple[str, ...]) -> Any:
    """Built once for each set of columns: building costs more than running."""
    mine = (people.c.user_id == bindparam("who")) & (people.c.version == bindparam("seen"))
    return update(people).where(mine).values({name: bindparam(name) for name in names})


def load(connection: Connection, user_id: str) -> Stored:
    """Return what is kept of a person; an unknown person has no values and version 0."""
    row = connection.execute(_LOAD, {"who": user_id}).mappings().one_or_none()
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
        found = {**row, "who": row["user_id"], "seen": version}
        if connection.execute(_saving(tuple(row)), found).rowcount != 1:
            raise Overtaken
        return
    try:
        with connection.begin_nested():
            connection.execute(people.insert().values(**row))
    except IntegrityError:
        raise Overtaken from None


def in_areas(connection: Connection) -> dict[str, int]:
    """Return how many followers have chosen each collection area."""
    chosen = people.c.following & people.c.area.is_not(None)
    rows = connection.execute(select(people.c.area, func.count()).where(chosen).group_by(people.c.area))
    return {row[0]: row[1] for row in rows}


def following(connection: Connection) -> int:
    """Return how many people we know of follow the account."""
    known = select(func.count()).select_from(people).where(people.c.following)
    return int(connection.execute(known).scalar_one())
