"""A log line says what happened and nothing about whom."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

USER = "U" + "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def put_logging_back() -> Iterator[None]:
    """Leave the logging of the test run as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_json_with_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    """Event, level, logger, time in UTC and the fields given, in one line of JSON on standard error."""
    logs.configure("INFO", json=True)
    with logs.bound(request_id="r1"):
        logs.get("bot.chat").info("event taken", count=2)
    (line,) = lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "event taken", "level": "info", "logger": "bot.chat", "count": 2, "request_id": "r1",
    }  # fmt: skip


def test_libraries_speak_through_the_same_output(capsys: pytest.CaptureFixture[str]) -> None:
    """A library's line has the same shape, and one with handlers of its own is not doubled."""
    logging.getLogger("gunicorn.error").addHandler(logging.StreamHandler())
    logs.configure("INFO", json=True)
    logging.getLogger("gunicorn.error").info("Booting worker %s", 3)
    (line,) = lines(capsys)
    assert (line["event"], line["logger"]) == ("Booting worker 3", "gunicorn.error")


def test_statements_and_addresses_are_not_logged_below_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    """Even at DEBUG the database and HTTP libraries keep what they were asked to themselves."""
    logs.configure("DEBUG", json=True)
    logging.getLogger("sqlalchemy.engine.Engine").info("SELECT")
    logging.getLogger("urllib3.connectionpool").debug("POST /v2/bot/message/reply")
    assert lines(capsys) == []


def test_fields_with_a_secret_name_are_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    """A text, a token or a user id given by mistake does not appear."""
    logs.configure("INFO", json=True)
    logs.get("x").info("e", text="電池", reply_token="abc", user_id=USER, authorization="x", context="kept")
    (line,) = lines(capsys)
    assert {line[key] for key in ("text", "reply_token", "user_id", "authorization")} == {logs.HIDDEN}
    assert line["context"] == "kept"


@pytest.mark.parametrize(
    "said",
    [f"push to {USER} failed", "postgresql://me:hunter22@db/x", "Bearer abc.def", "the key is opensesame!"],
)
def test_values_of_a_secret_shape_are_hidden(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids, passwords in addresses, bearer tokens and known secrets are masked wherever they stand."""
    logs.configure("INFO", json=True, secrets=["opensesame!"])
    logs.get("x").info(said, deep={"list": [said]})
    written = capsys.readouterr().err
    assert logs.HIDDEN in written
    for secret in (USER, "hunter22", "abc.def", "opensesame!"):
        assert secret not in written


@pytest.mark.parametrize("as_json", [True, False])
def test_exceptions_are_filtered_too(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """A secret inside an exception's message does not reach the log by the traceback."""
    logs.configure("INFO", json=as_json, secrets=["opensesame!"])
    code = "raise ValueError('opensesame!'[:6] + 'same!')"
    try:
        exec(code)
    except ValueError:
        logs.get("x").exception("failed")
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "opensesame!" not in written


@given(secrets=st.lists(st.text("ab", min_size=8, max_size=12), min_size=1), around=st.text(max_size=5))
def test_no_known_secret_survives(secrets: list[str], around: str) -> None:
    """Also where one secret is the beginning of another one."""
    scrub = logs.Scrubber(secrets)
    for secret in secrets:
        assert secret not in str(scrub(None, "", {"note": f"{around}{secret}{around}"})["note"])


def test_a_person_is_ten_digits_that_need_the_key() -> None:
    """The same person has the same pseudonym, and another key gives another one."""
    assert logs.person(USER, "key") == logs.person(USER, "key")
    assert logs.person(USER, "key") != logs.person(USER, "other key")
    assert len(logs.person(USER, "key")) == 10
    assert int(logs.person(USER, "key"), 16) >= 0
