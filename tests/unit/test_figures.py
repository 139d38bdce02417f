"""The hard facts of a text are the same facts in every language, or the difference is found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.figures import Kind, differing, figures
from bot.language.speech import Speech
from bot.language.tags import TAGS
from tests.real import voices


def values(text: str) -> list[str]:
    """Return kind and value of each fact of a text."""
    return [f"{one.kind} {one.value}" for one in figures(text)]


LINK = "https://www.city.tokushima.tokushima.jp/a"
NOTICE = {
    "ja": f"１１月２４日（火）午後３時から断水します。3,000世帯。電話 088-621-5217 {LINK}",
    "ja-simple": "11月（がつ）24日（にち） 火（か）よう日（び） 15時（じ）から 水（みず）が "
    f"止（と）まります。3000の 家（いえ）。電話（でんわ） 088-621-5217 {LINK}",
    "en": f"Water is off from 3 pm on Tue, Nov 24. 3,000 homes. Phone 088-621-5217 {LINK}",
    "zh-Hans": f"11月24日（周二）下午3点起停水，3000户。电话088-621-5217，{LINK}",
    "zh-Hant": f"11月24日（週二）下午3點起停水，3000戶。電話088-621-5217，{LINK}",
}


@pytest.mark.parametrize("language", TAGS)
def test_one_notice_has_the_same_facts_in_each_language(language: str) -> None:
    """Dates, times, numbers, telephone and link are found in every language's spelling."""
    assert sorted(values(NOTICE[language])) == sorted(
        [
            "date 11-24",
            "time 15:00",
            "number 3000",
            "phone 0886215217",
            f"link {LINK}",
        ]
    )
    assert differing(NOTICE["ja"], NOTICE[language]) == ((), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8時30分", ["time 08:30"]),
        ("午前8時半", ["time 08:30"]),
        ("8:30 a.m.", ["time 08:30"]),
        ("12:15 am", ["time 00:15"]),
        ("晚上9点", ["time 21:00"]),
        ("24時", ["time 24:00"]),
        ("10时起", ["time 10:00"]),
        ("上午8时30分", ["time 08:30"]),
        ("3小时", ["number 3"]),
        ("开始：9:00", ["time 09:00"]),
        ("開始:9時", ["time 09:00"]),
        ("3時間待つ", ["number 3"]),
        ("24 November", ["date 11-24"]),
        ("November 24th", ["date 11-24"]),
        ("11/24(火)", ["date 11-24"]),
        ("13/45", ["number 13", "number 45"]),
        ("1万2千人ではなく1.5万人", ["number 10000", "number 2", "number 15000"]),
        ("１，９００人", ["number 1900"]),
        ("119番", ["number 119"]),
        ("09012345678", ["phone 09012345678"]),
        ("（https://example.jp/x）。", ["link https://example.jp/x"]),
        ("Bring 5 markers to market 6", ["number 5", "number 6"]),
        ("何もない", []),
        ("", []),
    ],
)
def test_facts_are_read_as_people_write_them(text: str, found: list[str]) -> None:
    """Half hours, noon and midnight, full-width digits, brackets around a link."""
    assert values(text) == found


def test_a_weekday_beside_a_date_is_kept() -> None:
    """So that a date which is no Tuesday can be found."""
    assert [one.weekday for one in figures("11月24日（火）と11月25日、Wed, Nov 26")] == [1, None, 2]


@given(st.sampled_from(TAGS), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_every_date_that_the_bot_writes_is_read(language: str, day: date) -> None:
    """The bot's own spelling of a day means that day, with its weekday, in each language."""
    (one,) = figures(voices()[language].date(day))
    assert (one.kind, one.value, one.weekday) == (Kind.DATE, f"{day:%m-%d}", day.weekday())


@given(st.sampled_from(TAGS), st.times())
def test_every_time_that_the_bot_writes_is_read(language: str, clock: object) -> None:
    """The bot's own spelling of a time means that time."""
    text = f"{clock:%H:%M}"
    speech: Speech = voices()[language]
    assert values(speech.time(text)) == [f"time {text}"]


@given(st.text())
def test_nothing_that_people_write_breaks_it(text: str) -> None:
    """Any text has facts or none."""
    figures(text)


def test_a_translation_that_says_another_day_is_found() -> None:
    """What is missing and what is new are told apart."""
    missing, added = differing("11月24日 8時", "Nov 25, 8:00 am")
    assert [one.value for one in missing] == ["11-24"]
    assert [one.value for one in added] == ["11-25"]
