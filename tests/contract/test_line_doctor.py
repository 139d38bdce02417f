"""`python -m bot line doctor` against the practice LINE."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from bot.cli import commands
from bot.line.doctor import Doctor, Finding
from bot.settings import Settings
from tests.contract.listening_bot import ListeningBot
from tests.emulator_process import Practice

Call = Callable[..., Result]

UNSEEN = {"redelivery", "error-statistics", "auto-reply", "groups", "one-webhook"}


@pytest.fixture
def doctor(emulator: Practice, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Return a function that calls the doctor with these settings on top of good ones."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def call(*words: str, **settings: str) -> Result:
        good = {
            "SECRET_KEY": "k" * 32,
            "LINE_CHANNEL_SECRET": emulator.secret,
            "LINE_CHANNEL_ACCESS_TOKEN": emulator.token,
            "LINE_API_BASE": emulator.base_url,
        }
        return CliRunner().invoke(commands, ["line", "doctor", *words], env={**good, **settings})

    return call


def findings(result: Result) -> dict[str, str]:
    """Return each finding by its word."""
    told = map(json.loads, result.stdout.splitlines())
    return {one["what"]: one["finding"] for one in told}


def test_an_account_that_is_set_up_is_well(doctor: Call, emulator: Practice, bot: ListeningBot) -> None:
    """Exit code 0; what LINE does not tell is named to be looked at."""
    result = doctor("--json", PUBLIC_BASE_URL=bot.url.removesuffix("/webhook"))
    found = findings(result)
    assert {what for what, finding in found.items() if finding == "well"} == {
        *("token", "webhook", "webhook-test", "chat-mode", "quota", "verified")
    }
    assert {what for what, finding in found.items() if finding == "look"} == {*UNSEEN, "menus"}
    assert result.exit_code == 0


def test_every_fault_is_named(doctor: Call, emulator: Practice) -> None:
    """A webhook that goes elsewhere and does not answer, a plan that is used up, an unverified account."""
    emulator.put("/emulator/webhook", {"url": "http://127.0.0.1:9/elsewhere"})
    emulator.put("/emulator/account", {"verified": False, "quota": {"type": "limited", "value": 0}})
    result = doctor("--json", PUBLIC_BASE_URL="https://window.example")
    found = findings(result)
    assert [found[what] for what in ("webhook", "webhook-test", "quota")] == ["wrong"] * 3
    assert found["verified"] == "look"
    assert result.exit_code == 1
    assert "not to https://window.example/webhook" in result.stdout


def test_without_a_webhook_url_it_says_so(doctor: Call) -> None:
    """LINE has no address to send to."""
    result = doctor()
    assert result.exit_code == 1
    assert "WRONG webhook: No webhook URL is set" in result.stdout


def test_a_webhook_that_is_switched_off_is_wrong() -> None:
    """LINE has the right address and does not use it."""

    class Told:
        def json(self, _method: str, path: str, _body: object = None) -> dict[str, object]:
            told = {"endpoint": "https://window.example/webhook", "active": False}
            return told if path.endswith("/endpoint") else {"success": True}

    looked = Doctor(Told(), "https://window.example").look()  # type: ignore[arg-type]
    found = {one.what: one for one in looked}
    assert found["webhook"].finding is Finding.WRONG
    assert "“Use webhook” is off" in found["webhook"].sentence


def test_a_refused_token_ends_the_visit(doctor: Call) -> None:
    """Nothing else can be asked, and the token is not shown."""
    result = doctor(LINE_CHANNEL_ACCESS_TOKEN="wrong-token")
    assert (result.exit_code, result.stdout.count("\n")) == (1, 1)
    assert "issue a new one" in result.stdout
    assert "wrong-token" not in result.output


def test_an_unreachable_line_is_no_finding(doctor: Call) -> None:
    """Exit code 3: nothing is known."""
    result = doctor(LINE_API_BASE="http://127.0.0.1:9")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.startswith("LINE cannot be reached from here")
