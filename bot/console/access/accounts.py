"""What is done to accounts, from the pages and from the command line alike; each deed is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.broadcasts import withdrawing
from bot.broadcasts.office import APPROVERS
from bot.console.access import names, passwords
from bot.console.access.roles import Role
from bot.store import audit, sessions, staff, staff_links, staff_mails
from bot.store.database import Connection, Database
from bot.store.moments import SECOND
from bot.store.staff import Account

T = TypeVar("T")

ONE_TIME_DAYS: Final = 7
"""How long a one-time password is good."""


class LastAdmin(Exception):
    """Without this admin nobody could manage accounts."""


class NoAccount(Exception):
    """There is no such account."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does it and when: `now` for limits of time, `at` for the record (microseconds)."""

    actor: str
    now: int
    at: int


def add(database: Database, deed: Deed, name: str, role: Role) -> str:
    """Add an account; return its one-time password, which is kept nowhere.

    Raises NameRefused, NameTaken, Busy, StoreError.
    """
    tidy, (password, kept, until) = names.clean(name), _one_time(deed)

    def work(connection: Connection) -> None:
        staff.add(connection, tidy, names.fold(tidy), role, kept, until, deed.now)
        audit.note(connection, deed.at, deed.actor, "staff-added", tidy, role=role.value)

    database.write(work)
    return password


def reset(database: Database, deed: Deed, staff_id: int) -> str:
    """Let somebody begin anew, also after being disabled; return the one-time password.

    The former password, one-time codes, recovery codes, sessions, LINE link and mail address are gone.
    Raises NoAccount, Busy, StoreError.
    """
    password, kept, until = _one_time(deed)

    def work(connection: Connection, account: Account) -> None:
        staff.change(
            connection, staff_id, password=kept, password_until=until, totp_salt=None, disabled_at=None
        )
        _shut(connection, staff_id)
        audit.note(connection, deed.at, deed.actor, "staff-reset", account.name)

    _to(database, staff_id, work)
    return password


def disable(database: Database, deed: Deed, staff_id: int) -> None:
    """Shut an account, end what it has open, and take back what it approved and did not leave yet.

    Raises NoAccount, LastAdmin, StoreError.
    """

    def work(connection: Connection, account: Account) -> None:
        _keep_an_admin(connection, account)
        staff.change(connection, staff_id, disabled_at=deed.now)
        _shut(connection, staff_id)
        audit.note(connection, deed.at, deed.actor, "staff-disabled", account.name)
        withdrawing.fall(connection, account.name, deed.actor, deed.at)

    _to(database, staff_id, work)


def change_role(database: Database, deed: Deed, staff_id: int, role: Role) -> None:
    """Change what somebody may do; they sign in anew. Raises NoAccount, LastAdmin, StoreError."""

    def work(connection: Connection, account: Account) -> None:
        if account.role == role:
            return
        _keep_an_admin(connection, account)
        staff.change(connection, staff_id, role=role.value)
        sessions.end_all(connection, staff_id)
        changed = {"before": account.role, "after": role.value}
        audit.note(connection, deed.at, deed.actor, "staff-role-changed", account.name, **changed)
        if role not in APPROVERS:
            withdrawing.fall(connection, account.name, deed.actor, deed.at)

    _to(database, staff_id, work)


def named(connection: Connection, name: str) -> Account:
    """Return the account of a name, however it is written. Raises NoAccount."""
    account = staff.named(connection, names.fold(name))
    if account is None:
        raise NoAccount
    return account


def waiting(account: Account) -> bool:
    """Return True when an account has not been used yet: its password is still the one-time one."""
    return account.password_until is not None


def _one_time(deed: Deed) -> tuple[str, str, int]:
    """Return a password, what is kept of it, and until when it is good."""
    password = passwords.one_time()
    return password, passwords.hashed(password), deed.now + ONE_TIME_DAYS * 24 * 60 * 60 * SECOND


def _to(database: Database, staff_id: int, work: Callable[[Connection, Account], T]) -> T:
    """Do `work` to an account in one transaction."""

    def whole(connection: Connection) -> T:
        account = staff.load(connection, staff_id)
        if account is None:
            raise NoAccount
        return work(connection, account)

    return database.write(whole)


def _shut(connection: Connection, staff_id: int) -> None:
    sessions.end_all(connection, staff_id)
    staff.replace_recovery(connection, staff_id, ())
    staff_links.forget(connection, staff_id)
    staff_mails.forget(connection, staff_id)


def _keep_an_admin(connection: Connection, account: Account) -> None:
    """Raise LastAdmin when this account is the only active admin."""
    if account.role == Role.ADMIN and staff.with_role(connection, Role.ADMIN) == [account.id]:
        raise LastAdmin
