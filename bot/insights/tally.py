"""What a turn adds beside its counts: its half hour, and the campaign that a follow may come from."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.clock import JST
from bot.insights.counting import Count
from bot.store import campaigns, questions
from bot.store.database import Connection
from bot.store.insights import FOLLOWED
from bot.store.moments import SECOND, micros

MENU: Final = "menu"
"""The status of greetings and menus: nothing was asked."""

SOON: Final = 10 * 60 * SECOND
"""A follow within ten minutes of a scan is taken for its effect: an estimate, nobody is recognised."""


def tally(connection: Connection, one: Count, now: datetime) -> None:
    """Add what happened now. Only questions have a time of day, and only answers are asked for."""
    local = now.astimezone(JST)
    day = local.date()
    if one.topic == FOLLOWED:
        campaigns.followed(connection, day, micros(now), SOON)
    if one.status in questions.EVENTS:
        return
    slot = local.hour * 2 + local.minute // 30
    questions.add(connection, day, slot, one.language[:16], one.status[:16])
    if one.answer and one.status != MENU:
        questions.add_answer(connection, day, one.answer[:128], one.status[:16])
