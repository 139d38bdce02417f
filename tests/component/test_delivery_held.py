"""What keeps an order from going out, before anything of it left."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from bot.delivery import staff
from bot.delivery.order import frozen
from bot.lifecycle import Order
from bot.store import orders
from bot.store.database import Database
from bot.store.models import people, send_batches, send_recipients, send_variants
from bot.store.moments import SECOND
from bot.store.orders import WrongOrder
from tests.component.sending import FIRST, delivered, dispatcher, followers, look, now, place, user
from tests.emulator_process import Practice


@pytest.mark.parametrize(
    "wrong",
    [{"variants": {}}, {"variants": {"ja": "電池".encode()}}, {"not_after": 1}, {"unit": "a-b"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_order_that_cannot_be_is_refused(database: Database, wrong: dict[str, object]) -> None:
    """A clear refusal, and nothing kept."""
    with pytest.raises(WrongOrder):
        place(database, **wrong)
    assert database.read(orders.listed) == []


def test_who_is_no_user_of_line_is_skipped_and_counted(database: Database, practice: Practice) -> None:
    """An id that is not U and 32 hexadecimal digits never reaches LINE."""
    followers(database, 3)
    database.write(
        lambda c: c.execute(update(people).where(people.c.user_id == user(FIRST)).values(user_id="Uold"))
    )
    order_id = place(database)
    dispatcher(database, practice).work()
    order = look(database, order_id)
    assert (order.status, order.recipients, order.skipped) == (Order.SENT, 2, 1)
    assert delivered(practice) == {user(FIRST + 1): 1, user(FIRST + 2): 1}


def test_a_missing_text_holds_the_order(database: Database, practice: Practice) -> None:
    """A reader whose language has no text is never silently left out."""
    followers(database, 4, ("ja", "zh-Hant"))
    order_id = place(database)
    dispatcher(database, practice).work()
    order = look(database, order_id)
    assert (order.status, order.note) == (Order.HELD, "variant_missing zh-Hant")
    assert not delivered(practice)


def test_a_changed_text_holds_the_order(database: Database, practice: Practice) -> None:
    """Nothing but the text that was ordered goes out (I4)."""
    followers(database, 4)
    order_id = place(database)
    other = frozen([{"type": "text", "text": "something else"}])
    database.write(lambda c: c.execute(update(send_variants).values(messages=other)))
    dispatcher(database, practice).work()
    assert (look(database, order_id).status, look(database, order_id).note) == (Order.HELD, "content_changed")
    assert not delivered(practice)


def test_a_wrong_sum_holds_the_order(database: Database, practice: Practice) -> None:
    """A batch that was lost from the plan is noticed before the order counts as sent (I3)."""
    followers(database, 1000)
    order_id = place(database, due_at=now() + 30 * SECOND)
    one = dispatcher(database, practice)
    one.work()
    for table in (send_batches, send_recipients):
        database.write(lambda c, t=table: c.execute(delete(t).where(t.c.n == 1)))
    database.write(lambda c: orders.change(c, order_id, Order.SCHEDULED, now(), due_at=now()))
    one.work()
    assert (look(database, order_id).status, look(database, order_id).note) == (Order.HELD, "count_mismatch")
    database.write(lambda c: staff.stop(c, order_id, "mori", now()))
    one.work()
    order = look(database, order_id)
    assert (order.status, order.note, order.still_open) == (Order.STOPPED, "count_mismatch", 500)


@pytest.mark.parametrize("limit", [0, 999])
def test_too_little_quota_holds_the_order(database: Database, practice: Practice, limit: int) -> None:
    """The note says how many are missing; nothing leaves; with more quota it is resumed and sent."""
    practice.put("/emulator/account", {"quota": {"type": "limited", "value": limit}})
    followers(database, 1000)
    order_id = place(database)
    one = dispatcher(database, practice)
    one.work()
    order = look(database, order_id)
    assert (order.status, order.note) == (Order.HELD, f"quota_short {1000 - limit}")
    assert not delivered(practice)
    practice.put("/emulator/account", {"quota": {"type": "limited", "value": 1000}})
    assert database.write(lambda c: staff.resume(c, order_id, "mori", now())) is Order.SCHEDULED
    one.work()
    assert look(database, order_id).status is Order.SENT


def test_a_correction_of_an_open_order_waits_for_a_person(database: Database, practice: Practice) -> None:
    """As long as an order may still reach somebody, nobody can say whom it reached."""
    first = place(database, due_at=now() + 30 * SECOND)
    second = place(database, "fix", audience={"of": "reached", "order": first})
    dispatcher(database, practice).work()
    assert look(database, second).note == "earlier_order_still_open"


@pytest.mark.parametrize(
    ("page", "note"),
    [
        (lambda *_: [(user(2), "ja"), (user(1), "ja")], "audience_out_of_order"),
        (lambda *_: [(user(1), "ja"), (user(1), "ja")], "audience_out_of_order"),
        (None, "audience_unknown everybody"),
    ],
    ids=["falling", "twice", "unknown"],
)
def test_an_audience_that_breaks_its_word_holds_the_order(
    database: Database, practice: Practice, page: object, note: str
) -> None:
    """A query that could bring somebody twice reaches nobody."""
    order_id = place(database)
    one = dispatcher(database, practice, audiences={"everybody": page} if page else {})
    one.work()
    assert (look(database, order_id).status, look(database, order_id).note) == (Order.HELD, note)
    assert not delivered(practice)
