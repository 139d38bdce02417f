"""Which LINE channel a database belongs to: stamped at the first use, refused to every other channel."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.models import identity


class OtherChannel(Exception):  # the sentence staff read
    """The database was first used with another channel, or in the other mode."""


def stamp(connection: Connection, secrets: Sequence[str], practice: bool) -> None:
    """Stamp an unused database, or check the stamp. `secrets`: the channel secret, then former ones.

    Raises OtherChannel with one sentence. A database stamped with a former secret gets the present one.
    """
    mode = "practice" if practice else "live"
    present, *former = (_digest(secret, mode) for secret in secrets)
    _insert_if_empty(connection, present, mode)
    row = connection.execute(select(identity.c.digest, identity.c.mode)).one()
    if row.digest in former:
        connection.execute(update(identity).values(digest=present))
    elif row.digest != present:
        raise OtherChannel(
            f"This database belongs to another LINE channel ({_spoken(row.mode)}); these settings are for "
            f"{_spoken(mode)}. Set DATABASE_URL to the database of this channel, or to a new one."
        )


def _insert_if_empty(connection: Connection, digest: str, mode: str) -> None:
    """Stamp, unless somebody did; two processes may start at once."""
    try:
        with connection.begin_nested():
            connection.execute(identity.insert().values(id=1, digest=digest, mode=mode))
    except IntegrityError:
        return


def _digest(secret: str, mode: str) -> str:
    """Return a fingerprint that does not lead back to the secret."""
    return hmac.new(secret.encode(), f"awamado database, {mode}".encode(), hashlib.sha256).hexdigest()


def _spoken(mode: str) -> str:
    return "practice" if mode == "practice" else "the live account"
