"""Blanks of notices: what may stand in them, and how each language shows it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.broadcasts.figures import differing
from bot.broadcasts.filling import Value, Wrong, moment, render, wrong
from bot.knowledge.notices import Notice, problems
from bot.language.speech import PLACEHOLDER
from bot.language.tags import TAGS
from tests.notices import SAMPLES, samples
from tests.real import knowledge, voices

AREAS = list(knowledge().calendar.areas)[:2]


def _notice(kind: str, **more: Any) -> Notice:
    """Return a notice with one blank `it` of a kind, and an optional one of the same kind."""
    blank = {"id": "it", "kind": kind, "label": {"ja": "それ", "en": "It"}, **more}
    return Notice.model_validate(
        {
            "id": "n", "kind": "emergency", "title": {"ja": "題", "en": "Title"}, "hold_minutes": 0,
            "valid_hours": 1, "blanks": [blank, {**blank, "id": "maybe", "optional": True}],
            "text": {tag: ["{it}", "({maybe})"] for tag in TAGS}, "owner": "city-hall", "sources": [],
            "evidence": "unconfirmed", "facts": [], "checked_on": "2026-11-22", "review_by": "2027-05-31",
        }
    )  # fmt: skip


def _refused(kind: str, value: Value) -> str:
    found = wrong(_notice(kind), {"it": value}, knowledge())
    return "; ".join(str(one.remark) for one in found)


def _shown(kind: str, value: Value, tag: str) -> str:
    return render(_notice(kind), voices()[tag], {"it": value}, knowledge())


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("moment", "2026-02-30T10:00", "a day that exists"),
        ("moment", "2026-11-24 15:30", "a day that exists"),
        ("moment", "2026-11-24T24:00", "a day that exists"),
        ("day", "2026-02-30", "a day that exists"),
        ("time", "25:00", "such as 15:30"),
        ("number", "-1", "in digits"),
        ("phone", "088 621 5111", "with hyphens"),
        ("phone", "621-5111", "with hyphens"),
        ("link", "javascript:alert(1)", "https://"),
        ("link", "http://www.city.tokushima.tokushima.jp/", "https://"),
        ("link", "https://www.city.tokushima.tokushima.jp@evil.example/", "Links lead only to"),
        ("link", "https://evil.example/", "Links lead only to"),
        ("link", "https://[", "https://"),
        ("place", "国府町", "for each language"),
        ("place", {"en": "Kokufu-cho"}, "in Japanese first"),
        ("place", {"ja": "国府町"}, "reading in kana"),
        ("place", {"ja": "国府町", "reading": "kokufu"}, "reading in kana"),
        ("place", {"ja": "国府町", "reading": "こくふちょう", "fr": "Kokufu"}, "Unknown language: fr"),
        ("place", {"ja": "国\u202e府", "reading": "こくふ"}, "control characters"),
        ("place", {"ja": "あ" * 501, "reading": "あ"}, "At most 500 characters"),
        ("place", {"areas": ["ZZ"]}, "“ZZ” is not in the list"),
        ("place", {"areas": "A"}, "Choose from the list"),
        ("place", {"city": True, "ja": "国府町"}, "Choose from the list"),
        ("name", {"city": True}, "in Japanese first"),
        ("categories", {"categories": ["gold"]}, "“gold” is not in the list"),
        ("text", {"ja": "白い服"}, "Missing: やさしい日本語, English, 简体中文, 繁體中文"),
    ],
)  # fmt: skip
def test_what_cannot_stand_in_a_blank_is_refused_with_the_reason(kind: str, value: Value, words: str) -> None:
    """Bad input is named in one sentence, before anything is rendered."""
    assert words in _refused(kind, value)


def test_open_and_unknown_blanks_are_named() -> None:
    """A blank left open, or a value for a blank that is not there, is found before anybody reads the text."""
    found = wrong(_notice("day"), {"that": "2026-11-24"}, knowledge())
    assert [one.blank for one in found] == ["that", "it"]
    assert all(isinstance(one, Wrong) for one in found)
    with pytest.raises(ValueError, match="'it' is empty"):
        render(_notice("day"), voices()["en"], {}, knowledge())


def test_what_would_be_refused_is_never_rendered() -> None:
    """Nobody gets half a notice: the blank and the language are named."""
    free = {"ja": "白い服", "reading": "しろいふく"}
    for kind, value in (("text", free), ("place", {"ja": "国府町"}), ("moment", "soon")):
        with pytest.raises(ValueError, match="'it' cannot be shown in zh-Hant"):
            _shown(kind, value, "zh-Hant")


def test_a_line_goes_with_its_open_blank() -> None:
    """What nobody filled in leaves no gap."""
    assert _shown("phone", "110", "ja") == "110"
    both = {"it": "110", "maybe": "088-621-5111"}
    assert render(_notice("phone"), voices()["ja"], both, knowledge()) == "110\n(088-621-5111)"


@pytest.mark.parametrize(
    ("tag", "day", "place"),
    [
        ("ja", "11月24日（火）15時30分", "国府町"),
        ("ja-simple", "11月24日 火（か）よう日（び） ごご 3:30", "国府町（こくふちょう）"),
        ("en", "Tue, Nov 24, 3:30 pm", "Kokufu-cho"),
        ("zh-Hans", "11月24日周二 15:30", "国府町（こくふちょう）"),
        ("zh-Hant", "11月24日 週二 15:30", "国府町（こくふちょう）"),
    ],
)
def test_each_language_spells_it_its_own_way(tag: str, day: str, place: str) -> None:
    """Days and times follow the language; a place without its own name stands in Japanese, with reading."""
    assert moment(voices()[tag], "2026-11-24T15:30") == day
    assert _shown("place", {"ja": "国府町", "reading": "こくふちょう", "en": "Kokufu-cho"}, tag) == place


@pytest.mark.parametrize(
    ("name", "reading", "shown"),
    [
        ("沖洲", "おきのす", "Okinosu (沖洲)"),
        ("アミコビル", "アミコビル", "Amikobiru (アミコビル)"),
        ("北沖洲１丁目", "きたおきのす １ちょうめ", "Kitaokinosu 1choume (北沖洲１丁目)"),
        ("眉山", "びざん", "Bizan (眉山)"),
    ],
)
def test_readers_of_english_get_a_reading_that_they_can_read(name: str, reading: str, shown: str) -> None:
    """A name that nobody translated stands in Roman letters, with the Japanese that is on the sign."""
    assert _shown("name", {"ja": name, "reading": reading}, "en") == shown


def test_chosen_areas_and_categories_have_their_names_in_every_language() -> None:
    """Whoever reads only Japanese can still name them in all five."""
    for tag in TAGS:
        for area in AREAS:
            short = knowledge().calendar.areas[area].short[tag]
            assert short in _shown("place", {"areas": AREAS}, tag)
        assert _shown("place", {"city": True}, tag) == knowledge().city.name[tag]
        chosen = _shown("categories", {"categories": ["burnable"]}, tag)
        assert chosen == knowledge().categories["burnable"].short[tag]


def test_braces_in_a_value_are_no_blank() -> None:
    """What a clerk writes is text, whatever it looks like."""
    assert _shown("name", dict.fromkeys(TAGS, "{maybe}"), "en") == "{maybe}"


@given(
    day=st.dates(min_value=dt.date(2026, 1, 1), max_value=dt.date(2030, 12, 31)),
    time=st.times().map("{:%H:%M}".format),
    number=st.integers(min_value=0, max_value=9_999_999),
    notice=st.sampled_from(list(knowledge().notices.values())),
)
def test_every_language_has_the_same_facts_whatever_is_filled_in(
    day: dt.date, time: str, number: int, notice: Notice
) -> None:
    """No date, time or number is lost or added on the way into a language."""
    kinds = {"moment": f"{day}T{time}", "day": str(day), "time": time, "number": str(number)}
    values = {
        **samples(notice),
        **{blank.id: kinds[blank.kind] for blank in notice.blanks if blank.kind in kinds},
    }
    assert wrong(notice, values, knowledge()) == ()
    original = render(notice, voices()["ja"], values, knowledge())
    for tag in TAGS[1:]:
        text = render(notice, voices()[tag], values, knowledge())
        assert differing(original, text) == ((), ())
        assert not PLACEHOLDER.search(text)


@given(junk=st.text(max_size=40), kind=st.sampled_from(sorted(SAMPLES)))
def test_any_text_is_refused_or_shown(junk: str, kind: str) -> None:
    """Whatever a form sends: either it is named as wrong, or it can be rendered in every language."""
    values: dict[str, Value] = {"it": junk}
    notice = _notice(kind)
    if not wrong(notice, values, knowledge()):
        for tag in TAGS:
            assert render(notice, voices()[tag], values, knowledge())


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "slow emergency": ({"hold_minutes": 3}, "waits 2 minutes at most"),
    "no topic": ({"kind": "information", "topic": None}, "topic"),
    "hidden blank": ({"text": {tag: ["{it}"] for tag in TAGS}}, "does not show {maybe}"),
    "strange blank": (
        {"text": {**{tag: ["{it} {maybe}"] for tag in TAGS}, "en": ["{it} {maybe} {what}"]}},
        "text in en shows the unknown blank {what}",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_template_that_would_fail_later_is_refused_on_loading(name: str) -> None:
    """A mistake in the content is found when it is loaded, not when a typhoon comes."""
    change, words = BROKEN[name]
    with pytest.raises(ValidationError, match=words):
        Notice.model_validate({**_notice("day").model_dump(), **change})


def test_choices_are_complete() -> None:
    """A blank of kind choice has two or more of them, alike in what they say."""
    texts = dict.fromkeys(TAGS, "1")
    one, two = {"id": "a", "text": texts}, {"id": "b", "text": texts}
    for choices, words in (
        ([one], "two or more"),
        ([one, one], "twice"),
        ([one, {**two, "do": texts}], "or none"),
    ):
        with pytest.raises(ValidationError, match=words):
            _notice("choice", choices=choices)


def test_what_a_notice_names_is_there() -> None:
    """Notices that it replaces, and its topic."""
    notice = _notice("day").model_copy(update={"replaces": ["gone"], "topic": "gossip"})
    assert list(problems([(notice, 7)], ["news"])) == [
        (7, "replaces unknown notice 'gone'"), (7, "unknown topic 'gossip'"),
    ]  # fmt: skip
