"""Figures about the account: what LINE told of each day, what staff entered, what the bot saw itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.broadcast_tables import broadcasts
from bot.store.insight_tables import kpi_figures, line_days, line_demographics, unit_statistics
from bot.store.models import content_revisions, people, question_counts, send_orders

FOLLOWED: Final = "event:follow"
"""The topic under which a follow is counted, first or again; nobody's id is beside it."""

LEFT: Final = "event:unfollow"
"""The topic under which a block is counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """What LINE told of a day, and when it was asked (microseconds)."""

    day: date
    status: str
    followers: int | None
    reaches: int | None
    blocks: int | None
    asked_at: int


def keep_day(connection: Connection, told: Told) -> None:
    """Keep what LINE tells of a day, over what it told before."""
    row = {name: getattr(told, name) for name in Told.__slots__}
    _keep(connection, line_days, [row], ("day",))


def line_told(connection: Connection) -> list[Told]:
    """Return every day that LINE was asked for, the earliest first."""
    return [Told(**row) for row in connection.execute(select(line_days).order_by(line_days.c.day)).mappings()]


def asked_since(connection: Connection, moment: int) -> int:
    """Return how many days LINE was asked for since a moment (microseconds)."""
    asked = select(func.count()).select_from(line_days).where(line_days.c.asked_at > moment)
    return int(connection.execute(asked).scalar_one())


def keep_demographic(
    connection: Connection, day: date, available: bool, groups: Mapping[str, Any], now: int
) -> None:
    """Keep LINE's shares by age and so on, as told on a day."""
    row = {"day": day, "available": available, "groups": dict(groups), "asked_at": now}
    _keep(connection, line_demographics, [row], ("day",))


def demographic(connection: Connection) -> tuple[date, Mapping[str, Any]] | None:
    """Return on which day LINE last told shares, and these."""
    table = line_demographics.c
    query = select(table.day, table.groups).where(table.available).order_by(table.day.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def demographic_asked(connection: Connection) -> date | None:
    """Return the last day on which LINE was asked for shares."""
    found: date | None = connection.execute(select(func.max(line_demographics.c.day))).scalar()
    return found


def arrivals(connection: Connection, first: date, last: date) -> dict[date, dict[str, tuple[int, int]]]:
    """Return (follows, blocks) by language of each day between two, as the bot saw them."""
    table = question_counts.c
    query = (
        select(table.day, table.language, table.topic, func.sum(table.n))
        .where(table.topic.in_((FOLLOWED, LEFT)), table.day.between(first, last))
        .group_by(table.day, table.language, table.topic)
    )
    found: dict[date, dict[str, tuple[int, int]]] = {}
    for day, language, topic, n in connection.execute(query):
        came, went = found.setdefault(day, {}).get(language, (0, 0))
        found[day][language] = (came + int(n), went) if topic == FOLLOWED else (came, went + int(n))
    return found


def readers_by(connection: Connection, what: str) -> dict[str, int]:
    """Return how many followers have each `language` (chosen, else guessed) or `area`; "" is none."""
    language = func.coalesce(people.c.language, people.c.hint, "")
    column = language if what == "language" else func.coalesce(people.c.area, "")
    query = select(column, func.count()).where(people.c.following).group_by(column)
    return {row[0]: int(row[1]) for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Entered:
    """One figure that a member of staff entered: of which series, for which day."""

    series: str
    day: date
    value: float
    by: str
    at: int


def enter(connection: Connection, figures: Iterable[Entered]) -> None:
    """Keep figures; one for a day that has one already takes its place."""
    rows = [
        {"series": one.series, "day": one.day, "value": one.value, "entered_by": one.by, "entered_at": one.at}
        for one in figures
    ]
    _keep(connection, kpi_figures, rows, ("series", "day"))


def remove(connection: Connection, series: str, day: date) -> bool:
    """Take a figure back; return False when there was none."""
    table = kpi_figures.c
    gone = kpi_figures.delete().where(table.series == series, table.day == day)
    return connection.execute(gone).rowcount == 1


def entered(connection: Connection) -> list[Entered]:
    """Return every figure that was entered, by series and day."""
    table = kpi_figures.c
    return [
        Entered(*row) for row in connection.execute(select(kpi_figures).order_by(table.series, table.day))
    ]


def keep_unit(
    connection: Connection, unit: str, days: tuple[date, date], told: Mapping[str, Any], now: int
) -> None:
    """Keep what LINE tells of an aggregation unit between two days, over what it told before."""
    row = {"unit": unit, "first_day": days[0], "last_day": days[1], "told": dict(told), "asked_at": now}
    _keep(connection, unit_statistics, [row], ("unit",))


def unit_told(connection: Connection, unit: str) -> tuple[Mapping[str, Any], int] | None:
    """Return what LINE last told of an aggregation unit, and when it was asked (microseconds)."""
    table = unit_statistics.c
    row = connection.execute(select(table.told, table.asked_at).where(table.unit == unit)).one_or_none()
    return (row[0], int(row[1])) if row else None


def units_to_ask(connection: Connection, since: int, before: int) -> list[tuple[str, int]]:
    """Return (unit, due moment) of orders due since a moment, not asked for after `before`."""
    orders, asked = send_orders.c, unit_statistics.c
    query = (
        select(orders.unit, func.min(orders.due_at))
        .outerjoin(unit_statistics, asked.unit == orders.unit)
        .where(orders.unit.is_not(None), orders.accepted > 0, orders.due_at >= since)
        .where(asked.asked_at.is_(None) | (asked.asked_at <= before))
        .group_by(orders.unit)
        .order_by(func.min(orders.due_at))
    )
    return [(unit, int(due)) for unit, due in connection.execute(query)]


def sent_between(connection: Connection, first: int, last: int) -> list[Mapping[str, Any]]:
    """Return `id, title, due_at, accepted` of the broadcasts of a time that LINE took, newest first.

    `id` is the broadcast's, or None for an order that belongs to none.
    """
    orders, about = send_orders.c, broadcasts.c
    query = (
        select(about.id, func.coalesce(about.title, "").label("title"), orders.due_at, orders.accepted)
        .select_from(send_orders)
        .outerjoin(broadcasts, about.order_id == orders.id)
        .where(orders.kind == "broadcast", orders.accepted > 0, orders.due_at.between(first, last))
        .order_by(orders.due_at.desc())
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def content_changes(connection: Connection, first: int, last: int) -> int:
    """Return how many changes of the content were published between two moments and are still in force."""
    made = content_revisions.c
    query = select(func.count()).where(made.created_at.between(first, last), made.state == "active")
    return int(connection.execute(query).scalar_one())


def _keep(connection: Connection, table: Table, rows: list[dict[str, Any]], key: tuple[str, ...]) -> None:
    """Insert rows, or put them in the place of those with the same key."""
    if not rows:
        return
    flavour: ModuleType = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = flavour.insert(table)
    changed = {name: insert.excluded[name] for name in rows[0] if name not in key}
    connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=changed), rows)
