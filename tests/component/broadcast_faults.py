"""`python -m tests.component.broadcast_faults [ROUNDS]`: broadcasts under trouble, judged by LINE's ledger.

Each round: two people approve at once, LINE fails now and then, the sender is killed somewhere, its successor
may find the clock set. Prints a table: rounds, people, lost, double.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click

from bot.broadcasts import drafts, review
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office, Officer
from bot.broadcasts.refused import Refused
from bot.store.database import Database
from bot.store.migrate import upgrade
from bot.store.orders import SendOrder
from tests.component.broadcasting import APPROVER, OTHER, TEXTS, WRITER, open_office, opened, written
from tests.component.delivery_process import AUDIENCES, SHORT
from tests.component.sending import FIRST, Shifted, delivered, dispatcher, ended, now, user
from tests.emulator_process import Practice, start_emulator

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 4_000
POINTS = (("plan", 1), ("chunk", 1), ("keyed", 3), ("sent", 2), ("sent", 5), ("finish", 1))
TROUBLES = ("500", "429", "reset", "accept-then-500", "accept-then-reset")
HOURS = (0, 0, -25, 25)


@dataclass
class Outcome:
    """People of one round: planned, lost (nobody can say where they are), and those who got it twice."""

    planned: int
    lost: int
    double: int


def waiting(office: Office) -> Broadcast:
    """Return a broadcast that waits for approval and goes out at once."""
    draft = written(office, due_at=None, hold_minutes=0, quiet_ok=True)
    explained = {f"weekday:{tag}:11-28": "別の年" for tag in TEXTS}
    draft = drafts.save(office, WRITER, draft.id, draft.version, {"explained": explained})
    return review.submit(office, WRITER, draft.id, draft.version)


def play(url: str, practice: Practice, seed: int) -> Outcome:
    """Play one round on an empty database; what happens follows from the seed."""
    dice = random.Random(seed)
    practice.reset()
    database = Database(url)
    open_office(database, PEOPLE)
    office = opened(database, now)
    broadcast = waiting(office)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda who: _approve(office, who, broadcast), (APPROVER, OTHER)))
    order_id = drafts.load(office, broadcast.id).order_id
    assert order_id is not None
    trouble = {"mode": dice.choice(TROUBLES), "probability": 0.3, "seed": seed}
    practice.put("/emulator/faults", {"multicast": trouble})
    _killed(url, practice, *dice.choice(POINTS))
    practice.delete("/emulator/faults")
    clock = Shifted()
    successor = dispatcher(
        database, practice, owner="successor", tempo=SHORT, audiences=AUDIENCES, clock=clock
    )
    clock.shift = timedelta(hours=dice.choice(HOURS))
    successor.work()
    clock.shift = timedelta()
    order = ended(database, order_id, successor)
    successor.stop()
    database.close()
    return judged(order, delivered(practice))


def judged(order: SendOrder, there: Counter[str]) -> Outcome:
    """Compare what the order says with LINE's ledger."""
    got = sum(1 for number in range(PEOPLE) if there[user(FIRST + number)])
    said = order.accepted + order.refused + order.unsure + order.cancelled
    unheard = max(0, order.accepted - got) + max(0, got - order.accepted - order.unsure)
    double = sum(1 for times in there.values() if times > 1)
    return Outcome(order.recipients, abs(order.recipients - said) + unheard, double)


def _approve(office: Office, who: Officer, broadcast: Broadcast) -> None:
    with suppress(Refused):
        review.approve(office, who, broadcast.id, broadcast.version)


def _killed(url: str, practice: Practice, point: str, nth: int) -> None:
    """Let a process send until it kills itself, or has nothing left to do."""
    words = [url, practice.base_url, practice.token, point, str(nth)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.component.delivery_process", *words], cwd=ROOT, stdout=subprocess.PIPE
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(6)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@click.command()
@click.argument("rounds", type=int, default=10)
def main(rounds: int) -> None:
    """Play rounds on SQLite and print the table."""
    practice, outcomes = start_emulator(), []
    with ExitStack() as after:
        after.callback(practice.stop)
        for seed in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                url = f"sqlite:///{folder}/faults.db"
                upgrade(url)
                outcomes.append(play(url, practice, seed))
    planned, lost, double = (
        sum(getattr(one, name) for one in outcomes) for name in ("planned", "lost", "double")
    )
    click.echo(f"{'rounds':>8} {'people':>8} {'lost':>6} {'double':>7}")
    click.echo(f"{rounds:>8} {planned:>8} {lost:>6} {double:>7}")
    sys.exit(1 if lost or double else 0)


if __name__ == "__main__":
    main()
