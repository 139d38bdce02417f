"""The practice LINE's control API: its settings, its timelines, and what it says to mistakes."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import urllib3

from tests.contract.listening_bot import ListeningBot
from tests.emulator_process import Practice, start_emulator

FIRST_PHONE = "U" + "1".zfill(32)


def test_a_fresh_practice_has_three_phones(emulator: Practice) -> None:
    """A resident, a visitor and a newcomer, each with a language, nobody a friend yet."""
    people = emulator.get("/emulator/state")["people"]
    assert [person["language"] for person in people] == ["ja", "en", "zh-Hans"]
    assert not any(person["following"] for person in people)


def test_people_in_bulk_have_no_phone(emulator: Practice) -> None:
    """Many friends can be made in one call without crowding the phone page."""
    assert emulator.post("/emulator/people/bulk", {"count": 1000, "languages": ["ja", None]}) == {
        "count": 1000
    }
    assert len(emulator.get("/emulator/state")["people"]) == 3
    assert len(emulator.line("GET", "/v2/bot/followers/ids?limit=1000")[1]["userIds"]) == 1000


def test_the_clock_can_be_set_and_reset(emulator: Practice) -> None:
    """Time jumps to a moment or by seconds, and returns to real time."""
    told = emulator.put("/emulator/clock", {"now": "2030-01-01T00:00:00+09:00"})
    assert told["now"].startswith("2029-12-31T15:00:0")
    emulator.put("/emulator/clock", {"advance_seconds": 86400})
    assert emulator.get("/emulator/clock")["now"].startswith("2030-01-01T15:00")
    assert emulator.put("/emulator/clock", {"reset": True})["shifted_seconds"] == 0


def test_events_carry_the_clock_of_the_practice(emulator: Practice, bot: ListeningBot) -> None:
    """An event's timestamp is the emulator's time in milliseconds."""
    emulator.put("/emulator/clock", {"now": "2030-01-01T00:00:00Z"})
    emulator.event(FIRST_PHONE, type="follow")
    assert 0 <= bot.wait_for(1)[0].events[0]["timestamp"] - 1893456000000 < 60_000


def test_a_timeline_shows_what_a_person_saw(emulator: Practice, bot: ListeningBot) -> None:
    """Each doing is one line with a rising number; a tap shows the words its button says."""
    emulator.event(FIRST_PHONE, type="follow")
    said = emulator.event(FIRST_PHONE, type="text", text="電池")["event"]["message"]
    emulator.event(FIRST_PHONE, type="postback", data="a=1", displayText="はい")
    emulator.event(FIRST_PHONE, type="unsend", messageId=said["id"])
    items = emulator.get(f"/emulator/people/{FIRST_PHONE}/timeline")["items"]
    assert [(item["kind"], item["text"]) for item in items] == [
        ("follow", ""),
        ("message", "電池"),
        ("postback", "はい"),
        ("unsend", ""),
    ]
    assert items[1]["message"] == said
    assert items[3]["message_id"] == items[1]["message_id"] == said["id"]
    newer = emulator.get(f"/emulator/people/{FIRST_PHONE}/timeline?after={items[1]['seq']}")["items"]
    assert newer == items[2:]


def test_a_timeline_can_be_waited_for(emulator: Practice, bot: ListeningBot) -> None:
    """A waiting call comes back with the message that arrives meanwhile."""
    seen: list[Any] = []
    path = f"/emulator/people/{FIRST_PHONE}/timeline?wait=30"
    waiting = threading.Thread(target=lambda: seen.append(emulator.get(path)))
    waiting.start()
    emulator.event(FIRST_PHONE, type="text", text="電池")
    waiting.join(60)
    assert [item["text"] for item in seen[0]["items"]] == ["電池"]


def test_a_reset_forgets_all_but_the_webhook(emulator: Practice, bot: ListeningBot) -> None:
    """People, ledger, quota, faults and clock are as new; the webhook address stays."""
    emulator.person()
    emulator.event(FIRST_PHONE, type="follow")
    emulator.put("/emulator/faults", {"push": {"mode": "500"}})
    emulator.put("/emulator/account", {"name": "x", "quota": {"type": "limited", "value": 1}})
    emulator.put("/emulator/clock", {"advance_seconds": 60})
    emulator.reset()
    state = emulator.get("/emulator/state")
    assert state["webhook"]["url"] == bot.url
    assert (state["faults"], state["account"]["quota"], len(state["people"])) == ({}, {"type": "none"}, 3)
    assert state["clock"]["shifted_seconds"] == 0
    assert emulator.get("/emulator/ledger") == {"entries": [], "last": 0}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    [
        ("PUT", "clock", {"now": "tomorrow"}, 400, "tomorrow is not a date"),
        ("PUT", "clock", {"now": "2026-11-24T08:00:00"}, 400, "offset"),
        ("PUT", "clock", {}, 400, "less than 1 property"),
        ("PUT", "faults", {"reply": {"mode": "nonsense"}}, 400, "reply/mode"),
        ("PUT", "account", {"quota": {"type": "limited"}}, 400, "quota"),
        ("POST", "people", {}, 400, "name"),
        ("POST", "people", {"name": "a", "user_id": FIRST_PHONE}, 400, "taken"),
        ("POST", f"people/{FIRST_PHONE}/events", {"type": "dance"}, 400, "dance"),
        ("POST", f"people/{FIRST_PHONE}/events", {"type": "text"}, 400, "text"),
        ("POST", "people/nobody/events", {"type": "follow"}, 404, "nobody"),
        ("GET", "people/nobody/timeline", None, 404, "nobody"),
        ("GET", "burst/none", None, 404, "none"),
        ("GET", "nowhere", None, 404, "not found"),
    ],
)
def test_mistakes_are_explained(
    emulator: Practice, method: str, path: str, body: Any, status: int, says: str
) -> None:
    """A wrong call is refused with one sentence that names what is wrong."""
    answer = urllib3.request(method, f"{emulator.base_url}/emulator/{path}", json=body)
    assert answer.status == status
    assert says in answer.json()["error"]


def test_a_page_elsewhere_cannot_post(emulator: Practice) -> None:
    """A body that is not declared as JSON is refused, so a form on another site changes nothing."""
    address = f"{emulator.base_url}/emulator/people/{FIRST_PHONE}/events"
    assert urllib3.request("POST", address, body=b'{"type": "follow"}').status == 400
    assert not emulator.get("/emulator/state")["people"][0]["following"]


def test_stopping_lets_waiting_calls_go() -> None:
    """The process ends though a call is waiting for news."""
    practice = start_emulator()
    path = f"/emulator/people/{FIRST_PHONE}/timeline?wait=30"
    ended = threading.Event()

    def wait() -> None:
        try:
            practice.get(path)
        except urllib3.exceptions.HTTPError:
            pass
        finally:
            ended.set()

    threading.Thread(target=wait, daemon=True).start()
    practice.stop()
    assert ended.wait(60)
