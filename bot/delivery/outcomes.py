"""What LINE's answer means for a batch: pure, and the only place that decides it."""

from __future__ import annotations

from typing import Final

from bot.lifecycle import Batch
from bot.line.port import Outcome, Sent
from bot.store.batches import AT_ONCE, Claimed, Result
from bot.store.moments import SECOND

LONGEST_PAUSE: Final = 60.0
HOLDS: Final = {Outcome.QUOTA: "quota_reached", Outcome.UNAUTHORISED: "unauthorised"}
"""Answers after which the whole order waits for a person, and what its note says then."""

_FINAL: Final = {
    (Outcome.ACCEPTED, False): Batch.ACCEPTED,
    (Outcome.ACCEPTED, True): Batch.ACCEPTED,
    (Outcome.REJECTED, False): Batch.REFUSED,
    # An earlier try may have been accepted before LINE began to refuse.
    (Outcome.REJECTED, True): Batch.UNSURE,
}


def conclude(batch: Claimed, sent: Sent, now: int, backoff: float, luck: float) -> Result:
    """Return what a call's outcome makes of its batch.

    `now` is the wall clock in microseconds, `backoff` seconds before the second try, `luck` from 0 to 1
    spreads the tries of many batches.
    """
    final = _FINAL.get((sent.outcome, batch.doubtful))
    if final:
        return _result(batch, sent, final, None, doubtful=False)
    doubtful = batch.doubtful or sent.outcome is Outcome.UNKNOWN
    pause = min(LONGEST_PAUSE, backoff * 2 ** min(batch.attempts - 1, 16)) * (0.8 + 0.4 * luck)
    if sent.outcome in HOLDS:
        pause = 0.0
    elif sent.outcome is Outcome.THROTTLED:
        pause = min(pause, backoff)  # the pace is what slows down
    state = Batch.SENDING if doubtful else Batch.QUEUED
    return _result(batch, sent, state, now + int(pause * SECOND), doubtful)


def unsent(batch: Claimed) -> Result:
    """Return the result of a batch that was claimed but must not leave now."""
    state = Batch.SENDING if batch.doubtful else Batch.QUEUED
    return Result(batch.order_id, batch.n, len(batch.packed) // 16, state, AT_ONCE, batch.doubtful)


def _result(batch: Claimed, sent: Sent, state: Batch, try_at: int | None, doubtful: bool) -> Result:
    people = len(batch.packed) // 16
    return Result(batch.order_id, batch.n, people, state, try_at, doubtful, sent.request_id, sent.status)
