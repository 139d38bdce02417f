"""The emulator as a process: gunicorn with one worker, so that all state lives in one memory."""

from __future__ import annotations

import signal
import sys
import threading
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from emulator.app import create_app
from emulator.ledger import Entry
from emulator.state import World

THREADS: Final = 64
CONNECTIONS: Final = 2_000
STOP_SECONDS: Final = 3


@dataclass(frozen=True, slots=True)
class Options:
    """How to start. Port 0 takes any free port; the address is printed either way."""

    host: str
    port: int
    secret: str
    token: str
    webhook_url: str | None
    follow: bool
    quiet: bool


class Server(BaseApplication):  # type: ignore[misc]
    """Serves one practice until it is told to stop."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._world: World | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn up: one worker with threads, silent unless something breaks."""
        settings: dict[str, Any] = {
            "bind": f"{self._options.host}:{self._options.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "worker_connections": CONNECTIONS,
            "keepalive": 75,
            "backlog": 1024,
            "timeout": 120,
            "graceful_timeout": STOP_SECONDS,
            "loglevel": "error",
            "control_socket_disable": True,
            "when_ready": self._announce,
            "post_worker_init": self._let_go_on_stop,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the practice, in the worker."""
        options = self._options
        self._world = World(
            secret=options.secret, token=options.token, on_entry=None if options.quiet else _say
        )
        self._world.webhook.url = options.webhook_url
        return create_app(self._world, follow=options.follow)

    def _announce(self, arbiter: Any) -> None:
        """Print the address as soon as connections are taken."""
        host, port = arbiter.LISTENERS[0].sock.getsockname()[:2]
        print(f"practice LINE on http://{host}:{port}", flush=True)  # noqa: T201 - the program's own word

    def _let_go_on_stop(self, _worker: Any) -> None:
        """On SIGTERM, end the calls that wait for news, so that the worker can finish."""
        worker_stops = signal.getsignal(signal.SIGTERM)

        def stop(number: int, frame: Any) -> None:
            if self._world:
                threading.Thread(target=self._world.close, daemon=True).start()
            if callable(worker_stops):
                worker_stops(number, frame)

        signal.signal(signal.SIGTERM, stop)


def _say(entry: Entry) -> None:
    """Print one line for each call and webhook, without what was said in it."""
    fault = f" ({entry['fault']})" if entry.get("fault") else ""
    sys.stderr.write(f"{entry['at']} {entry['kind']} {entry['path']} {entry['status']}{fault}\n")
