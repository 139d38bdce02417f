"""Asking for reminders in the chat: two taps, an honest answer, one tap to stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.taps import Tap
from bot.chat.person import Person
from bot.language.tags import TAGS
from bot.reminders.wish import Slot, Wish
from tests.unit.talker import Talker

HERE = Person("U1", language="en", area="C")
ASKED = replace(HERE, wish=Wish(Slot.EVENING, date(2026, 11, 24)))


def offers(talker: Talker, what: str) -> bool:
    """Return whether a button asks for something about reminders."""
    return Tap("answer", f"remind:{what}") in talker.buttons


@pytest.mark.parametrize("tag", TAGS)
def test_two_taps_in_every_language(tag: str) -> None:
    """The menu leads to the question when, one more tap sets it, and the answer shows what can be changed."""
    talker = Talker(replace(HERE, language=tag), practice=True).taps("menu")
    assert offers(talker, "open")
    talker.taps("answer", "remind:open")
    assert offers(talker, "evening")
    assert offers(talker, "morning")
    talker.taps("answer", "remind:morning")
    assert talker.person.wish == Wish(Slot.MORNING, date(2026, 11, 24))
    assert all(offers(talker, what) for what in ("time", "choose", "pause", "stop"))


@pytest.mark.parametrize("said", ["remind me", "リマインド", "お知らせして", "提醒我", "おしらせして"])
def test_words_ask_for_reminders(said: str) -> None:
    """Whatever the language of the word, the question when follows."""
    assert offers(Talker(HERE, practice=True).says(said), "evening")


@pytest.mark.parametrize("said", ["stop reminders", "リマインドを止めて", "停止提醒", "取消提醒"])
def test_words_stop_them(said: str) -> None:
    """One word is enough, and what was set can be had again."""
    talker = Talker(ASKED, practice=True).says(said)
    assert talker.person.wish is not None
    assert not talker.person.wish.active
    assert offers(talker, "open")


def test_stop_works_even_where_reminders_are_switched_off() -> None:
    """Whoever wants none gets none, whatever the city decided meanwhile."""
    stopped = Talker(ASKED).taps("answer", "remind:stop").person.wish
    assert stopped
    assert not stopped.active


def test_without_reminders_stop_says_so() -> None:
    """Nothing is set, and nothing is made up."""
    talker = Talker(HERE, practice=True).says("stop reminders")
    assert "No reminders are set" in talker.seen
    assert talker.person.wish is None


def test_the_area_comes_first_and_then_it_goes_on() -> None:
    """Somebody without an area is asked for it, and what they wanted is done right after."""
    talker = Talker(Person("U1", language="en"), practice=True).taps("answer", "remind:evening")
    assert talker.person.wish is None
    then = next(tap for tap in talker.buttons if tap.on.startswith("area:C"))
    talker.taps(then.do, then.on)
    assert talker.person.area == "C"
    assert talker.person.wish == Wish(Slot.EVENING, date(2026, 11, 24))
    assert "Your area" in talker.seen
    assert "Reminders are on" in talker.seen


def test_an_area_without_the_citys_calendar_is_told_honestly() -> None:
    """The wish is kept, no day is promised."""
    talker = Talker(HERE, practice=True).taps("answer", "remind:evening")
    assert "has not provided this area's calendar yet" in talker.seen
    assert "First reminder" not in talker.seen


def test_a_city_has_to_switch_them_on() -> None:
    """Until then the answer says so and nothing is noted."""
    talker = Talker(HERE).taps("answer", "remind:evening")
    assert "has not started reminders" in talker.seen
    assert talker.person.wish is None


def test_there_are_none_in_groups() -> None:
    """A group hears that reminders are for one person."""
    talker = Talker(practice=True).does("text", chat="group", text="remind me", mentioned=True)
    assert "not available in groups" in talker.seen


@pytest.mark.parametrize(
    ("on", "until"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("2025-01-01", None),
        ("2099-01-01", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_pause_until_a_day_that_was_picked(on: str, until: date | None) -> None:
    """A day that makes no sense is asked for again."""
    talker = Talker(ASKED, practice=True).taps("pause", picked=on)
    assert talker.person.wish
    assert talker.person.wish.paused_until == until
    assert any(tap.do == "pause" for tap in talker.buttons) is (until is None)


def test_categories_are_ticked_one_by_one_and_the_last_stays() -> None:
    """Nobody ends up with reminders of nothing."""
    talker = Talker(ASKED, practice=True).taps("answer", "remind:choose")
    ids = [tap.on.removeprefix("remind:only-") for tap in talker.buttons if tap.on.startswith("remind:only-")]
    for one in ids:
        talker.taps("answer", f"remind:only-{one}")
    assert talker.person.wish
    assert talker.person.wish.categories == (ids[-1],)
    for one in ids[:-1]:
        talker.taps("answer", f"remind:only-{one}")
    assert talker.person.wish
    assert talker.person.wish.categories is None


def test_another_area_keeps_the_wish_without_its_categories() -> None:
    """What is collected there is something else."""
    wish = Wish(Slot.EVENING, date(2026, 11, 24), ("paper",), ordered_through=date(2026, 11, 26))
    talker = Talker(replace(HERE, wish=wish), practice=True).taps("answer", "area:D")
    assert talker.person.wish == Wish(Slot.EVENING, date(2026, 11, 27))


def test_blocking_keeps_the_wish_asleep() -> None:
    """It goes on when they come back."""
    assert Talker(ASKED, practice=True).does("unfollow").person.wish == ASKED.wish


@pytest.mark.parametrize(
    "what", ["open", "fly", "only-", "only-gone", "pause-", "evening", "", "resume", "all"]
)
def test_strange_buttons_show_what_is_set(what: str) -> None:
    """A button of last year still does something sensible."""
    talker = Talker(ASKED, practice=True).taps("answer", f"remind:{what}")
    assert offers(talker, "stop") or offers(talker, "all") or any(tap.do == "pause" for tap in talker.buttons)
