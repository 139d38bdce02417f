"""The worker process: its clockwork, what it does again and again, how it ends."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from bot.clock import Clock
from bot.lifecycle import Inbox
from bot.store import counts
from bot.store import inbox as inbox_store
from bot.store.database import Database
from bot.store.inbox import Arrival
from bot.store.models import inbox, unanswered
from bot.store.moments import micros
from jobs import retention
from jobs.timetable import Job, Patience, Stalled, Timetable
from tests.component.conftest import MakeBot, served
from tests.component.rows import rows
from tests.component.waiting import until
from tests.emulator_process import Practice
from tests.small import content

ROOT = Path(__file__).resolve().parents[2]


def test_a_job_that_fails_is_done_again() -> None:
    """One failure does not end the job, nor the others."""
    calls: list[str] = []
    done = threading.Event()

    def fails() -> None:
        calls.append("x")
        if len(calls) >= 2:
            done.set()
        raise RuntimeError

    timetable = Timetable([Job("fails", 0.05, fails)], Clock())
    runs = threading.Thread(target=timetable.run)
    runs.start()
    assert done.wait(60)
    timetable.stop()
    runs.join(60)
    assert not runs.is_alive()


def test_the_jobs_go_on_when_the_clock_is_set_back() -> None:
    """The scheduler plans by the machine's clock; the watchdog sees the silence and plans anew."""
    ticks = threading.Semaphore(0)
    timetable = Timetable([Job("job", 0.1, ticks.release)], Clock(), Patience(rearm=2.0, give_up=60.0))
    runs = threading.Thread(target=timetable.run)
    runs.start()
    assert ticks.acquire(timeout=60)
    with time_machine.travel(Clock().now() - timedelta(hours=2), tick=True):
        while ticks.acquire(blocking=False):
            pass
        assert ticks.acquire(timeout=60), "no job ran after the clock was set back"
        timetable.stop()
        runs.join(60)
    assert not runs.is_alive()


def test_a_clockwork_that_cannot_be_set_going_ends_the_worker() -> None:
    """Silence for too long is an error that a new process must mend."""
    with pytest.raises(Stalled):
        Timetable([], Clock(), Patience(rearm=0.01, give_up=0.02)).run()


def test_what_is_old_is_forgotten(database: Database) -> None:
    """Ids and masked texts go after their days; younger ones stay."""
    clock = Clock()
    for days in (1, 29, 31):
        at = micros(clock.now() - timedelta(days=days))
        name = f"event-{days}"
        arrival = Arrival(name, None, None, None, b"{}", at, at)
        database.write(lambda connection, one=arrival, now=at: inbox_store.put(connection, [one], "a", now))
        database.write(
            lambda connection, one=name: inbox_store.finish(connection, one, "a", Inbox.NEW, Inbox.IGNORED)
        )
        day = clock.today() - timedelta(days=days)
        database.write(lambda connection, on=day: counts.add_unanswered(connection, on, "ja", on.isoformat()))
    retention.forget(database, clock, event_days=30, unanswered_days=7)
    assert sorted(row["event_id"] for row in rows(database, inbox)) == ["event-1", "event-29"]
    assert [row["day"] for row in rows(database, unanswered)] == [clock.today() - timedelta(days=1)]


def test_the_worker_answers_what_the_web_left_and_stops_when_asked(
    make_bot: MakeBot, practice: Practice, store_url: str
) -> None:
    """`python -m jobs` takes over open events; SIGTERM ends it with exit code 0."""
    web = make_bot(running=False)
    with served(web.app, practice):
        practice.event(practice.person(), type="text", text="電池")
    web.runner.stop()
    environment = {
        **os.environ,
        "CONTENT_DIR": str(content()),
        "DATABASE_URL": store_url,
        "SECRET_KEY": "k" * 32,
        "LINE_CHANNEL_SECRET": practice.secret,
        "LINE_CHANNEL_ACCESS_TOKEN": practice.token,
        "LINE_API_BASE": practice.base_url,
    }
    worker = subprocess.Popen([sys.executable, "-m", "jobs"], cwd=ROOT, env=environment)
    try:
        practice.ledger("reply")
        until(lambda: [row["state"] for row in rows(web.database, inbox)] == [Inbox.ANSWERED], "answered")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    finally:
        worker.kill()
