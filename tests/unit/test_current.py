"""A notice that was sent lives on while it is valid: in the menu, the welcome, and answers about the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.answers.current import in_force
from bot.answers.notice import Notice
from bot.answers.taps import Tap
from bot.chat.person import Person
from bot.language.tags import TAGS
from tests.real import NOON
from tests.unit.talker import Talker
from tests.unit.test_noticing import HERE, notice

DAY = timedelta(days=1)


@pytest.mark.parametrize("tag", TAGS)
def test_the_menu_begins_with_it_in_every_language(tag: str) -> None:
    """Its text comes with the moment it is of and the moment until which it holds."""
    talker = Talker(replace(HERE, language=tag), notices=(notice(),)).taps("menu")
    words = talker.seen
    clock = {
        "en": ("11:00 am", "12:00 pm"),
        "ja": ("11時", "12時"),
        "ja-simple": ("ごぜん 11:00", "ごご 0:00"),
    }
    assert words.index(f"Notice 7 in {tag}") < words.index("“frying pan”" if tag == "en" else '"footer"')
    assert all(said in words for said in clock.get(tag, ("11:00", "12:00")))


def test_emergencies_come_first_then_the_newest_and_no_more_than_two() -> None:
    """What was asked does not drown in notices."""
    older = notice(1, as_of=NOON - DAY)
    emergency = notice(2, emergency=True, as_of=NOON - 2 * DAY)
    words = Talker(HERE, notices=(notice(3), older, emergency)).taps("menu").seen
    assert words.index("Notice 2") < words.index("Notice 3")
    assert "Notice 1" not in words


@pytest.mark.parametrize(
    "gone",
    [
        (notice(valid_until=NOON),),
        (notice(valid_until=None),),
        (notice(as_of=NOON + DAY),),
        (notice(valid_until=NOON + DAY), notice(8, replaces=7, valid_until=None)),
    ],
    ids=["over", "said once", "to come", "replaced by one that is over"],
)
def test_what_is_not_in_force_is_not_told(gone: tuple[Notice, ...]) -> None:
    """Nobody reads yesterday's warning as today's."""
    assert "Notice 7" not in Talker(HERE, notices=gone).taps("menu").seen


def test_a_correction_replaces_what_it_corrects() -> None:
    """Only the new text is shown, and it says of when the text was that it replaces."""
    talker = Talker(HERE, notices=(notice(8, replaces=7), notice(7, as_of=NOON - DAY))).taps("menu")
    assert "Notice 7" not in talker.seen
    assert "It replaces the notice of Mon, Nov 23 12:00 pm" in talker.seen


def test_a_collection_day_question_is_headed_by_notices_about_garbage() -> None:
    """A suspended collection is read before the date; a notice of the library is not in the way."""
    talker = Talker(HERE, notices=(notice(7), notice(8, topic="library"))).says("my collection day")
    assert "Notice 7" in talker.seen
    assert "Notice 8" not in talker.seen


def test_the_page_of_garbage_is_about_garbage_too() -> None:
    """The first tile of the menu leads there."""
    notices = (notice(7), notice(8, topic="library"))
    talker = Talker(HERE, notices=notices).taps("garbage")
    assert "Notice 7" in talker.seen
    assert "Notice 8" not in talker.seen


def test_another_subject_is_left_alone() -> None:
    """Whoever asks about a card does not read of garbage."""
    assert "Notice 7" not in Talker(HERE, notices=(notice(),)).says("I lost my My Number card").seen


@pytest.mark.parametrize(
    ("area", "emergency", "told"),
    [("C", False, True), ("D", False, False), (None, False, False), ("D", True, False), (None, True, True)],
)
def test_areas_are_respected(area: str | None, emergency: bool, told: bool) -> None:
    """A notice of area C is for area C; an emergency also for those who never said where they live."""
    here = notice(areas=frozenset({"C"}), emergency=emergency)
    talker = Talker(replace(HERE, area=area), notices=(here,)).taps("menu")
    assert ("Notice 7" in talker.seen) is told
    assert ("For: Area C" in talker.seen) is told


def test_a_prohibition_stays_before_everything() -> None:
    """Whatever the city has to say about garbage, how not to kindle a fire is read first."""
    words = Talker(HERE, notices=(notice(),)).says("power bank").seen
    assert words.index("⚠️") < words.index("Notice 7")


def test_a_new_friend_reads_it_in_every_language_it_has() -> None:
    """Their language is not known yet; equal texts are shown once."""
    texts = {tag: "Water is off" if tag == "en" else "断水" for tag in TAGS}
    words = Talker(Person("U1"), notices=(notice(texts=texts, emergency=True),)).does("follow").seen
    assert words.count("断水") == 1
    assert "Water is off" in words
    assert Tap("language", "en") in Talker(Person("U1"), notices=(notice(),)).does("follow").buttons


def test_a_long_notice_is_one_tap_away() -> None:
    """Only its beginning heads the menu; the tap shows all of it, with its link."""
    text = "Collection is suspended\n" + "\n".join(f"Line {n} says something more of it." for n in range(9))
    long = notice(
        texts=dict.fromkeys(TAGS, text), links=dict.fromkeys(TAGS, ("Details", "https://city.example/a"))
    )
    talker = Talker(HERE, notices=(long,)).taps("menu")
    assert "Line 8" not in talker.seen
    talker.taps("answer", "notice:7")
    assert "Line 8" in talker.seen
    assert "https://city.example/a" in talker.seen


def test_an_old_button_of_a_notice_tells_that_it_is_over() -> None:
    """While it is known it says that it holds no longer; later the menu comes."""
    old = notice(valid_until=NOON)
    assert "no longer in force" in Talker(HERE, notices=(old,)).taps("answer", "notice:7").seen
    assert "What would you like to do?" in Talker(HERE).taps("answer", "notice:7").seen


def test_notices_of_the_same_moment_keep_an_order() -> None:
    """Whoever asks twice reads the same twice."""
    same = (notice(1), notice(2))
    assert in_force(same, NOON) == in_force(same[::-1], NOON)
