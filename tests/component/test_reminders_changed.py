"""What people hear when the calendar changes before, while and after they are reminded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.clock import Clock
from bot.reminders.ordering import Ordering
from bot.store.database import Database
from bot.store.models import send_orders
from bot.store.reminders import audience
from tests.component.reminding import ANN, BEN, THURSDAY, World, change, due
from tests.component.rows import rows
from tests.component.sending import QUICK, Shifted, dispatcher
from tests.emulator_process import Practice
from tests.real import voices


def test_an_order_that_is_no_longer_true_never_leaves(world: World) -> None:
    """What changes before the time is told right the first time."""
    world.taps(ANN, "evening")
    world.clock(19, 57)
    world.changes = (change(THURSDAY, categories=["paper"]),)
    world.clock(19, 59)
    world.clock(20, 2)
    assert len(world.got) == 1
    text = world.texts(world.got[0].order, "en:1")
    assert "PET bottles" in text
    assert "paper" not in text
    assert [row["status"] for row in rows(world.database, send_orders)] == ["cancelled", "sent"]


def test_those_who_were_reminded_hear_of_a_change(world: World) -> None:
    """Not collected after all, with the new day; once; and again when it is taken back."""
    world.taps(ANN, "evening")
    world.clock(20)
    world.taps(BEN, "evening")
    world.changes = (change(THURSDAY, categories=["paper"], to=date(2026, 12, 5)),)
    for minute in (10, 13, 16, 19):
        world.clock(20, minute)
    assert [one.user for one in world.got] == [ANN, ANN]
    first = world.got[1]
    told = world.texts(first.order, first.variant)
    assert '"altText": "Not collected tomorrow after all: Waste paper, Area C.' in told
    assert "Thu, Nov 26. Now on Sat, Dec 5. Reason: typhoon." in told
    world.changes = ()
    for minute in (20, 23, 26):
        world.clock(20, minute)
    assert len(world.got) == 3
    last = world.got[2]
    assert "Collected tomorrow after all: Waste paper" in world.texts(last.order, last.variant)
    world.clock(20, 0, date(2026, 12, 4))
    assert date(2026, 12, 5) not in world.reminded(ANN)


def test_a_correction_waits_for_the_morning(world: World) -> None:
    """Nobody is woken; before the put-out time they know, and it says today."""
    world.taps(ANN, "evening")
    world.clock(20)
    world.changes = (change(THURSDAY),)
    for hour in (22, 23):
        world.clock(hour, 5)
    world.clock(3, 0, THURSDAY)
    assert len(world.got) == 1
    world.clock(6, 31, THURSDAY)
    assert len(world.got) == 2
    assert (due(world.got[1].order).hour, due(world.got[1].order).minute) == (6, 30)
    assert "Not collected today" in world.texts(world.got[1].order, world.got[1].variant)


def test_a_correction_after_the_put_out_time_is_not_sent(world: World) -> None:
    """What stands at the road stands there; a message then only annoys."""
    world.taps(ANN, "evening")
    world.clock(20)
    world.changes = (change(THURSDAY),)
    world.clock(8, 29, THURSDAY)
    world.clock(8, 32, THURSDAY)
    assert len(world.got) == 1


def test_a_collection_that_moves_onto_a_day_is_told(world: World) -> None:
    """Who was reminded of that day hears that more is collected; who was not is reminded of it."""
    world.taps(ANN, "evening")
    world.taps(BEN, "evening")
    for category in ("burnable", "non-burnable", "plastic-packaging", "cans-bottles", "pet-bottles"):
        world.taps(BEN, f"only-{category}")
    world.clock(20, 0, THURSDAY)
    friday = date(2026, 11, 27)
    assert (world.reminded(ANN), world.reminded(BEN)) == ([friday], [])
    world.changes = (change(THURSDAY, categories=["paper"], to=friday),)
    for minute in (10, 13, 16, 19):
        world.clock(20, minute)
    assert (world.reminded(ANN), world.reminded(BEN)) == ([friday], [friday])
    assert [one.user for one in world.got if one.order.audience["mode"] == "correction"] == [ANN]


def test_a_change_in_the_middle_of_sending(world: World, database: Database, practice: Practice) -> None:
    """Who has it is corrected, who has not is told right the first time, and nobody gets both."""
    world.taps(ANN, "evening")
    world.taps(BEN, "evening")
    clock = Shifted()
    points: list[str] = []

    def passing(point: str) -> None:
        points.append(point)
        if points.count("sent") == 1 and point == "sent":
            practice.put("/emulator/faults", {"multicast": {"mode": "403"}})

    sender = dispatcher(
        database, practice, tempo=replace(QUICK, threads=1), clock=clock,
        audiences={"reminder": audience}, passing=passing,
    )  # fmt: skip
    ordering = Ordering(database, voices(), practice=True)

    def comes(hour: int, minute: int) -> None:
        world.now = world.now.replace(hour=hour, minute=minute)
        clock.shift = world.now - Clock().now()
        ordering.look(world.known, world.now)
        sender.work()

    comes(19, 57)
    comes(20, 1)
    assert [row["status"] for row in rows(database, send_orders)] == ["held"]
    practice.delete("/emulator/faults")
    world.changes = (change(THURSDAY, categories=["paper"]),)
    for minute in (5, 8, 11, 14):
        comes(20, minute)
    sender.stop()
    calls = [one for one in practice.get("/emulator/ledger?kind=multicast")["entries"] if one["accepted"]]
    told = [(one["body"]["to"], one["body"]["messages"][0]["altText"]) for one in calls]
    first = told[0][0]
    other = [BEN] if first == [ANN] else [ANN]
    assert sorted(to[0] for to, _ in told) == sorted([*first, *first, *other])
    corrected = next(text for to, text in told[1:] if to == first)
    told_right = next(text for to, text in told[1:] if to == other)
    assert "Not collected" in corrected or "中止" in corrected
    assert "PET bottles" in told_right or "ペットボトル" in told_right
    assert "aper" not in told_right
    assert "古紙" not in told_right
