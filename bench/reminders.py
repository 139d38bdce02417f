"""The evening reminder of 200,000 people: four areas, five languages, the worker killed in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bench.events import PracticeLine
from bench.servers import ROOT, SECRET, TOKEN, practice_line
from bench.table import Row
from bot.language.tags import TAGS
from bot.store.migrate import upgrade

PEOPLE: Final = 200_000
AREAS: Final = ("A", "B", "C", "D")
KILLED_AFTER: Final = 150
"""Calls of LINE after which the worker is killed."""

HANG_GUARD_SECONDS: Final = 300
LINES_LIMIT: Final = 200.0
_CHOSEN: Final = ("NULL", "'[\"paper\"]'", "'[\"pet-bottles\"]'")
"""What people want: everything, paper, PET bottles."""


def rows(scratch: Path) -> tuple[list[Row], dict[str, Any]]:
    """Remind everybody of tomorrow, killing the worker once: (rows, raw values)."""
    database, content = scratch / "reminders.db", _content(scratch)
    _fill(database)
    with practice_line(scratch) as line:
        practice = PracticeLine(line.port)
        practice.reset()
        _set_clock(practice)
        began = time.monotonic()
        with _worker(scratch, database, content, practice):
            _wait(lambda: practice.calls() >= KILLED_AFTER, "the first calls")
        killed = time.monotonic()
        with _worker(scratch, database, content, practice):
            _wait(lambda: _all_sent(database), "the end of every order")
        done = time.monotonic()
        entries = practice.entries("multicast")
    found = _counted(entries, database)
    found |= {"with_wait": done - began, "after_kill": done - killed}
    told = {name: f"{value:.0f}" for name, value in found.items()}
    print(
        f"  reminders: {told['calls']} calls, {told['reached']} people, {told['doubles']} doubles, "
        f"{told['missing']} missing, {told['wrong']} calls for people who should read different texts; "
        f"{found['seconds']:.1f} s from the first call to the last, kill and restart included",
        flush=True,
    )
    return [
        Row(
            "reminders: people reached (baseline: people who asked)",
            "",
            found["reached"],
            PEOPLE,
            ratio_at_least=1,
        ),
        Row("reminders: doubles, with a kill in the middle", "", found["doubles"], 0, at_most=0),
        Row("reminders: missing", "", found["missing"], 0, at_most=0),
        Row("reminders: calls (baseline: one a person)", "", found["calls"], PEOPLE),
        Row("reminders: first call to last", "s", found["seconds"], found["calls"] / LINES_LIMIT),
        Row("reminders: rows written a person (baseline: one)", "", found["rows"], 1.0),
    ], found


def _content(scratch: Path) -> Path:
    """Return the content with a calendar that a city loaded: paper and PET bottles every day, everywhere."""
    content = scratch / "reminders-content"
    shutil.copytree(ROOT / "content", content)
    days = content / "collection" / "days.csv"
    head = days.read_text(encoding="utf-8").splitlines()[0]
    every_day = '"weekly Mon,Tue,Wed,Thu,Fri,Sat,Sun"'
    lines = [
        f"all-{category},A;B;C;D,{category},{every_day},2026-04-01,2030-03-31,collected,08:30,city-calendar,,,"
        "2026-11-22,2030-02-01"
        for category in ("paper", "pet-bottles")
    ]
    days.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    changes = content / "collection" / "changes.csv"
    changes.write_text(changes.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return content


def _fill(path: Path) -> None:
    """Make a database with so many followers who want to be reminded in the evening."""
    upgrade(f"sqlite:///{path}")
    languages = " ".join(f"WHEN {n} THEN '{tag}'" for n, tag in enumerate(TAGS))
    areas = " ".join(f"WHEN {n} THEN '{area}'" for n, area in enumerate(AREAS))
    chosen = " ".join(f"WHEN {n} THEN {categories}" for n, categories in enumerate(_CHOSEN))
    with sqlite3.connect(path) as connection:
        connection.execute(
            "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?) "
            "INSERT INTO people (user_id, language, asked_profile, following, resident, area, offered, "
            f"unknowns, version, changed_at) SELECT printf('U%032x', n), CASE n % 5 {languages} END, "
            f"0, 1, 1, CASE (n / 5) % 4 {areas} END, '[]', 0, 1, 0 FROM number",
            (PEOPLE - 1,),
        )
        connection.execute(
            "INSERT INTO reminders (user_id, slot, categories, starts_on, asked_at, changed_at) "
            f"SELECT user_id, 'evening', CASE rowid % 3 {chosen} END, '2026-01-01', 0, 0 FROM people"
        )
    connection.close()


def _set_clock(practice: PracticeLine) -> None:
    """Let it be a minute to eight in the evening in the practice world."""
    now = datetime.now(ZoneInfo("Asia/Tokyo"))
    evening = now.replace(hour=19, minute=58, second=50) + timedelta(days=1)
    practice.set_clock(evening.isoformat())


@contextmanager
def _worker(scratch: Path, database: Path, content: Path, practice: PracticeLine) -> Iterator[None]:
    """Run the real worker; end it by SIGKILL."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LINE_", "DATABASE"))},
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "k" * 48,
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_BASE": practice.base_url,
        "LINE_DATA_API_BASE": practice.base_url,
        "CONTENT_DIR": str(content),
    }
    with (scratch / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jobs"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _all_sent(database: Path) -> bool:
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT status, count(*) FROM send_orders GROUP BY status").fetchall()
    connection.close()
    return dict(found) == {"sent": len(AREAS)}


def _counted(entries: list[dict[str, Any]], database: Path) -> dict[str, float]:
    """Return what the practice LINE's ledger and the database say afterwards."""
    calls = [entry for entry in entries if entry["accepted"]]
    people = Counter(person for call in calls for person in call["body"]["to"])
    times = [datetime.fromisoformat(call["at"]).timestamp() for call in calls]
    wrong = sum(_mixed(call) for call in calls)
    with sqlite3.connect(database) as connection:
        (written,) = connection.execute(
            "SELECT (SELECT count(*) FROM send_batches) + (SELECT count(*) FROM send_recipients)"
        ).fetchone()
    connection.close()
    return {
        "calls": len(calls),
        "reached": len(people),
        "doubles": sum(1 for count in people.values() if count > 1),
        "missing": PEOPLE - len(people),
        "wrong": wrong,
        "seconds": times[-1] - times[0],
        "rows": written / PEOPLE,
    }


def _mixed(call: dict[str, Any]) -> bool:
    """Return whether a call goes to people who should not all read the same."""
    numbers = [int(person[1:], 16) for person in call["body"]["to"]]
    return len({(n % 5, n // 5 % 4) for n in numbers}) > 1


def _wait(look: Any, what: str) -> None:
    deadline = time.monotonic() + HANG_GUARD_SECONDS
    while not look():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come")
        time.sleep(0.1)
