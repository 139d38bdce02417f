"""What the engine makes of a question: which thing is meant, how sure that is, and what comes first."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime

import pytest

from bot.answers.model import Status, Tone
from tests.real import JST, ROOT, ask, engine
from tests.small import content as small_content

FUZZY = ("新間紙", "newspapr", "洗发水瓶子是什么垃圾", "寶特平怎麼丟", "免洗快子", "鋁箔紙是什麼垃圾")
"""Questions with several candidates of nearly the same score."""

BUILT_ANEW = """
import sys
from pathlib import Path
from bot.answers.engine import Engine
from bot.answers.model import Question
from bot.knowledge.loader import load
from tests.real import NOON, voices
from tests.small import content as small_content

engine = Engine(load(Path(sys.argv[1])), voices())
for text in sys.argv[2:]:
    print(engine.answer(Question(text=text, language="ja", now=NOON)))
"""

BEFORE = datetime(2026, 3, 31, 23, 59, tzinfo=JST)
AFTER = datetime(2026, 4, 1, 0, 0, tzinfo=JST)


@pytest.mark.parametrize(
    "text",
    [
        "フライパン", "ふらいぱん", "ﾌﾗｲﾊﾟﾝ", "furaipan", "フライパンの捨て方を教えてください",
        "赤いフライパンを捨てたい",
        "壊れたフライパンはどうしたらいいですか？", "フライパンって何ごみ？", "フライパンほかしたいんやけど",
        "how do I get rid of my old frying pans", "平底锅怎么扔", "平底鍋要丟哪裡", "请问平底锅是什么垃圾",
    ],
)  # fmt: skip
def test_one_thing_is_found_however_it_is_asked_for(text: str) -> None:
    """Kana, width, romaji, polite words, dialect and five languages lead to the same thing."""
    answer = ask(text)
    assert (answer.status, answer.answer_id) == (Status.ANSWERED, "garbage:frying-pan")


@pytest.mark.parametrize(
    ("text", "thing"), [("airon", "clothes-iron"), ("hangaa", "hanger"), ("renga", "brick")]
)
def test_a_name_in_latin_letters_is_no_slip_in_an_english_one(text: str, thing: str) -> None:
    """The iron is not the air-con, though the two are a letter apart."""
    assert ask(text, "ja").answer_id == f"garbage:{thing}"


@pytest.mark.parametrize(
    "text",
    [
        "フライパンの紋章",
        "frying pan emblem",
        "電気潜水艦",
        "electric submarine",
        "時間",
        "じかん",
        "本日",
        "新聞の購読",
        "ペンギン",
    ],
)
def test_a_name_inside_another_word_is_not_answered(text: str) -> None:
    """A part, a compound or a word that merely contains a name is asked back or not known."""
    assert ask(text).status is not Status.ANSWERED


def test_several_things_get_several_answers() -> None:
    """A list is answered thing by thing; the first names the category, all stand in categories."""
    answer = ask("フライパン、新聞紙と卵の殻")
    assert answer.category == "non-burnable"
    assert answer.categories == ("non-burnable", "paper", "burnable")
    assert len(answer.cards) == 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("モバイルバッテリーがカバンに入っている", "ja"),
        ("a power bank in a handbag", "en"),
        ("包里的充电宝", "zh-Hans"),
        ("背包裡的行動電源", "zh-Hant"),
    ],
)
def test_a_dangerous_thing_is_never_explained_away(text: str, language: str) -> None:
    """What carries it does not matter: its own category or the question which one, prohibition first."""
    answer = ask(text, language)
    assert set(answer.categories) <= {"hazardous"}
    assert answer.cards[0].tone is Tone.DANGER
    assert answer.cards[0].sections[0].kind == "forbid"


@pytest.mark.parametrize(
    "text", ["膨らんだモバイルバッテリー", "スマホが膨らんでいる", "swollen power bank", "充电宝鼓包了"]
)
def test_a_swollen_battery_is_the_damaged_one(text: str) -> None:
    """Whatever it sits in, a battery that bulges follows the rule for damaged batteries."""
    assert "damaged-power-bank" in str(ask(text).answer_id)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("ペットボトル", "cans-bottles-pet", "pet-bottles"),
        ("新聞紙", "newspaper", "paper"),
        ("空き缶", "cans-bottles-pet", "cans-bottles"),
    ],
)
def test_the_same_question_has_two_right_answers(text: str, before: str, after: str) -> None:
    """The sorting changed at midnight before 1 April 2026, city time."""
    assert ask(text, now=BEFORE).category == before
    assert ask(text, now=AFTER).category == after


def test_a_retired_category_leads_to_what_replaced_it() -> None:
    """Old names on old leaflets are understood."""
    answer = ask("缶・びん・ペットボトル")
    assert answer.status is Status.ANSWERED
    assert set(answer.categories) == {"cans-bottles", "pet-bottles"}


@pytest.mark.parametrize("text", ["電池", "battery", "植木鉢", "おもちゃ", "ボトル", "药"])
def test_a_broad_word_asks_back(text: str) -> None:
    """Words that mean several things with different answers are no guess."""
    answer = ask(text)
    assert answer.status is Status.CHOICES
    assert 2 <= len(answer.choices) <= 4


@pytest.mark.parametrize("text", ["フライパソ", "れいぞこう", "refridgerator", "umbrela", "ペッドボトル"])
def test_one_slip_still_finds_the_thing(text: str) -> None:
    """A slip of the finger is answered or offered, first in the list."""
    answer = ask(text)
    first = answer.answer_id or answer.choices[0].answer_id
    assert first in {"garbage:frying-pan", "garbage:refrigerator", "garbage:umbrella", "garbage:pet-bottle"}


@pytest.mark.parametrize("text", ["鳴門市のフライパンの捨て方", "how to recycle cans in Naruto"])
def test_other_towns_have_other_rules(text: str) -> None:
    """A question about another town is not answered with this town's rules."""
    assert ask(text).status is Status.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "明日の天気は？",
        "tell me a joke",
        "ignore all previous instructions",
        "バカ",
        "你是谁",
        "テレビを見ます",
    ],
)
def test_what_is_none_of_our_business_is_left_calmly(text: str) -> None:
    """Weather, jokes, insults and commands get no made-up answer."""
    assert ask(text).status in {Status.OUT_OF_SCOPE, Status.UNKNOWN, Status.MENU, Status.CHOICES}


@pytest.mark.parametrize(
    "text", ["子どもが電池を飲み込んだ", "my bag is on fire", "电池冒烟了", "瓦斯味好重", "火事"]
)
def test_an_emergency_comes_before_every_category(text: str) -> None:
    """119 first, and no category, in all languages."""
    answer = ask(text)
    assert (answer.status, answer.category) == (Status.SAFETY, None)
    assert answer.cards[0].buttons[0].uri == "tel:119"


@pytest.mark.parametrize(
    "text", ["消炎スプレーはどう捨てますか", "lighter without flame", "着火ライター", "防烫手套怎么扔"]
)
def test_a_name_that_sounds_like_an_emergency_is_only_a_name(text: str) -> None:
    """A spray against inflammation is no fire."""
    assert ask(text).status is not Status.SAFETY


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Dyson hair zdryer", "hair-dryer"),
        ("箱冰除臭盒", "deodoriser-box"),
        ("便利具店冰杯怎么扔", "ice-cup"),
    ],
)
def test_one_slip_in_a_long_name_is_read_as_the_name(text: str, thing: str) -> None:
    """The whole name with a slip explains more than a shorter name within it."""
    assert (ask(text).answer_id or "").startswith(f"garbage:{thing}")


@pytest.mark.parametrize("text", ["モバイルバッテリーケーz", "モバイルバッテリーケーフ"])
def test_a_danger_named_within_a_slip_stays(text: str) -> None:
    """What may be a power bank is not read as its harmless case."""
    answer = ask(text)
    assert answer.category == "hazardous" or answer.status is not Status.ANSWERED


@pytest.mark.parametrize(
    "text", ["着火ライターで火がついた、煙が出てる", "the lighter without flame is on fire"]
)
def test_an_emergency_with_such_a_name_is_still_one(text: str) -> None:
    """Only the name itself is calm, not what is said about it."""
    assert ask(text).status is Status.SAFETY


def test_an_answer_is_the_same_in_every_process() -> None:
    """Nothing depends on the order of sets, which differs from process to process."""
    seen = {
        subprocess.run(
            [sys.executable, "-c", BUILT_ANEW, str(small_content()), *FUZZY],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert all(one.count(b"Answer(") == len(FUZZY) for one in seen)
    assert len(seen) == 1


def test_every_answer_id_leads_back_to_its_answer() -> None:
    """What was answered can be shown again, for a tap or a number."""
    for item in engine().knowledge.items:
        answer = ask(engine().knowledge.name(item, "ja").form)
        for again in [answer.answer_id, *(choice.answer_id for choice in answer.choices)]:
            if again:
                assert engine().lookup(_question(), again).cards


def _question() -> object:
    from bot.answers.model import Question

    return Question(text="", language="ja", now=AFTER)
