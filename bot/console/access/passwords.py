"""Passwords: how they are kept and compared, which are refused, and those that are good for once."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from math import inf
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 128
"""Characters: long enough for any sentence, short enough that nobody makes us hash a book."""

HASHER = PasswordHasher()
"""argon2id as the library recommends it: 64 MiB and about 0.2 s a hash."""

SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""What codes are made of: nothing that looks like something else on paper."""

_hashing = threading.BoundedSemaphore(2)
_waiting = threading.BoundedSemaphore(4)
"""2 hash at once and 2 wait: sign-in must not become a lever on memory, nor take the threads of the chat."""

_OWN_PART: Final = 4.0
"""How much of a password must be the person's own; four letters, or thirteen digits."""

_REFUSED_FILE = Path(__file__).with_name("refused_passwords.txt")


class Busy(Exception):
    """Too many passwords are being looked at just now: try again in a moment."""


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    KNOWN = "known"


def hashed(password: str) -> str:
    """Return what is kept of a password. Raises Busy."""
    with _turn():
        return HASHER.hash(_same(password))


def matches(kept: str | None, password: str) -> bool:
    """Return True when it is the password that `kept` was made from; takes as long when nothing is kept.

    Raises Busy.
    """
    against = kept or _nobodys()
    with _turn():
        try:
            right = HASHER.verify(against, _same(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None


def weakness(password: str, names: Iterable[str]) -> Weakness | None:
    """Return why a password of somebody's own is refused. `names`: what everybody knows about them and us."""
    same = _same(password)
    if len(same) < SHORTEST:
        return Weakness.SHORT
    if len(same) > LONGEST:
        return Weakness.LONG
    return Weakness.KNOWN if _known(same.casefold(), names) else None


def one_time() -> str:
    """Return a password for the first sign-in: 16 signs, about 79 bits, in groups that can be read out."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))


def _known(password: str, names: Iterable[str]) -> bool:
    """Return True for what is tried first: listed words and names in a row, with some digits or marks."""
    words = _refused() | {_same(name).casefold() for name in names}
    return len(set(password)) < 5 or _own_part(password, {word for word in words if word}) < _OWN_PART


def _own_part(password: str, words: Iterable[str]) -> float:
    """Return how much of a password no word explains: 1 for each letter, less for each digit or mark."""
    least = [0.0]
    for end, sign in enumerate(password, 1):
        explained = (least[end - len(word)] for word in words if password.endswith(word, 0, end))
        least.append(min(least[-1] + (1.0 if sign.isalpha() else 0.3), *explained, inf))
    return least[-1]


@cache
def _refused() -> frozenset[str]:
    lines = _REFUSED_FILE.read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _nobodys() -> str:
    """Return the hash that passwords for unknown names are compared with."""
    return hashed(secrets.token_hex())


def _same(password: str) -> str:
    """Return one spelling for what different keyboards send."""
    return unicodedata.normalize("NFKC", password)


@contextmanager
def _turn() -> Iterator[None]:
    if not _waiting.acquire(blocking=False):
        raise Busy
    try:
        with _hashing:
            yield
    finally:
        _waiting.release()
