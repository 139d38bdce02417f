"""The front door of LINE's API: token, faults, rate limit, body and ledger, the same for every call."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final

from flask import Blueprint, Response, current_app, g, request

from emulator.faults import HANG_MS, INSTEAD, RATE_LIMITED, SLOW_MS, UNAUTHORISED, Fault, hung_up, odd_body
from emulator.rules import limits
from emulator.rules.check import refusal, unreadable
from emulator.state import World

Body = dict[str, Any]

JSON_TYPE: Final = "application/json"
DROPPED_BYTES: Final = 16 * 1024 * 1024


@dataclass(slots=True)
class Answer:
    """What a call answers. `facts` go into its ledger entry."""

    status: int = 200
    body: Body = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    facts: Body = field(default_factory=dict)


View = Callable[..., Answer]
"""Takes the world, the parsed body ({} for GET) and the path's values; gives an answer."""


def world() -> World:
    """Return the practice this app serves."""
    found: World = current_app.extensions["world"]
    return found


def refuse(status: int, message: str, **more: Any) -> Answer:
    """Return an error in LINE's form."""
    return Answer(status, {"message": message, **more})


def line_call(
    blueprint: Blueprint, method: str, path: str, kind: str, *, shape: str | None = None
) -> Callable[[View], View]:
    """Register a view as one of LINE's endpoints.

    `kind` names it in the ledger, the faults and the rate limits; `shape` is the body it takes
    (`emulator.rules.check.REQUESTS`), None for a call without a body.
    """

    def register(view: View) -> View:
        @wraps(view)
        def run(**values: str) -> Response:
            practice, g.request_id = world(), str(uuid.uuid4())
            with practice.lock:
                fault = practice.faults.draw(kind)
                latency = practice.latency.get(kind, 0)
            if latency:
                practice.faults.pause(latency)
            g.raw_body = _raw_body()
            body, answer = _before(practice, kind, shape, fault, g.raw_body)
            if answer is None:
                answer = view(practice, body, **values)
            practice.record(kind, **_entry(body, answer, fault))
            return _after(practice, answer, fault)

        blueprint.add_url_rule(path, f"{method} {path}", run, methods=[method])
        return view

    return register


def _raw_body() -> bytes:
    """Return the body as it came, one byte more than LINE takes at most; what is beyond is read and dropped.

    An unread body would cost the caller its kept connection.
    """
    raw = request.stream.read(limits.BODY_BYTES + 1)
    if len(raw) > limits.BODY_BYTES:
        request.stream.read(DROPPED_BYTES)
    return raw


def _before(
    practice: World, kind: str, shape: str | None, fault: Fault | None, raw: bytes
) -> tuple[Body, Answer | None]:
    """Return the body, and an answer if the call does not even reach its endpoint."""
    if request.headers.get("Authorization", "") != f"Bearer {practice.token}":
        return {}, refuse(401, UNAUTHORISED)
    if fault and fault.mode in INSTEAD:
        return _parsed(raw) or {}, refuse(*INSTEAD[fault.mode])
    if fault and fault.mode == "reset":
        return _parsed(raw) or {}, Answer(0)
    if fault and fault.mode == "slow":
        practice.faults.pause(SLOW_MS if fault.delay_ms is None else fault.delay_ms)
    with practice.lock:
        if not practice.rates.take(kind, f"{request.method} {request.url_rule}", practice.clock.seconds()):
            return {}, refuse(429, RATE_LIMITED)
    return ({}, None) if shape is None else _read(shape, raw)


def _read(shape: str, raw: bytes) -> tuple[Body, Answer | None]:
    """Parse and check the body."""
    if request.mimetype != JSON_TYPE:
        return {}, refuse(415, "Content type must be application/json")
    if len(raw) > limits.BODY_BYTES:
        return {}, refuse(413, "Request body is too large")
    body = _parsed(raw)
    if body is None:
        return {}, Answer(400, unreadable())
    wrong = refusal(shape, body, len(raw))
    return body, Answer(400, wrong) if wrong else None


def _parsed(raw: bytes) -> Body | None:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _entry(body: Body, answer: Answer, fault: Fault | None) -> Body:
    """Return the facts of a call for the ledger; the status is what the caller sees (0: nothing)."""
    accepted = 200 <= answer.status < 300
    seen = answer.status
    if accepted and fault:
        seen = {"accept-then-500": 500, "accept-then-reset": 0, "odd-body": 200}.get(fault.mode, seen)
    return {
        "method": request.method,
        "path": request.path,
        "status": seen,
        "accepted": accepted,
        "reply_token": body.get("replyToken"),
        "retry_key": request.headers.get("X-Line-Retry-Key"),
        "recipients": 0,
        "body": body or request.args.to_dict(),
        "request_id": g.request_id,
        "fault": fault.mode if fault else None,
        **answer.facts,
    }


def _after(practice: World, answer: Answer, fault: Fault | None) -> Response:
    """Turn the answer into what the caller gets, faults included."""
    mode = fault.mode if fault else ""
    accepted = 200 <= answer.status < 300
    if mode == "reset" or (accepted and mode == "accept-then-reset"):
        return hung_up()
    if accepted and mode == "accept-then-500":
        answer = refuse(*INSTEAD["500"])
    if accepted and mode == "accept-then-hang":
        practice.faults.pause(HANG_MS if fault is None or fault.delay_ms is None else fault.delay_ms)
    response = Response(json.dumps(answer.body), answer.status, answer.headers, content_type=JSON_TYPE)
    if accepted and mode == "odd-body":
        response = odd_body()
    response.headers["x-line-request-id"] = g.request_id
    return response
