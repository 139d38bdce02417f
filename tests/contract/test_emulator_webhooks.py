"""The webhooks the practice LINE sends, read with LINE's own SDK."""

from __future__ import annotations

from typing import Any

import pytest
from linebot.v3 import SignatureValidator
from linebot.v3.models.events import UnknownEvent
from linebot.v3.webhook import WebhookParser

from tests.contract.listening_bot import Heard, ListeningBot
from tests.emulator_process import Practice, start_emulator

ORDERS: list[dict[str, Any]] = [
    {"type": "text", "text": "電池はどう捨てる？"},
    {"type": "text", "text": "電池", "group": "C" + "1" * 32, "mention_bot": True},
    {"type": "postback", "data": "a=1", "displayText": "はい"},
    {"type": "postback", "data": "a=1", "params": {"date": "2026-11-24"}},
    {"type": "follow"},
    {"type": "unfollow"},
    {"type": "sticker"},
    {"type": "image"},
    {"type": "video"},
    {"type": "audio"},
    {"type": "file"},
    {"type": "location", "title": "市役所", "address": "徳島市", "latitude": 34.07, "longitude": 134.55},
    {"type": "unsend", "messageId": "500000000000000001"},
]


def parsed(emulator: Practice, heard: Heard) -> list[Any]:
    """Return the events as the SDK reads them, its signature check included."""
    events: list[Any] = WebhookParser(emulator.secret).parse(heard.body, heard.signature)
    return events


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "-".join([order["type"], *sorted(order)[:2]]))
def test_the_sdk_knows_every_event(emulator: Practice, bot: ListeningBot, order: dict[str, Any]) -> None:
    """Whatever a person does is signed right and becomes an event class of the SDK."""
    built = emulator.event(emulator.person(), **order)
    heard = bot.wait_for(1)[0]
    assert SignatureValidator(emulator.secret).validate(heard.body, heard.signature)
    event = parsed(emulator, heard)[0]
    assert not isinstance(event, UnknownEvent)
    assert not type(getattr(event, "message", None)).__name__.startswith("Unknown")
    assert event.webhook_event_id == built["event"]["webhookEventId"]
    assert built["delivery"] == {"status": 200, "reason": None}


def test_a_follow_says_whether_it_lifts_a_block(emulator: Practice, bot: ListeningBot) -> None:
    """The first follow is an add, the one after a block an unblock."""
    user = emulator.person(following=False)
    for kind in ("follow", "unfollow", "follow"):
        emulator.event(user, type=kind)
    first, _, again = (parsed(emulator, heard)[0] for heard in bot.wait_for(3))
    assert (first.follow.is_unblocked, again.follow.is_unblocked) == (False, True)


def test_a_mention_points_at_the_bot(emulator: Practice, bot: ListeningBot) -> None:
    """In a group, the mention marks the bot's name at the front of the text."""
    order = {"type": "text", "text": "電池", "group": "C" + "1" * 32, "mention_bot": True}
    emulator.event(emulator.person(), **order)
    message = bot.wait_for(1)[0].events[0]["message"]
    mention = message["mention"]["mentionees"][0]
    assert mention["isSelf"]
    assert message["text"][mention["length"] :] == " 電池"


def test_an_unanswered_event_comes_again(emulator: Practice, bot: ListeningBot) -> None:
    """Without a 2xx the same event comes again, marked as redelivered, until one is given."""
    bot.statuses = [500, 302, 204]
    emulator.event(emulator.person(), type="text", text="電池")
    events = [heard.events[0] for heard in bot.wait_for(3)]
    assert [event["deliveryContext"]["isRedelivery"] for event in events] == [False, True, True]
    bare = [{**event, "deliveryContext": None} for event in events]
    assert bare[0] == bare[1] == bare[2]
    entries = emulator.ledger("webhook", count=3)
    assert [(entry["status"], entry["accepted"], entry["redelivery"]) for entry in entries] == [
        (500, False, False),
        (302, False, True),
        (204, True, True),
    ]


def test_redelivery_can_be_off(emulator: Practice, bot: ListeningBot) -> None:
    """With redelivery off an unanswered event is lost: the burst counts it as failed after one attempt."""
    emulator.put("/emulator/webhook", {"redelivery": False})
    bot.statuses = [500]
    burst = emulator.post("/emulator/burst", {"events": 3, "people": 1})["burst"]
    told = emulator.get(f"/emulator/burst/{burst}?wait=30")
    assert (told["done"], len(told["acknowledged"]), len(told["failed"])) == (True, 2, 1)
    assert len(bot.heard) == 3


def test_nobody_there_is_recorded(emulator: Practice, free_port: int) -> None:
    """A bot that is not there is `could_not_connect`, and the event stays due."""
    emulator.put("/emulator/webhook", {"url": f"http://127.0.0.1:{free_port}/webhook", "redelivery": False})
    told = emulator.event(emulator.person(), type="text", text="a")
    assert told["delivery"] == {"status": None, "reason": "could_not_connect"}


def test_a_burst_arrives_whole(emulator: Practice, bot: ListeningBot) -> None:
    """Every event of a burst arrives signed and once, from as many people as asked for, under its own id."""
    order = {"events": 300, "people": 20, "texts": ["電池", "プラスチック"], "seed": 1, "per_second": 2000}
    burst = emulator.post("/emulator/burst", order)["burst"]
    told = emulator.get(f"/emulator/burst/{burst}?wait=30")
    assert (told["done"], told["sent"], told["failed"]) == (True, 300, [])
    events = [parsed(emulator, heard)[0] for heard in bot.wait_for(300)]
    assert sorted(told["acknowledged"]) == sorted(event.webhook_event_id for event in events)
    assert len(set(told["acknowledged"])) == 300
    assert {event.message.text for event in events} == {"電池", "プラスチック"}
    assert 10 < len({event.source.user_id for event in events}) <= 20


def test_raw_events_go_out_as_they_are(emulator: Practice, bot: ListeningBot) -> None:
    """Odd events are sent unchanged, alone or several in one request."""
    odd: list[Any] = [{"type": "newThing", "x": "\x00𠮷"}, {"replyToken": 5, "source": "x"}, {}]
    emulator.event(emulator.person(), type="raw", event=odd[0])
    emulator.post("/emulator/webhook/send", {"events": odd})
    assert [heard.events for heard in bot.wait_for(2)] == [odd[:1], odd]


def test_phones_can_follow_by_themselves() -> None:
    """With --follow the three phones become friends as soon as the bot answers, each by an event."""
    with ListeningBot() as bot:
        practice = start_emulator(webhook_url=bot.url, follow=True, secret="s")
        try:
            entries = practice.ledger("webhook", count=3)
            assert all(entry["accepted"] for entry in entries)
            assert [person["following"] for person in practice.get("/emulator/state")["people"]] == [True] * 3
            follows = [event["type"] for heard in bot.heard for event in heard.events]
            assert follows == ["follow"] * 3
        finally:
            practice.stop()
