"""A bot that only listens: keeps every webhook it gets and answers as it is told."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

HANG_GUARD_SECONDS = 30.0


@dataclass(frozen=True)
class Heard:
    """One webhook as it came in."""

    body: str
    signature: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events in it."""
        events: list[dict[str, Any]] = json.loads(self.body)["events"]
        return events


@dataclass
class ListeningBot:
    """Serves /webhook on a free port. `statuses` are used up one a webhook, then it is 200."""

    statuses: list[int] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> Self:
        bot = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.send_response(bot._hear(Heard(body, self.headers["x-line-signature"])))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._changed = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait_for(self, count: int) -> list[Heard]:
        """Return the first `count` webhooks as soon as they are there."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.heard) >= count, HANG_GUARD_SECONDS)
            return self.heard[:count]

    def _hear(self, heard: Heard) -> int:
        with self._changed:
            self.heard.append(heard)
            self._changed.notify_all()
            return self.statuses.pop(0) if self.statuses else 200
