"""`python -m bot run` on a fresh machine: everything starts, works together, and stops together."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from urllib.request import Request, urlopen

import psutil
import pytest

from bot.settings import Settings
from tests import small
from tests.component.program import copy_program
from tests.real import CONTENT

HANG_GUARD = 120


class Running:
    """A practice run in a copy of the tree, and what it has printed so far."""

    def __init__(self, folder: Path) -> None:
        names = {name.upper() for name in Settings.model_fields}
        environment = {name: value for name, value in os.environ.items() if name not in names}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        self._lines: Queue[str | None] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip())
        self._lines.put(None)

    def until(self, words: str) -> str:
        """Return the first line with these words, waiting for it."""
        while (line := self._lines.get(timeout=HANG_GUARD)) is not None:
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError("\n".join(["it ended without saying: " + words, *self.said]))

    def addresses(self) -> dict[str, str]:
        """Return what the table shows once everything runs."""
        self.until("Stop with Ctrl-C")
        return dict(re.findall(r"^  (\w[\w ]*?)  +(http\S+)$", "\n".join(self.said), re.MULTILINE))

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(HANG_GUARD)


@pytest.fixture
def new_machine(tmp_path: Path) -> Path:
    """Return a copy of the whole, from which nothing has run yet."""
    return copy_program(tmp_path / "new", content=CONTENT, compiled=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy with the small content: what it answers plays no part."""
    return copy_program(tmp_path / "small", content=small.content())


@contextmanager
def started(folder: Path) -> Iterator[Running]:
    """Run it in a folder, and end it whatever happens."""
    running = Running(folder)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.end(signal.SIGTERM)


def call(method: str, address: str, body: object = None) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(address, data, {"Content-Type": "application/json"}, method=method)) as answer:
        result: dict[str, object] = json.load(answer)
    return result


def processes_in(folder: Path) -> list[psutil.Process]:
    """Return every process that works in this folder."""
    every = psutil.process_iter(["cwd", "cmdline", "status"])
    here = [process for process in every if process.info["cwd"] == str(folder)]
    return [process for process in here if process.info["status"] != psutil.STATUS_ZOMBIE]


def test_a_newcomer_asks_and_is_answered(new_machine: Path) -> None:
    """From an empty folder to an answer on a phone; Ctrl-C stops all of it with exit code 0."""
    with started(new_machine) as running:
        addresses = running.addresses()
        assert set(addresses) == {"Phone page", "Console", "Health"}
        invited = re.findall(r"^    (\w+) +(?:\w{4}-){3}\w{4}$", "\n".join(running.said), re.MULTILINE)
        assert invited == ["writer", "approver", "admin"]
        assert call("GET", addresses["Health"])["mode"] == "practice"
        assert_that_a_phone_is_answered(addresses["Phone page"].rstrip("/"))
        assert running.end(signal.SIGINT) == 0
    assert processes_in(new_machine) == []


def assert_that_a_phone_is_answered(emulator: str) -> None:
    people = call("GET", f"{emulator}/emulator/state")["people"]
    assert isinstance(people, list)
    person = f"{emulator}/emulator/people/{people[0]['user_id']}"
    call("POST", f"{person}/events?wait=1", {"type": "follow"})
    call("POST", f"{person}/events?wait=1", {"type": "text", "text": "電池"})
    answered, seen = 0, 0
    while answered < 2:
        items = call("GET", f"{person}/timeline?after={seen}&wait=20")["items"]
        assert isinstance(items, list)
        assert items, "no answer came"
        seen = items[-1]["seq"]
        answered += len({item["seq"] for item in items if item["from"] == "bot"})


def test_when_one_part_dies_everything_stops(folder: Path) -> None:
    """A killed worker takes the rest along; its name and exit code are the last thing said."""
    with started(folder) as running:
        running.addresses()
        (worker,) = [one for one in processes_in(folder) if one.info["cmdline"][-1] == "jobs"]
        worker.kill()
        running.until("worker ended with exit code -9, so everything is stopped.")
        assert running.process.wait(HANG_GUARD) == 1
    assert processes_in(folder) == []


def test_broken_content_is_named_and_nothing_starts(folder: Path) -> None:
    """Content with a mistake ends the start with exit code 1 and the file's name."""
    (folder / "content" / "city.yaml").write_text("[")
    with started(folder) as running:
        running.until("city.yaml")
        assert running.process.wait(HANG_GUARD) == 1
    assert processes_in(folder) == []
