"""Sends one order to everybody in a database and prints what that cost, as JSON: a process of its own.

`python -m bench.delivery_sender ours DATABASE LINE` is our dispatcher. `sdk` is the loop of the SDK's own
documentation over the same people: read the ids, 500 at a time to `MessagingApi.multicast`, CALLS of them.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import psutil
from sqlalchemy import func, select

from bench.servers import TOKEN
from bot.clock import Clock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.order import frozen
from bot.delivery.tools import Tools
from bot.lifecycle import Order
from bot.line.multicast import Multicast
from bot.line.port import Sent
from bot.store import orders
from bot.store.database import Connection, Database
from bot.store.models import people
from bot.store.moments import SECOND, micros, moment
from bot.store.orders import Kind, NewOrder

LANGUAGES: Final = ("ja", "en", "zh-Hans", "zh-Hant")
TEXT: Final = "あしたは もえるごみの 日です。朝 8時半までに 出してください。" * 3
CALLS: Final = 300


class Meter:
    """Watches this process while something runs."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._start = self.memory()
        self._most = self._start
        threading.Thread(target=self._watch, daemon=True).start()

    def memory(self) -> float:
        """Return the memory of this process in MB."""
        return float(self._process.memory_info().rss) / 1e6

    def more(self) -> float:
        """Return by how many MB the memory grew at most."""
        return self._most - self._start

    def measured(self, work: Callable[[], object]) -> tuple[float, float]:
        """Return (seconds, CPU seconds) that something took."""
        begin, cpu = time.perf_counter(), time.process_time()
        work()
        return time.perf_counter() - begin, time.process_time() - cpu

    def _watch(self) -> None:
        while True:
            self._most = max(self._most, self.memory())
            time.sleep(0.02)


class Noted(Multicast):
    """Notes when each call leaves."""

    def __init__(self, line: str) -> None:
        super().__init__(line, TOKEN)
        self.left: list[float] = []

    def multicast(self, packed: bytes, messages: bytes, retry_key: str, unit: str | None = None) -> Sent:
        """Send as always."""
        self.left.append(time.monotonic())
        return super().multicast(packed, messages, retry_key, unit)


def everybody(
    connection: Connection, _criteria: Mapping[str, Any], after: str, limit: int
) -> list[tuple[str, str]]:
    """The audience of all followers, by language; who has not chosen one reads the first."""
    found = (
        select(people.c.user_id, func.coalesce(people.c.language, LANGUAGES[0]))
        .where(people.c.following, people.c.user_id > after)
        .order_by(people.c.user_id)
        .limit(limit)
    )
    return connection.execute(found).all()  # type: ignore[return-value]


def ours(url: str, line: str) -> dict[str, float]:
    """Plan, then send, with the clock of the order set in between."""
    database, clock, noted = Database(url), Clock(), Noted(line)
    sender = Dispatcher(Tools(database, noted, clock, "bench", {"everybody": everybody}))
    order_id = _order(database, clock)
    before, meter = _pages(url), Meter()
    planning, planning_cpu = meter.measured(sender.work)
    planned = orders_of(database, order_id)
    size = _pages(url) - before
    due = micros(clock.now()) + 2 * SECOND
    database.write(lambda c: orders.change(c, order_id, Order.SCHEDULED, micros(clock.now()), due_at=due))
    _, cpu = meter.measured(sender.work)
    order = orders_of(database, order_id)
    assert order.status is Order.SENT, f"{order.status} {order.note}"
    calls = -(-planned.recipients // 500)
    return {
        "planning": planning,
        "planning_cpu": planning_cpu,
        "bytes": size / planned.recipients,
        "due": moment(due).timestamp(),
        "cpu_ms": cpu * 1000 / calls,
        "cpu": cpu,
        "memory": meter.more(),
        "busiest": max(in_a_second(sorted(noted.left))),
    }


def sdk(url: str, line: str) -> dict[str, float]:
    """Read everybody, then send the first CALLS hundreds, one call after the other."""
    from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, MulticastRequest, TextMessage

    database, meter = Database(url), Meter()
    due = time.time()
    by_language: defaultdict[str, list[str]] = defaultdict(list)

    def read() -> None:
        rows = database.read(lambda c: everybody(c, {}, "", 10**9))
        for user_id, language in rows:
            by_language[language].append(user_id)

    planning, planning_cpu = meter.measured(read)
    api = MessagingApi(ApiClient(Configuration(host=line, access_token=TOKEN)))
    ids = by_language["ja"]

    def send() -> None:
        for start in range(0, CALLS * 500, 500):
            some = ids[start : start + 500]
            api.multicast(MulticastRequest(to=some, messages=[TextMessage(text=TEXT)]), _request_timeout=10)

    seconds, cpu = meter.measured(send)
    return {
        "planning": planning,
        "planning_cpu": planning_cpu,
        "due": due,
        "cpu_ms": cpu * 1000 / CALLS,
        "rate": CALLS / seconds,
        "memory": meter.more(),
    }


def in_a_second(moments: Sequence[float]) -> list[int]:
    """Return, for each moment, how many there are in the second that begins with it."""
    counts, last = [], 0
    for first, one in enumerate(moments):
        while last < len(moments) and moments[last] < one + 1.0:
            last += 1
        counts.append(last - first)
    return counts


def orders_of(database: Database, order_id: int) -> orders.SendOrder:
    """Return the order as it stands."""
    order = database.read(lambda connection: orders.load(connection, order_id))
    assert order is not None
    return order


def _order(database: Database, clock: Clock) -> int:
    now = micros(clock.now())
    texts = {language: frozen([{"type": "text", "text": TEXT}]) for language in LANGUAGES}
    new = NewOrder("bench", Kind.BROADCAST, {"of": "everybody"}, texts, now + 50 * SECOND)
    made = database.write(lambda connection: orders.create(connection, new, now))
    assert made
    return made


def _pages(url: str) -> int:
    """Return how large the SQLite database is, its log of changes included."""
    path = Path(url.removeprefix("sqlite:///"))
    database = Database(url)
    database.write(lambda c: c.exec_driver_sql("SELECT 1"))
    pages, page, free = (
        database.read(lambda c, name=name: c.exec_driver_sql(f"PRAGMA {name}").scalar())  # type: ignore[misc]
        for name in ("page_count", "page_size", "freelist_count")
    )
    database.close()
    assert path.exists()
    return int((pages - free) * page)


if __name__ == "__main__":
    which, address, line_base = sys.argv[1:]
    print(json.dumps({"ours": ours, "sdk": sdk}[which](address, line_base)))
