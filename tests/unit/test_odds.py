"""How likely each thing is meant: all evidence is weighed, the likely is told, a danger is never weighed."""

from __future__ import annotations

import math

import pytest

from bot.answers.evidence import Evidence
from bot.answers.meant import TOLD, is_open, meant
from bot.answers.model import Status
from bot.answers.odds import CONTEXT, ELSEWHERE, NEITHER, odds
from bot.answers.understand import understand
from bot.answers.weights import ELSE, NONE, THINGS
from tests.real import NOON, ask, engine

UNPLAIN = "silver folding thing for the car windscreen"
"""A thing told in words that are no name of it."""


def evidence(text: str) -> Evidence:
    """Return the evidence of a remark that no name settles."""
    found = understand(text, engine().index).evidence
    assert found is not None
    return found


def test_every_kind_of_evidence_has_a_weight() -> None:
    """The table knows each kind of evidence, and no other: else the weights are to be learned anew."""
    known = evidence(UNPLAIN)
    assert {kind for one in known.things.values() for kind in one} == set(THINGS)
    assert set(known.remark) == set(NONE) == set(ELSE)
    assert {len(row) for row in THINGS.values()} == {len(CONTEXT)}


def test_odds_are_probabilities_likeliest_first() -> None:
    """The odds of all things and of none of them sum to one, and stand in order."""
    likely = odds(evidence(UNPLAIN))
    assert math.isclose(math.fsum(likely.values()), 1.0)
    assert list(likely.values()) == sorted(likely.values(), reverse=True)
    assert NEITHER in likely


def test_without_any_thing_none_is_meant() -> None:
    """Where nothing is to be weighed, it is another thing or none."""
    nothing = Evidence(evidence(UNPLAIN).remark, {})
    assert set(odds(nothing)) == {NEITHER, ELSEWHERE}


@pytest.mark.parametrize("text", ["リチウム電池の紋章", "膨らんだ何かの電池"])
def test_dangers_are_left_to_the_rules(text: str) -> None:
    """Where a dangerous thing is named no odds are asked."""
    reading = understand(text, engine().index)
    assert not is_open(reading, engine().index)
    assert meant(engine().knowledge, engine().index, reading, NOON.date()) is None


@pytest.mark.parametrize(
    "text",
    [
        "hanging cloth with many pouches on the wall where we keep letters, throw it",
        "猫が爪を研いでぼろぼろになった段ボールの板を捨てる",
    ],
)
def test_a_likely_thing_is_told_though_much_else_is_said(text: str) -> None:
    """Unexplained words do not hide the only thing that comes near them."""
    reading = understand(text, engine().index)
    weighed = meant(engine().knowledge, engine().index, reading, NOON.date())
    assert weighed is not None
    assert weighed.told
    assert weighed.odds >= TOLD
    assert ask(text).status is Status.ANSWERED


def test_an_unknown_noun_behind_a_name_asks_back() -> None:
    """An emblem of a frying pan may be a thing of its own, however likely the pan is among known things."""
    assert ask("frying pan emblem").status is Status.CHOICES


def test_what_resembles_nothing_stays_unknown() -> None:
    """Talk about something else is offered no things."""
    assert ask("面白い話をして").status in {Status.UNKNOWN, Status.OUT_OF_SCOPE}


@pytest.mark.parametrize(
    ("text", "language", "thing"),
    [
        ("seat for washing baby in bathroom, child grew up", "en", "baby-bath-chair"),
        ("はたけで とりが こない ように かける あみ(ネット)", "ja-simple", "garden-net"),
        ("釣魚撈魚用的長柄網", "zh-Hant", "landing-net"),
    ],
)
def test_a_thing_is_found_by_what_it_is_for(text: str, language: str, thing: str) -> None:
    """Who does not use its name is told, or offered it first."""
    answer = ask(text, language)
    first = answer.answer_id or answer.choices[0].answer_id
    assert first.startswith(f"garbage:{thing}")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Why is a wok round at the bottom?", "en"),
        ("电视没声音了怎么弄", "zh-Hans"),
    ],
)
def test_talk_that_names_a_thing_is_not_answered(text: str, language: str) -> None:
    """How a thing is used, cleaned or bought is no question about throwing it away."""
    assert ask(text, language).status is not Status.ANSWERED
