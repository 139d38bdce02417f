"""What sends to many speaks LINE's language: the SDK's own bytes, and every answer of LINE's understood."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import pytest
from linebot.v3.messaging import (
    ApiClient,
    BroadcastRequest,
    Configuration,
    FlexMessage,
    MulticastRequest,
    PushMessageRequest,
    TextMessage,
)

from bot.delivery.order import frozen
from bot.line.multicast import Multicast
from bot.line.port import Allowance, Outcome
from tests.emulator_process import Practice

IDS = [f"U{number:032x}" for number in (1, 2, 0xFF, 0xABCDEF << 100)]
MESSAGES = [
    TextMessage(text='電池 \U0001f50b "quoted"\n'),
    FlexMessage.from_dict(
        {
            "type": "flex",
            "altText": "収集日",
            "contents": {
                "type": "bubble",
                "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "é"}]},
            },
        }
    ),
]


class Caught(Exception):
    """Carries the bytes that would have left."""


@pytest.fixture
def line(emulator: Practice) -> Iterator[Multicast]:
    line = Multicast(emulator.base_url, emulator.token, seconds=(3.0, 0.5))
    yield line
    line.close()


def packed(ids: list[str]) -> bytes:
    return bytes.fromhex("".join(ids).replace("U", ""))


def left(monkeypatch: pytest.MonkeyPatch, line: Multicast, unit: str | None, way: str) -> bytes:
    """Return the body that our call would send."""
    bodies: list[bytes] = []

    def catch(_method: str, _path: str, body: bytes, _headers: object) -> object:
        bodies.append(body)
        raise Caught

    monkeypatch.setattr(line, "_call", catch)
    ids = IDS[:1] if way == "push" else IDS
    with pytest.raises(Caught):
        getattr(line, way)(packed(ids), frozen(plain()), str(uuid.uuid4()), unit)
    return bodies[0]


def plain() -> list[dict[str, object]]:
    """Return the messages as the bot keeps them: plain JSON objects."""
    found: list[dict[str, object]] = client().sanitize_for_serialization(MESSAGES)
    return found


def client() -> ApiClient:
    return ApiClient(Configuration(access_token="t"))


@pytest.mark.parametrize("unit", [None, "bin_2026_11"])
def test_a_multicast_is_the_sdk_s_to_the_byte(
    monkeypatch: pytest.MonkeyPatch, line: Multicast, unit: str | None
) -> None:
    """The body is what `MessagingApi.multicast` would send."""
    request = MulticastRequest(to=IDS, messages=MESSAGES, customAggregationUnits=[unit] if unit else None)
    official = json.dumps(client().sanitize_for_serialization(request)).encode()
    assert left(monkeypatch, line, unit, "multicast") == official


@pytest.mark.parametrize("unit", [None, "bin_2026_11"])
def test_a_push_is_the_sdk_s_to_the_byte(
    monkeypatch: pytest.MonkeyPatch, line: Multicast, unit: str | None
) -> None:
    """The body is what `MessagingApi.push_message` would send."""
    request = PushMessageRequest(
        to=IDS[0], messages=MESSAGES, customAggregationUnits=[unit] if unit else None
    )
    official = json.dumps(client().sanitize_for_serialization(request)).encode()
    assert left(monkeypatch, line, unit, "push") == official


@pytest.mark.parametrize(
    ("mode", "outcome"),
    [
        ("400", Outcome.REJECTED),
        ("401", Outcome.UNAUTHORISED),
        ("403", Outcome.UNAUTHORISED),
        ("429", Outcome.THROTTLED),
        ("429-quota", Outcome.QUOTA),
        ("500", Outcome.UNKNOWN),
        ("reset", Outcome.UNKNOWN),
        ("slow", Outcome.UNKNOWN),
        ("accept-then-hang", Outcome.UNKNOWN),
        ("odd-body", Outcome.ACCEPTED),
    ],
)
def test_every_answer_is_understood(emulator: Practice, line: Multicast, mode: str, outcome: Outcome) -> None:
    """None of them raises; the two meanings of 429 are told apart."""
    emulator.put("/emulator/faults", {"multicast": {"mode": mode}})
    assert line.multicast(packed(IDS), frozen(plain()), str(uuid.uuid4())).outcome is outcome
    emulator.delete("/emulator/faults")


def test_a_repeated_call_names_the_first_acceptance(emulator: Practice, line: Multicast) -> None:
    """409 counts as accepted, with the request id that LINE's statistics know."""
    key = str(uuid.uuid4())
    first, second = (line.multicast(packed(IDS), frozen(plain()), key) for _ in range(2))
    assert (first.status, second.status) == (200, 409)
    assert first.outcome is second.outcome is Outcome.ACCEPTED
    assert first.request_id == second.request_id


def test_without_a_connection_nothing_can_have_arrived(free_port: int) -> None:
    """Nobody listens there: that is told apart from an answer that did not come."""
    nowhere = Multicast(f"http://127.0.0.1:{free_port}", "t")
    assert nowhere.multicast(packed(IDS), frozen(plain()), "k").outcome is Outcome.UNREACHED
    assert nowhere.allowance() == Allowance(Outcome.UNREACHED)


def test_what_may_still_be_sent_is_quota_less_consumption(emulator: Practice, line: Multicast) -> None:
    """Without a limit there is no number; with one it is what is left; a refusal is said as such."""
    assert line.allowance() == Allowance(Outcome.ACCEPTED)
    friends = [emulator.person() for _ in range(3)]
    emulator.put("/emulator/account", {"quota": {"type": "limited", "value": 10}})
    line.multicast(packed(friends), frozen(plain()), str(uuid.uuid4()))
    assert line.allowance() == Allowance(Outcome.ACCEPTED, 7)
    emulator.put("/emulator/faults", {"quota": {"mode": "401"}})
    assert line.allowance() == Allowance(Outcome.UNAUTHORISED)


def test_messages_are_one_to_five() -> None:
    """No order can be made with none or six."""
    for number in (0, 6):
        with pytest.raises(ValueError, match="1 to 5"):
            frozen([{"type": "text", "text": "x"}] * number)


def test_a_broadcast_is_the_sdk_s_to_the_byte(monkeypatch: pytest.MonkeyPatch, line: Multicast) -> None:
    """The body is what `MessagingApi.broadcast` would send; LINE takes no unit there."""
    official = client().sanitize_for_serialization(BroadcastRequest(messages=MESSAGES))
    assert left(monkeypatch, line, "b1", "broadcast") == json.dumps(official).encode()


def test_messages_are_validated_without_being_sent(emulator: Practice, line: Multicast) -> None:
    """LINE says yes, or what is wrong, and nobody gets anything."""
    assert line.validate(frozen(plain())).outcome is Outcome.ACCEPTED
    refused = line.validate(b'[{"type": "text", "text": ""}]')
    assert refused.outcome is Outcome.REJECTED
    assert "messages[0].text" in refused.note
    assert emulator.get("/emulator/ledger?kind=multicast")["entries"] == []
