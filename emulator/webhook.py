"""Webhooks out: signed, with LINE's two seconds, and sent again when nobody said 2xx."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import urllib3

from emulator.events import Event
from emulator.later import Later
from emulator.state import BOT_USER_ID, World

DEADLINE_SECONDS: Final = 2.0
SENDERS: Final = 16


def _body(events: list[Event]) -> bytes:
    return json.dumps({"destination": BOT_USER_ID, "events": events}, ensure_ascii=False).encode(
        errors="surrogatepass"
    )


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one POST went: the status the bot gave, or None and LINE's word for the failure in `reason`."""

    status: int | None
    reason: str | None

    @property
    def acknowledged(self) -> bool:
        """Whether the bot said 2xx."""
        return self.status is not None and 200 <= self.status < 300

    def as_json(self) -> dict[str, Any]:
        """Return the attempt as the control API shows it."""
        return {"status": self.status, "reason": self.reason}


def signature(secret: str, body: bytes) -> str:
    """Return the x-line-signature of a body: Base64 of HMAC-SHA256 with the channel secret."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


class Deliveries:
    """Sends events to the webhook with a small pool of threads and kept connections."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._later = Later()
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="webhook")
        self._http = urllib3.PoolManager(
            num_pools=4, maxsize=SENDERS, retries=False, timeout=urllib3.Timeout(total=DEADLINE_SECONDS)
        )

    def send(self, event: Event, settled: Callable[[bool], None] | None = None) -> Future[Attempt]:
        """Send one event and, if need be, send it again later; the future is the first attempt.

        `settled(acknowledged)` is called once, when it is acknowledged or will not be sent again.
        """
        return self._pool.submit(self._try, event, 0, settled)

    def later_on(self, work: Callable[[], None]) -> Future[None]:
        """Run `work`, which may call `deliver`, on one of the sending threads."""
        return self._pool.submit(work)

    def forget(self) -> None:
        """Drop the redeliveries that are still to come."""
        self._later.forget()

    def deliver(self, event: Event, settled: Callable[[bool], None] | None = None) -> Attempt:
        """Send one event on the calling thread; otherwise like `send`."""
        return self._try(event, 0, settled)

    def _try(self, event: Event, again: int, settled: Callable[[bool], None] | None) -> Attempt:
        if again:
            event = {**event, "deliveryContext": {"isRedelivery": True}}
        attempt = self.post([event])
        waits = self._world.webhook.redelivery_after if self._world.webhook.redelivery else []
        if not attempt.acknowledged and again < len(waits):
            seconds = waits[again] - (waits[again - 1] if again else 0)
            self._later.after(seconds, lambda: self._pool.submit(self._try, event, again + 1, settled))
        elif settled:
            settled(attempt.acknowledged)
        return attempt

    def post(self, events: list[Event], url: str | None = None) -> Attempt:
        """Sign and POST exactly these events in one request, once; start the minute of their reply tokens."""
        body = _body(events)
        with self._world.lock:
            address = url or self._world.webhook.url
            now = self._world.clock.seconds()
            for event in events:
                self._open_token(event, now)
        attempt = self._request(address, body) if address else Attempt(None, "could_not_connect")
        self._record(events, address, attempt)
        return attempt

    def answers(self) -> bool:
        """Return whether anything answers at the webhook's address; leaves no trace in the ledger."""
        address = self._world.webhook.url
        return address is not None and self._request(address, _body([])).status is not None

    def _request(self, address: str, body: bytes) -> Attempt:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": signature(self._world.secret, body),
        }
        try:
            answer = self._http.request("POST", address, body=body, headers=headers, redirect=False)
        except urllib3.exceptions.ConnectTimeoutError:
            return Attempt(None, "could_not_connect")
        except urllib3.exceptions.TimeoutError:
            return Attempt(None, "request_timeout")
        except urllib3.exceptions.NewConnectionError:
            return Attempt(None, "could_not_connect")
        except urllib3.exceptions.HTTPError:
            return Attempt(None, "unclassified")
        return Attempt(answer.status, None if 200 <= answer.status < 300 else "error_status_code")

    def _open_token(self, event: Any, now: float) -> None:
        """Start the minute of an event's reply token, as far as the event has one (raw events may be odd)."""
        token = event.get("replyToken") if isinstance(event, dict) else None
        if isinstance(token, str):
            source = event.get("source")
            user_id = source.get("userId") if isinstance(source, dict) else None
            self._world.reply_tokens.open(token, user_id if isinstance(user_id, str) else None, now)

    def _record(self, events: list[Event], address: str | None, attempt: Attempt) -> None:
        known = [event for event in events if isinstance(event, dict)]
        contexts = [event.get("deliveryContext") for event in known]
        self._world.record(
            "webhook",
            path=address,
            status=attempt.status,
            accepted=attempt.acknowledged,
            reason=attempt.reason,
            events=[event.get("webhookEventId") for event in known],
            redelivery=any(
                isinstance(context, dict) and context.get("isRedelivery") is True for context in contexts
            ),
        )
