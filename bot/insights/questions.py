"""What was asked in a time: how much of it was answered, about what, in which language, when, how fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.knowledge.holidays import holiday
from bot.knowledge.schema import Hours
from bot.store import questions
from bot.store.database import Connection
from bot.store.models import BUCKETS

HELPED: Final = frozenset({"answered", "choices", "safety"})
"""Statuses of questions that led on: an answer, a choice to tap, help in danger."""

NO_QUESTION: Final = frozenset({"menu"})
"""Statuses of what was no question: greetings, the menu."""

STATUSES: Final = ("answered", "choices", "safety", "unknown", "out_of_scope", "failed", "menu")
"""Every status, in the order in which they are shown."""

TOP: Final = 20
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Statistics:
    """The questions between two days (JST). `hours` are counts by hour of the day."""

    first: date
    last: date
    by_status: Mapping[str, int]
    by_subject: Mapping[str, Mapping[str, int]]
    by_language: Mapping[str, Mapping[str, int]]
    waits: Mapping[str, int]
    hours: Sequence[int]
    outside: int
    timed: int
    top: Sequence[tuple[str, str, int]]

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return asked(self.by_status)

    @property
    def answered(self) -> float | None:
        """The share that led on; None without a question."""
        return share(self.by_status)

    @property
    def outside_share(self) -> float | None:
        """The share of messages outside office hours; None where no hours or no messages are known."""
        return self.outside / self.timed if self.timed else None


def asked(by_status: Mapping[str, int]) -> int:
    """Return how many questions counts by status hold."""
    return sum(n for status, n in by_status.items() if status not in NO_QUESTION)


def share(by_status: Mapping[str, int]) -> float | None:
    """Return which share of the questions led on; None without one."""
    whole = asked(by_status)
    return sum(n for status, n in by_status.items() if status in HELPED) / whole if whole else None


def statistics(connection: Connection, first: date, last: date, office: Collection[Hours]) -> Statistics:
    """Return the statistics between two days; `office` are the opening hours of the counters."""
    statuses: Counter[str] = Counter()
    waits: Counter[str] = Counter()
    subjects: dict[str, Counter[str]] = {}
    languages: dict[str, Counter[str]] = {}
    for row in questions.counted(connection, first, last):
        statuses[row["status"]] += row["n"]
        subjects.setdefault(row["topic"], Counter())[row["status"]] += row["n"]
        languages.setdefault(row["language"], Counter())[row["status"]] += row["n"]
        waits.update({name: row[name] for name in BUCKETS})
    times = questions.by_time(connection, first, last)
    hours = [0] * 24
    for (_, slot), n in times.items():
        hours[slot // 2] += n
    is_open = opening(office)
    return Statistics(
        first,
        last,
        statuses,
        subjects,
        languages,
        waits,
        hours,
        outside=sum(n for (day, slot), n in times.items() if not is_open(day, slot)) if office else 0,
        timed=sum(times.values()) if office else 0,
        top=questions.answers(connection, first, last, TOP),
    )


def opening(office: Collection[Hours]) -> Callable[[date, int], bool]:
    """Return what tells whether the counters are open in a half hour (0-47) of a day; never on holidays.

    A half hour counts as open when it begins within the hours.
    """
    spans = [(frozenset(one.days), _minutes(one.opens), _minutes(one.closes)) for one in office]

    def is_open(day: date, slot: int) -> bool:
        if holiday(day):
            return False
        weekday, minute = _DAYS[day.weekday()], slot * 30
        return any(weekday in days and begin <= minute < end for days, begin, end in spans)

    return is_open


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
