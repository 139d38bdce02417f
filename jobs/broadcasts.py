"""Asks LINE about what waits for approval, and begins the issues of series whose time has come."""

from __future__ import annotations

from bot.broadcasts import validating
from bot.services import Services
from bot.wiring import build_office
from jobs.timetable import Job


def job(services: Services) -> Job:
    """Return the job: a look every five seconds, at the content in force."""

    def work() -> None:
        office = build_office(services)
        validating.validate(office)

    return Job("broadcasts", 5.0, work)
