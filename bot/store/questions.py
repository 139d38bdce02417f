"""Questions by half hour, by answer, and summed over days. No row says who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, select

from bot.store.counts import increase
from bot.store.insight_tables import question_answers, question_times
from bot.store.models import BUCKETS, question_counts

EVENTS: Final = ("none", "ignored")
"""Statuses of events that are no messages to us."""


def add(connection: Connection, day: date, slot: int, language: str, status: str) -> None:
    """Count a question in a half hour (0-47) of a day (JST)."""
    key = {"day": day, "slot": slot, "language": language, "status": status}
    increase(connection, question_times, key, {"n": 1})


def add_answer(connection: Connection, day: date, answer: str, status: str) -> None:
    """Count one answer that was given on a day (JST)."""
    increase(connection, question_answers, {"day": day, "answer": answer, "status": status}, {"n": 1})


def answers(connection: Connection, first: date, last: date, limit: int) -> list[tuple[str, str, int]]:
    """Return the most frequent (answer id, status, count) between two days, the most frequent first."""
    table = question_answers.c
    n = func.sum(table.n)
    query = (
        select(table.answer, table.status, n)
        .where(table.day.between(first, last))
        .group_by(table.answer, table.status)
        .order_by(n.desc(), table.answer)
        .limit(limit)
    )
    return [(row[0], row[1], int(row[2])) for row in connection.execute(query)]


def by_time(connection: Connection, first: date, last: date) -> dict[tuple[date, int], int]:
    """Return how many questions came in each half hour between two days; greetings and menus are none."""
    table = question_times.c
    query = (
        select(table.day, table.slot, func.sum(table.n))
        .where(table.day.between(first, last), table.status != "menu")
        .group_by(table.day, table.slot)
    )
    return {(row[0], row[1]): int(row[2]) for row in connection.execute(query)}


def counted(connection: Connection, first: date, last: date) -> list[Mapping[str, Any]]:
    """Return `topic, language, status, n` and the waits of the questions between two days; no events."""
    table = question_counts.c
    sums = [func.sum(table[name]).label(name) for name in ("n", *BUCKETS)]
    query = (
        select(table.topic, table.language, table.status, *sums)
        .where(table.day.between(first, last), table.status.not_in(EVENTS))
        .group_by(table.topic, table.language, table.status)
    )
    return [
        {name: int(value) if name in ("n", *BUCKETS) else value for name, value in row.items()}
        for row in connection.execute(query).mappings()
    ]
