"""Broadcasts all the way: from the desk to what the practice LINE says it accepted, and for whom."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.broadcasts import checks, drafts, review, setting, stopping, trying
from bot.broadcasts.compose import UNKNOWN
from bot.broadcasts.model import Broadcast, Kind, Variant
from bot.broadcasts.notices import AUDIENCE
from bot.broadcasts.office import Office
from bot.broadcasts.refused import Refused
from bot.delivery.dispatcher import Dispatcher
from bot.lifecycle import Order
from bot.store import broadcast_audience, orders, staff
from bot.store.database import Database
from bot.store.models import people
from tests.component.broadcasting import (
    APPROVER,
    TEXTS,
    WRITER,
    open_office,
    saying,
    staff_member_with,
    written,
)
from tests.component.sending import FIRST, Shifted, delivered, dispatcher, ended, followers, now, user
from tests.emulator_process import Practice

AUDIENCES = {"broadcast": broadcast_audience.audience, AUDIENCE: broadcast_audience.colleagues}


@pytest.fixture
def office(database: Database) -> Office:
    """An office whose clock is the dispatcher's: what is approved goes out at once."""
    return replace(open_office(database), now=now)


@pytest.fixture
def worker(database: Database, practice: Practice) -> Any:
    worker = dispatcher(database, practice, audiences=AUDIENCES)
    yield worker
    worker.stop()


def go(office: Office, **more: Any) -> Broadcast:
    """Return a broadcast that was approved just now and goes out at once."""
    fields = {"due_at": None, "hold_minutes": 0, "quiet_ok": True, **more}
    return through(office, written(office, **fields))


def through(office: Office, draft: Broadcast) -> Broadcast:
    """Hand in and approve."""
    explained = {f"weekday:{tag}:11-28": "来週" for tag in TEXTS}
    draft = drafts.save(office, WRITER, draft.id, draft.version, {"explained": explained})
    waiting = review.submit(office, WRITER, draft.id, draft.version)
    return review.approve(office, APPROVER, waiting.id, waiting.version)


def texts_for(practice: Practice, number: int) -> list[str]:
    """Return the texts that a follower got, in order."""
    found = []
    for entry in practice.get("/emulator/ledger?kind=multicast")["entries"]:
        if entry["accepted"] and user(FIRST + number) in entry["body"]["to"]:
            found += [one["text"] for one in entry["body"]["messages"] if one["type"] == "text"]
    return found


def test_everybody_gets_it_once_in_their_language(
    office: Office, worker: Dispatcher, practice: Practice
) -> None:
    """What LINE accepted is byte for byte what the preview composes."""
    sent = go(office)
    order = ended(office.database, sent.order_id or 0, worker)
    assert (order.status, order.accepted) == (Order.SENT, 3)
    assert delivered(practice) == {user(FIRST + n): 1 for n in range(3)}
    assert texts_for(practice, 1) == [TEXTS["en"]]
    shown = setting.composed(office, drafts.load(office, sent.id))
    frozen = office.database.read(lambda connection: orders.variants(connection, order.id))
    assert {key: messages for key, (messages, _) in frozen.items()} == shown
    for entry in practice.get("/emulator/ledger?kind=multicast")["entries"]:
        assert entry["body"]["messages"] in [json.loads(one) for one in shown.values()]
        assert entry["body"]["customAggregationUnits"] == [f"b{sent.id}"]
    assert drafts.load(office, sent.id).status is Order.SENT


def test_readers_of_unknown_language(office: Office, worker: Dispatcher, practice: Practice) -> None:
    """An emergency reaches them in easy Japanese, English and one line of Chinese."""
    nobody_knows = people.update().where(people.c.user_id == user(FIRST)).values(language=None)
    office.database.write(lambda connection: connection.execute(nobody_knows))
    sent = go(office, kind=Kind.EMERGENCY)
    ended(office.database, sent.order_id or 0, worker)
    chinese = f"{TEXTS['zh-Hans']}\n{TEXTS['zh-Hant']}"
    assert texts_for(practice, 0) == [TEXTS["ja-simple"], TEXTS["en"], chinese]
    assert UNKNOWN in setting.composed(office, sent)


def test_a_correction_reaches_exactly_those(office: Office, worker: Dispatcher, practice: Practice) -> None:
    """Who came later does not read of a mistake that they never saw."""
    wrong = go(office)
    ended(office.database, wrong.order_id or 0, worker)
    followers(office.database, 2, ("ja",), first=FIRST + 100)
    draft = stopping.correct(office, WRITER, wrong.id)
    new = saying(office, "ja", TEXTS["ja"].replace("10時", "11時")) | {"quiet_ok": True, "hold_minutes": 0}
    draft = drafts.save(office, WRITER, draft.id, draft.version, new)
    wrong_times = ("missing:{}:time:11:00", "added:{}:time:10:00")
    fixed = {one.format(tag): "訂正" for tag in TEXTS for one in wrong_times}
    fixed |= {f"weekday:{tag}:11-28": "来週" for tag in TEXTS}
    draft = drafts.save(office, WRITER, draft.id, draft.version, {"explained": fixed})
    waiting = review.submit(office, WRITER, draft.id, draft.version)
    right = review.approve(office, APPROVER, waiting.id, waiting.version)
    order = ended(office.database, right.order_id or 0, worker)
    assert (order.status, order.accepted) == (Order.SENT, 3)
    assert delivered(practice) == {user(FIRST + n): 2 for n in range(3)}
    assert texts_for(practice, 0)[1].startswith("【訂正】\n11月28日（土）11時")


def test_a_stop_within_the_hold_back(office: Office, worker: Dispatcher, practice: Practice) -> None:
    """While it is held back it can be stopped before anybody has it."""
    sent = go(office, hold_minutes=5)
    assert stopping.stop(office, WRITER, sent.id).status is Order.CANCELLED
    worker.work()
    assert delivered(practice) == {}


def test_one_that_was_planned_is_taken_back_whole(office: Office, practice: Practice) -> None:
    """Its batches go with it; approved anew it is planned anew and everybody gets it once."""
    clock = Shifted()
    worker = dispatcher(office.database, practice, audiences=AUDIENCES, clock=clock)
    sent = go(office, hold_minutes=1)
    worker.work()
    back = review.take_back(office, WRITER, sent.id)
    again = drafts.save(office, WRITER, back.id, back.version, {"hold_minutes": 0})
    order = ended(office.database, through(office, again).order_id or 0, worker)
    worker.stop()
    assert (order.status, order.accepted) == (Order.SENT, 3)
    assert delivered(practice) == {user(FIRST + n): 1 for n in range(3)}


def test_staff_get_tests_and_notices(office: Office, worker: Dispatcher, practice: Practice) -> None:
    """A test goes to one's own LINE in each language, a notice to those who may approve, by push."""
    staff_member_with(office, WRITER, user(1))
    staff_member_with(office, APPROVER, user(2))
    draft = written(office)
    assert trying.to_myself(office, WRITER, draft.id, ["ja", "en"]) == 1
    assert trying.to_all_staff(office, WRITER, draft.id, ["zh-Hans"]) == 2
    worker.work()
    assert delivered(practice, "push") == {user(1): 3, user(2): 1}
    draft = drafts.save(office, WRITER, draft.id, draft.version, {"due_at": None, "quiet_ok": True})
    explained = {f"weekday:{tag}:11-28": "来週" for tag in TEXTS}
    draft = drafts.save(office, WRITER, draft.id, draft.version, {"explained": explained})
    review.submit(office, WRITER, draft.id, draft.version)
    worker.work()
    assert delivered(practice, "push") == {user(1): 3, user(2): 2}
    assert office.database.read(lambda c: staff.named(c, WRITER.name)) is not None


def test_line_s_own_broadcast(office: Office, worker: Dispatcher, practice: Practice) -> None:
    """One text for everybody may go by LINE's own call, once, also to friends nobody has written down."""
    stranger = practice.person(name="nobody knows me")
    only = dict.fromkeys(TEXTS, None) | {"ja": Variant("ja", TEXTS["ja"])}
    draft = written(office, due_at=None, hold_minutes=0, quiet_ok=True, plain=True)
    assert "plain" in [hint.id for hint in checks.blocking(office, draft)]
    draft = drafts.save(office, WRITER, draft.id, draft.version, {"variants": only})
    sent = through(office, draft)
    fault = {"broadcast": {"mode": "accept-then-500", "times": 1, "seed": 7}}
    practice.put("/emulator/faults", fault)
    order = ended(office.database, sent.order_id or 0, worker)
    assert (order.status, order.accepted) == (Order.SENT, 1)
    calls = practice.get("/emulator/ledger?kind=broadcast")["entries"]
    assert [(call["status"], call["retry_key"]) for call in calls] == [
        (500, calls[0]["retry_key"]),
        (409, calls[0]["retry_key"]),
    ]
    chat = practice.get(f"/emulator/people/{stranger}/timeline")
    assert TEXTS["ja"] in json.dumps(chat, ensure_ascii=False)
    with pytest.raises(Refused, match="write a new notice"):
        stopping.correct(office, WRITER, sent.id)
