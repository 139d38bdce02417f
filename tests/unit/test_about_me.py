"""What people learn of what is kept of them, and how they have it deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.taps import Tap
from bot.chat.person import Person
from bot.language.choose import LACKING
from bot.language.tags import TAGS
from bot.notices.wish import Choice, Often
from bot.reminders.wish import Slot, Wish
from tests.unit.talker import Talker

WHOLE = Person(
    "U" + "7" * 32,
    language="en",
    resident=True,
    area="C",
    last_answer="garbage:frying-pan",
    offered=("category:burnable",),
    unknowns=2,
    asked_profile=True,
    wish=Wish(Slot.EVENING, date(2026, 11, 24), ("paper",), date(2026, 12, 5)),
    notices=Choice(Often.WEEKLY, ("events",)),
)


def asks(talker: Talker, what: str) -> bool:
    """Return whether a button asks for something about oneself."""
    return Tap("answer", f"me:{what}") in talker.buttons


@pytest.mark.parametrize(
    "said",
    ["what do you know about me", "私のデータ", "わたしの データ", "你知道我什么", "你知道我什麼", "my data"],
)
def test_words_ask_what_is_kept(said: str) -> None:
    """Language, area, reminders, notices and how long: no more, and each can be changed."""
    talker = Talker(WHOLE).says(said)
    for told in (
        "Your language: English. You chose it.", "Your area: Area C.", "You said that you live here.",
        "the evening before", "Paused until Sat, Dec 5, 2026", "at most one a week", "off: Events", "30 days",
    ):  # fmt: skip
        assert told in talker.seen
    assert WHOLE.user_id not in talker.seen
    assert asks(talker, "export")
    assert asks(talker, "forget")


@pytest.mark.parametrize("tag", TAGS)
def test_somebody_new_is_told_that_little_is_known(tag: str) -> None:
    """Nothing is made up, in every language."""
    talker = Talker(Person("U1", language=tag)).taps("answer", "me:show")
    assert asks(talker, "forget")
    assert "None" not in talker.seen


@pytest.mark.parametrize(
    ("hint", "told"), [("en", "I guessed it"), (LACKING, "I do not speak"), (None, "not known")]
)
def test_a_guessed_language_is_called_a_guess(hint: str | None, told: str) -> None:
    """A language that nobody chose is not presented as their choice."""
    person = Person("U1", hint=hint, visitor_until=date(2026, 11, 30))
    talker = Talker(person).taps("answer", "me:show")
    if hint == "en":
        assert told in talker.seen
    assert "You chose it" not in talker.seen


def test_the_export_is_complete_and_can_be_copied() -> None:
    """A plain text with the id and all that the next message would refer to."""
    talker = Talker(WHOLE).says("export my data")
    assert {message["type"] for message in talker.turn.messages} == {"text"}
    for kept in (WHOLE.user_id, "garbage:frying-pan", "category:burnable", "Area C", "answer: 2", "profile"):
        assert kept in talker.seen


def test_nothing_is_deleted_before_it_is_confirmed() -> None:
    """The question says what goes, what stays a while, and both ways out."""
    talker = Talker(WHOLE).says("forget me")
    assert talker.person == replace(WHOLE, offered=(), unknowns=0)
    assert "not even emergencies" in talker.seen
    assert "30 days" in talker.seen
    assert asks(talker, "show")
    assert not talker.turn.forget_person
    talker.taps("answer", "me:forget-now")
    assert talker.turn.forget_person
    assert "I have deleted everything" in talker.seen


def test_a_group_is_not_told_about_anybody() -> None:
    """What is kept of one person is told to that person alone."""
    for do in ({"text": "forget me", "mentioned": True}, {"text": "my data", "mentioned": True}):
        talker = Talker(WHOLE).does("text", chat="group", **do)
        assert "one-to-one" in talker.seen or "1対1" in talker.seen
        assert not talker.turn.forget_person
        assert "Area C" not in talker.seen
