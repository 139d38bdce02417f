"""Incoming events: kept once, owned by one process at a time, moved only along `bot/lifecycle.py`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.lifecycle import Inbox, may_step
from bot.store.models import inbox
from bot.store.moments import SECOND

LEASE = 10 * SECOND
"""How long a process owns an event without renewing."""

_columns = inbox.c
_still_open = _columns.lease_until.is_not(None)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event as it came. `person` orders it after that person's older ones.

    `message_id` is the message it brings; `unsends` is the message that it takes back.
    """

    event_id: str
    person: str | None
    message_id: str | None
    reply_token: str | None
    body: bytes
    sent_at: int
    received_at: int
    unsends: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Which event, whose, and where it stands among that person's events."""

    event_id: str
    person: str | None
    sent_at: int
    received_at: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An open event as its owner finds it. `waits` is True while an older one of the person is open."""

    event_id: str
    person: str | None
    reply_token: str | None
    body: bytes | None
    reply: bytes | None
    state: Inbox
    received_at: int
    token_at: int
    attempts: int
    waits: bool


def put(connection: Connection, arrivals: Sequence[Arrival], owner: str | None, now: int) -> list[str]:
    """Keep new events; return the ids that are `owner`'s to answer.

    An event seen before and still open gets the younger token and body; one that is closed stays closed.
    Without an owner (this process is full) the next sweep of any process takes the events.
    """
    statement = _upsert(connection.dialect.name)
    mine = []
    for arrival in sorted(arrivals, key=lambda arrival: arrival.event_id):  # one order of locks for all
        values = {
            "event_id": arrival.event_id,
            "person": arrival.person,
            "message_id": arrival.message_id,
            "reply_token": arrival.reply_token,
            "body": arrival.body,
            "state": Inbox.NEW.value,
            "sent_at": arrival.sent_at,
            "received_at": arrival.received_at,
            "token_at": now,
            "attempts": 0,
            "owner": owner,
            "lease_until": now + LEASE if owner else 0,
        }
        kept_by = connection.execute(statement, values).scalar()
        if owner and kept_by == owner:
            mine.append(arrival.event_id)
    for arrival in arrivals:  # only now: a message may come in the same request as its unsend
        if arrival.unsends and arrival.person:
            forget_message(connection, arrival.person, arrival.unsends)
    return mine


def claim(connection: Connection, owner: str, now: int, limit: int) -> list[Place]:
    """Take over up to `limit` open events whose owner is gone, the oldest first.

    A person one of whose older events somebody else is about to answer is skipped. A lease far in the future
    is dead too: the clock was set back after it was written.
    """
    row, older = inbox.alias("candidate").c, inbox.alias("older").c
    free = or_(row.lease_until < now, row.lease_until > now + 2 * LEASE)
    in_hand = exists().where(
        _is_older(older, row), older.lease_until.between(now, now + 2 * LEASE), older.owner != owner
    )
    candidates = (
        select(row.event_id, row.person, row.sent_at, row.received_at)
        .where(row.lease_until.is_not(None), free, ~in_hand)
        .order_by(row.sent_at, row.received_at)
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL; SQLite's write transactions are alone anyway
    )
    places = [Place(*found) for found in connection.execute(candidates)]
    if places:
        taken = _columns.event_id.in_([place.event_id for place in places])
        connection.execute(update(inbox).where(taken).values(owner=owner, lease_until=now + LEASE))
    return places


def renew(connection: Connection, owner: str, event_ids: Collection[str], now: int) -> None:
    """Keep owning these events for another lease; those that were taken over stay with their new owner."""
    connection.execute(
        update(inbox)
        .where(_columns.event_id.in_(event_ids), _columns.owner == owner, _still_open)
        .values(lease_until=now + LEASE)
    )


def release(connection: Connection, owner: str) -> None:
    """Give up everything that is open, so that any process may take it at once."""
    connection.execute(update(inbox).where(_columns.owner == owner, _still_open).values(lease_until=0))


def look(connection: Connection, event_id: str, owner: str) -> Entry | None:
    """Return the event while it is open and `owner`'s, else None."""
    row = connection.execute(_LOOK, {"looked_id": event_id, "looked_owner": owner}).one_or_none()
    if row is None:
        return None
    event, person, token, body, reply, state, received, token_at, attempts, waits = row
    return Entry(event, person, token, body, reply, Inbox(state), received, token_at, attempts, bool(waits))


def keep_reply(connection: Connection, event_id: str, owner: str, reply: bytes) -> bool:
    """Store the rendered messages and the coming attempt; what was said is no longer needed and goes.

    Returns False when the event is no longer `owner`'s, or was taken back meanwhile.
    """
    changes = {"reply": reply, "body": None, "attempts": 1}
    return _step(connection, event_id, owner, (Inbox.NEW, Inbox.REPLYING), changes)


def count_attempt(connection: Connection, event_id: str, owner: str) -> bool:
    """Store that one more attempt begins. Returns False when the event is no longer `owner`'s."""
    statement = (
        update(inbox)
        .where(_columns.event_id == event_id, _columns.owner == owner, _still_open)
        .where(_columns.state == Inbox.REPLYING.value)
        .values(attempts=_columns.attempts + 1)
    )
    return connection.execute(statement).rowcount == 1


def finish(connection: Connection, event_id: str, owner: str, old: Inbox, new: Inbox) -> bool:
    """Close the event and forget what was said and by whom. Returns False when it is no longer `owner`'s."""
    return _step(connection, event_id, owner, (old, new), _CLOSED)


def forget_message(connection: Connection, person: str, message_id: str) -> None:
    """Honour an unsend: what was said in that message goes, and if it was not answered yet, never will be."""
    connection.execute(
        update(inbox)
        .where(_columns.person == person, _columns.message_id == message_id, _still_open)
        .where(_columns.state == Inbox.NEW.value)
        .values(state=Inbox.IGNORED.value, **_CLOSED)
    )


def forget_person(connection: Connection, person: str) -> None:
    """Erase what somebody wrote and nobody answered yet; it never will be."""
    connection.execute(
        update(inbox)
        .where(_columns.person == person, _still_open, _columns.state == Inbox.NEW.value)
        .values(state=Inbox.IGNORED.value, **_CLOSED)
    )


def oldest_open(connection: Connection) -> int | None:
    """Return when the oldest open event came in, or None when nothing is open."""
    return connection.execute(select(func.min(_columns.received_at)).where(_still_open)).scalar()


def forget_before(connection: Connection, before: int, limit: int) -> int:
    """Delete up to `limit` closed events received before a moment; return how many were."""
    row = inbox.alias("old").c
    old = select(row.event_id).where(row.received_at < before, row.lease_until.is_(None)).limit(limit)
    return connection.execute(inbox.delete().where(_columns.event_id.in_(old))).rowcount


_CLOSED: Final[dict[str, Any]] = {
    "body": None, "reply": None, "reply_token": None, "person": None, "message_id": None,
    "owner": None, "lease_until": None,
}  # fmt: skip
"""What every final state has in common: nothing that was said, nobody who said it, nobody's to answer."""


def _step(
    connection: Connection, event_id: str, owner: str, step: tuple[Inbox, Inbox], changes: dict[str, Any]
) -> bool:
    """Move one event along the table, if it is still where and whose it was."""
    old, new = step
    assert may_step(old, new), f"no step from {old} to {new}"
    values = {"at_id": event_id, "at_owner": owner, "old": old.value, "state": new.value, **changes}
    return connection.execute(_stepping(tuple(changes)), values).rowcount == 1


@cache
def _stepping(changed: tuple[str, ...]) -> Any:
    """Built once for each set of columns: building costs more than running."""
    return (
        update(inbox)
        .where(
            _columns.event_id == bindparam("at_id"),
            _columns.owner == bindparam("at_owner"),
            _columns.state == bindparam("old"),
        )
        .values({name: bindparam(name) for name in ("state", *changed)})
    )


def _is_older(older: Any, row: Any) -> ColumnElement[bool]:
    """The condition that `older` is an open event of the same person from before `row`."""
    return and_(
        older.person == row.person,
        older.lease_until.is_not(None),
        tuple_(older.sent_at, older.received_at, older.event_id)
        < tuple_(row.sent_at, row.received_at, row.event_id),
    )


_LOOK = select(
    _columns.event_id, _columns.person, _columns.reply_token, _columns.body, _columns.reply,
    _columns.state, _columns.received_at, _columns.token_at, _columns.attempts,
    exists().where(_is_older(inbox.alias("older").c, _columns)),
).where(
    _columns.event_id == bindparam("looked_id"), _columns.owner == bindparam("looked_owner"), _still_open
)  # fmt: skip


@cache
def _upsert(dialect: str) -> Insert:
    """Return the statement that keeps an event, or makes an open one young again, and names its owner."""
    flavour: ModuleType = postgresql if dialect == "postgresql" else sqlite
    insert = flavour.insert(inbox)
    came = insert.excluded
    again: Insert = insert.on_conflict_do_update(
        index_elements=[_columns.event_id],
        set_={
            # Once the reply is rendered, what was said stays forgotten.
            "body": case((_columns.state == Inbox.NEW.value, came.body), else_=_columns.body),
            "reply_token": func.coalesce(came.reply_token, _columns.reply_token),
            "token_at": came.token_at,
        },
        where=_still_open,
    ).returning(_columns.owner)
    return again
