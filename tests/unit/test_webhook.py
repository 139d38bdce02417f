import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line.events import read_event
from bot.line.inbound import Inbound
from bot.line.webhook import BadRequest, is_signed, load_event, split

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)
WORDS = (
    "type mode timestamp source userId message id text replyToken postback data params date follow unsend "
    "messageId mention mentionees isSelf index length webhookEventId latitude"
).split()
EVENT = st.recursive(
    JSON | st.sampled_from(("message", "text", "active", "user", "follow", "U1")),
    lambda inner: st.dictionaries(st.sampled_from(WORDS), inner, max_size=8) | st.lists(inner, max_size=3),
    max_leaves=20,
)


def test_lines_own_example_signature_is_right() -> None:
    """The vector from LINE's documentation."""
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    signature = b"GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
    secret = "8c570fa6dd201bb328f1c1eac23a96d8"
    assert is_signed(body, signature, [secret])
    assert is_signed(body, signature, ["new", secret])
    assert not is_signed(body + b" ", signature, [secret])
    assert not is_signed(body, signature, ["other"])
    assert not is_signed(body, b"", [secret])


@given(events=st.lists(EVENT, max_size=5))
def test_any_json_can_be_split_kept_and_read(events: list[Any]) -> None:
    """Whatever stands in `events` becomes ASCII bytes that say the same, and reading them never raises."""
    body = json.dumps({"events": events}).encode()
    for raw in split(body):
        assert len(raw.event_id) <= 80
        assert len(raw.user_id or "") <= 64
        assert b"\0" not in raw.body
        assert raw.body.isascii()
        read = read_event(load_event(raw.body))
        assert read is None or isinstance(read, Inbound)
        if read:
            read.text.encode()
            assert "\0" not in read.text + read.postback + read.picked


@given(body=st.binary(max_size=200))
def test_any_bytes_are_events_or_refused(body: bytes) -> None:
    """No request can raise anything but BadRequest."""
    try:
        split(body)
    except BadRequest:
        return


@pytest.mark.parametrize("brackets", [1_000, 100_000])
def test_deep_nesting_is_refused(brackets: int) -> None:
    """Inside an event as well as around it."""
    for text in ("[" * brackets, '{"events":[' + "[" * brackets + "]" * brackets + "]}"):
        with pytest.raises(BadRequest):
            split(text.encode())


def test_a_huge_number_spoils_nothing_else() -> None:
    """5,000 digits stay what they are; the events beside them are read."""
    body = b'{"events":[{"type":"follow","timestamp":' + b"1" * 5_000 + b'},{"webhookEventId":"01ABCDEFG"}]}'
    first, second = split(body)
    assert (first.sent_at, second.event_id) == (None, "01ABCDEFG")


def test_a_text_is_read_with_all_it_says() -> None:
    """Every field of LINE's documented text event finds its place."""
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": 1_700_000_000_000,
        "source": {"type": "group", "groupId": "C1", "userId": "U1"},
        "replyToken": "token",
        "deliveryContext": {"isRedelivery": True},
        "message": {
            "type": "text",
            "id": "m1",
            "text": "@bot 電池",
            "mention": {"mentionees": [{"type": "user", "isSelf": True, "index": 0, "length": 4}]},
        },
    }
    assert read_event(event, "e1") == Inbound(
        event_id="e1",
        kind="text",
        user_id="U1",
        chat="group",
        reply_token="token",
        sent_at=datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
        redelivered=True,
        text="電池",
        message_id="m1",
        mentioned=True,
    )


def said(text: str, *mentions: Any) -> Inbound:
    """Return a text of a group in which these are mentioned."""
    message = {"type": "text", "id": "m1", "text": text, "mention": {"mentionees": list(mentions)}}
    read = read_event({"type": "message", "replyToken": "t", "message": message})
    assert read
    return read


@pytest.mark.parametrize(
    ("text", "start", "length", "heard"),
    [
        ("@徳島市フライパン", 0, 4, "フライパン"),
        ("@Awa Window frying pan", 0, 11, "frying pan"),
        ("🗑️🗑️ @Awa Window 電池", 7, 11, "🗑️🗑️   電池"),
        ("電池は？@徳島市", 4, 4, "電池は？"),
        ("@徳島市", 0, 4, ""),
        ("@徳島市", 2, 400, "@徳"),
    ],
)
def test_the_mention_of_us_is_no_part_of_the_question(text: str, start: int, length: int, heard: str) -> None:
    """LINE says in UTF-16 units where it stands, so a name may hold spaces or touch the question."""
    read = said(text, {"isSelf": True, "index": start, "length": length})
    assert (read.mentioned, read.text) == (True, heard)


def test_mentions_of_others_stay() -> None:
    """Only our own name is cut out, and nothing where LINE gives no place that makes sense."""
    assert said("@花子 電池", {"isSelf": False, "index": 0, "length": 3}).text == "@花子 電池"
    for odd in ({}, {"index": "0", "length": 4}, {"index": -1, "length": 4}, {"index": 0, "length": 10**30}):
        read = said("@bot 電池", {"isSelf": True, **odd})
        assert read.mentioned
        assert read.text in ("@bot 電池", "")
    two = [{"isSelf": True, "index": 0, "length": 4}, {"isSelf": True, "index": 7, "length": 4}]
    assert said("@bot 電池@bot", *two).text == "電池"


@pytest.mark.parametrize(
    ("params", "picked"),
    [
        ({"date": "2026-11-30"}, "2026-11-30"),
        ({"datetime": "2026-11-30T10:00"}, "2026-11-30T10:00"),
        ({"time": "10:00"}, "10:00"),
        ({"date": 5, "newRichMenuAliasId": "x"}, ""),
        ("2026-11-30", ""),
    ],
)
def test_what_was_picked_in_a_calendar_is_read(params: object, picked: str) -> None:
    """A day, a moment or a time; anything else is nothing picked."""
    read = read_event({"type": "postback", "postback": {"data": "d", "params": params}})
    assert read
    assert (read.postback, read.picked) == ("d", picked)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"type": "message", "message": {"type": "hologram"}}, "other"),
        ({"type": "message"}, "other"),
        ({"type": "beacon"}, "other"),
        ({"type": "memberJoined"}, "member"),
        ({"type": "unsend", "unsend": {"messageId": "m1"}}, "unsend"),
        (
            {"type": "message", "message": {"type": "location", "latitude": 34.07, "longitude": 500}},
            "location",
        ),
    ],
)
def test_what_line_adds_or_leaves_out_is_no_error(event: dict[str, Any], kind: str) -> None:
    """New types are `other`, missing parts are empty."""
    read = read_event(event)
    assert read
    assert (read.kind, read.reply_token, read.chat, read.longitude) == (kind, None, "unknown", None)


def test_in_standby_there_is_no_token() -> None:
    """Another system answers then."""
    read = read_event({"type": "follow", "mode": "standby", "replyToken": "token"})
    assert read
    assert read.reply_token is None


def test_a_signature_of_another_body_does_not_fit() -> None:
    """One changed byte is another body."""
    digest = base64.b64encode(hmac.new(b"s", b"a", hashlib.sha256).digest())
    assert is_signed(b"a", digest, ["s"])
    assert not is_signed(b"b", digest, ["s"])
