"""What whoever writes a notice is told before anybody else reads it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.writing import hints, line_length
from bot.language.tags import TAGS

DAY = date(2026, 11, 24)


def ids(texts: dict[str, str], **given: object) -> list[str]:
    """Return the ids of what blocks, and in brackets of what is only a hint."""
    found = hints(texts, **given)  # type: ignore[arg-type]
    return [one.id if one.blocks else f"({one.id})" for one in found]


def test_a_difference_blocks_until_it_is_explained() -> None:
    """A time that the English lacks stops the notice; an explanation lets it go on, and stays visible."""
    texts = {"ja": "11月24日8時から", "en": "From Nov 24"}
    assert ids(texts) == ["missing:en:time:08:00"]
    assert ids(texts, explained=["missing:en:time:08:00"]) == ["(missing:en:time:08:00)"]


def test_a_fact_that_only_the_translation_has_blocks() -> None:
    """A translation adds no telephone of its own."""
    assert ids({"ja": "断水します", "zh-Hans": "停水 088-621-5217"}) == ["added:zh-Hans:phone:0886215217"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("11月24日（火）", []),
        ("11月24日（水）", ["weekday:ja:11-24"]),
        ("2月30日（水）", ["date:ja:02-30"]),
        ("1月5日（火）", []),
        ("本日は休みです", ["(today:ja)"]),
        ("これはテストです", ["test:ja"]),
        ("あ" * 5001, ["long:ja"]),
        ("😀" * 2501, ["long:ja"]),
        ("😀" * 2500, []),
    ],
)
def test_one_text_by_itself(text: str, found: list[str]) -> None:
    """Wrong weekdays, days that do not exist, test words and too long a text block; "today" is a hint."""
    assert ids({"ja": text}, day=DAY) == found


def test_a_test_send_may_say_that_it_is_one() -> None:
    """The word is forbidden to residents only."""
    assert ids({"ja": "これはテストです"}, live=False) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("明日（あした）は 雨（あめ）です。", []),
        ("避難（ひなん）してください。学校（がっこう）へ 行（い）きます。", []),
        ("避難してください。", ["(reading:ja-simple)"]),
        ("あ" * 41 + "。", ["(sentence:ja-simple:1)"]),
        ("3人です。10円です。", []),
        ("見（み）て ください：https://www.city.tokushima.tokushima.jp/a/long/page", []),
    ],
)
def test_easy_japanese_gets_hints_only(text: str, found: list[str]) -> None:
    """Long sentences and kanji without a reading are named, and never block."""
    assert ids({"ja-simple": text}) == found


def test_a_reading_names_no_day() -> None:
    """The reading of another word may sound like today."""
    assert ids({"ja-simple": "震度（しんど）6強（きょう）です。"}, day=DAY) == []


def test_length_is_counted_as_line_counts() -> None:
    """UTF-16 code units: an emoji is two."""
    assert line_length("ごみ🍎") == 4


@given(st.dictionaries(st.sampled_from(TAGS), st.text()), st.dates() | st.none())
def test_any_text_can_be_looked_at(texts: dict[str, str], day: date | None) -> None:
    """Whatever is typed, whoever writes gets hints or none, each under an id of its own language."""
    for one in hints(texts, day):
        assert one.language in texts
        assert str(one.remark)
