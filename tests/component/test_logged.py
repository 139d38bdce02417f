"""What a run writes into its log, at its most talkative."""

import logging
from collections.abc import Iterator

import pytest

from bot import logs
from bot.store.models import inbox
from tests.component.conftest import KEY, Bot, MakeBot, served
from tests.component.rows import rows
from tests.component.waiting import until
from tests.emulator_process import Practice


@pytest.fixture(autouse=True)
def put_logging_back() -> Iterator[None]:
    """Leave the logging of the test run as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def _all_closed(bot: Bot, count: int) -> bool:
    events = rows(bot.database, inbox)
    return len(events) == count and all(row["lease_until"] is None for row in events)


def test_a_log_names_requests_and_pseudonyms_and_nothing_else(
    make_bot: MakeBot, practice: Practice, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kept request, a failed turn, a refused reply: ten digits stand for whoever asked."""
    logs.configure("DEBUG", json=True)
    bot, user = make_bot(), practice.person()
    practice.put("/emulator/faults", {"reply": {"mode": "403", "times": 1}})
    with served(bot.app, practice):
        for text in ("秘密の電池", "break"):
            practice.event(user, type="text", text=text)
        until(lambda: _all_closed(bot, 2), "both closed")
    tokens = [entry["reply_token"] for entry in practice.get("/emulator/ledger?kind=reply")["entries"]]
    written = capsys.readouterr().err
    for kept_out in (user, "秘密", "電池", "break", practice.token, *tokens):
        assert kept_out not in written
    assert f'"person": "{logs.person(user, KEY)}"' in written
    for told in ("request_id", "webhook_kept", "turn_failed", "line_refused"):
        assert told in written
