"""The whole way through the practice LINE: asked for by taps, sent at eight, corrected, stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from bot.answers.engine import Engine
from bot.answers.taps import Tap
from bot.chat.conversation import Conversation
from bot.clock import PracticeClock
from bot.delivery.dispatcher import Dispatcher
from bot.knowledge.collection import Change
from bot.reminders.ordering import Ordering
from bot.store import reminders
from tests.component.conftest import Bot, MakeBot, served
from tests.component.reminding import THURSDAY, change, city
from tests.component.sending import dispatcher
from tests.component.waiting import until
from tests.emulator_process import Practice
from tests.real import engine, voices


@dataclass
class Town:
    """A city whose clerk can change the calendar."""

    changes: tuple[Change, ...] = ()

    @property
    def current(self) -> Engine:
        """The engine of the content in force."""
        return Engine(city(self.changes), voices(), engine().index)


@dataclass
class Evening:
    """A bot, a town, and somebody with a telephone."""

    bot: Bot
    practice: Practice
    town: Town
    clock: PracticeClock
    sender: Dispatcher
    ann: str

    def taps(self, answer_id: str) -> str:
        """Press a button; return what came back."""
        return self.does(type="postback", data=Tap("answer", answer_id).encode())

    def does(self, **event: Any) -> str:
        """Do something in the chat; return what came back."""
        before = len(self.practice.get("/emulator/ledger?kind=reply")["entries"])
        self.practice.event(self.ann, **event)
        return json.dumps(self.practice.ledger("reply", count=before + 1)[-1]["body"], ensure_ascii=False)

    def comes(self, clock: str, day: date = THURSDAY) -> None:
        """Let it be so late, and the worker do what is to be done."""
        now = datetime.fromisoformat(f"{day}T{clock}+09:00")
        self.practice.put("/emulator/clock", {"now": now.isoformat()})
        until(lambda: abs((self.clock.now() - now).total_seconds()) < 20, "the clock")
        for _ in range(2):
            Ordering(self.bot.database, voices(), practice=True).look(
                self.town.current.knowledge, self.clock.now()
            )
            self.sender.work()

    @property
    def sent(self) -> list[str]:
        """What was sent to Ann, apart from replies."""
        entries = self.practice.get("/emulator/ledger?kind=multicast")["entries"]
        assert all(entry["body"]["to"] == [self.ann] for entry in entries)
        return [json.dumps(entry["body"], ensure_ascii=False) for entry in entries]


@pytest.fixture
def evening(make_bot: MakeBot, practice: Practice) -> Iterator[Evening]:
    """Return a Wednesday evening in a city with a calendar."""
    town, clock = Town(), PracticeClock(practice.base_url, every=0.05)
    bot = make_bot(talk=Conversation(town, voices(), clock.now, practice=True), clock=clock)
    audiences = {"reminder": reminders.audience}
    sender = dispatcher(bot.database, practice, clock=clock, audiences=audiences)
    with served(bot.app, practice):
        yield Evening(bot, practice, town, clock, sender, practice.person(language="en"))
    sender.stop()
    clock.close()


def test_from_the_first_tap_to_the_last(evening: Evening) -> None:
    """Area, slot, one message at eight, a correction when the city moves it, and silence after a stop."""
    wednesday = date(2026, 11, 25)
    evening.comes("19:50", wednesday)
    assert "area:C" in evening.does(type="text", text="remind me").replace("%3A", ":")
    assert "remind%3Aevening" in evening.taps("area:C>remind:open")
    assert "Reminders are on" in evening.taps("remind:evening")
    evening.comes("19:58", wednesday)
    assert evening.sent == []
    evening.comes("20:01", wednesday)
    evening.comes("20:04", wednesday)
    assert len(evening.sent) == 1
    assert "Tomorrow, Thu, Nov 26: Waste paper and PET bottles" in evening.sent[0]
    evening.town.changes = (change(THURSDAY, categories=["paper"], to=date(2026, 12, 5)),)
    evening.comes("20:10", wednesday)
    evening.comes("20:13", wednesday)
    evening.comes("20:16", wednesday)
    assert len(evening.sent) == 2
    assert "Not collected tomorrow after all: Waste paper, Area C" in evening.sent[1]
    assert "I send you none" in evening.taps("remind:stop")
    evening.comes("19:58")
    evening.comes("20:03")
    assert len(evening.sent) == 2
