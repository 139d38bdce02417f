"""How soon webhooks are acknowledged while a broadcast is planned and sent from the same database."""

from __future__ import annotations

import base64
import hashlib
import hmac
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

from bench.delivery import LATENCY_MS, fill
from bench.events import PracticeLine, body, text_events
from bench.numbers import quantile
from bench.servers import HANG_GUARD_SECONDS, ROOT, SECRET, practice_line, web
from bench.table import Row

PEOPLE: Final = 1_000_000
PER_SECOND: Final = 40
WARM_SECONDS: Final = 4.0
IDLE_SECONDS: Final = 10.0
EVENTS: Final = 50 * PER_SECOND
"""Enough for a minute; a reply token is as old then as it may be."""

LATEST_MS: Final = 2_000.0
"""An acknowledgement later than this is taken for a failure by LINE."""


def rows(scratch: Path) -> tuple[list[Row], dict[str, Any]]:
    """Ask at a steady rate in peace, then while a million people get a broadcast: (rows, raw values)."""
    database = scratch / "during.db"
    fill(database, PEOPLE)
    with (
        practice_line(scratch) as line,
        web(scratch, f"http://127.0.0.1:{line.port}", None, database) as ours,
    ):
        practice = PracticeLine(line.port)
        practice.reset()
        practice.delay("multicast", LATENCY_MS)
        _acknowledged(ours.port, practice, _for(WARM_SECONDS))
        idle = _acknowledged(ours.port, practice, _for(IDLE_SECONDS))
        words = ["bench.delivery_sender", "ours", f"sqlite:///{database}", practice.base_url]
        sender = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
        during = _acknowledged(ours.port, practice, lambda: sender.poll() is None)
    if sender.returncode:
        raise RuntimeError("the sender failed")
    print(f"  during: {len(idle)} webhooks in peace, {len(during)} beside {PEOPLE:,} recipients", flush=True)

    def row(name: str, share: float, **limits: float) -> Row:
        return Row(
            f"beside a broadcast: {name}", "ms", quantile(during, share), quantile(idle, share), **limits
        )

    found = [
        row("webhook acknowledged, p50 (baseline: in peace)", 0.5),
        row("webhook acknowledged, p99", 0.99, ratio_at_most=4.0),
        row("webhook acknowledged, slowest", 1.0, at_most=LATEST_MS),
    ]
    return found, {"idle": idle, "during": during}


def _for(seconds: float) -> Callable[[], bool]:
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() < until


def _acknowledged(port: int, practice: PracticeLine, going: Callable[[], bool]) -> list[float]:
    """Send webhooks at PER_SECOND while `going`; return how many ms after its time each was acknowledged."""
    events = text_events(EVENTS)
    practice.open(events)
    connection = HTTPConnection("127.0.0.1", port, timeout=HANG_GUARD_SECONDS)
    taken: list[float] = []
    for event, due in zip(events, _beats(), strict=False):
        if not going():
            break
        time.sleep(max(0.0, due - time.perf_counter()))
        _send(connection, body(event))
        # Counted from when it was due: a webhook that waits behind a slow one waits as long.
        taken.append((time.perf_counter() - due) * 1000)
    connection.close()
    return taken


def _beats() -> Iterator[float]:
    begin = time.perf_counter()
    number = 0
    while True:
        yield begin + number / PER_SECOND
        number += 1


def _send(connection: HTTPConnection, data: bytes) -> None:
    signature = base64.b64encode(hmac.new(SECRET.encode(), data, hashlib.sha256).digest()).decode()
    headers = {"Content-Type": "application/json; charset=utf-8", "X-Line-Signature": signature}
    connection.request("POST", "/webhook", data, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"a webhook was answered with {answer.status}")
