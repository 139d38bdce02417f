"""What became of one broadcast: how many saw it and tapped its links, how many blocked afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.clock import JST
from bot.insights.board import AFTER
from bot.store import insights
from bot.store.database import Connection
from bot.store.moments import moment
from bot.store.orders import SendOrder


@dataclass(frozen=True, slots=True)
class Results:
    """Statistics of one order. Numbers of people are None where LINE hides them because they are below 20.

    `asked_at` (microseconds) is when LINE was asked; None: it has told nothing yet. `links` are (address,
    people who tapped it). `lost` are blocks on the day and the two after it; `complete`: these are over.
    """

    asked_at: int | None
    accepted: int
    seen: int | None
    tapped: int | None
    links: Sequence[tuple[str, int | None]]
    lost: int
    complete: bool


def results(connection: Connection, order: SendOrder, today: date) -> Results | None:
    """Return what became of an order; None while LINE has accepted it for nobody."""
    if not order.accepted:
        return None
    told, asked_at = (insights.unit_told(connection, order.unit) if order.unit else None) or ({}, None)
    day = moment(order.due_at).astimezone(JST).date()
    last = day + timedelta(days=AFTER - 1)
    moved = insights.arrivals(connection, day, last)
    overview = _object(told.get("overview"))
    clicks = told.get("clicks")
    return Results(
        asked_at,
        order.accepted,
        _people(overview.get("uniqueImpression")),
        _people(overview.get("uniqueClick")),
        tuple(_links(clicks if isinstance(clicks, list) else ())),
        sum(went for languages in moved.values() for _, went in languages.values()),
        last < today,
    )


def _links(clicks: Sequence[Any]) -> list[tuple[str, int | None]]:
    rows = [_object(one) for one in clicks]
    return [(str(row.get("url", "")), _people(row.get("uniqueClick"))) for row in rows]


def _object(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _people(found: Any) -> int | None:
    return found if isinstance(found, int) and found >= 0 else None
