"""A broadcast to two million people, beside the SDK's own multicast loop."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bench.delivery_sender import CALLS, LANGUAGES, in_a_second
from bench.events import PracticeLine
from bench.servers import ROOT, practice_line
from bench.table import Row
from bot.store.migrate import upgrade

PEOPLE: Final = 2_000_000
LATENCY_MS: Final = 50
LINES_LIMIT: Final = 200.0
HANG_GUARD_SECONDS: Final = 600


def rows(scratch: Path) -> tuple[list[Row], dict[str, Any]]:
    """Send to everybody with ours, a part of them with the SDK: (rows, raw values)."""
    database = scratch / "delivery.db"
    fill(database)
    with practice_line(scratch) as line:
        practice = PracticeLine(line.port)
        sdk = _sent("sdk", database, practice)
        busy = line.cpu()
        ours = _sent("ours", database, practice)
        busy = (line.cpu() - busy) * ours["rate"] / ours["calls"]
    print(
        f"  delivery: {ours['calls']:.0f} calls to {ours['reached']:.0f} people, {ours['twice']:.0f} of them "
        f"twice; {ours['rate']:.1f}/s, busiest second as they left "
        f"{ours['busiest']:.0f}, as they were taken {ours['busiest_there']:.0f}, turned away "
        f"{ours['turned_away']:.0f}; practice LINE "
        f"{busy:.0%} of a core; the SDK's loop, {CALLS} calls: {sdk['rate']:.1f}/s",
        flush=True,
    )

    def row(name: str, unit: str, field: str, baseline: float | None = None, **limits: float) -> Row:
        other = sdk[field] if baseline is None else baseline
        return Row(f"2 M broadcast: {name}", unit, ours[field], other, **limits)

    found = [
        row("calls a second (baseline: LINE's limit)", "1/s", "rate", LINES_LIMIT, ratio_at_least=0.95),
        row("calls leaving in the busiest second", "", "busiest", LINES_LIMIT, at_most=LINES_LIMIT),
        row("sender CPU per call", "ms", "cpu_ms"),
        row("sender's share of a core", "%", "core", at_most=35.0),
        row("memory more", "MB", "memory", at_most=64.0),
        row("planning (baseline: reading the ids)", "s", "planning", at_most=3.0),
        row("planning, CPU", "s", "planning_cpu"),
        row("stored, a recipient (baseline: the id as text)", "B", "bytes", 33.0, at_most=20.0),
        row("first call after due", "s", "first", at_most=1.0),
    ]
    return found, {"ours": ours, "baseline": sdk}


def _sent(which: str, database: Path, practice: PracticeLine) -> dict[str, float]:
    """Send in a process of its own; add what the practice LINE's ledger says about it."""
    practice.reset()
    practice.delay("multicast", LATENCY_MS)
    words = ["bench.delivery_sender", which, f"sqlite:///{database}", practice.base_url]
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=HANG_GUARD_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the sender failed:\n{done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**figures, **_in_the_ledger(practice, figures)}


def _in_the_ledger(practice: PracticeLine, figures: dict[str, float]) -> dict[str, float]:
    entries = practice.entries("multicast")
    calls = [entry for entry in entries if entry["accepted"]]
    left = [datetime.fromisoformat(call["at"]).timestamp() for call in calls]
    people = Counter(person for call in calls for person in call["body"]["to"])
    seconds = left[-1] - left[0]
    rate = (len(calls) - 1) / seconds
    return {
        "calls": len(calls),
        "turned_away": len(entries) - len(calls),
        "reached": len(people),
        "twice": sum(1 for times in people.values() if times > 1),
        "rate": rate,
        "busiest_there": max(in_a_second(left)),
        "first": left[0] - figures["due"],
        "core": figures["cpu_ms"] * rate / 10,
    }


def fill(path: Path, count: int = PEOPLE) -> None:
    """Make a database with so many followers, their languages in turn."""
    upgrade(f"sqlite:///{path}")
    languages = " ".join(f"WHEN {n} THEN '{language}'" for n, language in enumerate(LANGUAGES))
    with sqlite3.connect(path) as connection:
        connection.execute(
            "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?) "
            "INSERT INTO people (user_id, language, asked_profile, following, resident, offered, unknowns, "
            f"version, changed_at) SELECT printf('U%032x', n * 2654435761), CASE n % 4 {languages} END, "
            "0, 1, 0, '[]', 0, 1, 0 FROM number",
            (count - 1,),
        )
    connection.close()
