"""POST /webhook: everything LINE may send, and everything others may."""

import base64
import hashlib
import hmac
import json
import threading
from typing import Any

import pytest
from werkzeug.test import TestResponse

from bot.lifecycle import Inbox
from bot.line.webhook import MAX_BYTES
from bot.store.models import inbox, people, question_counts
from tests.component.conftest import Bot, MakeBot
from tests.component.locks import locked
from tests.component.rows import rows
from tests.component.waiting import until
from tests.emulator_process import Practice


def event(name: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "mode": "active",
        "timestamp": 1_795_000_000_000,
        "source": {"type": "user", "userId": "U0123456789"},
        "webhookEventId": f"01EVENT{name}",
        "replyToken": f"token{name}",
        "deliveryContext": {"isRedelivery": False},
        "message": {"type": "text", "id": f"m{name}", "text": "電池"},
        **more,
    }


@pytest.fixture
def resting(make_bot: MakeBot) -> Bot:
    """A bot that keeps events but does not answer them yet."""
    return make_bot(running=False)


def post(bot: Bot, body: bytes, signature: str | None = "right") -> TestResponse:
    if signature == "right":
        digest = hmac.new(b"practice-channel-secret", body, hashlib.sha256).digest()
        signature = base64.b64encode(digest).decode()
    headers = {} if signature is None else {"x-line-signature": signature}
    return bot.app.test_client().post("/webhook", data=body, headers=headers)


def post_events(bot: Bot, *events: Any) -> int:
    return post(bot, json.dumps({"destination": "U1", "events": events}).encode()).status_code


def states(bot: Bot) -> dict[str, str]:
    return {row["event_id"]: row["state"] for row in rows(bot.database, inbox)}


def closed(bot: Bot) -> bool:
    return all(row["lease_until"] is None for row in rows(bot.database, inbox))


@pytest.mark.parametrize(
    "signature", [None, "", "wrong", "dGVzdA==", "\u00e9\u00ff", "あ".encode().decode("latin-1")]
)
def test_what_line_did_not_sign_is_refused_without_detail(resting: Bot, signature: str | None) -> None:
    """A missing, wrong or odd signature is a bare 400, and nothing is kept."""
    answer = post(resting, b'{"events":[]}', signature)
    assert (answer.status_code, answer.data) == (400, b"")
    assert rows(resting.database, inbox) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"events":{}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"events":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ],
)
def test_what_is_no_webhook_is_refused(resting: Bot, body: bytes) -> None:
    """Broken JSON, other JSON and 100,000 brackets are a 400, never an error of ours."""
    assert post(resting, body).status_code == 400
    assert rows(resting.database, inbox) == []


def test_too_much_is_refused_unread(resting: Bot) -> None:
    """More than 1 MB is a 413, signed or not; just under it is read."""
    assert post(resting, b" " * (MAX_BYTES + 1)).status_code == 413
    body = b'{"events":[]}'
    assert post(resting, body + b" " * (MAX_BYTES - len(body))).status_code == 200


def test_the_verify_button_gets_its_200(resting: Bot) -> None:
    """A request without events is fine."""
    assert post_events(resting) == 200
    assert rows(resting.database, inbox) == []


def test_one_strange_event_among_ten_costs_nobody_an_answer(bot: Bot, practice: Practice) -> None:
    """The good ones are answered; the strange one is kept, closed as unreadable, and does not come again."""
    good = [event(str(number), source={"type": "user", "userId": f"U{number:09}"}) for number in range(9)]
    strange = ["x", 5, None, [], {}, {"type": 7}, {"webhookEventId": "01STRANGE"}]
    for odd in strange:
        assert practice.post("/emulator/webhook/send", {"events": [odd, *good]})["status"] == 200
    practice.ledger("reply", count=9)
    until(lambda: closed(bot), "all events closed")
    by_state = list(states(bot).values())
    assert by_state.count(Inbox.ANSWERED) == 9
    assert by_state.count(Inbox.UNREADABLE) == len(strange)


def test_odd_values_are_kept_and_never_an_error(bot: Bot) -> None:
    """5,000 digits, NUL, half a surrogate pair, senseless ids, times, types: all stored, all closed."""
    digits = b'{"events":[{"type":"message","webhookEventId":"01DIGITS","timestamp":' + b"9" * 5_000 + b"}]}"
    assert post(bot, digits).status_code == 200
    odd = [
        event("nul", message={"type": "text", "id": "1", "text": "a\0b"}),
        event("half", message={"type": "text", "id": "1", "text": "\ud800"}),
        event("user", source={"type": "user", "userId": "U\0" * 50}),
        event("nouser", source={}),
        event("nosource", source=None),
        event("when", timestamp=-1.5),
        event("far", timestamp=10**17),
        event("said", message={"type": ["text"], "id": 5, "text": {"a": 1}}),
        event("kind", type="holographic"),
        event("mode", mode="dreaming"),
        event("token", replyToken="Ω" * 3),
    ]
    assert post_events(bot, *odd) == 200
    until(lambda: closed(bot), "all events closed")
    assert len(rows(bot.database, inbox)) == len(odd) + 1


def test_events_without_a_sane_id_are_told_apart_by_their_content(resting: Bot) -> None:
    """The same event redelivered is the same; another one is another; a short or odd id is no id."""
    nameless = event("x")
    del nameless["webhookEventId"]
    again = {**nameless, "deliveryContext": {"isRedelivery": True}}
    other = {**nameless, "timestamp": 1}
    assert post_events(resting, nameless, again) == 200
    assert post_events(resting, again) == 200
    assert len(rows(resting.database, inbox)) == 1
    odd_ids = [
        event("x", webhookEventId=odd) for odd in ("short", "no spaces here", "x" * 65, 12345678, None)
    ]
    assert post_events(resting, other, *odd_ids) == 200
    assert len(rows(resting.database, inbox)) == 7
    assert all(name.startswith("sha256:") for name in states(resting))


def test_who_must_stay_silent_stays_silent(bot: Bot, practice: Practice) -> None:
    """In standby, without a token, and for unknown types nothing is sent; unknown types are counted."""
    tokenless = event("2")
    del tokenless["replyToken"]
    assert post_events(bot, event("1", mode="standby"), tokenless, event("3", type="holographic")) == 200
    until(lambda: closed(bot), "all events closed")
    assert set(states(bot).values()) == {Inbox.IGNORED}
    assert practice.get("/emulator/ledger?kind=reply")["entries"] == []
    assert [(row["topic"], row["status"]) for row in rows(bot.database, question_counts)] == [
        ("event", "ignored")
    ]


def test_the_same_event_to_two_processes_is_answered_once(make_bot: MakeBot, practice: Practice) -> None:
    """Whichever process gets it, or both at once: one reply call."""
    bots = [make_bot(owner=f"web-{number}") for number in range(2)]
    user = practice.person()
    gate = threading.Barrier(2)

    def send(bot: Bot, number: int) -> None:
        gate.wait()
        assert post_events(bot, event(f"same{number}", source={"type": "user", "userId": user})) == 200

    for number in range(10):
        threads = [threading.Thread(target=send, args=(bot, number)) for bot in bots]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    until(lambda: closed(bots[0]), "all events closed")
    assert len(practice.get("/emulator/ledger?kind=reply")["entries"]) == 10


def test_no_database_means_no_200(resting: Bot, store_url: str) -> None:
    """While nothing can be written the answer is 503, so LINE sends the events again; then they are kept."""
    with locked(store_url):
        assert post_events(resting, event("1")) == 503
    assert post_events(resting, event("1")) == 200
    assert list(states(resting)) == ["01EVENT1"]
    assert rows(resting.database, people) == []
