"""A city whose calendar is loaded, its people, and a delivery in memory: reminders at any moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from bot.answers.engine import Engine
from bot.answers.taps import Tap
from bot.chat.conversation import Conversation
from bot.chat.person import Person
from bot.chat.reminding import follow
from bot.chat.turns import _load, _save
from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.collection import Change
from bot.knowledge.model import Knowledge
from bot.lifecycle import Order
from bot.line.inbound import Inbound
from bot.reminders.ordering import Ordering
from bot.store import orders, people, reminders
from bot.store.database import Database
from bot.store.moments import SECOND, micros, moment
from bot.store.orders import SendOrder
from tests.real import JST, engine, knowledge, voices
from tests.unit.test_calendar import schedule

ANN, BEN = (f"U{number:032x}" for number in (1, 2))
THURSDAY = date(2026, 11, 26)
"""In area C paper and PET bottles are collected, in area D paper only."""


def rows() -> list[Any]:
    """Return a calendar that the city loaded, and days of plastic that somebody else wrote down."""
    year = {"valid_from": date(2026, 4, 1), "valid_until": date(2027, 3, 31), "holidays": "collected"}
    return [
        schedule("weekly Thu", id="paper", category="paper", areas=["C", "D"], **year),
        schedule("weekly Thu,Fri", id="pet", category="pet-bottles", areas=["C"], **year),
        schedule("weekly Wed,Sat", id="pet-d", category="pet-bottles", areas=["D"], **year),
        schedule(
            "weekly Thu,Fri", id="plastic", category="plastic-packaging", areas=["C", "D"],
            evidence="third-party", **year,
        ),
    ]  # fmt: skip


def change(day: date, **given: Any) -> Change:
    """Return a change of area C and D on a day."""
    fields = {
        "id": "change", "areas": ["C", "D"], "first": day, "last": day, "reason": "typhoon",
        "evidence": "city-page", "checked_on": day,
    }  # fmt: skip
    return Change.model_validate({**fields, **given})


def city(changes: tuple[Change, ...] = (), schedules: list[Any] | None = None) -> Knowledge:
    """Return the real content with another calendar."""
    known = knowledge()
    calendar = CollectionCalendar(known.calendar.areas.values(), schedules or rows(), changes)
    return replace(known, calendar=calendar)


@dataclass
class Got:
    """A message that somebody got."""

    user: str
    order: SendOrder
    variant: str
    at: datetime


@dataclass
class World:
    """One city at one moment. Everything is real but the clock and the delivery."""

    database: Database
    now: datetime = datetime(2026, 11, 25, 12, tzinfo=JST)
    changes: tuple[Change, ...] = ()
    schedules: list[Any] | None = None
    got: list[Got] = field(default_factory=list)
    shown: str = ""
    _plans: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    _city: tuple[object, Knowledge] | None = None

    @property
    def known(self) -> Knowledge:
        """The content in force."""
        wanted = (self.changes, self.schedules)
        if self._city is None or self._city[0] != wanted:
            self._city = wanted, city(*wanted)
        return self._city[1]

    @property
    def current(self) -> Engine:
        """The engine of the content in force."""
        return Engine(self.known, voices(), engine().index)

    def does(self, user: str, **event: Any) -> Person:
        """Let somebody say or tap something; return what is remembered of them."""
        talk = Conversation(self, voices(), lambda: self.now, practice=True)
        kept = self.database.read(partial(_load, user_id=user))
        event = {"kind": "text", "chat": "user", "reply_token": "t", **event}
        turn = talk(Inbound(event_id="E", user_id=user, sent_at=self.now, **event), kept.person, None)
        self.shown = str(turn.messages)
        after = turn.person or kept.person
        if after != kept.person:
            self.database.write(
                lambda connection: _save(connection, kept.person, after, kept.version or 0, micros(self.now))
            )
        return after

    def taps(self, user: str, what: str) -> Person:
        """Press a button about reminders."""
        return self.does(user, kind="postback", postback=Tap("answer", f"remind:{what}").encode())

    def moves(self, user: str, area: str | None, **fields: Any) -> None:
        """Let somebody live in an area."""
        talk_of = self.database.read(partial(_load, user_id=user))

        after = follow(talk_of.person, replace(talk_of.person, area=area, **fields))
        self.database.write(
            lambda connection: _save(
                connection, talk_of.person, after, talk_of.version or 0, micros(self.now)
            )
        )

    def clock(self, hour: int, minute: int = 0, day: date | None = None) -> None:
        """Set the clock, on the same day unless told otherwise, and let two minutes pass."""
        self.now = datetime.combine(day or self.now.date(), time(hour, minute), tzinfo=JST)
        self.tick()
        self.now += timedelta(minutes=2)
        self.tick()

    def tick(self) -> None:
        """Look at reminders and deliver what is due, until nothing changes."""
        ordering = Ordering(self.database, voices(), practice=True)
        for _ in range(2):
            ordering.look(self.known, self.now)
            self._deliver()

    def _deliver(self) -> None:
        now = micros(self.now)
        for order in self.database.read(orders.listed):
            if order.status is Order.SCHEDULED and order.expired(now):
                self._step(order, Order.CANCELLED, note="expired")
            elif order.status is Order.SCHEDULED and order.due_at - 60 * SECOND <= now:
                if order.id not in self._plans:
                    self._plans[order.id] = self._audience(order)
                if order.due_at <= now:
                    self._send(order)

    def _audience(self, order: SendOrder) -> list[tuple[str, str]]:
        if order.audience.get("of") != "reached":
            return list(self.database.read(lambda c: reminders.audience(c, order.audience, "", 1000)))
        assert "accepted" in order.audience["outcomes"], "nothing is missed here"
        earlier = order.audience["order"]
        return [
            (one.user, one.variant)
            for one in self.got
            if one.order.id == earlier
            and one.variant in order.audience["variants"]
            and self.database.read(partial(people.load, user_id=one.user)).values["following"]
        ]

    def _send(self, order: SendOrder) -> None:
        plan = self._plans[order.id]
        assert {variant for _, variant in plan} <= set(
            self.database.read(partial(orders.variants, order_id=order.id))
        )
        self._step(order, Order.SENDING)
        self._step(order, Order.SENT, at=Order.SENDING, accepted=len(plan), recipients=len(plan))
        self.got += [Got(user, order, variant, self.now) for user, variant in plan]

    def _step(self, order: SendOrder, new: Order, at: Order = Order.SCHEDULED, **changes: Any) -> None:
        done = self.database.write(
            lambda connection: orders.step(connection, order.id, at, new, micros(self.now), **changes)
        )
        assert done

    def reminded(self, user: str) -> list[date]:
        """Return the days of which somebody was reminded, corrections apart."""
        return [
            date.fromisoformat(one.order.audience["day"])
            for one in self.got
            if one.user == user and one.order.audience["mode"] != "correction"
        ]

    def texts(self, order: SendOrder, variant: str) -> str:
        """Return an order's text of one variant."""
        return self.database.read(partial(orders.variants, order_id=order.id))[variant][0].decode(
            "unicode_escape"
        )


def due(order: SendOrder) -> datetime:
    """Return when an order is due, in the city's time."""
    return moment(order.due_at).astimezone(JST)
