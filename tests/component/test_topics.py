"""Who wants which notices, and which went out lately, as the database knows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Connection, insert, select

from bot.broadcasts.audience import criteria
from bot.broadcasts.model import Audience
from bot.broadcasts.model import Kind as BroadcastKind
from bot.chat.person import Person
from bot.chat.turns import _load, _save
from bot.clock import Clock
from bot.lifecycle import Order
from bot.notices.board import LOOK_SECONDS, Board
from bot.notices.sent import known
from bot.notices.wish import Choice, Often
from bot.store import orders, topics
from bot.store.broadcast_audience import audience, count
from bot.store.broadcast_tables import broadcast_variants, broadcasts
from bot.store.database import Database
from bot.store.models import people
from bot.store.moments import micros
from bot.store.orders import Kind, NewOrder
from tests.real import NOON

CHOICES = {
    "nothing": None,
    "no-events": Choice(None, ("events", "library")),
    "weekly": Choice(Often.WEEKLY),
    "none": Choice(Often.EMERGENCIES),
}
VISITORS = {"visitor": None, "visitor-events": Choice(Often.EVERY, ("garbage",))}


def keep(database: Database, person: Person) -> None:
    """Remember a person as the chat does."""
    database.write(lambda connection: _save(connection, Person(person.user_id), person, 0, 1))


def who(connection: Connection, condition: ColumnElement[bool]) -> set[str]:
    """Return the people on whom a condition holds."""
    query = select(people.c.user_id).select_from(topics.with_choices()).where(condition)
    return set(connection.execute(query).scalars())


@pytest.fixture
def crowd(database: Database) -> Database:
    """Return a database with one person of each kind."""
    for name, choice in CHOICES.items():
        keep(database, Person(name, notices=choice))
    for name, choice in VISITORS.items():
        keep(database, Person(name, visitor_until=date(2026, 11, 30), notices=choice))
    return database


def test_what_was_chosen_comes_back_and_can_be_given_up(database: Database) -> None:
    """The same choice is read that was written, and nothing stays where nothing is chosen."""
    keep(database, Person("U1", notices=Choice(Often.WEEKLY, ("events", "library"))))
    kept = database.read(partial(_load, user_id="U1"))
    assert kept.person.notices == Choice(Often.WEEKLY, ("events", "library"))
    for new in (Choice(None, ()), None):
        before = database.read(partial(_load, user_id="U1"))
        after = replace(before.person, notices=new)
        database.write(partial(_save, before=before.person, after=after, version=before.version or 0, now=2))
        assert database.read(partial(_load, user_id="U1")).person.notices == new


def test_everyday_notices_reach_those_who_want_them(crowd: Database) -> None:
    """By topic, by how often, and a visitor only who asked for it."""

    def reached(topic: str | None, *earlier: str | None) -> set[str]:
        meant = [topics.switched_on(one) for one in earlier]
        return crowd.read(partial(who, condition=topics.wanted(topic, meant)))

    assert reached("events") == {"nothing", "weekly", "visitor-events"}
    assert reached("garbage") == {"nothing", "no-events", "weekly"}
    assert reached(None) == {"nothing", "no-events", "weekly", "visitor-events"}
    assert reached("event_") == {"nothing", "no-events", "weekly", "visitor-events"}, "no pattern"


def test_one_a_week_is_the_first_that_was_meant_for_them(crowd: Database) -> None:
    """An earlier notice of the week takes their turn, one of a topic that they switched off does not."""
    keep(crowd, Person("weekly-no-events", notices=Choice(Often.WEEKLY, ("events",))))
    condition = topics.wanted("garbage", [topics.switched_on("events")])
    assert crowd.read(partial(who, condition=condition)) == {"nothing", "no-events", "weekly-no-events"}


def send(connection: Connection, status: Order, *, accepted: int = 1, **fields: Any) -> int:
    """Write down a broadcast and its order as they stand after the delivery; return its id."""
    new = NewOrder(f"broadcast:{fields}", Kind.BROADCAST, {}, {"ja": b"[]"}, micros(NOON), status=status)
    order = orders.create(connection, new, micros(NOON))
    counted = orders.send_orders.update().where(orders.send_orders.c.id == order).values(accepted=accepted)
    connection.execute(counted)
    row: dict[str, Any] = {
        "title": "t", "kind": "information", "status": "draft", "version": 1, "author": "a", "hands": [],
        "blanks": {}, "audience": {"languages": ["ja"], "areas": ["C"], "unknown": True},
        "fallback": {"en": "zh-Hans"}, "explained": {}, "hold_minutes": 0, "quiet_ok": False, "public": True,
        "plain": False, "created_at": 1, "changed_at": 1, "check_note": "", "order_id": order,
        "valid_until": micros(NOON + timedelta(days=1)),
        **fields,
    }  # fmt: skip
    number: int = connection.execute(insert(broadcasts).values(row).returning(broadcasts.c.id)).scalar_one()
    for tag, text in {"ja": "断水です", "zh-Hans": "停水", "en": " "}.items():
        values = {"alt": "", "link": "https://a.example" if tag == "ja" else "", "link_label": "詳細"}
        variant = {"broadcast_id": number, "language": tag, "text": text, "made_from": "", **values}
        connection.execute(insert(broadcast_variants).values(variant))
    return number


def test_what_went_out_is_known_in_every_language(database: Database) -> None:
    """Its own text, the chosen fall-back or Japanese; with whom it was for, and until when it holds."""
    number = database.write(lambda connection: send(connection, Order.SENT, topic="garbage"))
    (found,) = database.read(partial(known, now=NOON))
    assert found.id == number
    assert found.texts == {
        "ja": "断水です", "ja-simple": "断水です", "en": "停水", "zh-Hans": "停水", "zh-Hant": "断水です",
    }  # fmt: skip
    assert found.areas == {"C"}
    assert found.as_of == NOON
    assert found.valid_until == NOON + timedelta(days=1)
    assert found.links["ja"] == ("詳細", "https://a.example")
    assert "en" not in found.links


@pytest.mark.parametrize(
    ("status", "accepted", "seen", "valid"),
    [
        (Order.SCHEDULED, 0, False, False),
        (Order.SENDING, 0, False, False),
        (Order.SENDING, 3, True, True),
        (Order.STOPPED, 3, True, False),
        (Order.SENT, 0, True, True),
    ],
)
def test_only_what_left_is_known_and_what_was_stopped_is_not_repeated(
    database: Database, status: Order, accepted: int, seen: bool, valid: bool
) -> None:
    """Nobody reads a notice before it goes out; who got one that was stopped may still ask why."""
    database.write(lambda connection: send(connection, status, accepted=accepted))
    found = database.read(partial(known, now=NOON))
    assert bool(found) is seen
    assert any(one.valid_until for one in found) is valid


def test_an_old_notice_is_known_as_long_as_it_holds(database: Database) -> None:
    """Six weeks later only the one that is still valid is told."""
    later = NOON + timedelta(days=42)
    database.write(lambda connection: send(connection, Order.SENT, topic="news"))
    long = database.write(
        lambda connection: send(connection, Order.SENT, valid_until=micros(later + timedelta(days=1)))
    )
    assert [one.id for one in database.read(partial(known, now=later))] == [long]


class Still(Clock):
    """A clock that is moved by hand."""

    seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> Any:
        return NOON


def test_the_chat_looks_every_few_seconds_and_goes_on_without_the_database(database: Database) -> None:
    """What was known stays while it does not answer, and a new notice is seen at the next look."""
    clock = Still()
    board = Board(database, clock, partial(known, now=NOON))
    assert board() == ()
    database.write(lambda connection: send(connection, Order.SENT))
    assert board() == (), "not looked again yet"
    clock.seconds = LOOK_SECONDS + 1
    assert len(board()) == 1
    database.write(lambda connection: connection.exec_driver_sql("ALTER TABLE broadcasts RENAME TO gone"))
    clock.seconds *= 2
    assert len(board()) == 1


def everyday(topic: str | None, hour: int, **fields: Any) -> dict[str, Any]:
    """Return the audience of an everyday notice that is due on the Tuesday at an hour."""
    key = f"broadcast:{hour}"
    whom = criteria(Audience(**fields), BroadcastKind.INFORMATION, topic)
    return {**whom, "turn": [micros(NOON.replace(hour=hour)), key]}


def order(database: Database, audience: dict[str, Any], status: Order = Order.SENT) -> None:
    """Make the order of a notice."""
    due_at, key = audience["turn"]
    new = NewOrder(key, Kind.BROADCAST, audience, {"ja": b"[]"}, due_at, status=status)
    database.write(lambda connection: orders.create(connection, new, due_at))


def test_the_audience_of_a_notice_asks_what_people_chose(crowd: Database) -> None:
    """Counting and planning agree; an emergency asks nobody."""

    def people_of(whom: dict[str, Any]) -> set[str]:
        found = crowd.read(lambda connection: audience(connection, whom, "", 100))
        counted = crowd.read(lambda connection: count(connection, whom))
        assert sum(counted.values()) == len(found)
        return {user_id for user_id, _ in found}

    order(crowd, everyday("library", 9))
    assert people_of(everyday("events", 12)) == {"nothing", "visitor-events"}
    order(crowd, everyday("library", 8), Order.CANCELLED)
    assert people_of(everyday("events", 8)) == {"nothing", "weekly", "visitor-events"}
    everybody = {*CHOICES, *VISITORS}
    assert people_of(criteria(Audience(), BroadcastKind.EMERGENCY, "events")) == everybody


def test_a_notice_for_others_leaves_the_turn_of_the_week(crowd: Database) -> None:
    """Who was not meant by an earlier one gets this one, and last week's does not count."""
    order(crowd, everyday("events", 9, areas=("D",)))
    last_week = everyday("events", 10)
    last_week["turn"][0] -= micros(NOON) - micros(NOON - timedelta(days=2))
    order(crowd, last_week)
    found = crowd.read(lambda connection: audience(connection, everyday("events", 12), "", 100))
    assert "weekly" in {user_id for user_id, _ in found}


def test_the_week_begins_on_monday_in_japan() -> None:
    """Sunday night belongs to the week before."""
    monday = NOON.replace(day=23, hour=0)
    assert topics.week_of(micros(NOON)) == micros(monday)
    assert topics.week_of(micros(monday) - 1) == micros(monday - timedelta(days=7))
