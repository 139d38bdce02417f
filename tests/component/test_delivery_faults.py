"""Whatever LINE or the network does: nobody twice, nobody lost, and staff know what is not known."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import staff
from bot.delivery.tools import Tempo
from bot.lifecycle import Order
from bot.line.multicast import Multicast
from bot.store.database import Database
from bot.store.models import send_audit
from bot.store.moments import SECOND
from tests.component.rows import rows
from tests.component.sending import (
    QUICK,
    Shifted,
    batches_of,
    delivered,
    dispatcher,
    ended,
    followers,
    look,
    now,
    place,
    user,
)
from tests.component.waiting import until
from tests.emulator_process import Practice

FIRST = 0x1000
PASSING = ["500", "429", "reset", "accept-then-500", "accept-then-hang", "accept-then-reset", "odd-body"]
PATIENT = replace(QUICK, backoff=40.0)
"""Leaves no second try within a test."""


def fault(practice: Practice, mode: str, **more: object) -> None:
    """Switch a fault on for multicasts."""
    practice.put("/emulator/faults", {"multicast": {"mode": mode, "seed": 7, **more}})


def everyone_once(practice: Practice, count: int) -> bool:
    """Return whether exactly the first so many followers got it, each once."""
    return delivered(practice) == {user(FIRST + n): 1 for n in range(count)}


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
    dispatcher(database, practice, tempo=_slow(10)).work()
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


def test_a_stop_is_obeyed_within_a_second(database: Database, practice: Practice) -> None:
    """Nothing leaves later than a second after the stop; who got it and who did not adds up."""
    followers(database, 30_000)
    order_id = place(database)
    one = dispatcher(database, practice, tempo=_slow(20))
    one.tick()
    until(lambda: look(database, order_id).accepted > 2000, "the sending")
    stopped = practice.get("/emulator/clock")["now"]
    assert database.write(lambda c: staff.stop(c, order_id, "mori", now())) is None
    order = ended(database, order_id)
    one.stop()
    assert (order.status, order.note) == (Order.STOPPED, "stopped")
    assert order.accepted == len(delivered(practice)) < 30_000
    assert order.accepted + order.cancelled == 30_000
    late = [c["at"] for c in practice.get("/emulator/ledger?kind=multicast")["entries"] if c["at"] > stopped]
    assert len(late) <= 20


def test_staff_can_only_do_what_the_table_allows(database: Database, practice: Practice) -> None:
    """A waiting order is cancelled at once; what is over stays over; each refusal says why."""
    followers(database, 600)
    planned = place(database, due_at=now() + 30 * SECOND)
    dispatcher(database, practice).work()
    assert database.write(lambda c: staff.stop(c, planned, "mori", now())) is Order.CANCELLED
    order = look(database, planned)
    assert (order.status, order.cancelled, order.recipients) == (Order.CANCELLED, 600, 600)
    for act in (staff.stop, staff.cancel, staff.resume):
        with pytest.raises(staff.NotPossible, match="status"):
            database.write(lambda c, act=act: act(c, planned, "mori", now()))
        with pytest.raises(staff.NotPossible, match="unknown"):
            database.write(lambda c, act=act: act(c, 999, "mori", now()))


@pytest.mark.parametrize("hours", [-25, 25])
def test_after_a_clock_jump_nothing_doubtful_is_tried_again(
    database: Database, practice: Practice, hours: int
) -> None:
    """A retry key whose age nobody knows is not relied on: the batch is unsure, nobody gets it twice."""
    followers(database, 500)
    clock = Shifted()
    fault(practice, "accept-then-500")
    order_id = place(database)
    one = dispatcher(database, practice, tempo=PATIENT, clock=clock)
    one.tick()
    until(lambda: any(b["doubtful"] for b in batches_of(database, order_id)), "the doubt")
    clock.shift = timedelta(hours=hours)
    order = ended(database, order_id)
    one.stop()
    assert (order.status, order.unsure) == (Order.SENT_IN_PART, 500)
    assert everyone_once(practice, 500)


def test_a_clock_set_back_keeps_nobody_waiting(database: Database, practice: Practice) -> None:
    """What LINE turned away is tried again by the new time, not by the old one 25 hours ahead."""
    followers(database, 500)
    clock = Shifted()
    fault(practice, "429", times=1)
    order_id = place(database, due_at=now() - 26 * 3600 * SECOND)
    one = dispatcher(database, practice, tempo=PATIENT, clock=clock)
    one.tick()
    until(lambda: any(b["status_code"] == 429 for b in batches_of(database, order_id)), "the 429")
    clock.shift = timedelta(hours=-25)
    assert ended(database, order_id).status is Order.SENT
    one.stop()
    assert everyone_once(practice, 500)


def test_a_key_that_line_forgot_is_never_used_again(database: Database, practice: Practice) -> None:
    """More than 20 hours after the first try it is a question to staff, not a second copy."""
    followers(database, 1000)
    clock = Shifted()
    fault(practice, "accept-then-500")
    order_id = place(database)
    first = dispatcher(database, practice, clock=clock)
    first.tick()
    practice.ledger("multicast", count=2)
    first.stop()
    practice.delete("/emulator/faults")
    practice.put("/emulator/clock", {"advance_seconds": 25 * 3600})
    clock.shift = timedelta(hours=25)
    second = dispatcher(database, practice, owner="worker-2", clock=clock)
    until(lambda: second.work() or look(database, order_id).status is Order.SENT_IN_PART, "the end")
    assert look(database, order_id).unsure == 1000
    assert everyone_once(practice, 1000)


def test_the_clock_may_jump_while_all_is_well(database: Database, practice: Practice) -> None:
    """Due exactly once: an order sent before a jump is not sent again after it."""
    followers(database, 5000)
    clock = Shifted()
    order_id = place(database)
    one = dispatcher(database, practice, tempo=_slow(20), clock=clock)
    one.tick()
    for hours in (25, -25, 0):
        seen = len(practice.get("/emulator/ledger?kind=multicast")["entries"])
        clock.shift = timedelta(hours=hours)
        practice.ledger("multicast", count=min(10, seen + 2))
    order = ended(database, order_id)
    one.stop()
    assert order.status is Order.SENT
    assert everyone_once(practice, 5000)


def test_the_rate_of_line_is_never_exceeded(database: Database, practice: Practice) -> None:
    """No call is turned away for its rate, and no second saw more than 200 (I5)."""
    followers(database, 320, [f"v{n}" for n in range(320)])
    texts = {f"v{n}": b'[{"type": "text", "text": "x"}]' for n in range(320)}
    order_id = place(database, variants=texts)
    dispatcher(database, practice).work()
    assert look(database, order_id).accepted == 320
    calls = practice.get("/emulator/ledger?kind=multicast")["entries"]
    assert {call["status"] for call in calls} == {200}


def test_two_dispatchers_take_turns(store_url: str, practice: Practice) -> None:
    """Both tick all the time, both may die of the other's epoch; everybody gets it once."""
    databases = [Database(store_url), Database(store_url)]
    followers(databases[0], 6000)
    orders_made = [place(databases[0], f"o{n}") for n in range(2)]
    fault(practice, "500", probability=0.2)
    both = [dispatcher(one, practice, owner=f"w{n}", tempo=_slow(60)) for n, one in enumerate(databases)]
    done = threading.Event()

    def tick(one: int) -> None:
        while not done.wait(0.02):
            both[one].tick()

    threads = [threading.Thread(target=tick, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for order_id in orders_made:
        assert ended(databases[0], order_id).status is Order.SENT
    done.set()
    for thread in threads:
        thread.join()
    for one in both:
        one.stop()
    assert set(delivered(practice).values()) == {2}
    assert len(delivered(practice)) == 6000
    for database in databases:
        database.close()


class _QuotaFrom(Multicast):
    """Asks the practice LINE for the quota and sends somewhere else."""

    def __init__(self, elsewhere: Multicast, practice: Practice) -> None:
        super().__init__(practice.base_url, practice.token)
        self.multicast = elsewhere.multicast  # type: ignore[method-assign]


def _slow(per_second: float) -> Tempo:
    return replace(QUICK, per_second=per_second)
