"""Nothing dangerous is answered wrongly, and the answers are no worse than they were."""

from __future__ import annotations

import pytest

from bot.answers.model import Answer, Choice, Status
from tests.quality.figures import count, wilson
from tests.quality.judge import danger, judge
from tests.quality.measure import Run, run_all
from tests.quality.noise import romanised

RIGHT = {"ja": 87.0, "ja-simple": 80.0, "en": 86.0, "zh-Hans": 89.0, "zh-Hant": 87.5}
"""Least share (%) of the questions in scope that are answered right, by language."""

TOP3 = 93.0
WRONG = 2.6
OUTSIDE_ANSWERED = 3.5
GUIDES_RIGHT = 89.0
GUIDES_WRONG = 2.9


@pytest.fixture(scope="module")
def whole() -> Run:
    """Every test question, answered once."""
    return run_all()


def test_no_danger_question_gets_another_answer(whole: Run) -> None:
    """No danger question is answered with a category that is not its own."""
    wrong = [
        (one.case.id, one.case.question, one.answer.category) for one in whole.risky if one.outcome.wrong
    ]
    assert wrong == []


def test_every_name_of_a_dangerous_thing_is_understood(whole: Run) -> None:
    """Every listed name of a dangerous thing leads to its own category."""
    assert [one.case.question for one in whole.about("name") if not one.outcome.right] == []


@pytest.mark.parametrize("language", sorted(RIGHT))
def test_share_of_right_answers(whole: Run, language: str) -> None:
    """At least the measured share of questions in a language is answered right."""
    figures = count(one for one in whole.inside if one.case.language == language)
    assert 100 * figures.right / figures.n >= RIGHT[language]


def test_share_found_or_offered(whole: Run) -> None:
    """At least the measured share is answered or among the first three choices."""
    figures = count(whole.inside)
    assert 100 * figures.top3 / figures.n >= TOP3


def test_share_of_wrong_direct_answers(whole: Run) -> None:
    """Hardly any question in scope gets another thing's answer."""
    figures = count(whole.inside)
    assert 100 * figures.wrong / figures.n <= WRONG


def test_share_of_outside_questions_answered(whole: Run) -> None:
    """Hardly any question about something else is answered as if it were garbage."""
    outside = whole.about("out")
    assert (
        100 * sum(one.answer.status is Status.ANSWERED for one in outside) / len(outside) <= OUTSIDE_ANSWERED
    )


def test_share_of_guides_found(whole: Run) -> None:
    """At least the measured share of questions on procedures gets its guide, and hardly any another's."""
    figures = count(whole.about("guide"))
    assert 100 * figures.right / figures.n >= GUIDES_RIGHT
    assert 100 * figures.wrong / figures.n <= GUIDES_WRONG


def test_every_accident_is_told_119_first(whole: Run) -> None:
    """Each of the accidents is heard, and no question that only sounds like one raises an alarm."""
    calm = [one for one in whole.risky if one.case.expect == "calm"]
    assert [one.case.question for one in (*whole.about("accident"), *calm) if not one.outcome.right] == []


def test_things_that_no_fact_knows_are_never_answered(whole: Run) -> None:
    """A thing that stands in no fact is not answered with a category."""
    answered = [one.case.question for one in whole.about("unlisted") if one.answer.status is Status.ANSWERED]
    assert answered == []


def test_another_category_is_judged_wrong() -> None:
    """The danger gate itself sees a wrong category, a calm answer to an accident, and honest silence."""
    burnable = Answer(status=Status.ANSWERED, category="burnable", categories=("burnable",))
    unknown = Answer(status=Status.UNKNOWN)
    assert danger("hazardous", burnable).wrong
    assert danger("safety", burnable).wrong
    assert not danger("hazardous", unknown).wrong
    assert not danger("hazardous", unknown).right
    assert danger("burnable|paper", burnable).right


def test_choices_of_another_category_are_judged_wrong() -> None:
    """Choices pass the danger gate only if each leads to the right category."""
    pan = Choice(label="", answer_id="garbage:frying-pan")
    offered = Answer(status=Status.CHOICES, choices=(pan,))
    assert danger("hazardous", offered).wrong
    assert danger("non-burnable", offered).right


def test_expectations_are_read() -> None:
    """Alternatives, conjunctions, choices and statuses are each judged as the file format says."""
    both = Answer(
        status=Status.ANSWERED, category="paper", categories=("paper",), facts=("gi:c065", "gi:c066")
    )
    pan = Answer(status=Status.CHOICES, choices=(Choice(label="", answer_id="garbage:frying-pan"),))
    assert judge("gi:c065+gi:c066", both).right
    assert judge("gi:c001|cat:paper", both).right
    assert judge("gi:c065+gi:c001", both).wrong
    assert judge("choices:gi:i001", pan).right
    assert (judge("gi:i001", pan).right, judge("gi:i001", pan).top3) == (False, True)
    assert judge("status:out", Answer(status=Status.MENU)).right
    assert judge("status:notanswered", both).wrong
    with pytest.raises(ValueError, match="no such expectation"):
        judge("nonsense", both)


def test_interval_is_wilsons() -> None:
    """The interval of 8 in 10 is the textbook one."""
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("しょっき", "shokki"),
        ("まっちゃ", "matcha"),
        ("ぎゅうにゅうぱっく", "gyuunyuupakku"),
        ("てぃっしゅ", "tisshu"),
        ("でぃすく", "disuku"),
    ],
)
def test_readings_are_romanised_as_people_type(kana: str, latin: str) -> None:
    """Digraphs, small letters and doubled consonants become Hepburn."""
    assert romanised(kana) == latin
