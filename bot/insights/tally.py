"""What a turn adds beside its counts: its half hour, and the campaign that a follow may come from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.clock import JST
from bot.store import campaigns, question_times
from bot.store.database import Connection
from bot.store.insights import FOLLOWED
from bot.store.moments import SECOND, micros

SOON: Final = 10 * 60 * SECOND
"""A follow within ten minutes of a scan is taken for its effect: an estimate, nobody is recognised."""


def tally(connection: Connection, counted: Iterable[tuple[str, str, str]], now: datetime) -> None:
    """Add (topic, language, status) of what happened now. Only questions have a time of day."""
    local = now.astimezone(JST)
    for topic, language, status in sorted(counted):
        if topic == FOLLOWED:
            campaigns.followed(connection, local.date(), micros(now), SOON)
        if status != "none" and not topic.startswith("event"):
            slot = local.hour * 2 + local.minute // 30
            question_times.add(connection, local.date(), slot, language[:16], status[:16])
