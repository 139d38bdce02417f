"""Followers, orders and dispatchers for tests, and what the practice LINE's ledger says of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.clock import Clock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.order import frozen
from bot.delivery.tools import Tempo, Tools
from bot.lifecycle import ORDER_STEPS
from bot.line.multicast import Multicast
from bot.store import orders
from bot.store.database import Connection, Database
from bot.store.models import people, send_batches
from bot.store.moments import SECOND, micros
from bot.store.orders import Kind, NewOrder, SendOrder
from tests.component.rows import rows
from tests.component.waiting import until
from tests.emulator_process import Practice

QUICK = Tempo(backoff=0.05, ttl=2 * SECOND, chunk=4)
PATIENT = replace(QUICK, backoff=40.0)
"""Leaves no second try within a test."""

FIRST = 0x1000
"""The number of the first follower."""

TEXTS = {"ja": "収集日です", "en": "Collection day"}


class Shifted(Clock):
    """The real clock, which a test can set forwards and backwards."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> Any:
        return super().now() + self.shift


def user(number: int) -> str:
    """Return the user id of a follower by number."""
    return f"U{number:032x}"


def followers(database: Database, count: int, languages: Sequence[str] = ("ja",), first: int = FIRST) -> None:
    """Add people who follow us, the languages in turn."""
    values = [
        {
            "user_id": user(first + number),
            "language": languages[number % len(languages)],
            "asked_profile": False,
            "following": True,
            "resident": False,
            "offered": [],
            "unknowns": 0,
            "version": 1,
            "changed_at": 0,
        }
        for number in range(count)
    ]
    database.write(lambda connection: connection.execute(insert(people), values))


def everybody(
    connection: Connection, _criteria: Mapping[str, Any], after: str, limit: int
) -> list[tuple[str, str]]:
    """The audience of all followers, by language."""
    found = (
        select(people.c.user_id, people.c.language)
        .where(people.c.following, people.c.user_id > after)
        .order_by(people.c.user_id)
        .limit(limit)
    )
    return [(user_id, language) for user_id, language in connection.execute(found)]


def now() -> int:
    """Return the present moment in microseconds."""
    return micros(Clock().now())


def new_order(key: str = "test:1", **changes: Any) -> NewOrder:
    """Return an order to everybody that is due at once."""
    variants = {name: frozen([{"type": "text", "text": text}]) for name, text in TEXTS.items()}
    return replace(NewOrder(key, Kind.REMINDER, {"of": "everybody"}, variants, now()), **changes)


def place(database: Database, key: str = "test:1", **changes: Any) -> int:
    """Make an order; return its id."""
    made = database.write(lambda connection: orders.create(connection, new_order(key, **changes), now()))
    assert made is not None
    return made


def dispatcher(
    database: Database, practice: Practice, owner: str = "worker-1", tempo: Tempo = QUICK, **tools: Any
) -> Dispatcher:
    """Return a dispatcher that nothing calls yet."""
    line = tools.pop("line", None) or Multicast(practice.base_url, practice.token, seconds=(3.0, 0.5))
    clock = tools.pop("clock", None) or Clock()
    audiences = tools.pop("audiences", {"everybody": everybody})
    return Dispatcher(Tools(database, line, clock, owner, audiences, tempo, **tools))


def look(database: Database, order_id: int) -> SendOrder:
    """Return an order as it stands."""
    order = database.read(lambda connection: orders.load(connection, order_id))
    assert order is not None
    return order


def ended(database: Database, order_id: int, *ticking: Dispatcher) -> SendOrder:
    """Return an order once it is closed; meanwhile these dispatchers tick, as the worker lets them."""

    def closed() -> bool:
        for one in ticking:
            one.tick()
        return not ORDER_STEPS[look(database, order_id).status]

    until(closed, "the end of the order")
    return look(database, order_id)


def delivered(practice: Practice, kind: str = "multicast") -> Counter[str]:
    """Return how often LINE accepted something for each person."""
    entries = practice.get(f"/emulator/ledger?kind={kind}")["entries"]
    found = Counter[str]()
    for entry in entries:
        if entry["accepted"]:
            to = entry["body"]["to"]
            found.update([to] if isinstance(to, str) else to)
    return found


def batches_of(database: Database, order_id: int) -> list[dict[str, Any]]:
    """Return the batches of an order."""
    return [row for row in rows(database, send_batches) if row["order_id"] == order_id]


def text_of(entry: Mapping[str, Any]) -> str:
    """Return the first text of a ledger entry."""
    text: str = json.loads(json.dumps(entry["body"]))["messages"][0]["text"]
    return text


def fault(practice: Practice, mode: str, **more: object) -> None:
    """Switch a fault on for multicasts."""
    practice.put("/emulator/faults", {"multicast": {"mode": mode, "seed": 7, **more}})


def everyone_once(practice: Practice, count: int) -> bool:
    """Return whether exactly the first so many followers got it, each once."""
    return delivered(practice) == {user(FIRST + n): 1 for n in range(count)}


def slow(per_second: float) -> Tempo:
    """Return a tempo of so many calls a second."""
    return replace(QUICK, per_second=per_second)
