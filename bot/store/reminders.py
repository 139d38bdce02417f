"""Who wants to be reminded of what, who gets a reminder, and what is ordered already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from bot.lifecycle import ORDER_STEPS, Order
from bot.store.models import people, reminders, send_orders
from bot.store.people import Overtaken

MOST_APART: Final = 6
"""Up to so many categories of a day a person is reminded of just those they chose; else of the whole day."""

_wish = reminders.c
_person = people.c
_order = send_orders.c
_NEVER_LEFT = and_(_order.status.in_(["cancelled", "discarded", "draft"]), _order.accepted == 0)
_KEPT: Final = ("slot", "categories", "paused_until", "starts_on", "ended_told")


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order about reminders. `open`: it is not at its end; `begun`: something of it may have left;
    `expired`: it came to its end because its time was over.

    `reached` and `missed` are people whom it may have reached and surely did not.
    """

    id: int
    key: str
    audience: Mapping[str, Any]
    open: bool
    begun: bool
    stopping: bool
    expired: bool
    reached: int
    missed: int


def load(connection: Connection, user_id: str, area: str | None) -> dict[str, Any] | None:
    """Return what a person wants, with `ordered_through` for their area and slot; None for nothing."""
    row = connection.execute(select(reminders).where(_wish.user_id == user_id)).mappings().one_or_none()
    if row is None:
        return None
    categories = row["categories"]
    return {
        **{name: row[name] for name in _KEPT},
        "categories": None if categories is None else tuple(categories),
        "ordered_through": ordered_through(connection, area, row["slot"]),
    }


def save(
    connection: Connection,
    user_id: str,
    area: str | None,
    before: Mapping[str, Any] | None,
    wanted: Mapping[str, Any] | None,
    now: int,
) -> None:
    """Keep what a person wants, or delete it (None). `area` and `before` are as they were loaded.

    Raises Overtaken when a day was ordered meanwhile: `wanted` may not reckon with it. Whoever calls this
    also changes the person's version, so that nobody writes over a wish that they have not seen.
    """
    if before and ordered_through(connection, area, before["slot"]) != before["ordered_through"]:
        raise Overtaken
    mine = _wish.user_id == user_id
    if wanted is None:
        connection.execute(delete(reminders).where(mine))
        return
    row = {name: wanted[name] for name in _KEPT} | {"slot": str(wanted["slot"]), "changed_at": now}
    row["categories"] = None if row["categories"] is None else list(row["categories"])
    if connection.execute(update(reminders).where(mine).values(row)).rowcount == 0:
        connection.execute(insert(reminders).values(user_id=user_id, asked_at=now, **row))


def ordered_through(connection: Connection, area: str | None, slot: str) -> date | None:
    """Return the last collection day of which a reminder is ordered for an area and slot, None for none."""
    if area is None:
        return None
    ours = f"reminder:__________:{slot}:{area}"
    latest = (
        select(_order.key)
        .where(_order.kind == "reminder", or_(_order.key.like(ours), _order.key.like(f"{ours}:%")))
        .where(~_NEVER_LEFT)
        .order_by(_order.key.desc())
        .limit(1)
    )
    key: str | None = connection.execute(latest).scalar()
    return date.fromisoformat(key.split(":")[1]) if key else None


def forget_stopped(connection: Connection, before: int) -> int:
    """Delete the wishes of people who stopped before a moment; return how many there were."""
    old = and_(_wish.slot == "off", _wish.changed_at < before)
    return connection.execute(delete(reminders).where(old)).rowcount


def ordered(connection: Connection, first: date) -> list[Ordered]:
    """Return the orders about reminders of the days from `first` on, in the order they were made."""
    found = (
        select(send_orders)
        .where(_order.kind == "reminder", _order.key >= f"reminder:{first}")
        .order_by(_order.id)
    )
    return [_ordered(row) for row in connection.execute(found).mappings()]


def _ordered(row: Any) -> Ordered:
    status = Order(row["status"])
    reached = row["accepted"] + row["unsure"]
    return Ordered(
        id=row["id"],
        key=row["key"],
        audience=row["audience"],
        open=bool(ORDER_STEPS[status]),
        begun=status is Order.SENDING or bool(reached),
        stopping=row["stop_requested"],
        expired=row["note"] == "expired",
        reached=reached,
        missed=row["cancelled"],
    )


def anybody(connection: Connection, area: str, slot: str) -> bool:
    """Return whether somebody who follows us wants reminders in an area and slot."""
    both = reminders.join(people, _wish.user_id == _person.user_id)
    who: Any = select(_wish.user_id).select_from(both)
    found = who.where(_person.following, _person.area == area, _wish.slot == slot).limit(1)
    return connection.execute(found).first() is not None


def audience(
    connection: Connection, order: Mapping[str, Any], after: str, limit: int
) -> Sequence[tuple[str, str]]:
    """Return the next people to be reminded as `bot.delivery.order.Audience` says.

    `order` is an order's `audience`: `area`, `slot`, `day` and the `categories` of that day; people who want
    one of `unless` were reminded of the day before. A variant is a language and the person's categories of
    the day, as bits in the order of `categories`: `en:5`.
    """
    categories, unless = list(order["categories"]), frozenset(order.get("unless", ()))
    found: list[tuple[str, str]] = []
    while len(found) < limit:
        page = connection.execute(_page(order, after, limit)).all()
        for user_id, language, chosen in page:
            bits = _bits(categories, chosen)
            if bits and not (unless and (chosen is None or unless.intersection(chosen))):
                found.append((user_id, f"{language}:{bits:x}"))
        if len(page) < limit:
            break
        after = page[-1].user_id
    return found[:limit]


def _bits(categories: Sequence[str], chosen: Sequence[str] | None) -> int:
    every = (1 << len(categories)) - 1
    if chosen is None:
        return every
    mine = sum(1 << place for place, category in enumerate(categories) if category in chosen)
    return every if mine and len(categories) > MOST_APART else mine


def _page(order: Mapping[str, Any], after: str, limit: int) -> Any:
    day = date.fromisoformat(order["day"])
    columns: list[Any] = [
        _wish.user_id,
        func.coalesce(_person.language, _person.hint, "ja"),
        _wish.categories,
    ]
    return (
        select(*columns)
        .select_from(reminders.join(people, _wish.user_id == _person.user_id))
        .where(_wish.user_id > after, _wish.slot == order["slot"], _wish.starts_on <= day)
        .where(or_(_wish.paused_until.is_(None), _wish.paused_until < day))
        .where(_person.following, _person.area == order["area"])
        .order_by(_wish.user_id)
        .limit(limit)
    )
