"""From an event to LINE's answer to our reply, whatever that is."""

from typing import Any

import pytest

from bot.lifecycle import Inbox
from bot.store.models import inbox, people, question_counts, unanswered
from tests.component.conftest import Bot, MakeBot, served
from tests.component.rows import rows
from tests.component.waiting import until
from tests.emulator_process import Practice


def events(bot: Bot) -> list[dict[str, Any]]:
    return rows(bot.database, inbox)


def final_states(bot: Bot) -> list[str]:
    """Return the states once every event is closed, and see that nothing that was said is left."""
    until(lambda: events(bot) and all(row["lease_until"] is None for row in events(bot)), "all closed")
    assert {(row["body"], row["reply"], row["reply_token"]) for row in events(bot)} == {(None, None, None)}
    return [row["state"] for row in events(bot)]


def accepted(practice: Practice) -> list[dict[str, Any]]:
    return [entry for entry in practice.get("/emulator/ledger?kind=reply")["entries"] if entry["accepted"]]


def test_a_question_gets_one_answer(bot: Bot, practice: Practice) -> None:
    """The reply arrives, the event is closed, the person and the numbers are kept."""
    user = practice.person()
    practice.event(user, type="text", text="電池")
    assert final_states(bot) == [Inbox.ANSWERED]
    assert [entry["body"]["messages"][0]["text"] for entry in accepted(practice)] == ["-: 電池"]
    (person,) = rows(bot.database, people)
    assert (person["user_id"], person["last_answer"], person["offered"]) == (user, "電池", ["a", "b"])
    (counted,) = rows(bot.database, question_counts)
    assert (counted["topic"], counted["status"], counted["n"]) == ("parrot", "answered", 1)


def test_what_nothing_is_known_about_is_kept_masked(bot: Bot, practice: Practice) -> None:
    """The text without its numbers, and nothing of who asked."""
    practice.event(practice.person(), type="text", text="カード 1234 5678 9012 3456 は??")
    final_states(bot)
    (row,) = rows(bot.database, unanswered)
    assert row["question"] == "カード [number] は??"


def test_a_persons_messages_are_answered_in_their_order(bot: Bot, practice: Practice) -> None:
    """A choice made just before counts for the next question, however many threads there are."""
    practice.put("/emulator/latency", {"reply": 30})
    users = [practice.person() for _ in range(6)]
    said = ["lang en", "1", "2", "lang ja", "3"]
    for text in said:
        for user in users:
            practice.event(user, wait=True, type="text", text=text)
    final_states(bot)
    for user in users:
        items = practice.get(f"/emulator/people/{user}/timeline")["items"]
        heard = [item["message"]["text"] for item in items if item["from"] == "bot"]
        assert heard == ["en: lang en", "en: 1", "en: 2", "ja: lang ja", "ja: 3"]


def test_the_order_holds_across_processes(make_bot: MakeBot, practice: Practice) -> None:
    """What another process is still to answer is waited for, however idle this one is."""
    slow, quick = make_bot(owner="web-1", running=False), make_bot(owner="web-2")
    user, somebody_else = practice.person(), practice.person()
    with served(slow.app, practice):
        practice.event(user, type="text", text="lang en")
    with served(quick.app, practice):
        practice.event(user, type="text", text="1")
        practice.event(somebody_else, type="text", text="2")
    practice.ledger("reply")  # the second process has come past the waiting one
    slow.runner.start()
    final_states(quick)
    heard = [entry["body"]["messages"][0]["text"] for entry in accepted(practice)]
    assert heard == ["-: 2", "en: lang en", "en: 1"]


@pytest.mark.parametrize("mode", ["500", "429", "reset", "accept-then-500", "accept-then-reset"])
def test_a_reply_that_may_have_failed_is_sent_again_and_arrives_once(
    bot: Bot, practice: Practice, mode: str
) -> None:
    """The same token again: LINE takes it once, so the reader sees the answer exactly once."""
    practice.put("/emulator/faults", {"reply": {"mode": mode, "times": 1}})
    practice.event(practice.person(), type="text", text="電池")
    assert final_states(bot) == [Inbox.ANSWERED]
    assert len(accepted(practice)) == 1
    assert len(practice.get("/emulator/ledger?kind=reply")["entries"]) == 2


def test_an_answer_of_lines_that_nobody_can_read_is_an_acceptance(bot: Bot, practice: Practice) -> None:
    """2xx is 2xx, whatever the body says."""
    practice.put("/emulator/faults", {"reply": {"mode": "odd-body", "times": 1}})
    practice.event(practice.person(), type="text", text="電池")
    assert final_states(bot) == [Inbox.ANSWERED]
    assert len(practice.get("/emulator/ledger?kind=reply")["entries"]) == 1


@pytest.mark.parametrize("mode", ["401", "403"])
def test_a_refused_token_is_noticed_and_forgotten_again(bot: Bot, practice: Practice, mode: str) -> None:
    """401 and 403 close the event as refused and show as ill, until LINE accepts something."""
    practice.put("/emulator/faults", {"reply": {"mode": mode, "times": 1}})
    user = practice.person()
    practice.event(user, type="text", text="電池")
    assert final_states(bot) == [Inbox.REFUSED]
    assert bot.runner.line_refused
    practice.event(user, type="text", text="電池")
    assert sorted(final_states(bot)) == [Inbox.ANSWERED, Inbox.REFUSED]
    assert not bot.runner.line_refused


def test_an_expired_token_is_no_answer(make_bot: MakeBot, practice: Practice) -> None:
    """400 at the first try closes the event as expired: nothing was said, nothing is pushed instead."""
    resting = make_bot(running=False)
    user = practice.person()
    with served(resting.app, practice):
        practice.event(user, type="text", text="電池")
    practice.put("/emulator/clock", {"advance_seconds": 61})
    resting.runner.start()
    assert final_states(resting) == [Inbox.EXPIRED]
    assert accepted(practice) == []
    assert len(practice.get("/emulator/ledger?kind=push")["entries"]) == 0


def test_events_that_bring_no_token_still_count(bot: Bot, practice: Practice) -> None:
    """Unfollowing is remembered though nothing can be said to it."""
    user = practice.person()
    practice.event(user, type="unfollow")
    assert final_states(bot) == [Inbox.ANSWERED]
    assert [row["following"] for row in rows(bot.database, people)] == [False]


def test_the_profile_is_asked_for_once(bot: Bot, practice: Practice) -> None:
    """Its language decides; the second time what is remembered must do."""
    user = practice.person(language="zh-Hant")
    for _ in range(2):
        practice.event(user, type="text", text="profile?")
    final_states(bot)
    assert [entry["body"]["messages"][0]["text"] for entry in accepted(practice)] == [
        "zh-Hant: profile?",
        "-: profile?",
    ]
    assert len(practice.get("/emulator/ledger?kind=profile")["entries"]) == 1


def test_in_groups_nobody_is_remembered(bot: Bot, practice: Practice) -> None:
    """A group is answered without a trace of who spoke."""
    practice.event(practice.person(), type="text", text="lang en", group="C" + "0" * 32)
    assert final_states(bot) == [Inbox.ANSWERED]
    assert rows(bot.database, people) == []


def test_what_a_process_leaves_behind_another_answers(make_bot: MakeBot, practice: Practice) -> None:
    """Events of a process that stopped are taken over by the sweep of another."""
    first = make_bot(owner="web-1", running=False)
    with served(first.app, practice):
        practice.event(practice.person(), type="text", text="電池")
    first.runner.stop()
    second = make_bot(owner="web-2")
    assert final_states(second) == [Inbox.ANSWERED]
    assert len(accepted(practice)) == 1
