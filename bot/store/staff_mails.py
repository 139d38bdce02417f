"""The outbox of mails to staff: written with what they tell of, sent by the worker."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from bot.store.staff_tables import staff, staff_mails

_mail = staff_mails.c


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that is to be sent now. `made_at` in microseconds; `tries` that failed so far."""

    id: int
    address: str
    subject: str
    text: str
    made_at: int
    tries: int


def put(connection: Connection, to_whom: int, subject: str, text: str, now: int) -> None:
    """Let a mail go to a staff member."""
    row = {"to_whom": to_whom, "subject": subject, "text": text, "made_at": now, "tries": 0, "try_at": now}
    connection.execute(staff_mails.insert().values(row))


def due(connection: Connection, now: int, since: int, limit: int) -> list[Waiting]:
    """Return what is to be sent by now and was made after `since`, the longest waiting first.

    It goes to the address that its reader has now; who has none any more, or may not sign in, gets nothing.
    """
    found = (
        select(_mail.id, staff.c.mail, _mail.subject, _mail.text, _mail.made_at, _mail.tries)
        .join(staff, staff.c.id == _mail.to_whom)
        .where(_mail.try_at <= now, _mail.made_at > since)
        .where(staff.c.mail.is_not(None), staff.c.disabled_at.is_(None))
        .order_by(_mail.try_at, _mail.id)
        .limit(limit)
    )
    return [Waiting(*row) for row in connection.execute(found)]


def sent(connection: Connection, mail_id: int, now: int) -> None:
    """Note that the server took a mail."""
    values = {"sent_at": now, "try_at": None, "tries": _mail.tries + 1}
    connection.execute(update(staff_mails).where(_mail.id == mail_id).values(values))


def not_sent(connection: Connection, mail_id: int, again_at: int | None) -> None:
    """Note that a mail did not leave; it is tried again at a moment, or (None) no more."""
    values = {"try_at": again_at, "tries": _mail.tries + 1}
    connection.execute(update(staff_mails).where(_mail.id == mail_id).values(values))


def forget(connection: Connection, staff_id: int) -> None:
    """Take away somebody's address, and every mail to them."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(mail=None))
    connection.execute(delete(staff_mails).where(_mail.to_whom == staff_id))


def forget_before(connection: Connection, before: int) -> int:
    """Delete the mails made before a moment, sent or not; return how many they were."""
    return connection.execute(delete(staff_mails).where(_mail.made_at < before)).rowcount
