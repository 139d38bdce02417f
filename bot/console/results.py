"""What a page about a broadcast shows of its results."""

from __future__ import annotations

from typing import Any

from bot.console import numbers
from bot.console.desk import desk
from bot.insights.board import AFTER
from bot.insights.results import results
from bot.store.orders import SendOrder


def results_of(order: SendOrder | None) -> dict[str, Any]:
    """Return what `console/results.html` needs; without an order that LINE accepted it shows nothing."""
    today = desk().services.clock.today()
    found = desk().read(lambda connection: results(connection, order, today)) if order else None
    return {"results": found, "results_days": AFTER, "n": numbers}
