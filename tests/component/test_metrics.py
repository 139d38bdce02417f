"""The numbers for whoever watches over the service."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.clock import Clock
from bot.metrics import family, metrics_page
from bot.store import counts
from bot.store.database import Database

TOKEN = "watchful-0123456789"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def client(database: Database) -> FlaskClient:
    app = Flask("metrics")
    services = SimpleNamespace(database=database, clock=Clock())
    app.register_blueprint(metrics_page(services, TOKEN))  # type: ignore[arg-type]
    return app.test_client()


@pytest.mark.parametrize(
    "shown", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN, f"bearer {TOKEN}", "Bearer 見張り番0123456789"]
)
def test_only_the_token_opens_the_page(shown: str) -> None:
    """Without it nothing is told, and the database is not even asked."""
    app = Flask("metrics")
    app.register_blueprint(metrics_page(SimpleNamespace(), TOKEN))  # type: ignore[arg-type]
    refused = app.test_client().get("/metrics", headers={"Authorization": shown.encode().decode("latin-1")})
    assert (refused.status_code, refused.data) == (401, b"")


def test_the_numbers_are_those_of_the_database(client: FlaskClient, database: Database) -> None:
    """Questions by status and language over all days, and how long they took, each span with those before."""
    for day, status, waited in ((1, "answered", 50), (2, "answered", 200), (2, "unknown", 20_000)):
        database.write(
            lambda connection, d=day, s=status, w=waited: counts.add(  # type: ignore[misc]
                connection, date(2026, 11, d), "garbage", "en", s, w
            )
        )
    answer = client.get("/metrics", headers=SHOWN)
    lines = answer.text.splitlines()
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    for line in (
        "awamado_database_up 1",
        'awamado_questions_total{status="answered",language="en"} 2',
        'awamado_questions_total{status="unknown",language="en"} 1',
        'awamado_answer_wait_seconds_bucket{le="0.1"} 1',
        'awamado_answer_wait_seconds_bucket{le="10"} 2',
        'awamado_answer_wait_seconds_bucket{le="+Inf"} 3',
        "awamado_answer_wait_seconds_count 3",
        "awamado_open_events 0",
        "awamado_open_batches 0",
        "awamado_known_followers 0",
    ):
        assert line in lines
    assert all(line.startswith(("# HELP awamado_", "# TYPE awamado_", "awamado_")) for line in lines)


def test_signs_in_labels_end_no_label() -> None:
    """Quotes, backslashes and line ends are written as the format wants them."""
    assert family("x", "gauge", "X.", [("", {"a": 'q"\\\n'}, 1)]).splitlines()[-1] == (
        'awamado_x{a="q\\"\\\\\\n"} 1'
    )
