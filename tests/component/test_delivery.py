"""An order goes out: everyone once, in their language, counted to the last."""

from __future__ import annotations

from bot.lifecycle import Order
from bot.store.database import Database
from tests.component.sending import (
    delivered,
    dispatcher,
    followers,
    look,
    place,
    user,
)
from tests.emulator_process import Practice


def test_everybody_gets_their_language_once(database: Database, practice: Practice) -> None:
    """Batches of at most 500 in one language each; the order is sent when the sum is right."""
    followers(database, 1203, ("ja", "en", "ja"))
    order_id = place(database)
    dispatcher(database, practice).work()
    order = look(database, order_id)
    assert order.status is Order.SENT
    assert (order.recipients, order.accepted, order.skipped) == (1203, 1203, 0)
    assert delivered(practice) == {user(0x1000 + n): 1 for n in range(1203)}
