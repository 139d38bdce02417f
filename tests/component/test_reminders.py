"""Reminders day by day: who is reminded of what and when, and what no change of mind brings twice."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.chat.turns import _load, _save
from bot.delivery import staff
from bot.reminders.ordering import Ordering
from bot.reminders.wish import Slot
from bot.store.models import reminders, send_orders
from bot.store.moments import micros
from bot.store.people import Overtaken
from bot.store.reminders import forget_stopped
from tests.component.reminding import ANN, BEN, THURSDAY, World
from tests.component.rows import rows
from tests.real import voices


def test_an_evening_reminder_comes_once(world: World) -> None:
    """Two taps, then at 20:00 what is collected tomorrow, in the reader's language, and only once."""
    world.taps(ANN, "open")
    world.taps(ANN, "evening")
    assert "Reminders are on" in world.shown
    world.clock(19, 50)
    assert rows(world.database, send_orders) == []
    world.clock(19, 57)
    assert not world.got
    for hour, minute in ((20, 0), (20, 1), (21, 30), (23, 0)):
        world.clock(hour, minute)
    world.clock(7, 0, THURSDAY)
    assert world.reminded(ANN) == [THURSDAY]
    got = world.got[0]
    assert got.at.hour == 20
    assert "Tomorrow, Thu, Nov 26: Waste paper and PET bottles" in world.texts(got.order, got.variant)
    assert world.reminded(BEN) == []


def test_a_morning_reminder_is_for_those_who_chose_it(world: World) -> None:
    """People of the evening get nothing in the morning, and the other way round."""
    world.taps(ANN, "morning")
    world.taps(BEN, "evening")
    world.clock(20)
    world.clock(6, 31, THURSDAY)
    assert [(one.user, one.at.hour) for one in world.got] == [(BEN, 20), (ANN, 6)]
    assert "Today, Thu, Nov 26" in world.texts(world.got[1].order, world.got[1].variant)


def test_days_that_the_city_did_not_load_are_never_promised(world: World) -> None:
    """Third-hand days bring no reminder; the answer to the wish says so, and it is kept."""
    world.schedules = list(world.known.calendar._schedules["C", "plastic-packaging"])
    world.taps(ANN, "evening")
    assert "has not provided this area's calendar" in world.shown
    for ahead in range(4):
        world.clock(20, 0, THURSDAY + timedelta(ahead - 1))
        world.clock(6, 31)
    assert rows(world.database, send_orders) == []
    world.schedules = None
    world.clock(20, 0, THURSDAY + timedelta(6))
    assert world.reminded(ANN) == [THURSDAY + timedelta(7)]


def test_missed_while_down_is_not_sent_late(world: World) -> None:
    """Late in the evening is better than never; in the night and after the collection hour it is not."""
    world.taps(ANN, "evening")
    world.taps(BEN, "morning")
    world.clock(21, 50)
    assert world.reminded(ANN) == [THURSDAY]
    world.clock(22, 1, THURSDAY)
    world.clock(8, 16, THURSDAY + timedelta(1))
    assert len(world.got) == 1


def test_some_categories_only(world: World) -> None:
    """Who chose paper hears of paper, and of no day without it."""
    world.taps(ANN, "evening")
    for category in ("burnable", "non-burnable", "plastic-packaging", "cans-bottles", "pet-bottles"):
        person = world.taps(ANN, f"only-{category}")
    assert person.wish
    assert person.wish.categories == ("paper",)
    world.taps(BEN, "evening")
    world.clock(20)
    world.clock(20, 0, THURSDAY)
    assert (world.reminded(ANN), world.reminded(BEN)) == ([THURSDAY], [THURSDAY, date(2026, 11, 27)])
    text = world.texts(world.got[0].order, "en:1")
    assert "Waste paper" in text
    assert "PET" not in text


@pytest.mark.parametrize("later", ["stop", "pause-month", "pause-2026-11-26"])
def test_stop_and_pause_work_at_once(world: World, later: str) -> None:
    """After one tap nothing comes; a pause ends by itself."""
    world.taps(ANN, "evening")
    world.taps(ANN, later)
    world.clock(20)
    assert world.got == []
    world.clock(20, 0, date(2026, 12, 2))
    assert world.reminded(ANN) == ([] if later == "stop" else [date(2026, 12, 3)])


def test_words_stop_and_pause_too(world: World) -> None:
    """What a person types does what the button does, in their language or another."""
    world.taps(ANN, "evening")
    assert not world.does(ANN, text="stop").wish.active  # type: ignore[union-attr]
    world.taps(BEN, "evening")
    world.does(BEN, text="今月はやめて")
    assert "いつまで休みますか" in world.shown or "11月30日" in world.shown
    assert not world.does(BEN, text="停止提醒").wish.active  # type: ignore[union-attr]


def test_whoever_blocks_us_gets_nothing(world: World) -> None:
    """The wish sleeps while they are away and goes on when they come back."""
    world.taps(ANN, "evening")
    world.does(ANN, kind="unfollow")
    world.clock(20)
    assert world.got == []
    world.does(ANN, kind="follow")
    world.clock(20, 0, THURSDAY)
    assert world.reminded(ANN) == [THURSDAY + timedelta(1)]


@pytest.mark.parametrize("step", ["morning", "area", "again", "clock"])
def test_no_change_brings_a_second_reminder_of_a_day(world: World, step: str) -> None:
    """Another time, another area, stopping and asking again, a clock set back: one day, one reminder."""
    world.taps(ANN, "evening")
    world.taps(BEN, "morning")
    world.clock(20)
    world.moves(BEN, "D")
    if step == "morning":
        world.taps(ANN, "morning")
    elif step == "area":
        world.taps(ANN, "morning")
        world.moves(ANN, "D")
    elif step == "again":
        world.taps(ANN, "stop")
        world.moves(ANN, "D")
        world.taps(ANN, "morning")
    else:
        world.now -= timedelta(hours=25)
        world.taps(ANN, "morning")
        world.clock(20)
        world.clock(20, 0, THURSDAY - timedelta(1))
    world.clock(6, 31, THURSDAY)
    world.clock(7, 31, THURSDAY)
    assert world.reminded(ANN) == [THURSDAY]
    assert THURSDAY in world.reminded(BEN)


def test_a_language_we_lack_gets_easy_japanese_and_english(world: World) -> None:
    """Never silently in one of them."""
    world.moves(ANN, "C", language=None, hint="other")
    world.taps(ANN, "evening")
    world.clock(20)
    text = world.texts(world.got[0].order, world.got[0].variant)
    assert "あした" in text
    assert "Tomorrow" in text


def test_people_hear_that_the_calendar_ends(world: World) -> None:
    """In the last four weeks each reminder says so; after the end the next answer does, once."""
    world.taps(ANN, "evening")
    world.clock(20)
    assert "I have the calendar until" not in world.texts(world.got[0].order, world.got[0].variant)
    world.clock(20, 0, date(2027, 3, 10))
    assert "I have the calendar until Wed, Mar 31" in world.texts(world.got[-1].order, world.got[-1].variant)
    world.clock(12, 0, date(2027, 4, 2))
    world.does(ANN, text="frying pan")
    assert "calendar ended on Wed, Mar 31" in world.shown
    world.does(ANN, text="frying pan")
    assert "calendar ended on" not in world.shown


def test_a_stopped_wish_is_forgotten_in_time(world: World) -> None:
    """After a week nothing is left of it."""
    world.taps(ANN, "evening")
    world.taps(BEN, "evening")
    world.taps(ANN, "stop")
    later = micros(world.now + timedelta(days=8))
    assert world.database.write(lambda connection: forget_stopped(connection, later)) == 1
    assert [row["user_id"] for row in rows(world.database, reminders)] == [BEN]


def test_a_reminder_ordered_meanwhile_is_reckoned_with(world: World) -> None:
    """Who changes the time while a reminder is just being ordered is looked at again."""
    world.taps(ANN, "evening")
    seen = world.database.read(partial(_load, user_id=ANN))
    assert seen.person.wish
    world.clock(19, 57)
    morning = replace(seen.person, wish=replace(seen.person.wish, slot=Slot.MORNING))
    with pytest.raises(Overtaken):
        world.database.write(
            lambda connection: _save(connection, seen.person, morning, seen.version or 0, micros(world.now))
        )
    assert rows(world.database, reminders)[0]["slot"] == "evening"


def test_two_workers_order_once(world: World) -> None:
    """Both see that a reminder is due; the key lets one of them make it."""
    world.taps(ANN, "evening")
    world.now = world.now.replace(hour=19, minute=58)
    ready = threading.Barrier(2)

    def look() -> None:
        ready.wait()
        Ordering(world.database, voices(), practice=True).look(world.known, world.now)

    workers = [threading.Thread(target=look) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [row["key"] for row in rows(world.database, send_orders)] == ["reminder:2026-11-26:evening:C"]


def test_an_order_that_a_person_cancelled_stays_cancelled(world: World) -> None:
    """Staff have the last word, as long as the calendar says the same."""
    world.taps(ANN, "evening")
    world.clock(19, 57)
    (order,) = rows(world.database, send_orders)
    now = micros(world.now)
    world.database.write(lambda connection: staff.cancel(connection, order["id"], "an officer", now))
    world.clock(20)
    world.clock(20, 30)
    assert world.got == []
    assert len(rows(world.database, send_orders)) == 1
