"""Changes of the content in the making: kept while they are checked, until they are published or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, select, update

from bot.store.learning_tables import content_proposals as proposals


class State(StrEnum):
    """Where a proposal stands. `checking` leads to `ready` or `refused`; the last two are final."""

    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"
    PUBLISHED = "published"
    DISCARDED = "discarded"


OPEN: Final = (State.CHECKING, State.READY, State.REFUSED)

_LISTED = [column for column in proposals.c if column.name not in ("asked", "files")]


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposal without what was asked for and its files. Moments in microseconds."""

    id: int
    created_at: int
    author: str
    kind: str
    about: str
    state: str
    looked_at: int
    seen: list[int] | None
    report: dict[str, Any] | None
    revision: int | None


class Decided(Exception):  # a fact to act on
    """The proposal is no longer in the state that somebody saw."""


def add(connection: Connection, author: str, kind: str, about: str, asked: bytes, now: int) -> int:
    """Keep what somebody asks for, to be checked; return its number."""
    row = {"created_at": now, "looked_at": now, "author": author, "kind": kind, "about": about[:200]}
    values = {**row, "asked": asked, "state": State.CHECKING.value}
    return int(connection.execute(proposals.insert().values(values)).inserted_primary_key[0])  # type: ignore[index]


def load(connection: Connection, number: int) -> Kept | None:
    """Return a proposal; None where there is none."""
    row = connection.execute(select(*_LISTED).where(proposals.c.id == number)).mappings().one_or_none()
    return Kept(**row) if row else None


def listed(connection: Connection, states: tuple[State, ...], limit: int) -> list[Kept]:
    """Return the proposals in some states, newest first."""
    query = select(*_LISTED).where(proposals.c.state.in_(states)).order_by(proposals.c.id.desc()).limit(limit)
    return [Kept(**row) for row in connection.execute(query).mappings()]


def asked(connection: Connection, number: int) -> bytes | None:
    """Return what was asked for; None once that is decided."""
    found: bytes | None = connection.execute(
        select(proposals.c.asked).where(proposals.c.id == number)
    ).scalar()
    return found


def files(connection: Connection, number: int) -> dict[str, str | None]:
    """Return the new text of each file of a proposal that is ready."""
    return connection.execute(select(proposals.c.files).where(proposals.c.id == number)).scalar() or {}


def found(
    connection: Connection,
    number: int,
    state: State,
    report: Mapping[str, Any],
    seen: tuple[int, int] | None = None,
    texts: Mapping[str, str | None] | None = None,
) -> None:
    """Keep what a check found, unless somebody dropped the proposal meanwhile."""
    values = {"state": state.value, "report": dict(report), "seen": seen and list(seen), "files": texts}
    _move(connection, number, (State.CHECKING,), values)


def check_again(connection: Connection, number: int, now: int) -> None:
    """Let a proposal be checked anew. Raises Decided where it is published or dropped."""
    values = {"state": State.CHECKING.value, "looked_at": now, "files": None, "seen": None}
    if not _move(connection, number, OPEN, values):
        raise Decided


def close(
    connection: Connection, number: int, before: State, state: State, revision: int | None = None
) -> None:
    """End a proposal: what was asked for and the files are not kept. Raises Decided."""
    values = {"state": state.value, "asked": None, "files": None, "revision": revision}
    if not _move(connection, number, (before,), values):
        raise Decided


def _move(
    connection: Connection, number: int, states: tuple[State, ...], values: Mapping[str, object]
) -> bool:
    mine = (proposals.c.id == number) & proposals.c.state.in_(states)
    return connection.execute(update(proposals).where(mine).values(**values)).rowcount == 1
