"""What the practice LINE delivers, once, and what it refuses: tokens, retry keys, quota, blocks."""

from __future__ import annotations

import json
import uuid

import pytest
from linebot.v3.messaging import (
    ApiException,
    MessagingApi,
    MulticastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    TextMessage,
)

from tests.contract.listening_bot import ListeningBot
from tests.contract.sdk import HELLO, ask, client, later, reply, words
from tests.emulator_process import Practice


def test_a_reply_reaches_the_phone(emulator: Practice, line: MessagingApi, bot: ListeningBot) -> None:
    """A reply is shown on the phone and named by id; the ledger says that it was accepted."""
    user = emulator.person()
    sent = reply(line, ask(emulator, user)).sent_messages[0]
    items = emulator.get(f"/emulator/people/{user}/timeline")["items"]
    assert [(item["from"], item["text"]) for item in items] == [("person", "電池"), ("bot", "こんにちは")]
    assert items[1]["message_id"] == sent.id
    entry = emulator.ledger("reply")[0]
    assert (entry["accepted"], entry["status"], entry["recipients"]) == (True, 200, 1)


def test_a_reply_token_works_once(emulator: Practice, line: MessagingApi, bot: ListeningBot) -> None:
    """The second use of a reply token is refused, and so is a token nobody was given."""
    token = ask(emulator, emulator.person())
    reply(line, token)
    for used in (token, "0" * 32):
        with pytest.raises(ApiException) as refused:
            reply(line, used)
        assert words(refused) == (400, "Invalid reply token")


def test_a_reply_token_lives_a_minute(emulator: Practice, line: MessagingApi, bot: ListeningBot) -> None:
    """A reply token works after 59 seconds and no more after 61."""
    user = emulator.person()
    early, late = ask(emulator, user), ask(emulator, user)
    later(emulator, 59)
    reply(line, early)
    later(emulator, 2)
    with pytest.raises(ApiException) as refused:
        reply(line, late)
    assert words(refused) == (400, "Invalid reply token")


def test_a_refused_body_leaves_the_token_usable(
    emulator: Practice, line: MessagingApi, bot: ListeningBot
) -> None:
    """A reply that is refused for its body can be sent again with the same token."""
    token = ask(emulator, emulator.person())
    with pytest.raises(ApiException):
        line.reply_message(ReplyMessageRequest(replyToken=token, messages=[TextMessage(text="")]))
    reply(line, token)


@pytest.mark.parametrize(("minutes", "renewed"), [(15, True), (21, False)])
def test_redelivery_renews_the_token(
    emulator: Practice, line: MessagingApi, bot: ListeningBot, minutes: int, renewed: bool
) -> None:
    """A redelivered event's token works again, until 20 minutes after the event."""
    raw = emulator.event(emulator.person(), type="text", text="a")["event"]
    later(emulator, minutes * 60)
    emulator.post("/emulator/webhook/send", {"events": [{**raw, "deliveryContext": {"isRedelivery": True}}]})
    if renewed:
        reply(line, raw["replyToken"])
    else:
        with pytest.raises(ApiException) as refused:
            reply(line, raw["replyToken"])
        assert words(refused) == (400, "Invalid reply token")


def test_a_reply_takes_no_retry_key(emulator: Practice, bot: ListeningBot) -> None:
    """A retry key on a reply is refused and the token stays usable."""
    body = {"replyToken": ask(emulator, emulator.person()), "messages": [{"type": "text", "text": "a"}]}
    path, key = "/v2/bot/message/reply", {"X-Line-Retry-Key": str(uuid.uuid4())}
    assert emulator.line("POST", path, body, key)[0] == 400
    assert emulator.line("POST", path, body)[0] == 200


def test_a_retry_key_sends_once_in_24_hours(emulator: Practice, line: MessagingApi) -> None:
    """The same retry key is 409 for a day, naming the accepted request, and sends again after that."""
    user, key = emulator.person(), str(uuid.uuid4())
    request = PushMessageRequest(to=user, messages=HELLO)
    first = line.push_message_with_http_info(request, x_line_retry_key=key)
    later(emulator, 24 * 3600 - 60)
    with pytest.raises(ApiException) as refused:
        line.push_message(request, x_line_retry_key=key)
    accepted_id = refused.value.headers["x-line-accepted-request-id"]
    assert (refused.value.status, accepted_id) == (409, first.headers["x-line-request-id"])
    assert json.loads(refused.value.body)["sentMessages"][0]["id"] == first.data.sent_messages[0].id
    later(emulator, 120)
    line.push_message(request, x_line_retry_key=key)
    assert len(emulator.get(f"/emulator/people/{user}/timeline")["items"]) == 2


def test_a_refused_call_does_not_use_its_retry_key_up(emulator: Practice, line: MessagingApi) -> None:
    """After a 400 or a 500 the same key still sends; a key that is no UUID is refused."""
    user, key = emulator.person(), str(uuid.uuid4())
    emulator.put("/emulator/faults", {"push": {"mode": "500", "times": 1}})
    for text in ("a", ""):
        with pytest.raises(ApiException):
            line.push_message(PushMessageRequest(to=user, messages=[TextMessage(text=text)]), key)
    line.push_message(PushMessageRequest(to=user, messages=HELLO), x_line_retry_key=key)
    with pytest.raises(ApiException) as refused:
        line.push_message(PushMessageRequest(to=user, messages=HELLO), x_line_retry_key="again")
    assert refused.value.status == 400


def test_a_wrong_token_is_401(emulator: Practice) -> None:
    """Another access token is refused whatever is asked."""
    with pytest.raises(ApiException) as refused:
        client(emulator, "wrong").get_bot_info()
    assert refused.value.status == 401


def test_the_quota_stops_what_exceeds_it(emulator: Practice, line: MessagingApi, bot: ListeningBot) -> None:
    """Recipients count, replies do not; what would exceed the limit is 429 until the month in Japan ends."""
    users = [emulator.person() for _ in range(3)]
    emulator.put("/emulator/clock", {"now": "2026-11-30T23:00:00+09:00"})
    emulator.put("/emulator/account", {"quota": {"type": "limited", "value": 4}})
    line.multicast(MulticastRequest(to=users, messages=HELLO))
    reply(line, ask(emulator, users[0]))
    assert line.get_message_quota().value == 4
    assert line.get_message_quota_consumption().total_usage == 3
    line.push_message(PushMessageRequest(to=users[0], messages=HELLO))
    with pytest.raises(ApiException) as refused:
        line.push_message(PushMessageRequest(to=users[0], messages=HELLO))
    assert words(refused) == (429, "You have reached your monthly limit.")
    later(emulator, 3600)
    line.push_message(PushMessageRequest(to=users[0], messages=HELLO))


def test_a_blocker_gets_nothing_for_a_200(emulator: Practice, line: MessagingApi, bot: ListeningBot) -> None:
    """Push and multicast to somebody who blocks answer 200, deliver nothing and count nothing."""
    user = emulator.person()
    emulator.event(user, type="unfollow")
    line.push_message(PushMessageRequest(to=user, messages=HELLO))
    line.multicast(MulticastRequest(to=[user, "U" + "9" * 32], messages=HELLO))
    items = emulator.get(f"/emulator/people/{user}/timeline")["items"]
    assert [item["kind"] for item in items] == ["unfollow"]
    assert line.get_message_quota_consumption().total_usage == 0
    with pytest.raises(ApiException) as refused:
        line.push_message(PushMessageRequest(to="U" + "9" * 32, messages=HELLO))
    assert refused.value.status == 400


def test_a_reply_to_a_blocker_is_not_delivered(
    emulator: Practice, line: MessagingApi, bot: ListeningBot
) -> None:
    """Who wrote and then blocked gets no reply, though the call is a success."""
    user = emulator.person()
    token = ask(emulator, user)
    emulator.event(user, type="unfollow")
    reply(line, token)
    items = emulator.get(f"/emulator/people/{user}/timeline")["items"]
    assert [item["from"] for item in items] == ["person", "person"]


def test_who_wrote_can_be_messaged_for_a_week(
    emulator: Practice, line: MessagingApi, bot: ListeningBot
) -> None:
    """A person who wrote without being a friend is reachable for seven days."""
    user = emulator.person(following=False)
    ask(emulator, user)
    line.push_message(PushMessageRequest(to=user, messages=HELLO))
    later(emulator, 7 * 24 * 3600 + 1)
    line.push_message(PushMessageRequest(to=user, messages=HELLO))
    assert [entry["recipients"] for entry in emulator.ledger("push", count=2)] == [1, 0]
