"""Signing in: a password, then a code, each only so often; and what is kept of the browser that did it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.console.access import codes, names, passwords
from bot.console.desk import Desk
from bot.store import attempts, audit, sessions, staff
from bot.store.attempts import Limit
from bot.store.database import Connection
from bot.store.moments import SECOND
from bot.store.sessions import Session
from bot.store.staff import Account

IDLE: Final = 30 * 60 * SECOND
"""A browser that nobody used for 30 minutes is signed out."""

WHOLE_DAY: Final = 12 * 60 * 60 * SECOND
"""After 12 hours everybody signs in anew."""

HALF_WAY: Final = 30 * 60 * SECOND
"""How long signing in, or setting everything up for the first time, may take."""

FRESH: Final = 10 * 60 * SECOND
"""How long a proof of who one is stands for deeds that need a fresh one."""

_TRIES: Final = {"pair": 5, "account": 30, "address": 60, "code": 5}
"""Tries in 15 minutes: of one address at one account, at one account, of one address (a city hall has one),
and of codes at one account."""


class Stage(StrEnum):
    """How far signing in has come."""

    PASSWORD = "password"  # noqa: S105  # the password was right; a code is still asked for
    FULL = "full"


class Wrong(Exception):
    """Not signed in; which part was wrong is not told."""


@dataclass(frozen=True, slots=True)
class TooOften(Exception):
    """No more tries for so many minutes."""

    minutes: int


def check_password(desk: Desk, name: str, password: str, address: str) -> Account:
    """Return the account whose name and password these are. Raises Wrong, TooOften, Busy, StoreError.

    A name that no account has takes as long and says the same as a wrong password.
    """
    folded = names.fold(name)
    account_key, address_key = desk.digest("account", folded), desk.digest("address", address)
    pair_key = desk.digest("pair", f"{folded} {address}")
    _take(
        desk,
        Limit(pair_key, _TRIES["pair"]),
        Limit(account_key, _TRIES["account"]),
        Limit(address_key, _TRIES["address"]),
    )
    account = desk.read(lambda connection: staff.named(connection, folded))
    right = passwords.matches(account.password if account else None, password)
    if not account or not right or not account.active or _lapsed(account, desk.now()):
        _note_failure(desk, account, "sign-in-failed", address)
        raise Wrong
    desk.write(lambda connection: attempts.forget(connection, (pair_key, account_key)))
    return account


def check_own_password(desk: Desk, account: Account, password: str) -> None:
    """Check the password of somebody who is signed in. Raises Wrong, TooOften, Busy, StoreError."""
    limit = Limit(desk.digest("own", str(account.id)), _TRIES["code"])
    _take(desk, limit)
    if not passwords.matches(account.password, password):
        _note_failure(desk, account, "password-failed")
        raise Wrong
    desk.write(lambda connection: attempts.forget(connection, (limit.key,)))


def check_code(desk: Desk, account: Account, code: str) -> str:
    """Spend a code of the authenticator or a recovery code; return which it was: `code` or `recovery`.

    Raises Wrong, TooOften, StoreError.
    """
    limit = take_code_try(desk, account)

    def spend(connection: Connection) -> str | None:
        kind = _spend(desk, connection, account, code)
        if kind:
            attempts.forget(connection, (limit.key,))
        if kind == "recovery":
            audit.note(connection, desk.at(), account.name, "recovery-code-used", account.name)
        return kind

    kind = desk.write(spend)
    if kind is None:
        _note_failure(desk, account, "code-failed")
        raise Wrong
    return kind


def take_code_try(desk: Desk, account: Account) -> Limit:
    """Count a try of a code at an account; return the limit to forget when it was right. Raises TooOften."""
    limit = Limit(desk.digest("code", str(account.id)), _TRIES["code"])
    _take(desk, limit)
    return limit


def begin(desk: Desk, account: Account, stage: Stage, browser: str) -> str:
    """Begin a session; return the token that only the browser gets to know."""
    token, now = secrets.token_urlsafe(32), desk.now()
    ends = now + (WHOLE_DAY if stage is Stage.FULL else HALF_WAY)

    def work(connection: Connection) -> None:
        sessions.start(connection, digest_of(token), account.id, stage, now, ends, browser)
        attempts.forget_old(connection, now)
        if stage is Stage.FULL:
            staff.change(connection, account.id, signed_in_at=now)
            audit.note(connection, desk.at(), account.name, "signed-in", account.name)

    desk.write(work)
    return token


def complete(desk: Desk, half: Session, account: Account, browser: str) -> str:
    """Turn a session half-way into a whole one, under another token; return that."""
    desk.write(lambda connection: sessions.end(connection, account.id, half.id))
    return begin(desk, account, Stage.FULL, browser)


def renew(desk: Desk, session: Session) -> str:
    """Note a fresh proof; return the token that the session has from now on."""
    token = secrets.token_urlsafe(32)
    changed = {"token": digest_of(token), "fresh_at": desk.now()}
    desk.write(lambda connection: sessions.change(connection, session.id, **changed))
    return token


def find(desk: Desk, token: str) -> tuple[Session, Account] | None:
    """Return whose session this token opens, and note that it is in use; None when it opens none."""
    now = desk.now()
    found = desk.read(lambda connection: sessions.find(connection, digest_of(token), now, IDLE))
    if found and now - found[0].seen_at > 60 * SECOND:
        desk.write(lambda connection: sessions.change(connection, found[0].id, seen_at=now))
    return found


def digest_of(token: str) -> str:
    """Return what is kept of a token; 256 random bits need no key."""
    return hashlib.sha256(token.encode()).hexdigest()


def _take(desk: Desk, *limits: Limit) -> None:
    """Count a try. Raises TooOften."""
    wait = desk.write(lambda connection: attempts.take(connection, limits, desk.now()))
    if wait:
        raise TooOften(-(-wait // (60 * SECOND)))


def _spend(desk: Desk, connection: Connection, account: Account, code: str) -> str | None:
    if account.totp_salt and codes.plain(code).isdigit():
        secret = codes.secret_of(desk.key, account.totp_salt)
        step = codes.step_of(secret, code, desk.clock.now().timestamp())
        return "code" if step and staff.use_step(connection, account.id, step) else None
    digest = codes.recovery_digest(desk.key, account.id, code)
    return "recovery" if staff.use_recovery(connection, account.id, digest) else None


def _lapsed(account: Account, now: int) -> bool:
    """Return True when an account waits for its first sign-in and the one-time password is too old."""
    return account.password_until is not None and account.password_until <= now


def _note_failure(desk: Desk, account: Account | None, action: str, address: str = "") -> None:
    """Record a failure. What was typed as a name is not kept: it could be a password in the wrong field."""
    who = account.name if account else audit.NOBODY
    details = {"address": address} if address else {}
    desk.write(lambda connection: audit.note(connection, desk.at(), who, action, who, **details))
