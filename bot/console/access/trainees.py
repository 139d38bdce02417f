"""Accounts for a practice run: one for each role that takes part in a broadcast."""

from __future__ import annotations

from collections.abc import Iterable

from bot.console.access import accounts, names
from bot.console.access.accounts import Deed
from bot.console.access.roles import Role
from bot.store import staff
from bot.store.database import Database

TRAINEES = (Role.WRITER, Role.APPROVER, Role.ADMIN)
"""Each account is called as its role."""


def invite(database: Database, deed: Deed) -> Iterable[tuple[str, str]]:
    """Return name and one-time password of each account that nobody has signed in with yet; make what lacks.

    An account that somebody has taken over is left as it is, and not among them. Raises StoreError.
    """
    for role in TRAINEES:
        known = database.read(lambda connection, name=role.value: staff.named(connection, names.fold(name)))  # type: ignore[misc]
        if known is None:
            yield role.value, accounts.add(database, deed, role.value, role)
        elif known.active and accounts.waiting(known):
            yield role.value, accounts.reset(database, deed, known.id)
