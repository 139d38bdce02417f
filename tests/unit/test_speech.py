"""The bot's voice: catalogs that must be whole, and dates and times as people write them."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import regex
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from opencc import OpenCC

from bot.language.speech import CatalogError, incomplete, load_voices, voice
from bot.language.tags import TAGS, babel_locale, catalog_folder
from tools import texts

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "locales"
VOICES = load_voices(LOCALES)
KANJI_WITHOUT_READING = regex.compile(r"[\p{Han}々]+(?!（[\p{Hiragana}\p{Katakana}ー]+）)(?![\p{Han}々])")
TUESDAY = date(2026, 11, 24)


def sentences(tag: str) -> dict[str, tuple[str, ...]]:
    path = LOCALES / catalog_folder(tag) / "LC_MESSAGES" / "messages.po"
    catalog = read_po(path.open("rb"), locale=babel_locale(tag))
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            (message.string,) if isinstance(message.string, str) else tuple(message.string)
        )
        for message in catalog
        if message.id
    }


def button_labels() -> Iterator[str]:
    """Yield each msgid that the code says inside a Button's or Choice's label."""
    for path in texts.speaking(ROOT, texts.READERS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and texts.called(node) == "Button":
                label = next((word.value for word in node.keywords if word.arg == "label"), None)
                for inner in ast.walk(label or node.args[0]):
                    if isinstance(inner, ast.Call) and texts.called(inner) == "say":
                        yield ast.literal_eval(inner.args[0])


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LOCALES, tmp_path / "locales"))


def change(locales: Path, tag: str, old: str, new: str) -> None:
    path = locales / catalog_folder(tag) / "LC_MESSAGES" / "messages.po"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")


def test_every_public_tag_has_a_voice_of_its_own() -> None:
    """All five tags speak, each with its own words for the same sentence."""
    assert tuple(VOICES) == TAGS
    said = {tag: speech.say("On the sign: {sign}", sign="燃やせないごみ") for tag, speech in VOICES.items()}
    assert len(set(said.values())) == len(TAGS)
    assert said["en"] == "On the sign: 燃やせないごみ"


def test_a_missing_value_raises_instead_of_showing_braces() -> None:
    """A sentence is never shown with an open placeholder."""
    with pytest.raises(KeyError, match="sign"):
        VOICES["en"].say("On the sign: {sign}")


def test_a_value_is_never_read_as_a_pattern() -> None:
    """Braces in a value stay what they are."""
    assert VOICES["en"].say("On the sign: {sign}", sign="{x.__class__}") == "On the sign: {x.__class__}"


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("ja", "11月24日（火）"),
        ("ja-simple", "11月24日 火（か）よう日（び）"),
        ("en", "Tue, Nov 24"),
        ("zh-Hans", "11月24日周二"),
        ("zh-Hant", "11月24日 週二"),
    ],
)
def test_a_day_is_absolute_and_has_its_weekday(tag: str, day: str) -> None:
    """A date reads as people of that language write it."""
    assert VOICES[tag].date(TUESDAY) == day


@pytest.mark.parametrize(
    ("tag", "year", "month"),
    [
        ("ja", "2023年", "2023年4月"),
        ("ja-simple", "2023年", "2023年4月"),
        ("en", "2023", "April 2023"),
        ("zh-Hans", "2023年", "2023年4月"),
        ("zh-Hant", "2023年", "2023年4月"),
    ],
)
def test_a_source_date_is_told_to_the_month(tag: str, year: str, month: str) -> None:
    """Year, month and day all lead to at most a month, never to more than the source says."""
    speech = VOICES[tag]
    assert [speech.month(text) for text in ("2023", "2023-04", "2023-04-30")] == [year, month, month]


@pytest.mark.parametrize("text", ["", "2023-4", "2023-13", "April", "2023-04-01T00:00"])
def test_a_source_date_in_another_form_is_refused(text: str) -> None:
    """What is no date of a source raises instead of becoming another month."""
    with pytest.raises(ValueError, match=r".+"):
        VOICES["en"].month(text)


@pytest.mark.parametrize(
    ("tag", "morning", "evening", "noon", "midnight"),
    [
        ("ja", "8時30分", "17時", "12時5分", "0時"),
        ("ja-simple", "ごぜん 8:30", "ごご 5:00", "ごご 0:05", "ごぜん 0:00"),
        ("en", "8:30 am", "5:00 pm", "12:05 pm", "12:00 am"),
        ("zh-Hans", "8:30", "17:00", "12:05", "0:00"),
        ("zh-Hant", "8:30", "17:00", "12:05", "0:00"),
    ],
)
def test_a_time_reads_as_people_write_it(
    tag: str, morning: str, evening: str, noon: str, midnight: str
) -> None:
    """Morning and evening are never mixed up."""
    told = [VOICES[tag].time(text) for text in ("08:30", "17:00", "12:05", "00:00")]
    assert told == [morning, evening, noon, midnight]


def test_a_list_joins_as_the_language_does() -> None:
    """Several names become one phrase."""
    joined = {tag: speech.list(["A", "B", "C"]) for tag, speech in VOICES.items()}
    assert joined["en"] == "A, B, and C"
    assert joined["ja"] == joined["ja-simple"] == "A、B、C"
    assert joined["zh-Hans"] == joined["zh-Hant"] == "A、B和C"


def test_a_missing_catalog_stops_the_start(copied: Path) -> None:
    """A language without a catalog is an error that names it, not English in disguise."""
    shutil.rmtree(copied / "zh_Hans")
    with pytest.raises(CatalogError, match="no catalog for zh-Hans"):
        load_voices(copied)


def test_an_untranslated_sentence_stops_the_start(copied: Path) -> None:
    """An empty translation is an error."""
    change(copied, "zh-Hant", 'msgstr "日文標示：{sign}"', 'msgstr ""')
    with pytest.raises(CatalogError, match="zh-Hant: not translated: 'On the sign"):
        load_voices(copied)


def test_a_fuzzy_sentence_stops_the_start(copied: Path) -> None:
    """A guess of the merge tool is never served."""
    change(copied, "ja", 'msgid "On the sign: {sign}"', '#, fuzzy\nmsgid "On the sign: {sign}"')
    with pytest.raises(CatalogError, match="ja: marked fuzzy"):
        load_voices(copied)


def test_another_placeholder_stops_the_start(copied: Path) -> None:
    """A translation cannot ask for a value that the code does not give."""
    change(copied, "zh-Hans", 'msgstr "日文标识：{sign}"', 'msgstr "日文标识：{name}"')
    with pytest.raises(CatalogError, match="zh-Hans: other placeholders"):
        load_voices(copied)


def test_a_sentence_that_only_some_languages_have_stops_the_start(copied: Path) -> None:
    """All catalogs know the same sentences."""
    change(copied, "ja", 'msgid "On the sign: {sign}"', 'msgid "Sign: {sign}"')
    with pytest.raises(CatalogError) as problems:
        load_voices(copied)
    assert "ja: not translated: 'On the sign: {sign}'" in str(problems.value)
    assert "en: not translated: 'Sign: {sign}'" in str(problems.value)


def test_plurals_choose_their_form_and_may_leave_the_number_out() -> None:
    """English has two forms, Japanese one; a singular without its number is allowed."""
    english, japanese = Catalog(locale="en"), Catalog(locale="ja")
    english.add(("One thing", "{n} things"), ("One thing", "{n} things"))
    japanese.add(("One thing", "{n} things"), ("{n}つ",))
    assert not incomplete(english, [("One thing", "{n} things")])
    assert not incomplete(japanese, [("One thing", "{n} things")])
    assert voice("en", english).say_n("One thing", "{n} things", 1) == "One thing"
    assert voice("en", english).say_n("One thing", "{n} things", 3) == "3 things"
    assert voice("ja", japanese).say_n("One thing", "{n} things", 3) == "3つ"


def test_easy_japanese_has_a_reading_after_each_kanji_word() -> None:
    """Every run of kanji is followed by its reading in brackets."""
    bare = {
        text: KANJI_WITHOUT_READING.findall(text)
        for strings in sentences("ja-simple").values()
        for text in strings
    }
    assert not {text: words for text, words in bare.items() if words}


def test_easy_japanese_buttons_have_no_kanji() -> None:
    """A button has no room for a reading, so it is written in kana."""
    easy = sentences("ja-simple")
    labels = sorted(set(button_labels()))
    assert not {label: easy[label] for label in labels if regex.search(r"\p{Han}", easy[label][0])}


@pytest.mark.parametrize(("tag", "conversion", "both"), [("zh-Hans", "t2s", ""), ("zh-Hant", "s2t", "台群")])
def test_each_chinese_keeps_to_its_own_characters(tag: str, conversion: str, both: str) -> None:
    """No Traditional character in Simplified text and no Simplified one in Traditional text."""
    convert = OpenCC(conversion).convert
    strange = {
        text: [one for one in text if convert(one) != one and one not in both]
        for strings in sentences(tag).values()
        for text in strings
    }
    assert not {text: characters for text, characters in strange.items() if characters}


def test_the_catalogs_hold_exactly_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    """`make texts` has nothing to change and nothing is left untranslated."""
    assert texts.main(["--check"]) == 0, capsys.readouterr().err
