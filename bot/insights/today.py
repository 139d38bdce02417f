"""The numbers of one day at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.store import counts, people
from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Numbers:
    """Questions by status, and how many people follow the account as far as the database knows them."""

    by_status: Mapping[str, int]
    followers: int

    @property
    def questions(self) -> int:
        """How many questions there were."""
        return sum(self.by_status.values())


def numbers(connection: Connection, day: date) -> Numbers:
    """Return the numbers of a day (JST). Events that are no questions are left out."""
    by_status = counts.by_status(connection, day)
    return Numbers({k: n for k, n in by_status.items() if k != "none"}, people.following(connection))
