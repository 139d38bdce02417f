"""Fetches LINE's figures about the account."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.insights.fetching import Fetching
from bot.line.insight import Insight
from bot.services import Services
from bot.store import lease
from bot.store.moments import micros
from jobs.timetable import Job

REST: Final = timedelta(minutes=10)
"""How long LINE is left alone after it refused or did not answer."""


def job(services: Services) -> Job:
    """Return the job: a look a minute, in the process whose dispatcher sends, so that only one asks."""
    fetching = Fetching(services.database, Insight(services.line))
    rests_until: list[datetime] = []

    def work() -> None:
        now = services.clock.now()
        if rests_until and now < rests_until[0] <= now + REST:
            return
        if services.database.read(partial(lease.holder, now=micros(now))) != services.owner:
            return
        kpi = services.content.current.knowledge.city.kpi
        if not fetching.look(now, kpi.opened):
            rests_until[:] = [now + REST]

    return Job("insights", 60.0, work)
