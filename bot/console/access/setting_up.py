"""What people set up for themselves: their password, their authenticator, their recovery codes."""

from __future__ import annotations

from collections.abc import Iterable

from bot.console.access import codes, passwords
from bot.console.access.signing_in import take_code_try
from bot.console.desk import Desk
from bot.store import attempts, audit, sessions, staff
from bot.store.database import Connection
from bot.store.sessions import Session
from bot.store.staff import Account


class NoCode(Exception):
    """The code is none of the authenticator that is being set up."""


def own_password(desk: Desk, account: Account, password: str, session: Session) -> None:
    """Give an account a password of the person's own; their other sessions end. Raises Busy, StoreError."""
    kept = passwords.hashed(password)

    def work(connection: Connection) -> None:
        staff.change(connection, account.id, password=kept, password_until=None)
        sessions.end_all(connection, account.id, but=session.id)
        audit.note(connection, desk.at(), account.name, "password-changed", account.name)

    desk.write(work)


def offer_secret(desk: Desk, session: Session) -> str:
    """Return the secret that this session sets an authenticator up with; the same one until it is done."""
    if session.pending:
        return codes.secret_of(desk.key, session.pending)
    salt = codes.new_salt()
    desk.write(lambda connection: sessions.change(connection, session.id, pending=salt))
    return codes.secret_of(desk.key, salt)


def enrol(desk: Desk, account: Account, session: Session, code: str) -> list[str]:
    """Take the authenticator over once it shows the right code; return new recovery codes to print.

    All other sessions end. Raises NoCode, TooOften, StoreError.
    """
    limit = take_code_try(desk, account)
    salt = session.pending or ""
    secret = codes.secret_of(desk.key, salt)
    step = codes.step_of(secret, code, desk.clock.now().timestamp()) if salt else None
    if step is None:
        raise NoCode
    printed = codes.new_recovery_codes()

    def work(connection: Connection) -> None:
        attempts.forget(connection, (limit.key,))
        staff.change(connection, account.id, totp_salt=salt, totp_step=step)
        staff.replace_recovery(connection, account.id, _digests(desk, account, printed))
        sessions.change(connection, session.id, pending=None)
        sessions.end_all(connection, account.id, but=session.id)
        audit.note(connection, desk.at(), account.name, "authenticator-set-up", account.name)

    desk.write(work)
    return printed


def print_recovery_codes(desk: Desk, account: Account) -> list[str]:
    """Return new recovery codes; the former ones are no longer good. Raises StoreError."""
    printed = codes.new_recovery_codes()

    def work(connection: Connection) -> None:
        staff.replace_recovery(connection, account.id, _digests(desk, account, printed))
        audit.note(connection, desk.at(), account.name, "recovery-codes-made", account.name)

    desk.write(work)
    return printed


def _digests(desk: Desk, account: Account, printed: Iterable[str]) -> list[str]:
    return [codes.recovery_digest(desk.key, account.id, code) for code in printed]
