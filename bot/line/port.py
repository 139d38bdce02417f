"""What the bot needs from LINE, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

Message = dict[str, Any]
"""One LINE message object as plain JSON."""


class Outcome(StrEnum):
    """How LINE took a call. `UNKNOWN` means no word came back: it may or may not have been accepted.

    `UNREACHED` means that not even a connection came about, so it surely was not. `THROTTLED` is about the
    rate of calls, `QUOTA` about the messages of the month.
    """

    ACCEPTED = "accepted"
    THROTTLED = "throttled"
    QUOTA = "quota"
    UNREACHED = "unreached"
    REJECTED = "rejected"
    UNAUTHORISED = "unauthorised"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sent:
    """The outcome of one call, with LINE's request id where one came back, and its words where kept."""

    outcome: Outcome
    request_id: str = ""
    status: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many more messages may be sent this month, if LINE said so (ACCEPTED); None: as many as wanted."""

    outcome: Outcome
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Followers:
    """A page of the people who follow, where LINE gave it (ACCEPTED). `goes_on`: token of the next page."""

    outcome: Outcome
    status: int = 0
    user_ids: tuple[str, ...] = ()
    goes_on: str | None = None


class FollowersPort(Protocol):
    """The call that lists followers. It does not raise for anything LINE or the network does."""

    def followers(self, goes_on: str | None = None) -> Followers:
        """Return up to 1,000 followers: the first, or those from a token on (good for a day)."""
        ...


class MassPort(Protocol):
    """The calls that deliver orders. None of them raises for anything LINE or the network does.

    People are 16 bytes each (their user id without the U), messages a JSON list, and the same retry key with
    the same people and messages is accepted once within 24 hours. `unit`: LINE's aggregation unit.
    """

    def multicast(self, packed: bytes, messages: bytes, retry_key: str, unit: str | None = None) -> Sent:
        """Send to up to 500 people."""
        ...

    def push(self, packed: bytes, messages: bytes, retry_key: str, unit: str | None = None) -> Sent:
        """Send to one person."""
        ...

    def broadcast(self, packed: bytes, messages: bytes, retry_key: str, unit: str | None = None) -> Sent:
        """Send to every friend of the account, whoever is named."""
        ...

    def allowance(self) -> Allowance:
        """Return how many more messages may be sent this month."""
        ...


class LinePort(Protocol):
    """The calls the chat makes. None of them raises for anything LINE or the network does."""

    def reply(self, token: str, messages: list[Message]) -> Sent:
        """Answer an event with 1-5 messages by its one-use token."""
        ...

    def profile_language(self, user_id: str) -> str | None:
        """Return the BCP 47 language of a profile, or None (no consent, no friend, no answer within 1 s)."""
        ...
