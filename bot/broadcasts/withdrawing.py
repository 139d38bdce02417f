"""Back to the desk: what was handed in or approved becomes a draft again, as long as nothing of it left."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.broadcasts import shelf
from bot.broadcasts.model import Broadcast
from bot.broadcasts.refused import Refused
from bot.delivery import staff as delivery
from bot.delivery.staff import NotPossible
from bot.knowledge.importers.proposal import remark
from bot.lifecycle import Order
from bot.store import audit, broadcasts
from bot.store.database import Connection

_EMPTY: Final = dict.fromkeys(
    ("order_id", "submitted_at", "submitted_by", "content_hash", "checked", "approved_by", "approved_at")
)
FROM: Final = (Order.IN_REVIEW, Order.SCHEDULED, Order.HELD)


def taken_back(
    connection: Connection, old: Broadcast, by: str, now: int, action: str, note: str = ""
) -> Broadcast:
    """Make a draft of a broadcast again; its order, if any, is cancelled. Refuses what already goes out."""
    if old.status not in FROM:
        raise Refused(remark("This is no longer possible: the broadcast is being sent or is over."))
    if old.order_id is not None:
        try:
            delivery.take_back(connection, old.order_id, by, now, action)
        except NotPossible:
            raise Refused(remark("It is being sent already: stop it instead.")) from None
    values = {**_EMPTY, "check_note": "", "changed_at": now}
    if not broadcasts.step(connection, old.id, old.version, old.status, Order.DRAFT, **values):
        raise Refused(remark("Somebody changed this broadcast just now; look at it again."))
    broadcasts.note(connection, old.id, now, by, action, note)
    audit.note(connection, now, by, f"broadcast-{action}", f"broadcast {old.id}")
    found = broadcasts.load(connection, old.id)
    assert found is not None
    return replace(shelf.read(found))


def fall(connection: Connection, name: str, by: str, now: int) -> int:
    """Take back what somebody approved who may not approve any more; return how many broadcasts fell."""
    fallen = 0
    for row in broadcasts.listed(connection, broadcasts.approved_by(name), limit=1000):
        old = shelf.read(row)
        try:
            with connection.begin_nested():
                taken_back(connection, old, by, now, "approval-fell", name)
        except Refused:
            continue  # it is on its way already
        fallen += 1
    return fallen
