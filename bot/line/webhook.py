"""A webhook request as bytes: is it LINE's, which events does it hold, and what does one of them say.

Everything is read from plain JSON, see docs/adr/0003-read-webhooks-as-plain-json.md.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

MAX_BYTES: Final = 1_000_000
"""Largest request that is read: LINE's own are a thousand times smaller."""

_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_TOKEN = re.compile(r"[!-~]{1,256}")
_LONGEST_NUMBER: Final = 18  # digits that fit into the database's 64 bits


class BadRequest(Exception):
    """The request is signed, but is no webhook that could be split into events."""


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One event before anything is understood: what is needed to keep it, order it and answer it once.

    `body` is ASCII JSON. `sent_at` is in microseconds since 1970 UTC, None where LINE gave no such number.
    `message_id` is the message it brings, `unsends` the one it takes back.
    """

    event_id: str
    body: bytes
    user_id: str | None
    reply_token: str | None
    sent_at: int | None
    message_id: str | None
    unsends: str | None


def is_signed(body: bytes, signature: bytes, secrets: Iterable[str]) -> bool:
    """Return True when the base64 `signature` is that of `body` under one of the channel secrets."""
    digests = (hmac.new(secret.encode(), body, hashlib.sha256).digest() for secret in secrets)
    return any(hmac.compare_digest(base64.b64encode(digest), signature) for digest in digests)


def split(body: bytes) -> list[RawEvent]:
    """Return the events of a request, in order, each once. Raises BadRequest."""
    try:
        payload = json.loads(body, parse_int=_number)
        events = payload["events"]
        if not isinstance(events, list):
            raise BadRequest
        return list({raw.event_id: raw for raw in map(_raw_event, events)}.values())
    except (ValueError, RecursionError, KeyError, TypeError):
        raise BadRequest from None


def load_event(body: bytes) -> Any:
    """Return the JSON of a kept event, or None for what is no JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def sane_id(value: object) -> str | None:
    """Return an id of LINE's (user, message, group) if it looks like one."""
    return value if isinstance(value, str) and re.fullmatch(r"[0-9A-Za-z_-]{1,64}", value) else None


def sane_token(value: object) -> str | None:
    """Return a reply token if it looks like one."""
    return value if isinstance(value, str) and _TOKEN.fullmatch(value) else None


def part(event: object, key: str) -> dict[str, Any]:
    """Return an object inside an event; whatever else is there counts as an empty one."""
    inner = event.get(key) if isinstance(event, dict) else None
    return inner if isinstance(inner, dict) else {}


def millis(value: object) -> int | None:
    """Return LINE's timestamp in milliseconds if it is one of this age (1970 to 2100)."""
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 4_102_444_800_000
    return value if fits else None  # type: ignore[return-value]


def moment_of(value: object) -> datetime | None:
    """Return LINE's timestamp as an aware datetime in UTC, or None."""
    at = millis(value)
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC)


def _raw_event(event: object) -> RawEvent:
    fields = event if isinstance(event, dict) else {}
    sent = millis(fields.get("timestamp"))
    return RawEvent(
        event_id=_key(event, fields),
        body=json.dumps(event, separators=(",", ":")).encode("ascii"),
        user_id=sane_id(part(fields, "source").get("userId")),
        reply_token=sane_token(fields.get("replyToken")),
        sent_at=None if sent is None else sent * 1000,
        message_id=sane_id(part(fields, "message").get("id")),
        unsends=sane_id(part(fields, "unsend").get("messageId")),
    )


def _key(event: object, fields: dict[str, Any]) -> str:
    """Return what tells this event from all others; without LINE's own id a hash of what stays the same."""
    given = fields.get("webhookEventId")
    if isinstance(given, str) and _ID.fullmatch(given):
        return given
    # A redelivered event differs from the first delivery in this part only.
    lasting = {key: fields[key] for key in fields if key != "deliveryContext"} if fields else event
    text = json.dumps(lasting, sort_keys=True)
    return "sha256:" + hashlib.sha256(text.encode("ascii")).hexdigest()


def _number(digits: str) -> int | str:
    """Return a whole number; one that no computer counts with stays the text it is."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits
