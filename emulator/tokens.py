"""Tokens that work once or for a while: reply tokens and retry keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

REPLY_SECONDS = 60
RENEWAL_SECONDS = 20 * 60
RETRY_KEY_SECONDS = 24 * 3600


@dataclass(slots=True)
class Grant:
    """What a reply token allows: to answer `user_id` while it is open. Times are emulator seconds."""

    user_id: str | None
    event_at: float
    opened_at: float
    used: bool = False


class ReplyTokens:
    """Every reply token handed out. Callers hold the world's lock."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}

    def open(self, token: str, user_id: str | None, now: float) -> None:
        """Start a token's minute as its webhook leaves; redelivered within 20 minutes, it gets a new one."""
        grant = self._grants.get(token)
        if grant is None:
            self._grants[token] = Grant(user_id, event_at=now, opened_at=now)
        elif now - grant.event_at < RENEWAL_SECONDS:
            grant.opened_at = now

    def spend(self, token: str, now: float) -> Grant | None:
        """Use a token up and return what it allows; None for one that is unknown, used or too old."""
        grant = self._grants.get(token)
        if grant is None or grant.used or not now - grant.opened_at < REPLY_SECONDS:
            return None
        grant.used = True
        return grant


@dataclass(frozen=True, slots=True)
class Accepted:
    """The first acceptance under a retry key."""

    request_id: str
    at: float
    answer: dict[str, Any]


class RetryKeys:
    """Accepted retry keys, each kept for 24 hours. Callers hold the world's lock."""

    def __init__(self) -> None:
        self._accepted: dict[str, Accepted] = {}

    def earlier(self, key: str, now: float) -> Accepted | None:
        """Return the acceptance that a key already led to within 24 hours, or None."""
        found = self._accepted.get(key)
        return found if found and now - found.at < RETRY_KEY_SECONDS else None

    def remember(self, key: str, accepted: Accepted) -> None:
        """Note the first acceptance."""
        self._accepted[key] = accepted
