"""Forgets in time: ids of events, masked texts nothing was known about, stopped reminders, who got what,
mails to staff."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from bot import logs
from bot.clock import Clock
from bot.services import Services
from bot.store import campaigns, counts, inbox, reached, reminders, signals, staff_mails
from bot.store.database import Database
from bot.store.moments import micros
from jobs.timetable import Job

CHUNK: Final = 1_000
"""Rows deleted in one transaction, so that no webhook waits for long."""

STOPPED: Final = timedelta(days=7)
"""How long a stopped reminder is kept, so that somebody who asks again is not reminded of a day twice."""

SCANNED: Final = timedelta(days=1)
"""How long the moment of a scan is kept."""

MAILED: Final = timedelta(days=7)
"""How long a mail to staff is kept, sent or not."""

LISTS: Final = 64
"""Lists of recipients erased in one transaction: each is 8 kB."""

_log = logs.get(__name__)


def job(services: Services) -> Job:
    """Return the job. How long things are kept is the city's decision, read anew each time."""

    def work() -> None:
        city = services.content.current.knowledge.city
        forget(services.database, services.clock, city.keep_event_ids_days, city.keep_unanswered_days)
        forget_scans(services.database, services.clock)
        forget_mails(services.database, services.clock)
        forget_recipients(services.database, services.clock, city.keep_recipients_days)

    return Job("retention", 3600.0, work)


def forget(database: Database, clock: Clock, event_days: int, unanswered_days: int) -> None:
    """Delete what is older than so many days. Events that are still open stay. Raises StoreError."""
    before = micros(clock.now() - timedelta(days=event_days))
    events = 0
    while gone := database.write(partial(inbox.forget_before, before=before, limit=CHUNK)):
        events += gone
    last_day = clock.today() - timedelta(days=unanswered_days)
    texts = database.write(partial(counts.forget_unanswered, before=last_day))
    long_ago = micros(clock.now() - timedelta(days=unanswered_days))
    texts += database.write(partial(signals.forget, before=last_day, moment=long_ago))
    stopped = micros(clock.now() - STOPPED)
    wishes = database.write(partial(reminders.forget_stopped, before=stopped))
    _log.info("forgotten", events=events, unanswered=texts, stopped_reminders=wishes)


def forget_scans(database: Database, clock: Clock) -> None:
    """Delete the moments of scans that can explain no follow any more; the counts stay. Raises StoreError."""
    before = micros(clock.now() - SCANNED)
    database.write(partial(campaigns.forget_scans, before=before))


def forget_mails(database: Database, clock: Clock) -> None:
    """Delete mails to staff that were made long ago. Raises StoreError."""
    before = micros(clock.now() - MAILED)
    database.write(partial(staff_mails.forget_before, before=before))


def forget_recipients(database: Database, clock: Clock, days: int) -> None:
    """Erase who got the orders that were closed more than so many days ago. Raises StoreError."""
    before, lists = micros(clock.now() - timedelta(days=days)), 0
    while gone := database.write(partial(reached.forget, before=before, limit=LISTS)):
        lists += gone
    _log.info("recipients_forgotten", lists=lists)
