"""The notices that went out lately, as whoever shows them again needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, case, or_, select

from bot.lifecycle import Order
from bot.store.broadcast_tables import broadcast_variants, broadcasts
from bot.store.models import send_orders

SHOWN: Final = (Order.SENDING, Order.SENT, Order.SENT_IN_PART)
"""Statuses in which a notice speaks for itself; what was stopped reached somebody, but is not repeated."""

_one = broadcasts.c
_order = send_orders.c


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice of which something left. Moments in microseconds; `shown`: it was not stopped or held.

    `texts` and `links` (label, address) by language as they were written; `fallback`: language without a text
    -> language whose text its readers got. `audience` is as `bot.broadcasts.model.Audience`.
    """

    id: int
    title: str
    emergency: bool
    topic: str | None
    audience: Mapping[str, Any]
    texts: Mapping[str, str]
    links: Mapping[str, tuple[str, str]]
    fallback: Mapping[str, str]
    as_of: int
    valid_until: int | None
    replaces: int | None
    corrects: int | None
    shown: bool


def sent(connection: Connection, since: int, public: bool = False) -> list[Sent]:
    """Return the notices that went out since a moment or are valid after it, newest first; or public ones."""
    begun = case((_order.hold_until > _order.due_at, _order.hold_until), else_=_order.due_at)
    query = (
        select(broadcasts, begun.label("begun"), _order.status.label("now"))
        .join(send_orders, _one.order_id == _order.id)
        .where(or_(_order.accepted > 0, _order.status == Order.SENT.value))
        .where(or_(begun >= since, _one.valid_until >= since))
        .order_by(begun.desc(), _one.id.desc())
    )
    if public:
        query = query.where(_one.public, _order.status.in_([one.value for one in SHOWN]))
    rows = connection.execute(query).mappings().all()
    texts, links = _written(connection, [row["id"] for row in rows])
    return [_sent(row, texts.get(row["id"], {}), links.get(row["id"], {})) for row in rows]


def _written(connection: Connection, ids: list[int]) -> tuple[dict[int, dict[str, str]], dict[int, Any]]:
    texts: dict[int, dict[str, str]] = {}
    links: dict[int, dict[str, tuple[str, str]]] = {}
    mine = broadcast_variants.c.broadcast_id.in_(ids)
    for row in connection.execute(select(broadcast_variants).where(mine)):
        if row.text.strip():
            texts.setdefault(row.broadcast_id, {})[row.language] = row.text.strip()
            if row.link:
                links.setdefault(row.broadcast_id, {})[row.language] = (row.link_label, row.link)
    return texts, links


def _sent(row: Any, texts: Mapping[str, str], links: Mapping[str, tuple[str, str]]) -> Sent:
    return Sent(
        id=row["id"],
        title=row["title"],
        emergency=row["kind"] == "emergency",
        topic=row["topic"],
        audience=row["audience"],
        texts=texts,
        links=links,
        fallback=row["fallback"],
        as_of=row["begun"],
        valid_until=row["valid_until"],
        replaces=row["replaces"],
        corrects=row["corrects"],
        shown=row["now"] in [one.value for one in SHOWN],
    )
