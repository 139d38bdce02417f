"""Whether a broadcast could be sent as it is: its texts, its time, its audience, the quota, how often."""

from __future__ import annotations

from typing import Final

from bot.broadcasts import audience, shelf
from bot.broadcasts.checks import blocking
from bot.broadcasts.model import Broadcast, Kind
from bot.broadcasts.office import Office
from bot.broadcasts.quota import cost
from bot.broadcasts.refused import Refused
from bot.broadcasts.times import quiet, starts_at
from bot.knowledge.importers.proposal import remark, remark_n
from bot.lifecycle import Order
from bot.store import broadcasts
from bot.store.moments import SECOND

WEEK: Final = 7 * 24 * 3600 * SECOND


def must_be_sendable(office: Office, broadcast: Broadcast, now: int, *, texts: bool = True) -> None:
    """Refuse what could not be sent as it is."""
    found = blocking(office, broadcast) if texts else ()
    if found:
        words = remark_n(
            "{n} thing has to be mended first.", "{n} things have to be mended first.", len(found)
        )
        raise Refused(words, found)
    start = starts_at(broadcast.due_at, broadcast.hold_minutes, now)
    if broadcast.due_at is not None and broadcast.due_at <= now:
        raise Refused(remark("Its time has passed: choose another one."))
    if broadcast.valid_until is not None and broadcast.valid_until <= start:
        raise Refused(remark("It would no longer be valid when it goes out."))
    if quiet(office, start) and not broadcast.quiet_ok:
        hours = (office.rules.quiet_from, office.rules.quiet_until)
        words = remark("It would ring between {start} and {end}: confirm that.", start=hours[0], end=hours[1])
        raise Refused(words)
    _affordable(office, broadcast)
    _not_too_often(office, broadcast, start)


def _affordable(office: Office, broadcast: Broadcast) -> None:
    needed = cost(office, broadcast)
    if broadcast.corrects is not None and office.database.read(
        lambda connection: audience.still_open(connection, broadcast)
    ):
        raise Refused(remark("What it corrects is still being sent: stop that first."))
    if not needed.recipients:
        raise Refused(remark("Nobody would get it: nobody who follows the account is in this audience."))
    if not needed.enough:
        words = remark_n(
            "LINE's monthly limit is short by {n} message.",
            "LINE's monthly limit is short by {n} messages.",
            needed.short,
        )
        raise Refused(words)


def _not_too_often(office: Office, broadcast: Broadcast, start: int) -> None:
    """Refuse more notices within seven days than the city wants; emergencies and corrections always go."""
    if broadcast.kind is Kind.EMERGENCY or broadcast.corrects is not None:
        return
    where = broadcasts.due_between(start - WEEK, start + 1)
    rows = office.database.read(lambda connection: broadcasts.listed(connection, where, 1000))
    sent = [one for one in map(shelf.read, rows) if one.id != broadcast.id and _counts(one)]
    if len(sent) >= office.rules.most_a_week:
        words = remark(
            "There are {n} notices within these seven days already; the city wants no more.", n=len(sent)
        )
        raise Refused(words)


def _counts(one: Broadcast) -> bool:
    going = (Order.SCHEDULED, Order.SENDING, Order.HELD, Order.SENT, Order.SENT_IN_PART)
    return one.kind is Kind.INFORMATION and one.corrects is None and one.status in going
