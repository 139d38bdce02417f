"""One spelling for everything that sounds or looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.normalise import fold_romaji, romaji, sentences, units


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("フライパン", "ﾌﾗｲﾊﾟﾝ"),
        ("フライパン", "ふらいぱん"),
        ("コーヒー", "こーひぃ".replace("ぃ", "ー")),
        ("ケータイ", "けいたい"),
        ("電池", "电池"),
        ("缶", "罐"),
        ("平底鍋", "平底锅"),
        ("batteries", "battery"),
        ("Frying  PANS", "frying pan"),
        ("café", "cafe"),
        ("PETボトル", "ＰＥＴボトル"),
        ("電\u200b池", "電池"),
        ("、もう", "、も"),
        ("おおきい", "おきい"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    """Width, kana, long vowels, Han variants, plurals and accents make no difference."""
    assert units(one) == units(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("紙", "髪"),
        ("はし", "はじ"),
        ("pan", "can"),
        ("本", "木"),
        ("ときのお茶", "ときの茶"),
        ("彼もおもい", "彼もい"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    """Folding never makes two words of one."""
    assert units(one) != units(other)


@pytest.mark.parametrize(
    ("reading", "typed"),
    [
        ("ふらいぱん", "furaipan"),
        ("しんぶんし", "shimbunshi"),
        ("しんぶんし", "sinbunsi"),
        ("りょうり", "ryōri"),
        ("かっぷ", "kappu"),
        ("まっちゃ", "matcha"),
        ("ちゃわん", "chawan"),
        ("じてんしゃ", "zitensya"),
        ("えあこんでぃしょなー", "eakondishonaa"),
        ("おかしのはこ", "okashinohako"),
        ("しぇーばー", "sheebaa"),
        ("くらっちばっぐ", "kuratchibaggu"),
        ("あぶらをすうかみ", "aburaosuukami"),
        ("うぉーたーじゃぐ", "wo-ta-jagu"),
    ],
)
def test_every_romanisation_meets_the_reading(reading: str, typed: str) -> None:
    """Hepburn, Kunrei and the long-vowel habits of typists lead to one key."""
    assert fold_romaji(typed) == romaji(reading)


def test_what_is_not_in_latin_letters_is_no_romaji() -> None:
    """Digits, kana and nothing at all are not read as romanised Japanese."""
    assert [fold_romaji(text) for text in ("CD-R7", "電池", "", "ふらい")] == ["", "", "", ""]


@given(st.text())
def test_any_text_folds_and_folding_is_stable(text: str) -> None:
    """No text breaks the folding, and its units hold no spaces or control characters."""
    for unit in units(text):
        assert unit == unit.strip()
        assert unit.isprintable()


@given(st.text(alphabet=st.characters(codec="utf-16-le", categories=["Cs", "Cc", "Lo"]), max_size=20))
def test_lone_surrogates_are_harmless(text: str) -> None:
    """Half a surrogate pair counts as unreadable, never as an error."""
    units(text)


def test_sentences_split_at_ends_only() -> None:
    """Line ends and full stops part remarks, commas and decimal points do not."""
    assert sentences("フライパン。傘\n1.5リットル、瓶?", 9) == ["フライパン", "傘", "1.5リットル、瓶"]
    assert len(sentences("a\n" * 200, 5)) == 5
