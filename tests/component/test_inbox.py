"""Events are kept once, owned by one, and moved along the table only."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.lifecycle import Inbox
from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import LEASE, Arrival
from bot.store.models import inbox as table
from bot.store.moments import SECOND
from tests.component.rows import rows

NOW = 1_795_000_000 * SECOND
DAY = 86_400 * SECOND


def arrival(name: str, person: str | None = "Uperson", sent: int = 0, **more: object) -> Arrival:
    fields = {
        "event_id": f"event-{name}",
        "person": person,
        "message_id": f"m{name}",
        "reply_token": f"token-{name}",
        "body": b'{"text":"\\u0000 \\ud800"}',
        "sent_at": NOW + sent,
        "received_at": NOW + sent,
        "unsends": None,
    }
    return Arrival(**{**fields, **more})


def put(database: Database, *arrivals: Arrival, owner: str | None = "a", now: int = NOW) -> list[str]:
    return database.write(lambda connection: inbox.put(connection, arrivals, owner, now))


def claim(database: Database, owner: str, now: int) -> list[str]:
    places = database.write(lambda connection: inbox.claim(connection, owner, now, 10))
    return [place.event_id for place in places]


def look(database: Database, name: str, owner: str) -> inbox.Entry | None:
    return database.read(lambda connection: inbox.look(connection, f"event-{name}", owner))


def reply(database: Database, name: str, owner: str) -> bool:
    return database.write(lambda connection: inbox.keep_reply(connection, f"event-{name}", owner, b"[]"))


def finish(database: Database, name: str, owner: str, old: Inbox, new: Inbox) -> bool:
    return database.write(lambda connection: inbox.finish(connection, f"event-{name}", owner, old, new))


def test_an_event_that_comes_twice_is_one_event(database: Database) -> None:
    """Two processes that are given the same event at the same moment: one owns it."""
    gate = threading.Barrier(8)

    def arrive(owner: str) -> list[str]:
        gate.wait()
        return put(database, arrival("1"), owner=owner)

    with ThreadPoolExecutor(8) as pool:
        mine = list(pool.map(arrive, [f"web-{number}" for number in range(8)]))
    assert sorted(mine) == [[]] * 7 + [["event-1"]]
    assert len(rows(database, table)) == 1


def test_a_redelivered_event_gets_young_again_while_it_is_unanswered(database: Database) -> None:
    """Its token and body are renewed; once it is closed, nothing changes any more."""
    put(database, arrival("1"))
    assert put(database, arrival("1", reply_token="younger", body=b"{}"), owner="b", now=NOW + SECOND) == []
    entry = look(database, "1", "a")
    assert entry
    assert (entry.reply_token, entry.body, entry.token_at) == ("younger", b"{}", NOW + SECOND)
    reply(database, "1", "a")
    put(database, arrival("1"), now=NOW + 2 * SECOND)
    entry = look(database, "1", "a")
    assert entry
    assert (entry.body, entry.token_at) == (None, NOW + 2 * SECOND)
    finish(database, "1", "a", Inbox.REPLYING, Inbox.ANSWERED)
    closed = rows(database, table)
    assert put(database, arrival("1")) == []
    assert rows(database, table) == closed


def test_a_closed_event_holds_nothing_that_was_said(database: Database) -> None:
    """With the final state, what was said and who said it are gone."""
    put(database, arrival("1"))
    assert reply(database, "1", "a")
    assert finish(database, "1", "a", Inbox.REPLYING, Inbox.ANSWERED)
    (row,) = rows(database, table)
    assert row["state"] == "answered"
    assert {row[name] for name in ("body", "reply", "reply_token", "person", "message_id", "owner")} == {None}


def test_only_the_owner_moves_an_event(database: Database) -> None:
    """After a take-over the former owner's steps change nothing."""
    put(database, arrival("1"))
    assert claim(database, "b", NOW + LEASE + 1) == ["event-1"]
    assert look(database, "1", "a") is None
    assert not reply(database, "1", "a")
    assert reply(database, "1", "b")
    assert not finish(database, "1", "a", Inbox.REPLYING, Inbox.ANSWERED)
    assert finish(database, "1", "b", Inbox.REPLYING, Inbox.ANSWERED)


def test_only_abandoned_events_are_taken_over(database: Database) -> None:
    """A lease that runs protects; one renewed runs on; one far in the future (clock set back) is dead."""
    put(database, arrival("1", "Uone"), arrival("2", "Utwo"))
    assert claim(database, "b", NOW + LEASE - 1) == []
    database.write(lambda connection: inbox.renew(connection, "a", ["event-1"], NOW + LEASE - 1))
    assert claim(database, "b", NOW + LEASE + 1) == ["event-2"]
    assert claim(database, "c", NOW - DAY) == ["event-1", "event-2"]


def test_released_events_are_free_at_once(database: Database) -> None:
    """A process that stops hands over what it could not answer."""
    put(database, arrival("1"))
    database.write(lambda connection: inbox.release(connection, "a"))
    assert claim(database, "b", NOW) == ["event-1"]


def test_a_person_is_answered_in_the_order_they_wrote(database: Database) -> None:
    """While an older event of a person is open, the younger one waits, whoever owns them."""
    put(database, arrival("late", sent=5), owner="b")
    put(database, arrival("early", sent=1), arrival("other", "Uother", sent=9))
    late, early = look(database, "late", "b"), look(database, "early", "a")
    assert late
    assert early
    assert (late.waits, early.waits) == (True, False)
    database.write(lambda connection: inbox.renew(connection, "a", ["event-early"], NOW + LEASE))
    assert claim(database, "c", NOW + LEASE + 9) == ["event-other"]
    assert claim(database, "c", NOW + 3 * LEASE) == ["event-early", "event-late", "event-other"]
    late, early = look(database, "late", "c"), look(database, "early", "c")
    assert late
    assert early
    assert (late.waits, early.waits) == (True, False)


def test_two_sweeps_at_once_share_the_events(database: Database) -> None:
    """No event is taken over twice."""
    people = [arrival(f"{number:02}", f"U{number}") for number in range(40)]
    put(database, *people)
    gate = threading.Barrier(4)

    def sweep(owner: str) -> list[str]:
        gate.wait()
        return [one for _ in range(4) for one in claim(database, owner, NOW + LEASE + 1)]

    with ThreadPoolExecutor(4) as pool:
        taken = [one for some in pool.map(sweep, "wxyz") for one in some]
    assert sorted(taken) == [one.event_id for one in people]


def test_an_unsent_message_is_forgotten(database: Database) -> None:
    """Taken back before it was answered, a message is never answered and its words are gone."""
    put(database, arrival("1"), arrival("2", sent=1), arrival("3", "Uother", message_id="m1"))
    put(database, arrival("unsend", sent=2, message_id=None, unsends="m1"))
    states = {row["event_id"]: (row["state"], row["body"] is None) for row in rows(database, table)}
    assert states["event-1"] == ("ignored", True)
    assert states["event-2"] == states["event-3"] == states["event-unsend"] == ("new", False)
    assert not reply(database, "1", "a")


def test_an_unsend_may_come_with_its_message(database: Database) -> None:
    """In one request, whatever their ids: all are kept first, then what was taken back is forgotten."""
    put(database, arrival("9"), arrival("1", sent=1, message_id=None, unsends="m9"))
    states = {row["event_id"]: (row["state"], row["body"] is None) for row in rows(database, table)}
    assert states == {"event-9": ("ignored", True), "event-1": ("new", False)}


def test_there_are_no_other_steps_than_those_in_the_table(database: Database) -> None:
    """A step that the lifecycle does not know is a mistake in the program."""
    put(database, arrival("1"))
    with pytest.raises(AssertionError):
        finish(database, "1", "a", Inbox.NEW, Inbox.REFUSED)
    assert look(database, "1", "a")


def test_old_events_are_forgotten_in_chunks_and_open_ones_stay(database: Database) -> None:
    """Ids of closed events go after their time; what is open was never dealt with and stays."""
    put(database, *[arrival(str(number), f"U{number}") for number in range(5)], arrival("open", "Uopen"))
    for number in range(5):
        finish(database, str(number), "a", Inbox.NEW, Inbox.IGNORED)

    def chunk() -> int:
        return database.write(lambda connection: inbox.forget_before(connection, NOW + DAY, 3))

    assert [chunk(), chunk(), chunk()] == [3, 2, 0]
    assert [row["event_id"] for row in rows(database, table)] == ["event-open"]
