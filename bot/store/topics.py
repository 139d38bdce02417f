"""Who wants which of the city's notices: kept for each person, and asked by the audience of a notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta, timezone
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from bot.store.models import people
from bot.store.moments import micros, moment
from bot.store.topic_tables import person_topics

_JST: Final = timezone(timedelta(hours=9))
_chosen = person_topics.c
_LOAD: Final[Select[Any]] = select(_chosen.often, _chosen.off).where(_chosen.user_id == bindparam("who"))


def load(connection: Connection, user_id: str) -> dict[str, Any] | None:
    """Return what a person chose: `often` (None: never said) and the topics that are `off`, or None."""
    row = connection.execute(_LOAD, {"who": user_id}).one_or_none()
    return None if row is None else {"often": row.often, "off": tuple(row.off.split())}


def save(connection: Connection, user_id: str, chosen: Mapping[str, Any] | None, now: int) -> None:
    """Keep what a person chose, or delete it (None).

    Whoever calls this also changes the person's version, so that nobody writes over what they have not seen.
    """
    mine = _chosen.user_id == user_id
    if chosen is None:
        connection.execute(delete(person_topics).where(mine))
        return
    off = "".join(f" {topic}" for topic in chosen["off"]) + " " if chosen["off"] else ""
    often = None if chosen["often"] is None else str(chosen["often"])
    row = {"often": often, "off": off, "changed_at": now}
    if connection.execute(update(person_topics).where(mine).values(row)).rowcount == 0:
        connection.execute(insert(person_topics).values(user_id=user_id, **row))


def week_of(at: int) -> int:
    """Return the Monday 0:00 JST of a moment's week, both in microseconds."""
    local = moment(at).astimezone(_JST)
    monday = local.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=local.weekday())
    return micros(monday)


def with_choices() -> Any:
    """Return the people with what each chose: what `wanted` and `switched_on` are asked of."""
    return people.outerjoin(person_topics, people.c.user_id == _chosen.user_id)


def switched_on(topic: str | None) -> ColumnElement[bool]:
    """Return the condition that a person has not switched a topic off; a notice may have none."""
    if topic is None:
        return people.c.user_id.is_not(None)
    return or_(_chosen.off.is_(None), not_(_chosen.off.contains(f" {topic} ", autoescape=True)))


def wanted(topic: str | None, earlier: Iterable[ColumnElement[bool]] = ()) -> ColumnElement[bool]:
    """Return the condition that a person wants an everyday notice of a topic; emergencies ask nobody.

    `earlier` are the conditions, `switched_on` among them, under which somebody was meant by a notice of the
    same week: who wants one a week gets the first. Who visits gets emergencies unless they chose.
    """
    visits = case((people.c.visitor_until.is_not(None), "emergencies"), else_="every")
    often = func.coalesce(_chosen.often, visits)
    had_one = func.coalesce(or_(false(), *earlier), false())  # of an unknown area nobody knows: NULL
    week_begins = and_(often == "weekly", not_(had_one))
    return and_(switched_on(topic), or_(often == "every", week_begins))
