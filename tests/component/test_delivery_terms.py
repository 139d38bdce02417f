"""Clocks jump, dispatchers meet, the database goes away: everybody still gets it once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

import pytest
from sqlalchemy import update

from bot.lifecycle import Order
from bot.store import lease
from bot.store.database import Connection, Database, StoreError
from bot.store.models import send_lease
from bot.store.moments import SECOND
from tests.component.rows import rows
from tests.component.sending import (
    PATIENT,
    Shifted,
    batches_of,
    delivered,
    dispatcher,
    ended,
    everyone_once,
    fault,
    followers,
    look,
    now,
    place,
    slow,
)
from tests.component.waiting import until
from tests.emulator_process import Practice

T = TypeVar("T")


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
    one = dispatcher(database, practice, tempo=slow(20), clock=clock)
    one.tick()
    for hours in (25, -25, 0):
        seen = len(practice.get("/emulator/ledger?kind=multicast")["entries"])
        clock.shift = timedelta(hours=hours)
        practice.ledger("multicast", count=min(10, seen + 2))
    order = ended(database, order_id)
    one.stop()
    assert order.status is Order.SENT
    assert everyone_once(practice, 5000)


def test_two_dispatchers_take_turns(store_url: str, practice: Practice) -> None:
    """Both tick all the time, both may die of the other's epoch; everybody gets it once."""
    databases = [Database(store_url), Database(store_url)]
    followers(databases[0], 6000)
    orders_made = [place(databases[0], f"o{n}") for n in range(2)]
    fault(practice, "500", probability=0.2)
    both = [dispatcher(one, practice, owner=f"w{n}", tempo=slow(60)) for n, one in enumerate(databases)]
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


class Flaky(Database):
    """A database that now and then fails, before a change or after it: then nobody knows."""

    def __init__(self, url: str, seed: int) -> None:
        super().__init__(url)
        self.dice = random.Random(seed)
        self.lost = 0

    def read(self, work: Callable[[Connection], T]) -> T:
        self._fail(0.03)
        return super().read(work)

    def write(self, work: Callable[[Connection], T], timeout: float | None = None) -> T:
        self._fail(0.12)
        result = super().write(work, timeout)
        self._fail(0.12)
        return result

    def _fail(self, share: float) -> None:
        if self.dice.random() < share:
            self.lost += 1
            raise StoreError("gone")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_database_that_comes_and_goes_costs_nobody_anything(
    store_url: str, practice: Practice, seed: int
) -> None:
    """Whether the last change was stored or not: the same retry keys go again, and the sum is right."""
    steady, flaky = Database(store_url), Flaky(store_url, seed)
    followers(steady, 12_000, ("ja", "en"))
    fault(practice, "accept-then-500", probability=0.2)
    order_id = place(steady)
    one = dispatcher(flaky, practice, tempo=slow(60))
    until(lambda: one.work() or look(steady, order_id).status is Order.SENT, "the end")
    assert flaky.lost
    assert look(steady, order_id).accepted == 12_000
    assert everyone_once(practice, 12_000)
    for database in (steady, flaky):
        database.close()


def test_a_dispatcher_that_was_overtaken_changes_nothing_any_more(store_url: str, practice: Practice) -> None:
    """It was silent for longer than its lease, with calls on their way: its successor finishes, once."""
    databases = [Database(store_url), Database(store_url)]
    followers(databases[0], 12_000)
    order_id = place(databases[0])
    practice.put("/emulator/latency", {"multicast": 300})
    first, second = (dispatcher(one, practice, owner=f"w{n}") for n, one in enumerate(databases))
    first.tick()
    practice.ledger("multicast")
    databases[0].write(lambda c: c.execute(update(send_lease).values(until=0)))
    assert ended(databases[0], order_id, first, second).status is Order.SENT
    assert rows(databases[0], send_lease)[0]["epoch"] >= 2
    first.stop()
    second.stop()
    assert everyone_once(practice, 12_000)
    for database in databases:
        database.close()


def test_a_dispatcher_that_is_asked_to_stop_hands_over(store_url: str, practice: Practice) -> None:
    """What is on its way is waited for and stored, the rest is left untried: the next one doubts nothing."""
    databases = [Database(store_url), Database(store_url)]
    followers(databases[0], 20_000)
    order_id = place(databases[0])
    practice.put("/emulator/latency", {"multicast": 200})
    first, second = (
        dispatcher(one, practice, owner=f"w{n}", tempo=slow(40)) for n, one in enumerate(databases)
    )
    first.tick()
    practice.ledger("multicast")
    first.stop()
    left = batches_of(databases[0], order_id)
    assert {batch["state"] for batch in left} == {"accepted", "queued"}
    assert len(delivered(practice)) == look(databases[0], order_id).accepted
    assert ended(databases[0], order_id, second).status is Order.SENT
    second.stop()
    calls = practice.get("/emulator/ledger?kind=multicast")["entries"]
    assert (len(calls), {call["status"] for call in calls}) == (40, {200})
    for database in databases:
        database.close()


def test_the_lease_is_one_dispatcher_s_at_a_time(database: Database) -> None:
    """Taken, renewed, fenced; given up it counts a second longer; far in the future it is dead."""
    ttl, at = 15 * SECOND, now()
    take = partial(lease.take, ttl=ttl, now=at)
    epoch = database.write(lambda c: take(c, "a"))
    assert epoch is not None
    assert database.read(lambda c: lease.holder(c, at)) == "a"
    assert database.write(lambda c: take(c, "b")) is None
    assert not database.read(lambda c: lease.is_free(c, "b", ttl, at))
    database.write(lambda c: lease.fence(c, epoch[0]))
    assert database.write(lambda c: lease.renew(c, epoch[0], ttl, at + 5)) == at
    for until_when in (at - SECOND, at + 100 * ttl):
        database.write(lambda c, u=until_when: c.execute(update(send_lease).values(until=u)))
        assert database.read(lambda c: lease.is_free(c, "b", ttl, at))
    taken = database.write(lambda c: take(c, "b"))
    assert taken == (epoch[0] + 1, at + 5)
    for call in (lambda c: lease.fence(c, epoch[0]), lambda c: lease.renew(c, epoch[0], ttl, at)):
        with pytest.raises(lease.Fenced):
            database.write(call)
    database.write(lambda c: lease.release(c, taken[0], at))
    assert not database.read(lambda c: lease.is_free(c, "c", ttl, at))
    until(lambda: database.read(lambda c: lease.is_free(c, "c", ttl, now())), "the end of the grace")
