"""Webhooks for the load: unique text events of known people, whose reply tokens the practice LINE takes."""

from __future__ import annotations

import csv
import json
import secrets
import time
from datetime import datetime
from typing import Any, Final

import urllib3

from bench.servers import HANG_GUARD_SECONDS, ROOT

PEOPLE: Final = tuple(f"Ube7c{number:028x}" for number in range(100))
BOT: Final = "U" + "0" * 32
_OPENED_AT_ONCE: Final = 1_000


class PracticeLine:
    """The control interface of the running practice LINE."""

    def __init__(self, port: int) -> None:
        self.base_url = f"http://127.0.0.1:{port}"
        self._http = urllib3.PoolManager(retries=False, timeout=HANG_GUARD_SECONDS)

    def reset(self, latency_ms: int = 0) -> None:
        """Forget everything; know the people; take this long to answer a reply."""
        self._call("POST", "/emulator/reset", {})
        for person in PEOPLE:
            self._call("POST", "/emulator/people", {"user_id": person, "name": "Bench", "phone": False})
        self._call("PUT", "/emulator/latency", {"reply": latency_ms})

    def delay(self, kind: str, latency_ms: int) -> None:
        """Take this long to answer calls of one kind."""
        self._call("PUT", "/emulator/latency", {kind: latency_ms})

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """Return the ledger's entries of one kind of call, in order."""
        found: list[dict[str, Any]] = self._call("GET", f"/emulator/ledger?kind={kind}", None)["entries"]
        return found

    def set_clock(self, now: str) -> None:
        """Set the practice world's clock to an ISO 8601 moment."""
        self._call("PUT", "/emulator/clock", {"now": now})

    def open(self, events: list[dict[str, Any]]) -> None:
        """Start the minute of the events' reply tokens: without a webhook address nothing is sent."""
        for start in range(0, len(events), _OPENED_AT_ONCE):
            some = events[start : start + _OPENED_AT_ONCE]
            self._call("POST", "/emulator/webhook/send", {"events": some})

    def calls(self) -> int:
        """Return how many entries the ledger has, which costs the practice LINE next to nothing."""
        last: int = self._call("GET", f"/emulator/ledger?after={10**9}", None)["last"]
        return last

    def wait_for(self, calls: int) -> None:
        """Wait until the ledger has so many entries. Raises TimeoutError when they do not come."""
        deadline = time.monotonic() + HANG_GUARD_SECONDS
        while (there := self.calls()) < calls:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{there} of {calls} calls reached the practice LINE")
            time.sleep(0.02)

    def accepted_replies(self) -> list[float]:
        """Return when each reply since the reset was accepted, in seconds since 1970."""
        entries = self._call("GET", "/emulator/ledger?kind=reply", None)["entries"]
        return [datetime.fromisoformat(entry["at"]).timestamp() for entry in entries if entry["accepted"]]

    def wait_for_replies(self, count: int) -> float:
        """Wait until so many replies are accepted; return when the last one was. Raises TimeoutError."""
        deadline = time.monotonic() + HANG_GUARD_SECONDS
        while len(accepted := self.accepted_replies()) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(accepted)} of {count} replies were accepted")
            time.sleep(0.1)
        return max(accepted)

    def _call(self, method: str, path: str, body: Any) -> Any:
        answer = self._http.request(method, self.base_url + path, json=body)
        assert answer.status < 300, f"{method} {path} answered {answer.status}: {answer.data.decode()}"
        return answer.json()


def text_events(count: int) -> list[dict[str, Any]]:
    """Return unique text events: the questions of the quality tests, asked by the people in turn."""
    with (ROOT / "tests" / "quality" / "questions" / "first.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["question"] for row in csv.DictReader(file)]
    return [_event(number, texts[number % len(texts)]) for number in range(count)]


def body(event: dict[str, Any]) -> bytes:
    """Return the webhook that brings one event, in one line."""
    return json.dumps({"destination": BOT, "events": [event]}, ensure_ascii=False).encode()


def _event(number: int, text: str) -> dict[str, Any]:
    return {
        "type": "message",
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "source": {"type": "user", "userId": PEOPLE[number % len(PEOPLE)]},
        "webhookEventId": secrets.token_hex(13).upper(),
        "deliveryContext": {"isRedelivery": False},
        "replyToken": secrets.token_hex(16),
        "message": {
            "type": "text",
            "id": str(5 * 10**17 + secrets.randbits(50)),
            "text": text,
            "quoteToken": secrets.token_hex(24),
        },
    }
