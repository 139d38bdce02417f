"""Sends to many people: the SDK's own bytes without the SDK, whose models cost six times the CPU a call."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

import urllib3

from bot import logs
from bot.line.port import Allowance, Outcome, Sent
from bot.line.sdk import classify

SECONDS: Final = (3.0, 10.0)
"""Time to connect and to be answered."""

MONTHLY_LIMIT: Final = b"monthly limit"
"""LINE's 429 has two meanings, and only its words tell them apart."""

_log = logs.get(__name__)


class Multicast:
    """The MassPort that speaks to LINE, or to the practice LINE, at `base`, from so many threads."""

    def __init__(
        self,
        base: str,
        token: str,
        proxy: str | None = None,
        threads: int = 64,
        seconds: tuple[float, float] = SECONDS,
    ) -> None:
        self._base = base
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "User-Agent": "awamado",
        }
        timeout = urllib3.Timeout(connect=seconds[0], read=seconds[1])
        settings: dict[str, Any] = {"maxsize": threads, "retries": False, "timeout": timeout}
        self._http: urllib3.PoolManager = urllib3.PoolManager(**settings)
        if proxy:
            auth = urllib3.util.parse_url(proxy).auth
            named = urllib3.make_headers(proxy_basic_auth=auth) if auth else None
            self._http = urllib3.ProxyManager(proxy, proxy_headers=named, **settings)

    def multicast(self, packed: bytes, messages: bytes, retry_key: str, unit: str | None = None) -> Sent:
        """Send messages (JSON) to up to 500 people, 16 bytes each."""
        to = b'["U' + packed.hex("|", 16).replace("|", '", "U').encode() + b'"]'
        body = b'{"messages": %b, "to": %b, %b}' % (messages, to, _tail(unit))
        return self._send("/v2/bot/message/multicast", body, retry_key)

    def push(self, packed: bytes, messages: bytes, retry_key: str, unit: str | None = None) -> Sent:
        """Send messages (JSON) to one person, 16 bytes."""
        body = b'{"to": "U%b", "messages": %b, %b}' % (packed.hex().encode(), messages, _tail(unit))
        return self._send("/v2/bot/message/push", body, retry_key)

    def broadcast(self, packed: bytes, messages: bytes, retry_key: str, unit: str | None = None) -> Sent:  # noqa: ARG002
        """Send messages (JSON) to every friend of the account; LINE takes neither names nor a unit here."""
        body = b'{"messages": %b, %b}' % (messages, _tail(None))
        return self._send("/v2/bot/message/broadcast", body, retry_key)

    def allowance(self) -> Allowance:
        """Return how many more messages LINE lets us send this month."""
        quota, limit = self._get("/v2/bot/message/quota")
        if quota is not Outcome.ACCEPTED or limit.get("type") == "none":
            return Allowance(quota)
        used, consumption = self._get("/v2/bot/message/quota/consumption")
        try:
            return Allowance(used, int(limit["value"]) - int(consumption["totalUsage"]))
        except (KeyError, TypeError, ValueError):
            return Allowance(Outcome.UNKNOWN if used is Outcome.ACCEPTED else used)

    def validate(self, messages: bytes) -> Sent:
        """Ask LINE whether it would take these messages (JSON); nothing is sent. Its words are the note."""
        sent, data = self._call(
            "POST", "/v2/bot/message/validate/multicast", b'{"messages": %b}' % messages, self._headers
        )
        return replace(sent, note=_reason(data))

    def close(self) -> None:
        """Let the connections go."""
        self._http.clear()

    def _send(self, path: str, body: bytes, retry_key: str) -> Sent:
        sent, data = self._call("POST", path, body, {**self._headers, "X-Line-Retry-Key": retry_key})
        if sent.status == 429 and MONTHLY_LIMIT in data:
            sent = Sent(Outcome.QUOTA, sent.request_id, sent.status)
        if sent.outcome is not Outcome.ACCEPTED:
            _log.warning(
                "batch_not_accepted",
                outcome=sent.outcome.value,
                status=sent.status,
                line_request_id=sent.request_id,
                reason=_reason(data),
            )
        return sent

    def _get(self, path: str) -> tuple[Outcome, dict[str, Any]]:
        sent, data = self._call("GET", path, None, self._headers)
        return sent.outcome, _json_object(data)

    def _call(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[Sent, bytes]:
        try:
            answer = self._http.request(method, self._base + path, body=body, headers=headers, redirect=False)
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            return Sent(Outcome.UNREACHED), b""
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as failure:
            _log.warning("line_unreachable", path=path, failure=type(failure).__name__)
            return Sent(Outcome.UNKNOWN), b""
        known = answer.headers.get("x-line-accepted-request-id") or answer.headers.get(
            "x-line-request-id", ""
        )
        return Sent(classify(answer.status), known, answer.status), answer.data


def _tail(unit: str | None) -> bytes:
    units = f', "customAggregationUnits": ["{unit}"]' if unit else ""
    return f'"notificationDisabled": false{units}'.encode()


def _reason(data: bytes) -> str:
    """Return LINE's own words about a refusal: the first detail where it gives some."""
    said = _json_object(data)
    details = said.get("details")
    first = details[0] if isinstance(details, list) and details and isinstance(details[0], dict) else {}
    parts = (said.get("message", ""), first.get("property", ""), first.get("message", ""))
    return " ".join(str(part) for part in parts if part)[:200]


def _json_object(data: bytes) -> dict[str, Any]:
    """Return a JSON object, or an empty one for everything else."""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
