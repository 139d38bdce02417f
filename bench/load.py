"""The load generator: a process that sends signed webhooks over kept connections and times each answer.

`python -m bench.load PORT CONNECTIONS SECONDS SECRET` reads webhook bodies, one a line, from standard input,
sends them until the time or the bodies are used up, and prints one JSON object. It is one thread around
`select`, so that it takes as little as possible of the machine that it measures.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from bench.numbers import quantile
from bench.servers import HANG_GUARD_SECONDS, ROOT, SECRET, Server

CONNECTIONS: Final = 16
_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of the generator saw. Rates are 200s a second, times in ms, CPU as a share of one core."""

    acknowledged: int
    other: dict[str, int]
    seconds: float
    rate: float
    p50: float
    p99: float
    cpu: float
    server_cpu_ms: float = 0.0


def measured(server: Server, bodies: list[bytes], seconds: float) -> Load:
    """Like `send`, with the CPU that the server used meanwhile, in ms for each 200."""
    begin = server.cpu()
    load = send(server.port, bodies, seconds)
    return replace(load, server_cpu_ms=(server.cpu() - begin) * 1000 / max(1, load.acknowledged))


def send(port: int, bodies: list[bytes], seconds: float) -> Load:
    """Send bodies to `/webhook` at a port of this machine for at most `seconds`, from another process."""
    command = [sys.executable, "-m", "bench.load", str(port), str(CONNECTIONS), str(seconds), SECRET]
    child = subprocess.run(command, cwd=ROOT, input=b"\n".join(bodies), stdout=subprocess.PIPE, check=True)
    return Load(**json.loads(child.stdout))


@dataclass(slots=True)
class _Connection:
    """One kept connection, waiting for the answer to what it sent at `sent`."""

    socket: socket.socket
    sent: float = 0.0
    received: bytes = b""

    def say(self, request: bytes) -> None:
        """Send one request; it is small enough for the socket's buffer."""
        self.received, self.sent = b"", time.perf_counter()
        self.socket.sendall(request)

    def status(self) -> int | None:
        """Read what came; return the status once the answer is complete, 0 when the connection is gone."""
        more = self.socket.recv(65536)
        self.received += more
        head, end, body = self.received.partition(_END)
        if not more:
            return 0
        if not end:
            return None
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        return int(head[9:12]) if len(body) >= length else None


def run(port: int, connections: int, seconds: float, requests: list[bytes]) -> dict[str, Any]:
    """Send the requests, each connection one after the other; return the fields of Load."""
    waiting, left = selectors.DefaultSelector(), iter(requests)
    seen: dict[int, int] = {}
    times: list[float] = []
    lines = [_Connection(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)]
    begin, cpu = time.perf_counter(), time.process_time()
    for line in lines:
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        waiting.register(line.socket, selectors.EVENT_READ, line)
        _go_on(line, left, waiting)
    while waiting.get_map():
        ready = waiting.select(HANG_GUARD_SECONDS)
        assert ready, "the server stopped answering"
        for key, _ in ready:
            status = key.data.status()
            if status is None:
                continue
            now = time.perf_counter()
            seen[status] = seen.get(status, 0) + 1
            times.append((now - key.data.sent) * 1000)
            if status and now - begin < seconds:
                _go_on(key.data, left, waiting)
            else:
                waiting.unregister(key.fileobj)
    taken = time.perf_counter() - begin
    good = seen.pop(200, 0)
    return {
        "acknowledged": good, "other": {str(status): count for status, count in seen.items()},
        "seconds": taken, "rate": good / taken, "cpu": (time.process_time() - cpu) / taken,
        "p50": quantile(times, 0.5), "p99": quantile(times, 0.99),
    }  # fmt: skip


def _go_on(line: _Connection, left: Iterator[bytes], waiting: selectors.BaseSelector) -> None:
    """Send the next request, or take the connection off when there is none left."""
    request = next(left, None)
    if request is None:
        waiting.unregister(line.socket)
    else:
        line.say(request)


def _request(body: bytes, secret: str) -> bytes:
    signature = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    head = (
        "POST /webhook HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"X-Line-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body


if __name__ == "__main__":
    _port, _connections, _seconds, _secret = sys.argv[1:]
    _requests = [_request(body, _secret) for body in sys.stdin.buffer.read().split(b"\n")]
    print(json.dumps(run(int(_port), int(_connections), float(_seconds), _requests)))
