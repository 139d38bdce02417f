"""Processes that run together: started in order, heard line by line, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final
from urllib.request import ProxyHandler, build_opener

from bot.clock import Clock

START_SECONDS: Final = 90.0
STOP_SECONDS: Final = 10.0
COLOURS: Final = (36, 32, 35, 34, 33)
"""Terminal colours of names, in the order in which they first speak."""

open_loopback = build_opener(ProxyHandler({})).open
"""Open an address of this machine: never through a proxy, whatever the environment says."""


@dataclass(frozen=True, slots=True)
class Part:
    """One process: `module` with arguments, run by our interpreter, ready when `address` answers 200."""

    name: str
    module: tuple[str, ...]
    address: str = ""


class Stopped(Exception):
    """Time to stop: `sentence` says what went wrong, or is empty when somebody asked for it."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Crew:
    """The running processes. `ended` gets (name, exit code) of each that ends, or None for a wish to stop."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self._root = root
        self.ended: SimpleQueue[tuple[str, int] | None] = SimpleQueue()
        self._environment = environment
        self._running: list[subprocess.Popen[bytes]] = []
        self._relays: list[threading.Thread] = []
        self._colours: dict[str, int] = {}
        self._now = Clock().monotonic
        self._voice = threading.Lock()

    def start(self, part: Part) -> None:
        """Start a process in a session of its own, so that Ctrl-C reaches only us and we stop it in order."""
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own modules
            [sys.executable, "-m", *part.module],
            cwd=self._root,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._running.append(process)
        self._relays.append(threading.Thread(target=self._relay, args=(part.name, process), daemon=True))
        self._relays[-1].start()
        threading.Thread(target=lambda: self.ended.put((part.name, process.wait())), daemon=True).start()

    def once(self, part: Part) -> None:
        """Run a part to its end. Raises Stopped when it fails or somebody wants to stop."""
        self.start(part)
        match self.ended.get():
            case (_, 0):
                return
            case ended:
                self._give_up(ended)

    def wait_ready(self, part: Part) -> None:
        """Wait until the part's address answers 200. Raises Stopped when that does not come to pass."""
        deadline = self._now() + START_SECONDS
        while part.address and not _answers(part.address):
            if self._now() > deadline:
                raise Stopped(
                    f"{part.name} did not answer at {part.address} within {START_SECONDS:.0f} seconds."
                )
            self._listen(0.1)

    def wait(self) -> None:
        """Wait until something ends; always leaves by Stopped."""
        while True:
            self._listen(None)

    def stop(self) -> None:
        """End every process, the last started first: kindly, and after 10 seconds by force."""
        for process in reversed(self._running):
            _signal_group(process, signal.SIGTERM)
        deadline = self._now() + STOP_SECONDS
        for process in self._running:
            try:
                process.wait(max(0.0, deadline - self._now()))
            except subprocess.TimeoutExpired:
                self.say("run", f"process {process.pid} did not stop and is killed")
            _signal_group(process, signal.SIGKILL)
        for relay in self._relays:
            relay.join(1)  # last words are the ones that explain

    def say(self, name: str, line: str) -> None:
        """Write one line with the name of who says it in front, coloured on a terminal."""
        colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
        mark = f"\033[{colour}m{name:>8} |\033[0m" if _wants_colours() else f"{name:>8} |"
        with self._voice:
            write(f"{mark} {line}")

    def _listen(self, seconds: float | None) -> None:
        try:
            self._give_up(self.ended.get(timeout=seconds))
        except Empty:
            return

    def _give_up(self, ended: tuple[str, int] | None) -> None:
        if ended is None:
            raise Stopped
        name, code = ended
        raise Stopped(f"{name} ended with exit code {code}, so everything is stopped.")

    def _relay(self, name: str, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.say(name, line.decode(errors="replace").rstrip())


def write(text: str) -> None:
    """Write to standard output. Nobody reading there any more is no reason to stop the processes."""
    with suppress(OSError):
        print(text, flush=True)  # noqa: T201  # this is what speaks to whoever runs us


def _wants_colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # it and its children may be gone
        os.killpg(process.pid, number)


def _answers(address: str) -> bool:
    try:
        with open_loopback(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):
        return False
