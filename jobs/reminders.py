"""Orders the reminders whose time has come, and what has to be told after a change of the calendar."""

from __future__ import annotations

from datetime import date
from functools import partial

from bot import logs
from bot.reminders.ordering import Ordering
from bot.reminders.truth import to_load
from bot.services import Services
from bot.store import lease
from bot.store.moments import micros
from jobs.timetable import Job

_log = logs.get(__name__)


def job(services: Services) -> Job:
    """Return the job: a look every five seconds, in the process whose dispatcher sends.

    The others might still have the content of a moment ago, and would tell what is no longer so.
    """
    ordering = Ordering(services.database, services.voices, services.settings.practice)

    def work() -> None:
        now = services.clock.now()
        if services.database.read(partial(lease.holder, now=micros(now))) == services.owner:
            ordering.look(services.content.current.knowledge, now)

    return Job("reminders", 5.0, work)


def calendar_job(services: Services) -> Job:
    """Return the job that tells the log, once a day, that the next year's calendar has to be loaded."""
    told: set[date] = set()

    def work() -> None:
        engine = services.content.current
        today = engine.local(services.clock.now()).date()
        ending = to_load(engine.knowledge.calendar, today)
        if ending and today not in told:
            told.add(today)
            last, areas = ending
            _log.warning("calendar_ends", last_day=str(last), areas=areas, do="load the new year")

    return Job("calendar", 60.0, work)
