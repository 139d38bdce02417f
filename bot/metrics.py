"""`/metrics`: the service's numbers in Prometheus' text format, for whoever shows the token.

They are read from the database, so that every process tells the same. A library that counts in memory would
have to gather the processes' counts; all that is left of it here is the format.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final

from flask import Blueprint, Response, request

from bot.services import Services
from bot.store.database import StoreError
from bot.store.measures import Measures, measure
from bot.store.moments import SECOND, micros

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_LIMITS: Final = ("0.1", "0.3", "1", "3", "10", "+Inf")
"""Seconds that answers took at most, in the order in which they are counted."""

Sample = tuple[str, Mapping[str, str], float]
"""Suffix of the name, labels, value."""


def metrics_page(services: Services, token: str) -> Blueprint:
    """Return the page; it opens with `Authorization: Bearer <token>` and to nobody else."""
    page = Blueprint("metrics", __name__)
    wanted = f"Bearer {token}".encode()

    @page.get("/metrics")
    def metrics() -> Response:
        """Tell the numbers."""
        shown = request.headers.get("Authorization", "").encode("latin-1", "replace")
        if not hmac.compare_digest(shown, wanted):
            return Response("", 401, {"WWW-Authenticate": "Bearer"})
        try:
            found: Measures | None = services.database.read(measure)
        except StoreError:
            found = None
        text = "".join(_families(found, micros(services.clock.now())))
        return Response(text, headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"})

    return page


def _families(found: Measures | None, now: int) -> Iterator[str]:
    """Yield the numbers; without a database only that there is none."""
    yield gauge("database_up", "Whether the database can be read.", int(found is not None))
    if found is None:
        return
    yield family(
        "questions_total", "counter", "Questions answered.", _two("status", "language", found.questions)
    )
    told = "How long questions waited for their answer."
    yield family("answer_wait_seconds", "histogram", told, _waits(found.waits))
    waited = 0 if found.oldest_open is None else max(0, now - found.oldest_open) / SECOND
    yield gauge("open_events", "Events of LINE that wait for their answer.", found.open_events)
    yield gauge("oldest_open_event_seconds", "How long the oldest of them has waited.", waited)
    yield family("send_orders", "gauge", "Orders to send.", _two("kind", "status", found.orders))
    told = "People to whom was sent; accepted means by LINE."
    yield family("recipients_total", "counter", told, _two("kind", "outcome", found.recipients))
    yield gauge("open_batches", "Batches that are still to be sent.", found.open_batches)
    yield gauge("known_followers", "People of whom we know that they follow.", found.followers)


def _two(one: str, other: str, counted: Mapping[tuple[str, str], int]) -> Iterator[Sample]:
    """Yield numbers by two labels."""
    return (("", {one: key[0], other: key[1]}, n) for key, n in sorted(counted.items()))


def _waits(counted: tuple[int, ...]) -> list[Sample]:
    """Return the samples of a histogram. It has no sum: only in which span each wait fell is counted."""
    steps = list(accumulate(counted))
    buckets: list[Sample] = [
        ("_bucket", {"le": limit}, total) for limit, total in zip(_LIMITS, steps, strict=True)
    ]
    return [*buckets, ("_count", {}, steps[-1])]


def gauge(name: str, told: str, value: float) -> str:
    """Return the lines of a number without labels."""
    return family(name, "gauge", told, [("", {}, value)])


def family(name: str, kind: str, told: str, samples: Iterable[Sample]) -> str:
    """Return the lines of one metric; `told` says what it counts."""
    full = f"awamado_{name}"
    lines = [f"# HELP {full} {told}", f"# TYPE {full} {kind}"]
    for suffix, labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        lines.append(f"{full}{suffix}{f'{{{inside}}}' if inside else ''} {value}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
