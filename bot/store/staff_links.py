"""Which LINE account belongs to which staff account: offered as a code, accepted by a message."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from sqlalchemy import ColumnElement, Connection, select, update

from bot.store.staff_tables import staff

CODE_DIGITS: Final = 6


def code_digest(key: bytes, code: str) -> str:
    """Return what is kept of a code: without the service's key its million values lead nowhere."""
    return hmac.new(key, f"link\0{code}".encode(), hashlib.sha256).hexdigest()


def offer(connection: Connection, staff_id: int, digest: str, until: int) -> None:
    """Let the code of this digest link a LINE account to an account, until `until` (microseconds)."""
    values = {"link_code": digest, "link_until": until}
    connection.execute(update(staff).where(staff.c.id == staff_id).values(values))


def offered_until(connection: Connection, staff_id: int, now: int) -> int | None:
    """Return until when an account's code is good; None when it has none."""
    open_one = (staff.c.id == staff_id) & (staff.c.link_until > now)
    return connection.execute(select(staff.c.link_until).where(open_one)).scalar_one_or_none()


def accept(connection: Connection, digest: str, user_id: str, now: int) -> str | None:
    """Spend a code: link the LINE account to the account it was offered to, and to no other any more.

    Returns the account's name; None when no account offers this code.
    """
    offering = (staff.c.link_code == digest) & (staff.c.link_until > now) & staff.c.disabled_at.is_(None)
    found = connection.execute(select(staff.c.id, staff.c.name).where(offering)).one_or_none()
    if found is None:
        return None
    _unlink(connection, staff.c.line_user_id == user_id)
    values = {"line_user_id": user_id, "link_code": None, "link_until": None}
    done = connection.execute(update(staff).where((staff.c.id == found.id) & offering).values(values))
    return str(found.name) if done.rowcount == 1 else None


def linked(connection: Connection, user_id: str) -> bool:
    """Return True when a LINE account is linked to some account."""
    return connection.execute(select(staff.c.id).where(staff.c.line_user_id == user_id)).first() is not None


def forget(connection: Connection, staff_id: int) -> None:
    """Take away an account's link, and the code it offers."""
    _unlink(connection, staff.c.id == staff_id)


def _unlink(connection: Connection, whose: ColumnElement[bool]) -> None:
    values = {"line_user_id": None, "link_code": None, "link_until": None}
    connection.execute(update(staff).where(whose).values(values))
