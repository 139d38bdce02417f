"""Whatever fails: somebody hears about it, it comes to an end, and the next question is answered."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.lifecycle import Inbox
from bot.line.port import Message, Sent
from bot.line.sdk import LineApi
from bot.store import inbox as inbox_store
from bot.store.inbox import Arrival
from bot.store.models import inbox, question_counts
from bot.store.moments import micros
from tests.component.conftest import PHONE, Bot, MakeBot, served
from tests.component.rows import rows
from tests.component.waiting import until
from tests.emulator_process import Practice


def said(practice: Practice) -> list[str]:
    """Return the texts that LINE accepted from the bot."""
    entries = practice.get("/emulator/ledger?kind=reply")["entries"]
    return [entry["body"]["messages"][0]["text"] for entry in entries if entry["accepted"]]


def closed(bot: Bot, count: int) -> dict[str, int]:
    """Return how many events ended in which state, once that many are kept and all are closed."""

    def ended() -> bool:
        events = rows(bot.database, inbox)
        return len(events) == count and all(row["lease_until"] is None for row in events)

    until(ended, "all closed")
    states = [row["state"] for row in rows(bot.database, inbox)]
    return {state: states.count(state) for state in states}


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (["lang zh-Hant"], ["抱歉"]),
        (["lang ja-simple"], ["電話（でんわ）"]),
        ([], ["申し訳ありません", "Something went wrong"]),
    ],
)
def test_a_turn_that_fails_ends_in_an_apology(
    bot: Bot, practice: Practice, before: list[str], words: list[str]
) -> None:
    """In the reader's language (else in two), with the desk's number, counted apart; the next is answered."""
    user = practice.person()
    for text in (*before, "break", "電池"):
        practice.event(user, type="text", text=text)
    assert closed(bot, len(before) + 2) == {Inbox.ANSWERED: len(before) + 2}
    apology, answer = said(practice)[-2:]
    assert all(word in apology for word in (*words, PHONE))
    assert answer.endswith("電池")
    counted = {row["topic"]: row["status"] for row in rows(bot.database, question_counts)}
    assert counted == {"event:text": "failed", "parrot": "answered"}


@pytest.mark.parametrize("text", ["unspeakable", "unkeepable"])
def test_a_turn_that_cannot_be_kept_ends_in_an_apology(bot: Bot, practice: Practice, text: str) -> None:
    """Reply and person are stored with the turn; where that fails for good, the person is not stuck."""
    user = practice.person()
    for words in (text, "電池"):
        practice.event(user, type="text", text=words)
    assert closed(bot, 2) == {Inbox.ANSWERED: 2}
    apology, answer = said(practice)
    assert PHONE in apology
    assert answer.endswith("電池")


class Stumbling(LineApi):
    """A LINE client that raises for one text, as none should."""

    def reply(self, token: str, messages: list[Message]) -> Sent:
        if "poison" in messages[0]["text"]:
            raise ValueError("header")
        return super().reply(token, messages)


def test_a_reply_that_breaks_the_client_comes_to_an_end(make_bot: MakeBot, practice: Practice) -> None:
    """The event is closed as expired and the person's next question is answered."""
    bot = make_bot(line=Stumbling(practice.base_url, practice.token))
    user = practice.person()
    with served(bot.app, practice):
        for text in ("poison", "電池"):
            practice.event(user, type="text", text=text)
        assert closed(bot, 2) == {Inbox.EXPIRED: 1, Inbox.ANSWERED: 1}
    assert said(practice) == ["-: 電池"]


def test_when_even_the_apology_fails_the_event_is_unreadable(make_bot: MakeBot, practice: Practice) -> None:
    """An unfollow that breaks, and talk in a group that is not meant for us, have nobody to apologise to."""

    class Breaking:
        def needs_profile(self, *_: object) -> bool:
            return False

        def __call__(self, *_: object) -> Any:
            raise RuntimeError

    bot = make_bot(talk=Breaking())
    with served(bot.app, practice):
        practice.event(practice.person(), type="unfollow")
        practice.event(practice.person(), type="text", text="x", group="C" + "0" * 32)
        assert closed(bot, 2) == {Inbox.UNREADABLE: 2}
    assert said(practice) == []


def test_a_reply_that_is_too_old_is_not_tried_again(make_bot: MakeBot, practice: Practice) -> None:
    """20 minutes after its delivery LINE takes no reply: the event is expired without a further call."""
    bot = make_bot(running=False)
    then = micros(Clock().now() - timedelta(minutes=21))
    old = Arrival("event-old", "Uold", "m1", "token", b"{}", then, then)
    reply = json.dumps([{"type": "text", "text": "late"}]).encode()
    bot.database.write(lambda connection: inbox_store.put(connection, [old], "dead", then))
    bot.database.write(lambda connection: inbox_store.keep_reply(connection, "event-old", "dead", reply))
    bot.runner.start()
    assert closed(bot, 1) == {Inbox.EXPIRED: 1}
    assert practice.get("/emulator/ledger?kind=reply")["entries"] == []


def test_a_bot_mentioned_in_a_group_hears_the_question_only(bot: Bot, practice: Practice) -> None:
    """Its name is cut out, spaces and all."""
    practice.put("/emulator/account", {"name": "Awa Window"})
    group = "C" + "0" * 32
    practice.event(practice.person(), type="text", text="frying pan", group=group, mention_bot=True)
    closed(bot, 1)
    assert said(practice) == ["-: frying pan"]
