"""Procedures gone through tap by tap: every way ends, back is back, and leaving is remembered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.model import Question, Status
from bot.answers.taps import Tap
from bot.language.tags import TAGS
from tests.real import NOON, ask, engine, knowledge
from tests.unit.talker import Talker

MOST_TAPS = 6


def _ends(answer_id: str, taps: int = 0) -> Iterator[tuple[str, int]]:
    """Yield every guide that a step leads to, with the taps it takes."""
    answer = engine().lookup(Question(text="", language="ja", now=NOON), answer_id)
    for choice in answer.choices:
        if choice.answer_id.startswith("path:"):
            yield from _ends(choice.answer_id, taps + 1)
        else:
            yield choice.answer_id, taps + 1


@pytest.mark.parametrize("path", sorted(knowledge().paths))
def test_every_way_ends_at_a_guide_within_a_few_taps(path: str) -> None:
    """However one chooses, a path ends at an answer and takes six taps at most."""
    ends = set(_ends(f"path:{path}"))
    assert ends
    assert max(taps for _, taps in ends) <= MOST_TAPS
    assert {name.removeprefix("guide:") for name, _ in ends} <= knowledge().guides.keys()


@pytest.mark.parametrize("path", sorted(knowledge().paths))
@pytest.mark.parametrize("tag", TAGS)
def test_each_wording_starts_the_path(path: str, tag: str) -> None:
    """What the content lists as a way to ask for a path leads to its first step."""
    for said in knowledge().paths[path].said.get(tag, []):
        assert ask(said, tag).answer_id == f"path:{path}", said


def test_one_step_back_is_where_one_was() -> None:
    """Back leads to the step before, with the same question."""
    talker = Talker().taps("answer", "path:get-card")
    first = talker.person.path
    option = next(one for one in talker.person.offered if one.startswith("path:"))
    assert talker.taps("answer", option).person.path == option
    back = next(tap for tap in talker.buttons if tap.on == first)
    assert talker.taps(back.do, back.on).person.path == first


def test_a_path_left_for_another_question_is_offered_again() -> None:
    """Asking about a frying pan in the middle of a path loses nothing: one button leads back."""
    talker = Talker().taps("answer", "path:get-card")
    talker.taps("answer", talker.person.offered[0])
    here = talker.person.path
    talker.says("フライパン")
    assert talker.person.last_answer == "garbage:frying-pan"
    assert Tap("answer", str(here)) in talker.buttons


def test_stopping_ends_a_path() -> None:
    """After "stop here" nothing leads back."""
    talker = Talker().taps("answer", "path:my-stay").taps("stop")
    assert talker.person.path is None
    assert not any(tap.on.startswith("path:") for tap in talker.says("フライパン").buttons)


def test_arriving_ends_a_path() -> None:
    """The guide at the end of a path is the end of it."""
    talker = Talker().taps("answer", "path:my-stay")
    while not any(one.startswith("guide:") for one in talker.person.offered):
        talker.taps("answer", talker.person.offered[0])
    end = next(one for one in talker.person.offered if one.startswith("guide:"))
    assert talker.taps("answer", end).person.path is None


def test_an_old_step_leads_to_the_menu() -> None:
    """A button to a step that is gone is no dead end."""
    answer = engine().lookup(Question(text="", language="ja", now=NOON), "path:get-card/no-such-option")
    assert answer.status is Status.MENU
