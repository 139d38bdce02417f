"""What a broadcast is: one notice in every language, whom it is for, when it goes out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.lifecycle import Order


class Kind(StrEnum):
    """An emergency reaches everybody who follows, whatever topics they chose."""

    INFORMATION = "information"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Variant:
    """What readers of one language get. `picture` is the id of a media, `alt` what it shows in words.

    `made_from` is a short hash of the Japanese text that was there when this one was last changed.
    """

    language: str
    text: str
    picture: int | None = None
    alt: str = ""
    link: str = ""
    link_label: str = ""
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for. None: every language, every area. `unknown`: also readers whose language is unknown."""

    languages: tuple[str, ...] | None = None
    areas: tuple[str, ...] | None = None
    unknown: bool = True


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved it, and when (microseconds)."""

    by: str
    at: int


class Check(StrEnum):
    """What LINE says of the messages before they are sent."""

    WAITING = "waiting"
    OK = "ok"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast as it stands. Moments are microseconds; `due_at` None: as soon as it is approved.

    `hands` are all who changed what it says: none of them may approve it. `explained`: id of a hint -> why it
    is right as it stands. `fallback`: language without a text -> language whose text its readers get.
    `content_hash` stands for the messages that were handed in. `replaces`, `corrects`: ids of broadcasts.
    `order_id` is the send order; as long as there is one, `status` is the order's.
    """

    id: int
    title: str
    kind: Kind
    status: Order
    version: int
    author: str
    hands: tuple[str, ...]
    created_at: int
    changed_at: int
    template: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    topic: str | None = None
    audience: Audience = Audience()
    variants: Mapping[str, Variant] = field(default_factory=dict)
    fallback: Mapping[str, str] = field(default_factory=dict)
    explained: Mapping[str, str] = field(default_factory=dict)
    due_at: int | None = None
    hold_minutes: int = 0
    quiet_ok: bool = False
    valid_until: int | None = None
    replaces: int | None = None
    corrects: int | None = None
    series: int | None = None
    public: bool = True
    plain: bool = False
    order_id: int | None = None
    submitted_at: int | None = None
    submitted_by: str | None = None
    content_hash: str | None = None
    check: Check = Check.WAITING
    check_note: str = ""
    approval: Approval | None = None

    def texts(self) -> dict[str, str]:
        """Return what is written so far, by language."""
        return {tag: one.text for tag, one in self.variants.items() if one.text.strip()}

    def language_for(self, tag: str) -> str | None:
        """Return the language whose text readers of `tag` get: theirs, else the explicit fall-back."""
        for one in (tag, self.fallback.get(tag, "")):
            if one in self.variants and self.variants[one].text.strip():
                return one
        return None

    def late(self, now: int) -> bool:
        """Return True when it was not approved in time, so that a new time must be chosen."""
        return self.status is Order.IN_REVIEW and self.due_at is not None and self.due_at <= now
