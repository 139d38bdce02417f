"""What the bot needs from LINE, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

Message = dict[str, Any]
"""One LINE message object as plain JSON."""


class Outcome(StrEnum):
    """How LINE took a call. `UNKNOWN` means no word came back: it may or may not have been accepted."""

    ACCEPTED = "accepted"
    THROTTLED = "throttled"
    REJECTED = "rejected"
    UNAUTHORISED = "unauthorised"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sent:
    """The outcome of one call, with LINE's request id where one came back."""

    outcome: Outcome
    request_id: str = ""
    status: int = 0


class LinePort(Protocol):
    """The calls the chat makes. None of them raises for anything LINE or the network does."""

    def reply(self, token: str, messages: list[Message]) -> Sent:
        """Answer an event with 1-5 messages by its one-use token."""
        ...

    def profile_language(self, user_id: str) -> str | None:
        """Return the BCP 47 language of a profile, or None (no consent, no friend, no answer within 1 s)."""
        ...
