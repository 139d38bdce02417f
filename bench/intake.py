"""How many webhooks a second are safe on disk, beside the SDK's example that keeps and answers nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bench.events import PEOPLE, PracticeLine, body, text_events
from bench.load import CONNECTIONS, Load, measured, send
from bench.numbers import median
from bench.servers import Server, example, practice_line, web
from bench.table import Row

ROUNDS: Final = 3
SECONDS: Final = 3.0
EVENTS: Final = 9_000
RATE_RATIO: Final = 0.6
P99_RATIO: Final = 1.0


def rows(scratch: Path) -> tuple[list[Row], dict[str, Any]]:
    """Load ours and the example in turn, each freshly started: (rows, raw values)."""
    ours: list[Load] = []
    other: list[Load] = []
    with practice_line(scratch) as line:
        practice = PracticeLine(line.port)
        for _ in range(ROUNDS):
            with web(scratch, practice.base_url) as server:
                ours.append(_loaded(server, practice, "ours"))
            with example(scratch, "bench.echo_app:create(replies=False)") as server:
                other.append(_loaded(server, practice, "SDK echo"))

    def row(name: str, unit: str, value: Callable[[Load], float], **limits: float) -> Row:
        return Row(
            f"intake: {name}", unit, median(list(map(value, ours))), median(list(map(value, other))), **limits
        )

    found = [
        row("acknowledged", "req/s", lambda one: one.rate, ratio_at_least=RATE_RATIO),
        row("p50", "ms", lambda one: one.p50),
        row("p99", "ms", lambda one: one.p99, ratio_at_most=P99_RATIO),
        row("server CPU per webhook", "ms", lambda one: one.server_cpu_ms),
        row("load generator", "% CPU", lambda one: one.cpu * 100),
    ]
    return found, {"ours": [asdict(one) for one in ours], "baseline": [asdict(one) for one in other]}


def _loaded(server: Server, practice: PracticeLine, name: str) -> Load:
    practice.reset()
    warm, events = text_events(len(PEOPLE)), text_events(EVENTS)
    practice.open([*warm, *events])
    send(server.port, [body(event) for event in warm], SECONDS)
    load = measured(server, [body(event) for event in events], SECONDS)
    print(
        f"  intake, {name}: {load.rate:.0f}/s, p99 {load.p99:.0f} ms, not 200: {load.other or 'none'}; "
        f"{CONNECTIONS} connections, load generator {load.cpu:.0%} of a core",
        flush=True,
    )
    return load
