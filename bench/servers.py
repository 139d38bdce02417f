"""Starts and stops what is measured: the bot's web, the examples beside it, and the practice LINE."""

from __future__ import annotations

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]

from bot.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[1]
CONFIG: Final = ROOT / "gunicorn.conf.py"
SECRET: Final = "practice-channel-secret"
TOKEN: Final = "practice-channel-token"
HANG_GUARD_SECONDS: Final = 60.0


@dataclass(slots=True)
class Server:
    """One running server. `started` is how many seconds it took to its first 200."""

    process: subprocess.Popen[bytes]
    port: int
    started: float

    def memory(self) -> float:
        """Return the memory of all its processes in MB, pages they share counted once (PSS)."""
        return float(sum(one.memory_full_info().pss for one in self._family())) / 1e6

    def cpu(self) -> float:
        """Return the CPU seconds that all its processes have used so far."""
        return sum(float(one.cpu_times().user + one.cpu_times().system) for one in self._family())

    def _family(self) -> list[psutil.Process]:
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]


@contextmanager
def running(
    arguments: list[str], environment: dict[str, str], port: int, path: str, log: Path
) -> Iterator[Server]:
    """Start `python -m arguments` in its own process group, wait until `path` answers 200, end it at last."""
    begin = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=log.parent,
            env={**_clean_environment(), **environment, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - begin > HANG_GUARD_SECONDS:
                raise RuntimeError(f"{arguments} did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.01)
        yield Server(process, port, time.perf_counter() - begin)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # nothing in it is worth a graceful end
        process.wait()


@contextmanager
def web(
    scratch: Path, line: str, content: Path | None = None, database: Path | None = None
) -> Iterator[Server]:
    """Run our web with the settings of a practice run against the LINE at `line`.

    Without a migrated `database` of its own it gets a fresh one.
    """
    content = content or _own_content(scratch)
    port = free_port()
    fresh = database is None
    database = database or scratch / f"web-{port}.db"
    environment = {
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "k" * 48,
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_BASE": line,
        "LINE_DATA_API_BASE": line,
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "CONTENT_DIR": str(content),
    }
    if fresh:
        shutil.copy(_migrated(scratch, environment), database)
    arguments = ["gunicorn", "-c", str(CONFIG), "bot.wsgi:app"]
    with running(arguments, environment, port, "/healthz", scratch / f"web-{port}.log") as server:
        yield server


@contextmanager
def example(scratch: Path, app: str, line: str = "", threads: int | None = None) -> Iterator[Server]:
    """Run a small Flask app under the same gunicorn settings as ours (`threads`: other than ours)."""
    port, settings = free_port(), _gunicorn_settings()
    settings["threads"] = str(threads or settings["threads"])
    flags = [part for name, value in settings.items() for part in (f"--{name.replace('_', '-')}", value)]
    arguments = ["gunicorn", *flags, "--no-control-socket", "--bind", f"127.0.0.1:{port}", app]
    environment = {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_BASE": line,
    }
    with running(arguments, environment, port, "/", scratch / f"example-{port}.log") as server:
        yield server


@contextmanager
def practice_line(scratch: Path) -> Iterator[Server]:
    """Run the practice LINE."""
    port = free_port()
    arguments = ["emulator", "--quiet", "--port", str(port), "--secret", SECRET, "--token", TOKEN]
    with running(arguments, {}, port, "/emulator/clock", scratch / "emulator.log") as server:
        yield server


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _gunicorn_settings() -> dict[str, str]:
    """Return what our gunicorn.conf.py says in plain numbers and words, for gunicorn's command line."""
    wanted = {"worker_class", "threads", "keepalive", "timeout", "graceful_timeout"}
    found = {}
    for statement in ast.parse(CONFIG.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            if name in wanted:
                found[name.replace("keepalive", "keep_alive")] = str(ast.literal_eval(statement.value))
    assert len(found) == len(wanted), f"gunicorn.conf.py no longer says one of {wanted} plainly"
    return found | ({"worker_tmp_dir": "/dev/shm"} if Path("/dev/shm").is_dir() else {})


def _own_content(scratch: Path) -> Path:
    """Return a copy of the content: somebody who edits it meanwhile would make the web load it anew."""
    copy = scratch / "content"
    if not copy.exists():
        shutil.copytree(ROOT / "content", copy)
    return copy


def _migrated(scratch: Path, environment: dict[str, str]) -> Path:
    """Return an empty database with our tables, made once per run."""
    file = scratch / "migrated.db"
    if not file.exists():
        subprocess.run(
            [sys.executable, "-m", "bot", "migrate"],
            cwd=scratch,
            env={
                **_clean_environment(),
                **environment,
                "DATABASE_URL": f"sqlite:///{file}",
                "PYTHONPATH": str(ROOT),
            },
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return file


def _clean_environment() -> dict[str, str]:
    """Return the environment without any setting of ours, so that a shell's exports change nothing."""
    ours = {name.upper() for name in Settings.model_fields}
    return {name: value for name, value in os.environ.items() if name not in ours}


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=HANG_GUARD_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
