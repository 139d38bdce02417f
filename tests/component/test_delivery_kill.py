"""The sender is killed at its worst moments; the next one finishes, and LINE's ledger shows nobody twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.lifecycle import Order
from bot.store.database import Database
from tests.component.delivery_process import SHORT
from tests.component.sending import FIRST, delivered, dispatcher, ended, followers, place, user
from tests.emulator_process import Practice

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 5_500
"""Three chunks of the plan."""

SEED = 20261126
POINTS = [("plan", 1), ("plan", 2), ("chunk", 1), ("keyed", 5), ("sent", 5), ("finish", 1)]


@contextmanager
def sender(
    store_url: str, practice: Practice, point: str = "-", nth: int = 1
) -> Iterator[subprocess.Popen[str]]:
    """Run a sending process of its own, which kills itself at a point."""
    words = [store_url, practice.base_url, practice.token, point, str(nth)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.component.delivery_process", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def finish(database: Database, practice: Practice, *order_ids: int) -> None:
    """Let another dispatcher take over; every order must be sent and each follower reached once an order."""
    successor = dispatcher(database, practice, owner="successor", tempo=SHORT)
    for order_id in order_ids:
        order = ended(database, order_id, successor)
        assert (order.status, order.accepted, order.recipients) == (Order.SENT, PEOPLE, PEOPLE)
    successor.stop()
    assert delivered(practice) == {user(FIRST + n): len(order_ids) for n in range(PEOPLE)}


@pytest.mark.parametrize(("point", "nth"), POINTS)
def test_killed_at_a_point_nobody_is_lost_and_nobody_gets_it_twice(
    store_url: str, practice: Practice, point: str, nth: int
) -> None:
    """Before a plan is stored, between its chunks, before and after a call, before the end."""
    database = Database(store_url)
    followers(database, PEOPLE, ("ja", "en"))
    order_id = place(database)
    with sender(store_url, practice, point, nth) as process:
        assert process.wait(60) == -signal.SIGKILL
    finish(database, practice, order_id)
    database.close()


def test_killed_at_random_nobody_is_lost_and_nobody_gets_it_twice(store_url: str, practice: Practice) -> None:
    """Three senders in a row are killed while LINE fails now and then."""
    database = Database(store_url)
    followers(database, PEOPLE, ("ja", "en"))
    made = [place(database, f"o{n}") for n in range(3)]
    dice = random.Random(SEED)
    practice.put(
        "/emulator/faults", {"multicast": {"mode": "accept-then-500", "probability": 0.1, "seed": SEED}}
    )
    for _ in range(3):
        seen = len(practice.get("/emulator/ledger?kind=multicast")["entries"])
        with sender(store_url, practice):
            practice.ledger("multicast", count=seen + dice.randint(1, 12))
    practice.delete("/emulator/faults")
    finish(database, practice, *made)
    database.close()
