"""The numbers of the whole service, whichever process counted them, for whoever watches over it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from bot.store.models import BUCKETS, OUTCOMES, inbox, people, question_counts, send_batches, send_orders


@dataclass(frozen=True, slots=True)
class Measures:
    """Questions by (status, language), answers by how long they took (in the order of BUCKETS), events and
    batches that wait, orders by (kind, status), people reached by (kind, outcome), and who follows.
    """

    questions: dict[tuple[str, str], int]
    waits: tuple[int, ...]
    open_events: int
    oldest_open: int | None
    orders: dict[tuple[str, str], int]
    recipients: dict[tuple[str, str], int]
    open_batches: int
    followers: int


def measure(connection: Connection) -> Measures:
    """Return the numbers as they are now; `oldest_open` is a moment."""
    asked, order = question_counts.c, send_orders.c
    questions = connection.execute(
        select(asked.status, asked.language, func.sum(asked.n)).group_by(asked.status, asked.language)
    )
    waits = connection.execute(select(*(func.sum(asked[name]) for name in BUCKETS))).one()
    waiting = connection.execute(
        select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.lease_until.is_not(None))
    ).one()
    orders = connection.execute(
        select(order.kind, order.status, func.count()).group_by(order.kind, order.status)
    )
    reached = connection.execute(
        select(order.kind, *(func.sum(order[name]) for name in OUTCOMES)).group_by(order.kind)
    )
    return Measures(
        questions={(row[0], row[1]): int(row[2]) for row in questions},
        waits=tuple(int(total or 0) for total in waits),
        open_events=waiting[0],
        oldest_open=waiting[1],
        orders={(row[0], row[1]): row[2] for row in orders},
        recipients={
            (row[0], name): int(row[place]) for row in reached for place, name in enumerate(OUTCOMES, start=1)
        },
        open_batches=_number(connection, send_batches.c.try_at.is_not(None)),
        followers=_number(connection, people.c.following),
    )


def _number(connection: Connection, which: ColumnElement[bool]) -> int:
    found = connection.execute(select(func.count()).where(which))
    return int(found.scalar_one())
