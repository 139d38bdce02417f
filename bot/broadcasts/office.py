"""What the use cases work with: database, the city's decisions, voices, LINE's word, and who acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.broadcasts.refused import Refused
from bot.knowledge.broadcasting import Broadcasting
from bot.knowledge.importers.proposal import remark
from bot.knowledge.model import Knowledge
from bot.language.speech import Speech
from bot.line.port import Allowance, Sent
from bot.store.database import Database
from bot.store.moments import moment

WRITERS: Final = frozenset({"writer", "approver", "admin"})
"""Roles that may write, stop and hold."""

APPROVERS: Final = frozenset({"approver", "admin"})
"""Roles that may approve what others wrote."""


class AskLine(Protocol):
    """What is asked of LINE before anything is sent. Neither raises."""

    def allowance(self) -> Allowance:
        """Return how many more messages may be sent this month."""
        ...

    def validate(self, messages: bytes) -> Sent:
        """Return what LINE says of messages (JSON) without sending them."""
        ...


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts: the name of an account and its role."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Office:
    """`now` gives microseconds; `staff_voices` speak to staff; `public_base` is our address, if any.

    `mails`: staff are told by mail too.
    """

    database: Database
    knowledge: Knowledge
    voices: Mapping[str, Speech]
    staff_voices: Mapping[str, Speech]
    now: Callable[[], int]
    line: AskLine
    public_base: str | None = None
    practice: bool = False
    mails: bool = False

    @property
    def rules(self) -> Broadcasting:
        """What the city decided about broadcasts."""
        return self.knowledge.city.broadcasts

    @property
    def zone(self) -> tzinfo:
        """The city's time zone."""
        return ZoneInfo(self.knowledge.city.timezone)

    def local(self, at: int) -> datetime:
        """Return a moment in the city's time zone."""
        return moment(at).replace(tzinfo=UTC).astimezone(self.zone)


def must_write(staff: Officer) -> None:
    """Refuse somebody who may not write."""
    if staff.role not in WRITERS:
        raise Refused(remark("Your account may look at broadcasts, not change them."))


def must_approve(staff: Officer) -> None:
    """Refuse somebody who may not approve."""
    if staff.role not in APPROVERS:
        raise Refused(remark("Your account may not approve."))
