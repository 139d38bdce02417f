"""Signed-in browsers: each is a row, and a row that is gone is a door that is shut."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import Connection, select, update

from bot.store.staff import COLUMNS, Account
from bot.store.staff_tables import staff, staff_sessions


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser. Moments in microseconds; `stage` says how far signing in has come."""

    id: int
    staff_id: int
    stage: str
    pending: str | None
    created_at: int
    seen_at: int
    fresh_at: int
    ends_at: int
    browser: str


_COLUMNS = [staff_sessions.c[field.name] for field in fields(Session)]


def start(
    connection: Connection, token: str, staff_id: int, stage: str, now: int, ends_at: int, browser: str
) -> None:
    """Keep a new session under the digest `token`; those that ended are forgotten by the way."""
    connection.execute(staff_sessions.delete().where(staff_sessions.c.ends_at <= now))
    row = {
        "token": token,
        "staff_id": staff_id,
        "stage": stage,
        "created_at": now,
        "seen_at": now,
        "fresh_at": now,
        "ends_at": ends_at,
        "browser": browser,
    }
    connection.execute(staff_sessions.insert().values(row))


def find(connection: Connection, token: str, now: int, idle: int) -> tuple[Session, Account] | None:
    """Return the session under the digest `token` with its account.

    None when there is none, it ended, nobody used it for `idle` microseconds, or the account is disabled.
    """
    alive = (
        (staff_sessions.c.token == token)
        & (staff_sessions.c.ends_at > now)
        & (staff_sessions.c.seen_at > now - idle)
        & staff.c.disabled_at.is_(None)
    )
    session = connection.execute(select(*_COLUMNS).join(staff).where(alive)).mappings().one_or_none()
    if session is None:
        return None
    whose = select(*COLUMNS).where(staff.c.id == session["staff_id"])
    return Session(**session), Account(**connection.execute(whose).mappings().one())


def change(connection: Connection, session_id: int, **values: object) -> None:
    """Set columns of one session."""
    connection.execute(update(staff_sessions).where(staff_sessions.c.id == session_id).values(values))


def of(connection: Connection, staff_id: int, stage: str, now: int, idle: int) -> list[Session]:
    """Return an account's sessions of a stage that still open the door, the last used first."""
    alive = (staff_sessions.c.ends_at > now) & (staff_sessions.c.seen_at > now - idle)
    mine = alive & (staff_sessions.c.staff_id == staff_id) & (staff_sessions.c.stage == stage)
    query = select(*_COLUMNS).where(mine).order_by(staff_sessions.c.seen_at.desc())
    return [Session(**row) for row in connection.execute(query).mappings()]


def end(connection: Connection, staff_id: int, session_id: int) -> bool:
    """End one session of an account; False when the account has no such session."""
    mine = (staff_sessions.c.staff_id == staff_id) & (staff_sessions.c.id == session_id)
    return connection.execute(staff_sessions.delete().where(mine)).rowcount == 1


def end_all(connection: Connection, staff_id: int, but: int = 0) -> None:
    """End every session of an account, except the one of the id `but`."""
    mine = (staff_sessions.c.staff_id == staff_id) & (staff_sessions.c.id != but)
    connection.execute(staff_sessions.delete().where(mine))
