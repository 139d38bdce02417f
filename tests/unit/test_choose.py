"""The language of a reply: chosen, plain to see, likely, or Japanese; never flipped by one word."""

from __future__ import annotations

import pytest

from bot.language.choose import LACKING, of_sentence, of_word, reply_language
from bot.language.tags import TAGS, catalog_folder, from_platform


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("これはどうやって捨てますか", "ja"),
        ("ふらいぱんは どうやって すてますか", "ja-simple"),
        ("how do I throw away a frying pan", "en"),
        ("平底锅怎么扔", "zh-Hans"),
        ("平底鍋要怎麼丟", "zh-Hant"),
        ("My Number卡在哪里办", "zh-Hans"),
        ("Làm sao để vứt chảo", LACKING),
        ("프라이팬은 어떻게 버려요", LACKING),
        ("bagaimana cara buang sampah", LACKING),
        ("paano itapon ang basura", LACKING),
        ("フライパン", None),
        ("電池", None),
        ("frying pan", None),
        ("OK", None),
        ("", None),
    ],
)
def test_only_an_unmistakable_sentence_decides(text: str, language: str | None) -> None:
    """A whole sentence tells its language; a single word does not."""
    assert of_sentence(text) == language


def test_a_word_is_placed_by_script_and_by_whose_word_it_is() -> None:
    """平底鍋 stands in no Japanese list, so it is Traditional Chinese; 電池 may be either."""
    assert of_word("平底鍋", frozenset({"zh-Hans", "zh-Hant"})) == "zh-Hant"
    assert of_word("电池", frozenset()) == "zh-Hans"
    assert of_word("電池", frozenset({"ja", "zh-Hant"})) is None
    assert of_word("furaipan", frozenset({"ja", "ja-simple"})) == "ja"


def test_order_of_reasons() -> None:
    """Stored choice > sentence > remembered hint > profile > word > Japanese."""
    assert reply_language("en", "ja", "zh-Hans", "ko", "ja") == "en"
    assert reply_language(None, "ja", "zh-Hans", "en", "en") == "ja"
    assert reply_language(None, None, "zh-Hans", "en", "en") == "zh-Hans"
    assert reply_language(None, None, None, "zh-TW", "ja") == "zh-Hant"
    assert reply_language(None, None, None, "vi", "ja") == LACKING
    assert reply_language(None, None, None, None, "en") == "en"
    assert reply_language(None, None, None, None, None) == "ja"


@pytest.mark.parametrize("stored", TAGS)
@pytest.mark.parametrize("text", ["電池", "frying pan", "平底锅怎么扔", "프라이팬"])
def test_a_stored_choice_is_kept_whatever_is_typed(stored: str, text: str) -> None:
    """Nothing but an explicit request changes a chosen language."""
    assert reply_language(stored, of_sentence(text), None, "ko", of_word(text, frozenset())) == stored


@pytest.mark.parametrize(
    ("platform", "tag"),
    [
        ("zh-TW", "zh-Hant"), ("zh_HK", "zh-Hant"), ("zh-Hans-HK", "zh-Hans"), ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"), ("yue", "zh-Hant"), ("ja-JP", "ja"), ("en-GB", "en"), ("vi", None), ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_platform_languages(platform: str | None, tag: str | None) -> None:
    """Chinese goes by script, then region; a language we lack is not quietly another."""
    assert from_platform(platform) == tag


def test_outside_names_of_tags() -> None:
    """Gettext finds folders with underscores only."""
    assert [catalog_folder(tag) for tag in TAGS] == ["ja", "ja_simple", "en", "zh_Hans", "zh_Hant"]
