"""What the word alone does not tell: asked by one tap, taken from what was said, or honestly not known."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.model import Answer, Status, Tone
from bot.answers.verdict import Thing, decide, open_question
from bot.language.tags import TAGS
from tests.real import NOON, ask, engine, knowledge
from tests.unit.talker import Talker

TODAY = NOON.date()


def _asking() -> list[str]:
    return [
        item.id
        for item in knowledge().items.values()
        if not item.variants and open_question(knowledge(), Thing(item.id), TODAY)
    ]


def _lookup(answer_id: str, language: str = "ja") -> Answer:
    from bot.answers.model import Question

    return engine().lookup(Question(text="", language=language, now=NOON), answer_id)


def test_every_open_condition_is_settled_by_taps() -> None:
    """Whatever is asked about a thing, each choice leads to an answer or to an honest "not confirmed"."""
    queue = [f"garbage:{item}" for item in _asking()]
    assert len(queue) > 100
    for _ in range(3):
        queue = [
            choice.answer_id
            for answer_id in queue
            for choice in _lookup(answer_id).choices
            if choice.answer_id.startswith("garbage:")
        ]
        ended = {_lookup(answer_id).status for answer_id in queue} - {Status.CHOICES}
        assert ended <= {Status.ANSWERED, Status.UNKNOWN}
    assert queue == []


@pytest.mark.parametrize("language", TAGS)
def test_a_condition_is_asked_in_the_readers_language(language: str) -> None:
    """The question about a ruler stands in the content, and offers what changes the answer."""
    answer = _lookup("garbage:ruler", language)
    assert answer.status is Status.CHOICES
    assert answer.cards[0].lead == knowledge().conditions["material"].ask[language]
    assert {choice.category for choice in answer.choices} == {"burnable", "non-burnable"}


@pytest.mark.parametrize(
    ("text", "language", "category"),
    [
        ("木の定規", "ja", "burnable"),
        ("プラスチックの定規の捨て方", "ja", "non-burnable"),
        ("wooden ruler", "en", "burnable"),
        ("a metal ruler", "en", "non-burnable"),
        ("塑料的尺子怎么扔", "zh-Hans", "non-burnable"),
    ],
)
def test_what_was_said_is_not_asked(text: str, language: str, category: str) -> None:
    """Who names the material along with the thing is answered at once."""
    answer = ask(text, language)
    assert (answer.status, answer.category) == (Status.ANSWERED, category)


def test_a_number_chooses_the_case() -> None:
    """「2」 after the question takes the second case, as on a numbered list."""
    talker = Talker().says("定規")
    offered = talker.person.offered
    assert len(offered) > 1
    assert talker.says("2").person.last_answer == offered[1]


def test_a_battery_said_to_be_inside_makes_any_thing_dangerous() -> None:
    """A rechargeable toy is no ordinary toy, and a card that sings is no ordinary paper."""
    answer = ask("充電式のおもちゃの捨て方")
    assert (answer.category, answer.cards[0].tone) == ("hazardous", Tone.DANGER)


@pytest.mark.parametrize("language", TAGS)
def test_a_thing_nobody_decides_is_honestly_unknown(language: str) -> None:
    """The LED bulb is recognised; its category is not made up, and the desk is asked in Japanese."""
    answer = _lookup("garbage:led-bulb", language)
    assert (answer.status, answer.category) == (Status.UNKNOWN, None)
    sections = {section.kind: " ".join(section.lines) for section in answer.cards[0].sections}
    assert {"sure", "unsure", "now", "desk", "show"} <= sections.keys()
    assert knowledge().name("led-bulb", "ja").form in sections["show"]
    assert any((button.uri or "").startswith("tel:") for button in answer.cards[0].buttons)


@pytest.mark.parametrize(
    ("text", "language", "yes"),
    [
        ("can I put a frying pan in burnable garbage?", "en", False),
        ("is a frying pan non-burnable?", "en", True),
        ("フライパンは燃えるごみですか", "ja", False),
        ("平底锅是不可燃垃圾吗", "zh-Hans", True),
    ],
)
def test_yes_or_no_comes_first(text: str, language: str, yes: bool) -> None:
    """ "Can I put X in Y?" is answered with yes or no, and then with where it goes."""
    answer = ask(text, language)
    say = engine()._voices[language].say
    opening = say("Yes. {answer}", answer="") if yes else say("No. {answer}", answer="")
    assert answer.category == "non-burnable"
    assert answer.cards[0].lead.startswith(opening.strip())


@pytest.mark.parametrize(
    "text", ["プラマークに入れるもの", "what goes into plastic packaging", "可燃垃圾有哪些"]
)
def test_a_category_names_what_goes_in(text: str) -> None:
    """Asked for its contents, a category lists things that really belong there."""
    answer = ask(text)
    assert any(section.kind == "examples" for section in answer.cards[0].sections)


def test_examples_belong_to_their_category() -> None:
    """Every example on a category's page is decided to that category today."""
    for category in knowledge().categories.values():
        for item in category.examples:
            decided = decide(knowledge(), Thing(item), date(2026, 11, 24)).category
            assert decided is not None, item
            assert decided.id == category.id, item


def test_what_dictation_writes_is_only_offered() -> None:
    """A word of the same sound as a thing never gets a direct answer."""
    for one in knowledge().phrases.misheard:
        for heard in one.heard:
            assert ask(heard).status is not Status.ANSWERED, heard


@pytest.mark.parametrize(
    ("text", "language", "item"),
    [
        ("ペットボトルのふた", "ja", "pet-bottle-cap"),
        ("寶特瓶的瓶蓋要丟哪裡", "zh-Hant", "pet-bottle-cap"),
        ("makura no sutekata", "ja", "pillow"),
        ("furaipan wa moeru gomi desu ka", "ja", "frying-pan"),
    ],
)
def test_the_head_of_a_phrase_is_meant(text: str, language: str, item: str) -> None:
    """The part, not the whole; and Japanese in Latin letters is read as Japanese."""
    assert ask(text, language).answer_id == f"garbage:{item}"


@pytest.mark.parametrize("text", ["どのごみ", "いらないこと", "しないで", "できますか"])
def test_grammar_that_sounds_like_a_thing_is_no_thing(text: str) -> None:
    """どの is no sandbag, しない no bamboo sword."""
    assert not (ask(text).answer_id or "").startswith("garbage:")


def test_several_things_are_all_covered() -> None:
    """Two things joined by "and" get two cards and count as two answers."""
    answer = ask("枕とフライパンを捨てたい")
    assert {"garbage:pillow", "garbage:frying-pan"} == set(answer.covers)
