"""How soon the web is ready and how much memory it takes, beside a Flask app that only imports the SDK."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from bench.content import trim
from bench.events import PracticeLine, body, text_events
from bench.load import send
from bench.numbers import median
from bench.servers import ROOT, example, practice_line, web
from bench.table import Row
from bot.knowledge.loader import load

ROUNDS: Final = 3
SECONDS: Final = 3.0
MEGABYTES: Final = 220.0

Seen = dict[str, list[float]]


def rows(scratch: Path) -> tuple[list[Row], dict[str, Any]]:
    """Start ours with the real content, the example, and ours with the trimmed content in turn."""
    big = trim(load(ROOT / "content"), ROOT / "content", scratch / "content-for-start")
    sides = ("ours", "baseline", "ours, 2,000 things")
    raw: dict[str, Seen] = {side: {"started": [], "memory": []} for side in sides}
    with practice_line(scratch) as line:
        practice = PracticeLine(line.port)
        for _ in range(ROUNDS):
            _ours(raw["ours"], scratch, practice, None)
            _baseline(raw["baseline"], scratch)
            _ours(raw["ours, 2,000 things"], scratch, practice, big)
    other = raw["baseline"]
    found = []
    for side in ("ours", "ours, 2,000 things"):
        name = f"start{side.removeprefix('ours')}"
        seconds = (median(raw[side]["started"]), median(other["started"]))
        memory = (median(raw[side]["memory"]), median(other["memory"]))
        found += [
            Row(f"{name}: to the first 200", "s", *seconds, at_most=SECONDS),
            Row(f"{name}: memory after an answer", "MB", *memory, at_most=MEGABYTES),
        ]
    return found, raw


def _ours(seen: Seen, scratch: Path, practice: PracticeLine, content: Path | None) -> None:
    practice.reset()
    with web(scratch, practice.base_url, content) as server:
        events = text_events(1)
        practice.open(events)
        before = practice.calls()
        send(server.port, [body(events[0])], 1)
        practice.wait_for(before + 1)
        seen["started"].append(server.started)
        seen["memory"].append(server.memory())


def _baseline(seen: Seen, scratch: Path) -> None:
    with example(scratch, "bench.hello_app:app") as server:
        seen["started"].append(server.started)
        seen["memory"].append(server.memory())
