"""Sends the mails to staff that wait in the outbox.

At least once: a worker that dies after the server took a mail, and before that is noted, sends it again.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from bot import logs
from bot.mail import Letter, Post
from bot.services import Services
from bot.store import lease, staff_mails
from bot.store.database import Database
from bot.store.moments import SECOND, micros, moment
from bot.store.staff_mails import Waiting
from jobs.timetable import Job

MOST: Final = 20
"""Mails in one round."""

PAUSES: Final = (60 * SECOND, 5 * 60 * SECOND, 30 * 60 * SECOND)
"""How long after the first, second and every later failure a mail is tried again."""

USEFUL: Final = 24 * 3600 * SECOND
"""How long a mail is tried."""

_log = logs.get(__name__)


def jobs(services: Services) -> list[Job]:
    """Return the job, in the process whose dispatcher sends, so that only one does; none without a server."""
    settings = services.settings
    if not (settings.mails and settings.smtp_url and settings.mail_from):
        return []
    post = Post(settings.smtp_url.get_secret_value(), settings.mail_from)

    def work() -> None:
        now = micros(services.clock.now())
        if services.database.read(partial(lease.holder, now=now)) == services.owner:
            send(services.database, post, now)

    return [Job("mails", 10.0, work)]


def send(database: Database, post: Post, now: int) -> None:
    """Send what is due at `now` (microseconds), at most MOST. Raises StoreError."""
    waiting = database.read(partial(staff_mails.due, now=now, since=now - USEFUL, limit=MOST))
    if not waiting:
        return
    mails = {f"staff-{one.id}-{one.made_at}": one for one in waiting}
    for letter, failure in post.send(_letter(key, one) for key, one in mails.items()):
        mail = mails[letter.key]
        if failure is None:
            database.write(partial(staff_mails.sent, mail_id=mail.id, now=now))
        else:
            _again(database, mail, now, failure)


def _again(database: Database, mail: Waiting, now: int, failure: str) -> None:
    """Try later, or give it up when a later one would be of no use."""
    at = now + PAUSES[min(mail.tries, len(PAUSES) - 1)]
    again = at if at < mail.made_at + USEFUL else None
    database.write(partial(staff_mails.not_sent, mail_id=mail.id, again_at=again))
    _log.warning("mail_not_sent" if again else "mail_given_up", mail=mail.id, failure=failure)


def _letter(key: str, mail: Waiting) -> Letter:
    return Letter(key, mail.address, mail.subject, mail.text, moment(mail.made_at))
