"""Asks LINE about what waits for approval, begins issues of series, tells staff what waits for them."""

from __future__ import annotations

from bot.broadcasts import series, validating, watching
from bot.broadcasts.links import fetcher
from bot.services import Services
from bot.wiring import build_office
from jobs.timetable import Job


def job(services: Services) -> Job:
    """Return the job: a look every five seconds, at the content in force."""

    proxy = services.settings.outbound_proxy
    fetch = None if services.settings.practice else fetcher(proxy.get_secret_value() if proxy else None)

    def work() -> None:
        office = build_office(services)
        validating.validate(office, fetch)
        series.begin_due(office)
        watching.watch(office)

    return Job("broadcasts", 5.0, work)
