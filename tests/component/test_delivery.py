"""An order goes out: everyone once, in their language, counted to the last; and what keeps one back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, update

from bot.lifecycle import Batch, Order
from bot.line.multicast import Multicast
from bot.line.port import Sent
from bot.store import orders, reached
from bot.store.database import Database, StoreError
from bot.store.models import people, send_audit, send_recipients
from bot.store.moments import SECOND
from bot.store.orders import Kind
from tests.component.rows import rows
from tests.component.sending import (
    FIRST,
    TEXTS,
    batches_of,
    delivered,
    dispatcher,
    followers,
    look,
    new_order,
    now,
    place,
    slow,
    text_of,
    user,
)
from tests.emulator_process import Practice


def test_everybody_gets_their_language_once(database: Database, practice: Practice) -> None:
    """At most 500 of one language a call; the order is sent when the sum is right."""
    followers(database, 1203, ("ja", "en", "ja"))
    order_id = place(database)
    dispatcher(database, practice).work()
    order = look(database, order_id)
    assert (order.status, order.recipients, order.accepted, order.skipped) == (Order.SENT, 1203, 1203, 0)
    assert delivered(practice) == {user(FIRST + n): 1 for n in range(1203)}
    calls = practice.get("/emulator/ledger?kind=multicast")["entries"]
    for call in calls:
        languages = {("ja", "en", "ja")[(int(to[1:], 16) - FIRST) % 3] for to in call["body"]["to"]}
        assert {text_of(call)} == {TEXTS[language] for language in languages}
    kept = batches_of(database, order_id)
    assert {batch["request_id"] for batch in kept} == {call["request_id"] for call in calls}
    assert {batch["retry_key"] for batch in kept} == {call["retry_key"] for call in calls}


def test_a_plan_of_many_pages_fills_its_batches(database: Database, practice: Practice) -> None:
    """What one page leaves over is filled up by the next: only the last batch of a language is not full."""
    followers(database, 9_000, ("ja", "ja", "en"))
    order_id = place(database)
    dispatcher(database, practice).work()
    assert Counter((b["variant"], b["count"]) for b in batches_of(database, order_id)) == {
        ("ja", 500): 12,
        ("en", 500): 6,
    }
    assert set(delivered(practice).values()) == {1}
    assert look(database, order_id).accepted == 9_000


def test_ordering_the_same_twice_makes_one_order(database: Database) -> None:
    """The key decides; the second order changes nothing and learns so."""
    first = place(database, "reminder:2026-11-26:evening:C")
    second = new_order("reminder:2026-11-26:evening:C", kind=Kind.BROADCAST)
    assert database.write(lambda connection: orders.create(connection, second, now())) is None
    assert look(database, first).kind is Kind.REMINDER
    assert (
        database.read(lambda connection: orders.id_of(connection, "reminder:2026-11-26:evening:C")) == first
    )


def test_an_order_waits_for_its_time(database: Database, practice: Practice) -> None:
    """A minute ahead it is planned; it leaves neither before its time nor before its hold-back is over."""
    followers(database, 3)
    due, held_back, later = (
        place(database, "due", due_at=now() + 30 * SECOND),
        place(database, "held back", hold_until=now() + 30 * SECOND),
        place(database, "later", due_at=now() + 90 * SECOND),
    )
    dispatcher(database, practice).work()
    assert [look(database, one).recipients for one in (due, held_back, later)] == [3, 3, 0]
    assert {look(database, one).status for one in (due, held_back, later)} == {Order.SCHEDULED}
    assert not delivered(practice)


def test_an_order_due_in_a_moment_is_waited_for(database: Database, practice: Practice) -> None:
    """It leaves at its time, not at the next second's look after it, and never before."""
    followers(database, 3)
    due = now() + SECOND // 2
    order_id = place(database, due_at=due)
    dispatcher(database, practice).work()
    assert look(database, order_id).status is Order.SENT
    assert all(batch["first_tried_at"] >= due for batch in batches_of(database, order_id))


def test_a_notice_goes_by_push(database: Database, practice: Practice) -> None:
    """One person a call; somebody LINE does not know is refused and keeps nobody else waiting."""
    known = [practice.person(), practice.person()]
    ids = sorted([*known, user(0xABC), user(0xABD)])
    followers(database, 0 + 1, first=0xABC)
    followers(database, 1, first=0xABD)
    for person in known:
        followers(database, 1, first=int(person[1:], 16))
    order_id = place(database, kind=Kind.NOTICE)
    dispatcher(database, practice).work()
    order = look(database, order_id)
    assert (order.status, order.accepted, order.refused) == (Order.SENT_IN_PART, 2, 2)
    assert delivered(practice, "push") == dict.fromkeys(known, 1)
    assert not delivered(practice)
    assert len(ids) == order.recipients


def test_nobody_to_send_to_is_sent(database: Database, practice: Practice) -> None:
    """An audience of nobody ends at once, without a call."""
    order_id = place(database)
    dispatcher(database, practice).work()
    assert (look(database, order_id).status, look(database, order_id).recipients) == (Order.SENT, 0)
    assert not delivered(practice)


def test_what_is_too_late_is_cancelled(database: Database, practice: Practice) -> None:
    """From `not_after` on nothing leaves: planned, unplanned or held, it is cancelled and says why."""
    followers(database, 600)
    past = {"due_at": now() - 9 * SECOND, "not_after": now() - SECOND}
    unplanned, held = place(database, "unplanned", **past), place(database, "held", **past)
    database.write(lambda c: orders.step(c, held, Order.SCHEDULED, Order.HELD, now(), note="quota_short 1"))
    dispatcher(database, practice).work()
    for order_id in (unplanned, held):
        assert (look(database, order_id).status, look(database, order_id).note) == (
            Order.CANCELLED,
            "expired",
        )
    assert not delivered(practice)


class Noting(Multicast):
    """Notes the moment at which each push leaves."""

    moments: list[int]

    def push(self, *arguments: Any) -> Sent:
        self.moments.append(now())
        return super().push(*arguments)


def test_nothing_leaves_when_its_time_is_over(database: Database, practice: Practice) -> None:
    """In the middle of sending too: what did not leave is cancelled, and the sum is right."""
    followers(database, 600)
    noting = Noting(practice.base_url, practice.token)
    noting.moments = []
    one = dispatcher(database, practice, tempo=replace(slow(190), chunk=100), line=noting)
    order_id = place(database, kind=Kind.NOTICE, due_at=now() + 30 * SECOND)
    one.work()  # planned by now
    over = now() + 2 * SECOND
    changes = {"due_at": now(), "not_after": over}
    database.write(lambda c: orders.change(c, order_id, Order.SCHEDULED, now(), **changes))
    one.work()
    order = look(database, order_id)
    assert (order.status, order.note, order.recipients) == (Order.SENT_IN_PART, "expired", 600)
    assert all(moment < over for moment in noting.moments)
    assert order.refused == len(noting.moments)  # LINE knows none of them
    assert order.refused + order.cancelled == 600


def test_a_correction_goes_to_exactly_those_reached(database: Database, practice: Practice) -> None:
    """In the variant they got; not to who came later, who was not reached, or who follows no longer."""
    followers(database, 1200, ("ja", "en"))
    first = place(database)
    one = dispatcher(database, practice)
    practice.put("/emulator/faults", {"multicast": {"mode": "400", "times": 1}})
    one.work()
    assert look(database, first).status is Order.SENT_IN_PART
    arrived = delivered(practice)
    left = next(iter(arrived))
    database.write(
        lambda c: c.execute(update(people).where(people.c.user_id == left).values(following=False))
    )
    followers(database, 5, first=0x9000)
    seen = practice.get("/emulator/ledger")["last"]
    second = place(database, "fix", audience={"of": "reached", "order": first})
    one.work()
    corrected = Counter(
        to
        for call in practice.get(f"/emulator/ledger?kind=multicast&after={seen}")["entries"]
        for to in call["body"]["to"]
    )
    assert corrected == Counter({person: 1 for person in arrived if person != left})
    assert (look(database, second).status, look(database, second).skipped) == (Order.SENT, 1)
    missed = place(database, "missed", audience={"of": "reached", "order": first, "outcomes": ["refused"]})
    one.work()
    assert look(database, missed).accepted == 1200 - len(arrived)


def test_the_audit_cannot_be_changed(database: Database) -> None:
    """Neither updates nor deletions pass."""
    place(database)
    for change in (update(send_audit).values(by_whom="nobody"), delete(send_audit)):
        with pytest.raises(StoreError):
            database.write(lambda c, change=change: c.execute(change))
    assert [(line["what"], line["by_whom"]) for line in rows(database, send_audit)] == [
        ("created", "awamado")
    ]


def test_the_lists_of_closed_orders_are_forgotten_in_time(database: Database, practice: Practice) -> None:
    """Who got what is erased after a while; the counts stay, and a correction is no longer possible."""
    followers(database, 1100)
    closed, waiting = place(database), place(database, "b", due_at=now() + 30 * SECOND)
    one = dispatcher(database, practice)
    one.work()
    assert database.write(lambda c: reached.forget(c, look(database, closed).changed_at, 100)) == 0
    assert database.write(lambda c: reached.forget(c, now() + 1, 2)) == 2
    assert database.write(lambda c: reached.forget(c, now() + 1, 2)) == 1
    assert {row["order_id"] for row in rows(database, send_recipients)} == {waiting}
    assert look(database, closed).accepted == 1100
    fix = place(database, "fix", audience={"of": "reached", "order": closed})
    one.work()
    assert look(database, fix).note == "earlier_recipients_erased"


def test_batches_know_their_states(database: Database, practice: Practice) -> None:
    """Each batch of a sent order is accepted and closed."""
    followers(database, 600)
    order_id = place(database)
    dispatcher(database, practice).work()
    assert {(b["state"], b["try_at"], b["attempts"]) for b in batches_of(database, order_id)} == {
        (Batch.ACCEPTED.value, None, 1)
    }
