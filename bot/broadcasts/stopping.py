"""The brake: stop, hold, let go on, and correct to exactly those whom it reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.broadcasts import drafts
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office, Officer, must_write
from bot.broadcasts.refused import Refused
from bot.delivery import staff as delivery
from bot.delivery.staff import NotPossible
from bot.knowledge.importers.proposal import Remark, remark
from bot.lifecycle import Order
from bot.store.database import Connection

_GOING: Final = (Order.SENDING, Order.HELD)
_BEGUN: Final = (*_GOING, Order.SENT, Order.SENT_IN_PART, Order.STOPPED)
_WHY: Final = {
    "expired": remark("Its time is over; nothing of it may leave any more."),
    "stopping": remark("It is being stopped."),
    "changed": remark("Somebody changed this broadcast just now; look at it again."),
}


def stop(office: Office, staff: Officer, broadcast_id: int, note: str = "") -> Broadcast:
    """Let nothing more of a broadcast leave, for good. What LINE has accepted cannot be called back."""
    return _act(office, staff, broadcast_id, delivery.stop, ("stopped", note))


def hold(office: Office, staff: Officer, broadcast_id: int, note: str = "") -> Broadcast:
    """Let nothing more leave until somebody lets it go on."""
    return _act(office, staff, broadcast_id, delivery.hold, ("held", note))


def resume(office: Office, staff: Officer, broadcast_id: int, note: str = "") -> Broadcast:
    """Let a held broadcast go on."""
    return _act(office, staff, broadcast_id, delivery.resume, ("resumed", note))


def correct(office: Office, staff: Officer, broadcast_id: int) -> Broadcast:
    """Begin the correction of a broadcast: a draft for exactly those whom it reached.

    What still goes out of it is stopped. The correction needs its approval like everything else.
    """
    must_write(staff)
    now = office.now()

    def work(connection: Connection) -> Broadcast:
        wrong = drafts.found(connection, broadcast_id)
        if wrong.order_id is None or wrong.status not in _BEGUN:
            raise Refused(remark("Only what was sent can be corrected."))
        if wrong.plain:
            raise Refused(remark("LINE does not say whom its own broadcast reached: write a new notice."))
        if wrong.status in _GOING:
            _do(connection, delivery.stop, wrong, (staff.name, now, "correction"))
        draft = replace(drafts.copied(wrong, staff.name, now), corrects=wrong.id)
        drafts.told(connection, wrong, staff.name, now, "being-corrected")
        return drafts.add(connection, draft, now, staff.name)

    return office.database.write(work)


Act = Callable[[Connection, int, str, int, str], object]


def _act(office: Office, staff: Officer, broadcast_id: int, act: Act, deed: tuple[str, str]) -> Broadcast:
    must_write(staff)
    now, (action, note) = office.now(), deed

    def work(connection: Connection) -> Broadcast:
        about = drafts.found(connection, broadcast_id)
        _do(connection, act, about, (staff.name, now, note))
        drafts.told(connection, about, staff.name, now, action, note)
        return drafts.found(connection, broadcast_id)

    return office.database.write(work)


def _do(connection: Connection, act: Act, about: Broadcast, deed: tuple[str, int, str]) -> None:
    if about.order_id is None:
        raise Refused(remark("This broadcast is not on its way."))
    try:
        act(connection, about.order_id, *deed)
    except NotPossible as why:
        raise Refused(_why(why)) from None


def _why(why: NotPossible) -> Remark:
    return _WHY.get(why.reason) or remark("This cannot be done to a broadcast in this state.")
