"""How many people a second have their answer when LINE takes 50 ms, beside the SDK's example."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bench.events import PEOPLE, PracticeLine, body, text_events
from bench.load import Load, send
from bench.numbers import median
from bench.servers import HANG_GUARD_SECONDS, Server, example, practice_line, web
from bench.table import Row

ROUNDS: Final = 3
EVENTS: Final = 500
LATENCY_MS: Final = 50
EXAMPLE_THREADS: Final = 8
RATE_RATIO: Final = 4.0


def rows(scratch: Path) -> tuple[list[Row], dict[str, Any]]:
    """Give ours and the example the same number of events in turn: (rows, raw values)."""
    raw: dict[str, list[dict[str, Any]]] = {"ours": [], "baseline": []}
    with practice_line(scratch) as line:
        practice = PracticeLine(line.port)
        for _ in range(ROUNDS):
            with web(scratch, practice.base_url) as server:
                raw["ours"].append(_answered(server, practice, "ours"))
            app = "bench.echo_app:create(replies=True)"
            with example(scratch, app, practice.base_url, EXAMPLE_THREADS) as server:
                raw["baseline"].append(_answered(server, practice, "SDK example"))

    def row(name: str, unit: str, field: str, **limits: float) -> Row:
        ours, other = ([one[field] for one in raw[side]] for side in ("ours", "baseline"))
        return Row(
            f"replies, LINE takes {LATENCY_MS} ms: {name}", unit, median(ours), median(other), **limits
        )

    found = [
        row("finished", "1/s", "finished", ratio_at_least=RATE_RATIO),
        row("webhook p99", "ms", "p99"),
        row("server CPU per reply", "ms", "server_cpu_ms"),
        row("load generator", "% CPU", "cpu_percent"),
    ]
    return found, raw


def _answered(server: Server, practice: PracticeLine, name: str) -> dict[str, Any]:
    """Send all events; the clock stops when LINE has taken the last reply."""
    practice.reset(LATENCY_MS)
    warm, events = text_events(len(PEOPLE)), text_events(EVENTS)
    practice.open(warm)
    _all_sent(send(server.port, [body(event) for event in warm], HANG_GUARD_SECONDS), len(warm))
    practice.wait_for_replies(len(warm))
    practice.open(events)
    bodies = [body(event) for event in events]
    before, cpu, begin = practice.calls(), server.cpu(), time.time()
    load = send(server.port, bodies, HANG_GUARD_SECONDS)
    practice.wait_for(before + len(events))  # reading the whole ledger meanwhile would slow LINE down
    seconds = practice.wait_for_replies(len(warm) + len(events)) - begin
    cpu_ms = (server.cpu() - cpu) * 1000 / len(events)
    _all_sent(load, len(events))
    print(
        f"  replies, {name}: {len(events) / seconds:.0f}/s finished, webhooks {load.rate:.0f}/s, "
        f"p99 {load.p99:.0f} ms, load generator {load.cpu:.0%} of a core",
        flush=True,
    )
    kept = {**asdict(load), "cpu_percent": load.cpu * 100, "server_cpu_ms": cpu_ms}
    return {"finished": len(events) / seconds, **kept}


def _all_sent(load: Load, count: int) -> None:
    if load.acknowledged != count:
        raise RuntimeError(f"only {load.acknowledged} of {count} webhooks got their 200: {load.other}")
