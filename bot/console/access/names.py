"""Names of accounts: what may be one, and when two are the same."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 40
_MARKS: Final = frozenset(" ._-・'")


class NameRefused(Exception):
    """Nobody can have this as the name of an account."""


def clean(name: str) -> str:
    """Return a name as it is kept: 1 to 40 letters or digits of any script, with spaces and ._-・' between.

    Raises NameRefused. So a name can never look like an address, a mark-up or one of our own marks.
    """
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not 0 < len(tidy) <= LONGEST or not any(sign.isalnum() for sign in tidy):
        raise NameRefused
    if not all(sign.isalnum() or sign in _MARKS for sign in tidy):
        raise NameRefused
    return tidy


def fold(name: str) -> str:
    """Return what two ways to write one name have in common: no spaces, one width, no capitals.

    Signs that nobody can see are left out; a database would refuse some of them.
    """
    plain = unicodedata.normalize("NFKC", name[: 2 * LONGEST]).casefold()
    return "".join(sign for sign in plain if sign.isprintable() and sign != " ")[:80]
