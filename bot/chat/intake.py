"""POST /webhook: is it LINE's, keep every event, say 200. Nothing is understood here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from bot import logs
from bot.chat.runner import Runner
from bot.clock import Clock
from bot.line.webhook import MAX_BYTES, BadRequest, RawEvent, is_signed, split
from bot.store.database import StoreError
from bot.store.inbox import Arrival
from bot.store.moments import micros

COMMIT_SECONDS: Final = 1.2
"""LINE waits 2 s for an answer; what is not safe by then is called not received, and LINE sends it again."""

_log = logs.get(__name__)


def intake(runner: Runner, clock: Clock, secrets: Sequence[str]) -> Blueprint:
    """Return the blueprint. `secrets`: the channel secret, and the former one while LINE changes over.

    200: every event is on disk. 400: not signed by LINE, or no webhook. 413: longer than 1 MB.
    503: not on disk in time. No answer says more than its status.
    """
    blueprint = Blueprint("intake", __name__)

    @blueprint.post("/webhook")
    def webhook() -> Response:
        with logs.bound(request_id=uuid.uuid4().hex[:12]):
            return take_in()

    def take_in() -> Response:
        came = clock.monotonic()
        request.max_content_length = MAX_BYTES
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            return Response(status=413)
        signature = request.environ.get("HTTP_X_LINE_SIGNATURE", "").encode("latin-1", "replace")
        if not is_signed(body, signature, secrets):
            _log.warning("webhook_not_signed", size=len(body), signed=bool(signature))
            return Response(status=400)
        try:
            arrivals = _arrivals(split(body), micros(clock.now()))
            if arrivals:
                runner.keep(arrivals, COMMIT_SECONDS)
        except BadRequest:
            _log.warning("webhook_unreadable", size=len(body))
            return Response(status=400)
        except StoreError as error:
            _log.error("webhook_not_kept", failure=str(error), events=len(arrivals))
            return Response(status=503)
        _log.debug("webhook_kept", event_ids=[arrival.event_id for arrival in arrivals])
        late = clock.monotonic() - came > COMMIT_SECONDS
        return Response(status=503 if late else 200)

    return blueprint


def _arrivals(events: Sequence[RawEvent], now: int) -> list[Arrival]:
    """Return the events as the inbox keeps them; those without a time of their own were sent just now.

    `received_at` differs by a microsecond within a request, so that one person's events keep its order.
    """
    return [
        Arrival(
            event_id=event.event_id,
            person=event.user_id,
            message_id=event.message_id,
            reply_token=event.reply_token,
            body=event.body,
            sent_at=now if event.sent_at is None else event.sent_at,
            received_at=now + position,
            unsends=event.unsends,
        )
        for position, event in enumerate(events)
    ]
