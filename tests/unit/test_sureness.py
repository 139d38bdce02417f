"""How surely a named thing is the one that is meant: what stands around its name, and what else is named."""

from __future__ import annotations

import pytest

from bot.answers.model import Status
from bot.answers.normalise import units
from tests.real import ask, engine


def _thing(text: str, language: str = "ja") -> str:
    """Return the thing that an answer, or the question in which case it is, is about."""
    return (ask(text, language).answer_id or "").removeprefix("garbage:").split("/")[0]


@pytest.mark.parametrize(
    ("text", "language", "thing"),
    [
        ("擀面皮用的擀面杖", "zh-Hans", "rolling-pin"),
        ("阿公修水管用的活动扳手", "zh-Hans", "adjustable-wrench"),
        ("the tongs I used for the barbecue", "en", "kitchen-tongs"),
        ("登山鞋，鞋帶孔整排掉光光", "zh-Hant", "hiking-boots"),
    ],
)
def test_a_name_that_no_other_ends_in_is_the_thing(text: str, language: str, thing: str) -> None:
    """Unknown words before such a name, or in what is only told of it, do not make it another thing."""
    assert _thing(text, language) == thing


def test_a_name_that_others_end_in_is_general() -> None:
    """A box may be any box and a 袋 any bag, but no other thing is called a rolling pin."""
    general = engine().index.general
    assert ("box",) in general
    assert ("袋",) in general
    assert units("擀面杖") not in general


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("lid from the rice cooker", "rice-cooker-inner-lid"),
        ("the core of a toilet roll", "toilet-roll-core"),
        ("handle from the frying pan", "detachable-handle"),
        ("shell of a crab", "crab-shell"),
    ],
)
def test_b_of_a_is_the_a_b(text: str, thing: str) -> None:
    """English names a part either way round."""
    assert _thing(text, "en") == thing


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("酸奶杯上面撕下来的那张膜", "zh-Hans"),
        ("wheel of my pram", "en"),
        ("ほうちょうを さして たてる もの", "ja-simple"),
    ],
)
def test_an_unknown_noun_beside_a_name_is_what_is_meant(text: str, language: str) -> None:
    """What belongs to a thing, covers it or is made for it is not the thing: it is asked back."""
    assert ask(text, language).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "language", "thing", "other"),
    [
        ("マグカップって袋に入れて捨てるん？", "ja", "tea-cup", "any-bag"),
        ("a kitchen scale on the microwave", "en", "kitchen-scale", "microwave-oven"),
        ("rack for plates and cups", "en", "dish-drainer", "plate"),
    ],
)
def test_what_is_only_told_of_a_thing_is_not_listed_with_it(
    text: str, language: str, thing: str, other: str
) -> None:
    """A second thing that holds the first or is fixed to it is not answered too."""
    answer = ask(text, language)
    assert _thing(text, language) == thing
    assert f"garbage:{other}" not in answer.covers


def test_what_is_far_likelier_is_told_against_what_a_word_names() -> None:
    """A description may tell more than the name that stands in it."""
    assert _thing("wine cork but it's the plastic kind, not real cork", "en") == "plastic-cork"


def test_several_sentences_about_one_thing_get_one_answer() -> None:
    """What each sentence names is not answered by itself where together they tell what is meant."""
    answer = ask("It is for lettuce. You turn the handle and the water flies out of the basket.", "en")
    assert (answer.status, answer.answer_id) == (Status.ANSWERED, "garbage:salad-spinner")
    assert set(answer.covers) <= {"garbage:salad-spinner"}


def test_a_danger_named_beside_a_thing_is_asked_about() -> None:
    """A toy that runs on batteries is not the battery; both are offered, the danger first."""
    answer = ask("a remote control car that runs on AA batteries", "en")
    offered = [choice.answer_id for choice in answer.choices]
    assert answer.status is Status.CHOICES
    assert offered[:2] == ["garbage:dry-battery", "garbage:radio-control-car"]


def test_nothing_is_told_where_a_danger_that_would_not_be_told_may_be_meant() -> None:
    """The cream itself is likely meant, but it may be in a can under pressure."""
    answer = ask("鮮奶油過期了可以倒水槽嗎", "zh-Hant")
    offered = [choice.answer_id for choice in answer.choices]
    assert answer.status is Status.CHOICES
    assert {"garbage:fresh-cream", "garbage:whipped-cream-can"} <= set(offered)


def test_a_danger_named_beside_a_thing_that_is_told_is_told_first() -> None:
    """Where the thing is beyond doubt both are answered, and the warning is read first."""
    answer = ask("カフェラテの牛乳泡立てる棒みたいなの、単3いれるやつ", "ja")
    assert set(answer.covers) == {"garbage:aa-battery", "garbage:milk-frother"}
    assert answer.category == "hazardous"


@pytest.mark.parametrize(
    ("text", "language", "thing"),
    [
        ("でんぎもうふ", "ja", "electric-blanket"),
        ("マイグ", "ja", "microphone"),
        ("padlok", "en", "padlock"),
        ("平低锅怎么扔", "zh-Hans", "frying-pan"),
        ("percloator", "en", "moka-pot"),
        ("mountain biek", "en", "bicycle"),
        ("搪锅瓷", "zh-Hans", "enamel-pot"),
        ("行李相", "zh-Hans", "suitcase"),
        ("寶特平", "zh-Hant", "pet-bottle"),
    ],
)
def test_a_slip_that_hardly_changes_a_name_is_read(text: str, language: str, thing: str) -> None:
    """A voicing mark, two letters swapped, a character of the same sound, where nothing else is near."""
    assert _thing(text, language) == thing


@pytest.mark.parametrize("text", ["阿波舞节", "热水袜", "じかん"])
def test_another_word_one_letter_away_is_no_slip(text: str) -> None:
    """Another last character of another sound, or a word of everyday talk, is asked about or not known."""
    assert ask(text, "zh-Hans").status is not Status.ANSWERED


def test_things_put_out_in_the_same_way_are_answered_together() -> None:
    """Which spoon is meant makes no difference here: no question, all are named, the id leads back."""
    answer = ask("スプーン")
    assert (answer.status, answer.category) == (Status.ANSWERED, "non-burnable")
    assert len(answer.covers) > 1
    named = next(one for one in answer.cards[0].sections if one.kind == "same")
    assert len(named.lines) == len(answer.covers)


def test_things_put_out_differently_are_asked_about() -> None:
    """A broad word whose things differ, or are dangerous, stays a question."""
    for text in ("おもちゃ", "電池"):
        assert ask(text).status is Status.CHOICES


def test_a_thing_to_throw_away_is_told_before_its_day() -> None:
    """Who told no area hears where it goes; the card asks for the area by itself."""
    answer = ask("prawn shells stink, when can I put them out?", "en")
    assert (answer.status, answer.category) == (Status.ANSWERED, "burnable")
    assert any(button.tap and button.tap.on.startswith("area:") for button in answer.cards[0].buttons)
