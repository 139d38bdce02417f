"""Broadcasts whose processes are killed between the desk and LINE: once, or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest

from bot.broadcasts import drafts, review
from bot.lifecycle import Order
from bot.store.database import Database
from bot.store.models import send_orders, send_variants
from tests.component.broadcast_faults import AUDIENCES, ROOT, play, waiting
from tests.component.broadcasting import APPROVER, SaidLine, open_office, opened, refusal
from tests.component.delivery_process import SHORT
from tests.component.rows import rows
from tests.component.sending import FIRST, delivered, dispatcher, ended, now, user
from tests.emulator_process import Practice


@pytest.mark.parametrize(("point", "status"), [("frozen", Order.IN_REVIEW), ("scheduled", Order.SCHEDULED)])
def test_an_approval_is_whole_or_not_there(
    store_url: str, practice: Practice, point: str, status: Order
) -> None:
    """Killed between freezing and scheduling nothing is there; killed right after, all goes out once."""
    database = Database(store_url)
    open_office(database)
    office = opened(database, now)
    broadcast = waiting(office)
    words = ["tests.component.approving_process", store_url, str(broadcast.id), point]
    killed = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    found = drafts.load(office, broadcast.id)
    assert found.status is status
    if status is Order.IN_REVIEW:
        frozen = [row for row in rows(database, send_orders) if row["kind"] == "broadcast"]
        assert frozen == []
        assert {row["variant"] for row in rows(database, send_variants)} == {
            "ja",
            "en",
        }  # the notice to staff
        found = review.approve(office, APPROVER, found.id, found.version)
    worker = dispatcher(database, practice, tempo=SHORT, audiences=AUDIENCES)
    ended(database, found.order_id or 0, worker)
    worker.stop()
    assert delivered(practice) == {user(FIRST + n): 1 for n in range(3)}
    database.close()


@pytest.mark.parametrize("seed", [9, 11])
def test_a_round_of_troubles(store_url: str, practice: Practice, seed: int) -> None:
    """Two approvals at once, a failing LINE, a kill, a clock that is set: nobody lost, nobody twice."""
    outcome = play(store_url, practice, seed)
    assert (outcome.lost, outcome.double) == (0, 0)


def test_quota_that_went_meanwhile_holds_what_was_approved(sqlite_store_url: str, practice: Practice) -> None:
    """Short by one message at its time nothing leaves, and a person decides."""
    database = Database(sqlite_store_url)
    open_office(database)
    office = replace(opened(database, now), line=SaidLine(left=3))
    broadcast = waiting(office)
    short = replace(office, line=SaidLine(left=2))
    approve = partial(review.approve, staff=APPROVER, broadcast_id=broadcast.id, version=broadcast.version)
    assert "short by 1 message" in refusal(lambda: approve(short))
    approve(office)
    practice.put("/emulator/account", {"quota": {"type": "limited", "value": 2}})
    dispatcher(database, practice, tempo=SHORT, audiences=AUDIENCES).work()
    assert drafts.load(office, broadcast.id).status is Order.HELD
    assert delivered(practice) == {}
    database.close()
