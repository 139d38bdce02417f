"""What staff have to hear of without looking: a time that passed without approval, a send that waits."""

from __future__ import annotations

from functools import partial

from bot.broadcasts import notices, shelf
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office
from bot.knowledge.importers.proposal import Remark, remark
from bot.lifecycle import Order
from bot.store import broadcasts, orders

BY_HAND = "held"
"""The note of an order that somebody of the staff held; they know."""


def watch(office: Office) -> None:
    """Tell staff, once each, what waits for them. Raises StoreError."""
    now = office.now()
    where = broadcasts.in_status(Order.IN_REVIEW, Order.HELD)
    found = office.database.read(lambda connection: broadcasts.listed(connection, where, 1000))
    for about in map(shelf.read, found):
        if why := _why(office, about, now):
            office.database.write(partial(notices.to_all, office=office, about=about, why=why, now=now))


def _why(office: Office, about: Broadcast, now: int) -> Remark | None:
    if about.late(now):
        return remark("Its time has passed without approval: choose a new one first.")
    if about.status is not Order.HELD or about.order_id is None:
        return None
    order_id = about.order_id
    order = office.database.read(lambda connection: orders.load(connection, order_id))
    if order is None or order.note in ("", BY_HAND):
        return None
    return remark("The sending waits for somebody ({note}).", note=order.note)
