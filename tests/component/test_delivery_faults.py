"""Whatever LINE or the network does: nobody twice, nobody lost, and staff know what is not known."""

from __future__ import annotations

import pytest

from bot.delivery import staff
from bot.lifecycle import Order
from bot.line.multicast import Multicast
from bot.store.database import Database
from bot.store.models import send_audit
from bot.store.moments import SECOND
from tests.component.rows import rows
from tests.component.sending import (
    PATIENT,
    batches_of,
    dispatcher,
    everyone_once,
    fault,
    followers,
    look,
    now,
    place,
    slow,
)
from tests.emulator_process import Practice

PASSING = ["500", "429", "reset", "accept-then-500", "accept-then-hang", "accept-then-reset", "odd-body"]


@pytest.mark.parametrize("mode", PASSING)
def test_a_fault_that_passes_costs_nobody_anything(database: Database, practice: Practice, mode: str) -> None:
    """Half of the first tries fail; the same retry key brings each batch home exactly once (I2, I3)."""
    followers(database, 3300)
    fault(practice, mode, times=4, probability=0.6)
    order_id = place(database)
    dispatcher(database, practice).work()
    order = look(database, order_id)
    assert (order.status, order.accepted, order.recipients) == (Order.SENT, 3300, 3300)
    assert everyone_once(practice, 3300)
    struck = [c for c in practice.get("/emulator/ledger?kind=multicast")["entries"] if c["fault"]]
    assert len(struck) == 4


def test_the_second_try_carries_the_same_key_and_body(database: Database, practice: Practice) -> None:
    """409 names the first acceptance, and that request id is what is kept."""
    followers(database, 3)
    fault(practice, "accept-then-500", times=1)
    order_id = place(database)
    dispatcher(database, practice).work()
    first, second = practice.get("/emulator/ledger?kind=multicast")["entries"]
    assert (first["status"], second["status"]) == (500, 409)
    assert (first["retry_key"], first["body"]) == (second["retry_key"], second["body"])
    assert batches_of(database, order_id)[0]["request_id"] == first["request_id"]


@pytest.mark.parametrize(
    ("mode", "note"), [("401", "unauthorised"), ("403", "unauthorised"), ("429-quota", "quota_reached")]
)
def test_what_no_retry_helps_holds_the_order(
    database: Database, practice: Practice, mode: str, note: str
) -> None:
    """The order waits for a person; resumed, it goes to those who did not get it, and only them."""
    followers(database, 2600, ("ja", "en"))
    order_id = place(database)
    one = dispatcher(database, practice)
    fault(practice, mode, probability=0.5)
    one.work()
    order = look(database, order_id)
    assert (order.status, order.note) == (Order.HELD, note)
    assert order.accepted < 2600
    practice.delete("/emulator/faults")
    database.write(lambda c: staff.resume(c, order_id, "mori", now(), "fixed"))
    one.work()
    assert look(database, order_id).status is Order.SENT
    assert everyone_once(practice, 2600)
    told = [line["what"] for line in rows(database, send_audit)]
    assert told[0] == "created"
    assert told[-4:] == ["held", "resumed", "sending", "sent"] or told[-3:] == ["held", "resumed", "sent"]


def test_two_refusals_in_a_row_hold_the_order(database: Database, practice: Practice) -> None:
    """The text is at fault then: the rest of the batches does not leave."""
    followers(database, 100_000 // 10)
    order_id = place(database)
    fault(practice, "400")
    practice.put("/emulator/latency", {"multicast": 100})
    dispatcher(database, practice, tempo=slow(10)).work()
    order = look(database, order_id)
    assert (order.status, order.note, order.accepted) == (Order.HELD, "refused_twice", 0)
    assert 1000 <= order.refused < 10_000
    assert order.still_open == 10_000 - order.refused


def test_one_refusal_is_counted_and_the_rest_goes_out(database: Database, practice: Practice) -> None:
    """A single 400 is no reason to keep everybody waiting."""
    followers(database, 1500)
    fault(practice, "400", times=1)
    order_id = place(database)
    dispatcher(database, practice).work()
    order = look(database, order_id)
    assert (order.status, order.accepted, order.refused) == (Order.SENT_IN_PART, 1000, 500)


def test_a_line_that_cannot_be_reached_leaves_no_doubt(
    database: Database, practice: Practice, free_port: int
) -> None:
    """Without a connection nothing can have arrived: what is too late then is cancelled, not unsure."""
    followers(database, 600)
    order_id = place(database, not_after=now() + 2 * SECOND)
    nowhere = Multicast(f"http://127.0.0.1:{free_port}", "t")
    dispatcher(database, practice, line=_QuotaFrom(nowhere, practice)).work()
    order = look(database, order_id)
    assert (order.status, order.note, order.cancelled) == (Order.SENT_IN_PART, "expired", 600)


def test_what_may_have_arrived_is_unsure_once_it_is_too_late(database: Database, practice: Practice) -> None:
    """Nothing leaves after `not_after`, not even to find out; a person settles it, with a note."""
    followers(database, 500)
    fault(practice, "accept-then-500")
    order_id = place(database, not_after=now() + SECOND)
    dispatcher(database, practice, tempo=PATIENT).work()
    order = look(database, order_id)
    assert (order.status, order.note, order.unsure) == (Order.SENT_IN_PART, "expired", 500)
    with pytest.raises(staff.NotPossible, match="note_missing"):
        database.write(lambda c: staff.mark(c, order_id, 0, True, "mori", now(), " "))
    database.write(lambda c: staff.mark(c, order_id, 0, True, "mori", now(), "seen on three phones"))
    order = look(database, order_id)
    assert (order.accepted, order.unsure, order.still_open) == (500, 0, 0)
    with pytest.raises(staff.NotPossible, match="batch"):
        database.write(lambda c: staff.mark(c, order_id, 0, False, "mori", now(), "again"))


def test_the_rate_of_line_is_never_exceeded(database: Database, practice: Practice) -> None:
    """More calls than LINE takes in a second, and none is turned away for its rate (I5)."""
    followers(database, 320, [f"v{n}" for n in range(320)])
    texts = {f"v{n}": b'[{"type": "text", "text": "x"}]' for n in range(320)}
    order_id = place(database, variants=texts)
    dispatcher(database, practice).work()
    assert look(database, order_id).accepted == 320
    calls = practice.get("/emulator/ledger?kind=multicast")["entries"]
    assert {call["status"] for call in calls} == {200}


class _QuotaFrom(Multicast):
    """Asks the practice LINE for the quota and sends somewhere else."""

    def __init__(self, elsewhere: Multicast, practice: Practice) -> None:
        super().__init__(practice.base_url, practice.token)
        self.multicast = elsewhere.multicast  # type: ignore[method-assign]
