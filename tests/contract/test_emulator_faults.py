"""The practice LINE's fault switches and rate limits, as the SDK feels them."""

from __future__ import annotations

import uuid

import pytest
import urllib3
from linebot.v3.messaging import ApiException, MessagingApi, PushMessageRequest

from tests.contract.listening_bot import ListeningBot
from tests.contract.sdk import HELLO, ask, later, reply, words
from tests.emulator_process import Practice

HANG_GUARD = 30


@pytest.mark.parametrize(
    ("mode", "status", "message"),
    [
        ("429", 429, "The API rate limit has been exceeded. Try again later."),
        ("429-quota", 429, "You have reached your monthly limit."),
        ("500", 500, "Internal Server Error"),
        ("400", 400, "Bad request"),
    ],
)
def test_a_fault_refuses_as_often_as_told(
    emulator: Practice, line: MessagingApi, mode: str, status: int, message: str
) -> None:
    """A refusing fault strikes `times` calls, sends nothing, and is named in the ledger."""
    user = emulator.person()
    emulator.put("/emulator/faults", {"push": {"mode": mode, "times": 1}})
    with pytest.raises(ApiException) as refused:
        line.push_message(PushMessageRequest(to=user, messages=HELLO))
    assert words(refused) == (status, message)
    line.push_message(PushMessageRequest(to=user, messages=HELLO))
    assert [(entry["fault"], entry["accepted"]) for entry in emulator.ledger("push", count=2)] == [
        (mode, False),
        (None, True),
    ]
    assert len(emulator.get(f"/emulator/people/{user}/timeline")["items"]) == 1


def test_accept_then_500_delivers(emulator: Practice, line: MessagingApi, bot: ListeningBot) -> None:
    """The message arrives though the caller sees 500; the token is spent and the retry key is 409."""
    user, key = emulator.person(), str(uuid.uuid4())
    mode = {"mode": "accept-then-500", "times": 1}
    emulator.put("/emulator/faults", {"reply": mode, "push": mode})
    token = ask(emulator, user)
    statuses = []
    for call in (
        lambda: reply(line, token),
        lambda: reply(line, token),
        lambda: line.push_message(PushMessageRequest(to=user, messages=HELLO), x_line_retry_key=key),
        lambda: line.push_message(PushMessageRequest(to=user, messages=HELLO), x_line_retry_key=key),
    ):
        with pytest.raises(ApiException) as refused:
            call()
        statuses.append(refused.value.status)
    assert statuses == [500, 400, 500, 409]
    first = emulator.ledger("reply")[0]
    assert (first["status"], first["accepted"], first["fault"]) == (500, True, "accept-then-500")
    shown = emulator.get(f"/emulator/people/{user}/timeline")["items"]
    assert [item["from"] for item in shown] == ["person", "bot", "bot"]


@pytest.mark.parametrize(("mode", "accepted"), [("reset", False), ("accept-then-reset", True)])
def test_a_reset_tears_the_connection(
    emulator: Practice, line: MessagingApi, mode: str, accepted: bool
) -> None:
    """The connection ends without an answer, before or after the message went out."""
    emulator.put("/emulator/faults", {"push": {"mode": mode, "times": 1}})
    with pytest.raises(urllib3.exceptions.ProtocolError):
        line.push_message(PushMessageRequest(to=emulator.person(), messages=HELLO))
    entry = emulator.ledger("push")[0]
    assert (entry["accepted"], entry["status"], entry["fault"]) == (accepted, 0, mode)


def test_accept_then_hang_says_nothing(emulator: Practice, line: MessagingApi) -> None:
    """The message arrives, the answer does not; clearing the faults lets the call go."""
    user = emulator.person()
    emulator.put("/emulator/faults", {"push": {"mode": "accept-then-hang"}})
    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        line.push_message(PushMessageRequest(to=user, messages=HELLO), _request_timeout=(HANG_GUARD, 0.1))
    emulator.delete("/emulator/faults")
    assert len(emulator.get(f"/emulator/people/{user}/timeline")["items"]) == 1


def test_an_odd_body_is_a_success_that_cannot_be_read(emulator: Practice, line: MessagingApi) -> None:
    """The message arrives and the status is 200, but the SDK cannot make sense of the body."""
    emulator.put("/emulator/faults", {"push": {"mode": "odd-body"}})
    body = {"to": emulator.person(), "messages": [{"type": "text", "text": "a"}]}
    with pytest.raises(ValueError, match="Expecting"):
        emulator.line("POST", "/v2/bot/message/push", body)
    entry = emulator.ledger("push")[0]
    assert (entry["accepted"], entry["status"]) == (True, 200)


def test_chance_faults_repeat_with_their_seed(emulator: Practice, line: MessagingApi) -> None:
    """The same seed strikes the same calls."""
    runs = []
    for _ in range(2):
        emulator.put("/emulator/faults", {"info": {"mode": "500", "probability": 0.5, "seed": 7}})
        runs.append([emulator.line("GET", "/v2/bot/info")[0] for _ in range(20)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 500}


def test_rate_limits_fill_up_again(emulator: Practice) -> None:
    """The 61st insight call of an hour is 429; an hour later it is answered."""
    path = "/v2/bot/insight/followers"
    assert [emulator.line("GET", path)[0] for _ in range(61)] == [200] * 60 + [429]
    later(emulator, 3600)
    assert emulator.line("GET", path)[0] == 200


def test_latency_delays_without_changing_the_answer(emulator: Practice, line: MessagingApi) -> None:
    """A set latency shows in the state, and calls are answered as before."""
    emulator.put("/emulator/latency", {"info": 5})
    assert emulator.get("/emulator/state")["latency"] == {"info": 5}
    assert line.get_bot_info().basic_id == "@practice"
