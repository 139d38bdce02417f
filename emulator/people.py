"""The people of the practice: who is a friend, who blocks, what each of their phones shows."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from emulator.clock import JST

Item = dict[str, Any]
"""One line of a phone's timeline, as the control API shows it."""

PHONES = (
    ("住民（日本語）", "ja"),
    ("Visitor (English)", "en"),
    ("新朋友（中文）", "zh-Hans"),
)
"""Name and profile language of the three phones that every fresh practice has."""

REACHABLE_SECONDS = 7 * 24 * 3600
"""A person who wrote without being a friend can be messaged this long."""


@dataclass(slots=True)
class Person:
    """One LINE user. `consented`: agreed to LINE's privacy policy. `phone`: shown on the phone page.

    `kept` is False for people made in bulk: what they receive is counted, not stored.
    """

    user_id: str
    name: str
    language: str | None
    consented: bool = True
    phone: bool = True
    kept: bool = True
    following: bool = False
    followed_before: bool = False
    wrote_at: float | None = None
    loading_until: float = 0.0
    menu: str | None = None
    items: list[Item] = field(default_factory=list)

    @property
    def blocked(self) -> bool:
        """Whether this was a friend and is one no more."""
        return self.followed_before and not self.following

    def reachable(self, now: float) -> bool:
        """Return whether LINE would deliver to this person at `now` (seconds)."""
        wrote_lately = self.wrote_at is not None and now - self.wrote_at < REACHABLE_SECONDS
        return self.following or (wrote_lately and not self.blocked)

    def as_json(self) -> dict[str, Any]:
        """Return what the control API tells about a person."""
        names = ("user_id", "name", "language", "consented", "following", "phone")
        return {name: getattr(self, name) for name in names}


class People:
    """Everyone by user id, and how many joined and blocked on each day. Callers hold the world's lock."""

    def __init__(self) -> None:
        self.by_id: dict[str, Person] = {}
        self._added: defaultdict[date, int] = defaultdict(int)
        self._blocked: defaultdict[date, int] = defaultdict(int)
        for number, (name, language) in enumerate(PHONES, start=1):
            self.add(Person(f"U{number:032x}", name, language))

    def add(self, person: Person) -> Person:
        """Take a person in; one who starts as a friend is followed afterwards with `follow`."""
        self.by_id[person.user_id] = person
        return person

    def follow(self, person: Person, now: float) -> bool:
        """Make a friend; return True when that lifted a block."""
        unblocked, day = person.blocked, _day(now)
        if not person.followed_before:
            self._added[day] += 1
        elif unblocked:
            self._blocked[day] -= 1
        person.following = person.followed_before = True
        return unblocked

    def unfollow(self, person: Person, now: float) -> None:
        """Let a friend block the account."""
        if person.following:
            self._blocked[_day(now)] += 1
        person.following = False
        person.menu = None

    def replay(self, day: date, added: int, blocked: int, unblocked: int) -> None:
        """Count friends and blocks of a day that nobody here stands for."""
        self._added[day] += added
        self._blocked[day] += blocked - unblocked

    def friends(self) -> list[str]:
        """Return the ids LINE would list: friends who consented, in the order they were met."""
        return [person.user_id for person in self.by_id.values() if person.following and person.consented]

    def phones(self) -> list[Person]:
        """Return the people shown on the phone page."""
        return [person for person in self.by_id.values() if person.phone]

    def counts(self, day: date) -> tuple[int, int]:
        """Return (first-time adds so far, people blocking) at the end of `day` in Japan."""
        added = sum(count for when, count in self._added.items() if when <= day)
        return added, sum(count for when, count in self._blocked.items() if when <= day)


def new_user_id() -> str:
    """Return a user id of LINE's form: U and 32 hexadecimal digits."""
    return "U" + secrets.token_hex(16)


def _day(now: float) -> date:
    return datetime.fromtimestamp(now, UTC).astimezone(JST).date()
