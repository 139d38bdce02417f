"""The web process is killed in the middle of a burst, and nobody notices: the promise of the inbox."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.models import inbox
from tests.component.rows import rows
from tests.component.waiting import until
from tests.component.web import Web
from tests.emulator_process import Practice, start_emulator

ROOT = Path(__file__).resolve().parents[2]
EVENTS = 500
PER_SECOND = 400
PEOPLE = 50
SEED = 20261124
WAITING = 50
"""How many acknowledged events must be without an answer at the moment of the kill."""


@pytest.fixture
def own_practice() -> Iterator[Practice]:
    practice = start_emulator()
    yield practice
    practice.stop()


@pytest.fixture
def web(free_port: int, store_url: str, own_practice: Practice) -> Iterator[Web]:
    web = Web(free_port, store_url, own_practice)
    own_practice.put("/emulator/webhook", {"url": f"{web.address}/webhook", "redelivery": True})
    own_practice.put("/emulator/latency", {"reply": 50})
    yield web
    web.kill()


class Answers:
    """The reply tokens that the practice LINE accepted, read on from where the last look ended."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self._last = 0
        self.tokens: Counter[str] = Counter()

    def __len__(self) -> int:
        news = self._practice.get(f"/emulator/ledger?kind=reply&after={self._last}")["entries"]
        self._last = news[-1]["seq"] if news else self._last
        self.tokens.update(entry["reply_token"] for entry in news if entry["accepted"])
        return self.tokens.total()


def test_killed_in_a_burst_every_event_is_answered_exactly_once(
    web: Web, own_practice: Practice, store_url: str
) -> None:
    """SIGKILL to the whole web under load: after a restart nothing is lost and nothing answered twice."""
    web.start()
    web.wait_ready(own_practice)
    own_practice.event(own_practice.person(), type="text", text="電池")
    own_practice.ledger("reply")  # by now everything is loaded and warm
    burst = own_practice.post(
        "/emulator/burst", {"events": EVENTS, "per_second": PER_SECOND, "people": PEOPLE, "seed": SEED}
    )["burst"]

    def acknowledged() -> list[str]:
        ids: list[str] = own_practice.get(f"/emulator/burst/{burst}")["acknowledged"]
        return ids

    # Somewhere in the middle, but only when much is on its way.
    share = random.Random(SEED).uniform(0.3, 0.6)
    answers = Answers(own_practice)
    until(
        lambda: len(acknowledged()) >= max(share * EVENTS, len(answers) + WAITING),
        f"{WAITING} events acknowledged but not answered",
    )
    web.kill()
    promised = set(acknowledged())
    database = Database(store_url)
    kept = {row["event_id"]: row for row in rows(database, inbox)}
    assert promised <= set(kept), "an acknowledged event is not on disk"
    open_then = [name for name in promised if kept[name]["lease_until"] is not None]

    web.start()
    until(lambda: own_practice.get(f"/emulator/burst/{burst}")["done"], "every event delivered or given up")
    until(
        lambda: all(row["lease_until"] is None for row in rows(database, inbox)), "every event kept is closed"
    )
    fate = own_practice.get(f"/emulator/burst/{burst}")
    assert fate["failed"] == []
    states = Counter(row["state"] for row in rows(database, inbox))
    assert states == {"answered": EVENTS + 1}
    assert len(answers) == EVENTS + 1
    assert set(answers.tokens.values()) == {1}
    assert open_then, "nothing was open at the kill: this run proved nothing"
    database.close()
