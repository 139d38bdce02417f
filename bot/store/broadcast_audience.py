"""Whom a broadcast is for: the same conditions count people and give them to delivery."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from bot.lifecycle import Batch, Order
from bot.store import topics
from bot.store.models import people, send_batches, send_orders
from bot.store.orders import Kind
from bot.store.staff_tables import staff

_person = people.c
_language: ColumnElement[Any] = func.coalesce(_person.language, _person.hint)

Criteria = Mapping[str, Any]
"""`languages`, `areas` (null: all), `unknown`, `topic`, `emergency`, and what the keys of variants are:
`tags` (languages of ours), `other` (a language that we lack) and `nobody` (an unknown one). An order's `turn`
(due moment, key) tells it from those before it, for people who want one notice a week."""

_GOING_OUT: Final = [one.value for one in (Order.SCHEDULED, Order.SENDING, Order.SENT, Order.SENT_IN_PART)]

REACHED: Final = (Batch.ACCEPTED, Batch.UNSURE)
"""People of these batches may have got it: a correction goes to all of them."""


def audience(connection: Connection, order: Criteria, after: str, limit: int) -> Sequence[tuple[str, str]]:
    """Return the next people as `bot.delivery.order.Audience` says; the variant is the reader's language."""
    found = connection.execute(
        select(_person.user_id, _variant(order))
        .select_from(_who(order))
        .where(_person.user_id > after, *_conditions(connection, order))
        .order_by(_person.user_id)
        .limit(limit)
    )
    return found.all()  # rows are tuples; there are two million of them


def count(connection: Connection, order: Criteria) -> dict[str, int]:
    """Return how many people each variant is for."""
    found = connection.execute(
        select(_variant(order), func.count())
        .select_from(_who(order))
        .where(*_conditions(connection, order))
        .group_by("variant")
    )
    return {variant: int(people_there) for variant, people_there in found}


def reached(connection: Connection, order_id: int) -> dict[str, int]:
    """Return how many people an order may have reached, by variant."""
    batch = send_batches.c
    states = [state.value for state in REACHED]
    found = connection.execute(
        select(batch.variant, func.sum(batch.count))
        .where(batch.order_id == order_id, batch.state.in_(states))
        .group_by(batch.variant)
    )
    return {variant: int(people_there) for variant, people_there in found}


def colleagues(connection: Connection, order: Criteria, after: str, limit: int) -> Sequence[tuple[str, str]]:
    """Return staff with a LINE account of their own: those in `only`, or of `roles`; not those in `names`.

    The variant is the staff's language, or the one that `variant` names.
    """
    found = connection.execute(
        select(staff.c.line_user_id, staff.c.language)
        .where(*_linked(order), staff.c.line_user_id > after)
        .order_by(staff.c.line_user_id)
        .limit(limit)
    )
    one: str | None = order.get("variant")
    return [(user_id, one or language) for user_id, language in found]


def linked(connection: Connection, order: Criteria) -> int:
    """Return how many of these staff linked a LINE account."""
    return int(connection.execute(select(func.count()).where(*_linked(order))).scalar_one())


def with_mail(connection: Connection, order: Criteria) -> Sequence[tuple[int, str]]:
    """Return id and language of those of these staff who gave a mail address, linked or not."""
    found = select(staff.c.id, staff.c.language).where(*_working(order), staff.c.mail.is_not(None))
    return [(staff_id, language) for staff_id, language in connection.execute(found.order_by(staff.c.id))]


def _linked(order: Criteria) -> Iterable[ColumnElement[bool]]:
    yield staff.c.line_user_id.is_not(None)
    yield from _working(order)


def _working(order: Criteria) -> Iterable[ColumnElement[bool]]:
    yield staff.c.disabled_at.is_(None)
    if (only := order.get("only")) is not None:
        yield staff.c.name.in_(only)
    if (roles := order.get("roles")) is not None:
        yield staff.c.role.in_(roles)
    if names := order.get("names"):
        yield staff.c.name.not_in(names)


def _variant(order: Criteria) -> ColumnElement[Any]:
    """Return the key of a person's variant."""
    unknown, ours = (_language.is_(None), order["nobody"]), (_language.in_(order["tags"]), _language)
    return case(unknown, ours, else_=order["other"]).label("variant")


def _who(order: Criteria) -> Any:
    """Return where people are looked for: an emergency does not ask what they chose."""
    return people if order["emergency"] else topics.with_choices()


def _conditions(connection: Connection, order: Criteria) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_person.following, *_meant(order)]
    if not order["emergency"]:
        found.append(topics.wanted(order["topic"], _earlier(connection, order)))
    return found


def _meant(order: Criteria) -> Iterable[ColumnElement[bool]]:
    """Yield for whom a notice is, by language and area."""
    yield from _languages(order)
    if order["areas"] is not None:
        yield _person.area.in_(order["areas"])


def _earlier(connection: Connection, order: Criteria) -> Iterable[ColumnElement[bool]]:
    """Yield whom each everyday notice of the same week was for that has its turn before this one."""
    if "turn" not in order:
        return
    due_at, key = order["turn"]
    sent = send_orders.c
    before = or_(sent.due_at < due_at, and_(sent.due_at == due_at, sent.key < key))
    goes_out = or_(sent.status.in_(_GOING_OUT), sent.accepted > 0)
    found = select(sent.audience).where(
        sent.kind == Kind.BROADCAST.value, sent.due_at >= topics.week_of(due_at), before, goes_out
    )
    for one in connection.execute(found).scalars():
        if "topic" in one and not one["emergency"]:
            yield and_(topics.switched_on(one["topic"]), *_meant(one))


def _languages(order: Criteria) -> Iterable[ColumnElement[bool]]:
    chosen: Collection[str] | None = order["languages"]
    if chosen is None:
        if not order["unknown"]:
            yield _language.is_not(None)
        return
    ours = [tag for tag in chosen if tag in order["tags"]]
    known: list[ColumnElement[bool]] = [_language.in_(ours)]
    if order["other"] in chosen:
        known.append(and_(_language.is_not(None), _language.not_in(order["tags"])))
    if order["unknown"]:
        known.append(_language.is_(None))
    yield or_(*known)
