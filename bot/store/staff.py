"""Staff accounts: who may sign in, with what, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.staff_tables import staff, staff_recovery_codes


class NameTaken(Exception):  # a fact to act on: another name
    """Another account has this name."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account. Moments in microseconds; what each column means stands beside the table."""

    id: int
    name: str
    role: str
    password: str
    password_until: int | None
    totp_salt: str | None
    totp_step: int
    disabled_at: int | None
    language: str
    text_size: str
    line_user_id: str | None
    mail: str | None
    created_at: int
    signed_in_at: int | None

    @property
    def active(self) -> bool:
        """True when it may sign in."""
        return self.disabled_at is None


COLUMNS = [staff.c[field.name] for field in fields(Account)]


def add(
    connection: Connection, name: str, folded: str, role: str, password: str, until: int, now: int
) -> int:
    """Add an account with a one-time password that is good until `until`; return its id. Raises NameTaken."""
    row = {
        "name": name,
        "folded": folded,
        "role": role,
        "password": password,
        "password_until": until,
        "totp_step": 0,
        "language": "ja",
        "text_size": "normal",
        "created_at": now,
    }
    try:
        with connection.begin_nested():
            return int(connection.execute(staff.insert().values(row).returning(staff.c.id)).scalar_one())
    except IntegrityError:
        raise NameTaken from None


def named(connection: Connection, folded: str) -> Account | None:
    """Return the account of that folded name."""
    row = connection.execute(select(*COLUMNS).where(staff.c.folded == folded)).mappings().one_or_none()
    return Account(**row) if row else None


def load(connection: Connection, staff_id: int) -> Account | None:
    """Return the account of that id."""
    row = connection.execute(select(*COLUMNS).where(staff.c.id == staff_id)).mappings().one_or_none()
    return Account(**row) if row else None


def everyone(connection: Connection) -> list[Account]:
    """Return every account in the order they were made, disabled ones too."""
    return [Account(**row) for row in connection.execute(select(*COLUMNS).order_by(staff.c.id)).mappings()]


def change(connection: Connection, staff_id: int, **values: object) -> None:
    """Set columns of one account."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(values))


def with_role(connection: Connection, role: str) -> list[int]:
    """Return the ids of active accounts of a role; nobody else changes them before this transaction ends."""
    wanted = (staff.c.role == role) & staff.c.disabled_at.is_(None)
    return list(
        connection.execute(select(staff.c.id).where(wanted).order_by(staff.c.id).with_for_update()).scalars()
    )


def locked(connection: Connection, name: str, roles: Iterable[str]) -> bool:
    """Return whether an active account has one of these roles; it keeps it until this transaction ends."""
    wanted = (staff.c.name == name) & staff.c.role.in_(list(roles)) & staff.c.disabled_at.is_(None)
    return connection.execute(select(staff.c.id).where(wanted).with_for_update()).first() is not None


def use_step(connection: Connection, staff_id: int, step: int) -> bool:
    """Spend the one-time code of a time step; False when it, or a later one, is spent already."""
    unspent = (staff.c.id == staff_id) & (staff.c.totp_step < step)
    return connection.execute(update(staff).where(unspent).values(totp_step=step)).rowcount == 1


def replace_recovery(connection: Connection, staff_id: int, digests: Iterable[str]) -> None:
    """Let only these recovery codes be good for an account."""
    connection.execute(staff_recovery_codes.delete().where(staff_recovery_codes.c.staff_id == staff_id))
    rows = [{"staff_id": staff_id, "digest": digest} for digest in digests]
    if rows:
        connection.execute(staff_recovery_codes.insert(), rows)


def use_recovery(connection: Connection, staff_id: int, digest: str) -> bool:
    """Spend a recovery code; False when it is not good, or spent."""
    mine = (staff_recovery_codes.c.staff_id == staff_id) & (staff_recovery_codes.c.digest == digest)
    return connection.execute(staff_recovery_codes.delete().where(mine)).rowcount == 1


def recovery_left(connection: Connection, staff_id: int) -> int:
    """Return how many recovery codes an account has left."""
    mine = staff_recovery_codes.c.staff_id == staff_id
    counted = select(func.count()).select_from(staff_recovery_codes).where(mine)
    return int(connection.execute(counted).scalar_one())
