"""Which day is meant: words and figures in five languages, seen from any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.dayspan import NoSuchDay, Span, Undated, resolve, spelled
from bot.answers.normalise import sentences
from bot.answers.understand import understand
from bot.knowledge.holidays import holiday
from tests.real import ask, engine
from tests.sample_city import ask_city

DAY = timedelta(days=1)
todays = st.dates(date(2026, 4, 1), date(2031, 3, 31))
WEEKDAYS = {
    "ja": [f"{char}曜日" for char in "月火水木金土日"],
    "ja-simple": ["げつようび", "かようび", "水よう日", "木（もく）よう日", "きんようび", "土曜", "日曜"],
    "romaji": [f"{sound}youbi" for sound in ("getsu", "ka", "sui", "moku", "kin", "do", "nichi")],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "zh-Hans": [f"星期{char}" for char in "一二三四五六日"],
    "zh-Hant": [f"週{char}" for char in "一二三四五六日"],
}  # fmt: skip


def meant(text: str, today: date) -> Span | None:
    """Return the days that a remark names."""
    return resolve(understand(text, engine().index).days, today)


@given(todays, st.sampled_from(sorted(WEEKDAYS)), st.integers(0, 6))
def test_a_weekday_is_the_next_one(today: date, language: str, weekday: int) -> None:
    """A weekday alone is the first such day from today on."""
    span = meant(WEEKDAYS[language][weekday], today)
    assert span is not None
    assert span.is_day
    assert span.first.weekday() == weekday
    assert 0 <= (span.first - today).days < 7


@given(
    todays,
    st.sampled_from(
        ["来週の木曜日", "Thursday next week", "下周四", "下週四", "下星期四", "らいしゅうの もくようび"]
    ),
)
def test_a_weekday_of_next_week(today: date, text: str) -> None:
    """ "Thursday next week" lies in the week that begins next Monday."""
    monday = today + (7 - today.weekday()) * DAY
    assert meant(text, today) == Span(monday + 3 * DAY, monday + 3 * DAY)


@given(todays, st.integers(1, 360))
def test_a_date_in_figures_is_the_next_such_day(today: date, ahead: int) -> None:
    """A month and a day mean the next such day, however it is written."""
    day = today + ahead * DAY
    if (day.month, day.day) == (2, 29):
        return
    month, number = day.month, day.day
    wide = f"{month}がつ{number}にち".translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (
        f"{month}月{number}日", f"{month}/{number}", f"{month}月{number}号", f"{month}月{number}號", wide,
        f"{day:%B} {number}", f"{day:%b} {number}", f"{number} {day:%b}", f"the {number}th of {day:%B}",
        f"{day:%Y-%m-%d}", f"{month}gatsu {number}nichi",
    ):  # fmt: skip
        assert meant(text, today) == Span(day, day), text


@given(todays, st.integers(1, 31), st.sampled_from(["{}日", "on the {}th", "{}号", "{}號"]))
def test_a_day_of_the_month_is_the_next_there_is(today: date, number: int, form: str) -> None:
    """The 31st skips months that have none."""
    span = meant(form.format(number), today)
    assert span is not None
    assert span.first.day == number
    assert span.first >= today
    between = (today + ahead * DAY for ahead in range((span.first - today).days))
    assert all(day.day != number for day in between)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("祝日", "2027-01-11", None),
        ("今日", "2026-11-24", None),
        ("today", "2026-11-24", None),
        ("今天", "2026-11-24", None),
        ("あしたのあさ", "2026-11-25", None),
        ("tomorrow morning", "2026-11-25", None),
        ("明早", "2026-11-25", None),
        ("あさって", "2026-11-26", None),
        ("the day after tomorrow", "2026-11-26", None),
        ("後天", "2026-11-26", None),
        ("asatte", "2026-11-26", None),
        ("3日後", "2026-11-27", None),
        ("in 3 days", "2026-11-27", None),
        ("今週", "2026-11-23", "2026-11-29"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("本周", "2026-11-23", "2026-11-29"),
        ("来週", "2026-11-30", "2026-12-06"),
        ("next week", "2026-11-30", "2026-12-06"),
        ("下個星期", "2026-11-30", "2026-12-06"),
        ("週末", "2026-11-28", "2026-11-29"),
        ("this weekend", "2026-11-28", "2026-11-29"),
        ("来月", "2026-12-01", "2026-12-31"),
        ("12月", "2026-12-01", "2026-12-31"),
        ("in December", "2026-12-01", "2026-12-31"),
        ("来月5日", "2026-12-05", None),
        ("next Tuesday", "2026-12-01", None),
        ("次の火曜日", "2026-12-01", None),
        ("令和9年1月4日", "2027-01-04", None),
        ("2027/1/4", "2027-01-04", None),
        ("十一月二十六号", "2026-11-26", None),
        ("元旦", "2027-01-01", None),
        ("New Year's Day", "2027-01-01", None),
        ("大晦日", "2026-12-31", None),
        ("年末年始", "2026-12-29", "2027-01-03"),
        ("over New Year", "2026-12-29", "2027-01-03"),
        ("過年", "2026-12-29", "2027-01-03"),
        ("文化の日", "2027-11-03", None),
        ("Children's Day", "2027-05-05", None),
        ("ゴールデンウィーク", "2027-04-29", "2027-05-05"),
        ("26/11", "2026-11-26", None),
    ],
)
def test_a_day_as_people_say_it(text: str, first: str, last: str | None) -> None:
    """Seen from Tuesday, 24 November 2026."""
    span = Span(date.fromisoformat(first), date.fromisoformat(last or first))
    assert meant(text, date(2026, 11, 24)) == span


@given(todays)
def test_a_holiday_by_its_name(today: date) -> None:
    """The name of a public holiday means the next day that bears it."""
    span = meant("勤労感謝の日", today)
    assert span is not None
    assert holiday(span.first) == "勤労感謝の日"
    assert 0 <= (span.first - today).days < 366


@pytest.mark.parametrize("text", ["6月31日", "31 June", "June 31", "2/30", "2027-02-29", "2月30号"])
def test_a_day_that_does_not_exist_is_told_apart(text: str) -> None:
    """31 June is no other day."""
    with pytest.raises(NoSuchDay):
        meant(text, date(2026, 11, 24))


@pytest.mark.parametrize(
    "text",
    [
        "3日間", "5日前の新聞", "13/40", "5号电池", "7号電池", "3ヶ月", "last Sunday", "先週の新聞",
        "昨日の新聞", "frying pan", "fries", "100/50", "2026年4月から変わったこと",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    """Spans of time, sizes of batteries and days gone by name no day to come."""
    assert meant(text, date(2026, 11, 24)) is None


@given(st.text(alphabet="0123456789/-月日号年 .thNovJune十一二下来週周曜のin", max_size=20), todays)
def test_nothing_written_with_figures_raises(text: str, today: date) -> None:
    """Whatever is typed is a day, no day, or one that does not exist."""
    try:
        span = meant(text, today)
    except NoSuchDay:
        return
    assert span is None or span.first <= span.last


@given(todays, st.integers(0, 40))
def test_a_span_is_spelled_and_read(first: date, days: int) -> None:
    """What a button carries comes back as it was."""
    span = Span(first, first + days * DAY)
    assert spelled(str(span)) == span


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "2026-11-26/2026-11-25", "2026-11-26/"])
def test_a_spoilt_button_carries_no_span(text: str) -> None:
    """An old or strange button asks about no day."""
    assert spelled(text) == (Span(date(2026, 11, 26), date(2026, 11, 26)) if text.endswith("26/") else None)


@pytest.mark.parametrize("text", ["春节", "Chinese New Year", "旧正月", "農曆新年"])
def test_a_day_whose_date_nobody_confirmed_is_asked_for(text: str) -> None:
    """No date is made up for it; one that is written beside it counts."""
    with pytest.raises(Undated):
        meant(text, date(2026, 11, 24))
    assert meant(f"{text} 2/6", date(2026, 11, 24)) == Span(date(2027, 2, 6), date(2027, 2, 6))
    assert "which date that is" in ask(f"when is plastic on {text}", "en").cards[0].lead


@pytest.mark.parametrize("text", ["Can I put out paper on Nov. 26?", "frying pan on nov. 26 please"])
def test_a_month_with_a_full_stop_does_not_end_the_remark(text: str) -> None:
    """ "Nov. 26" is a date, not the end of one remark and the beginning of another."""
    assert sentences(text, 5) == [text.rstrip("?")]
    assert "Nov 26" in str(ask_city(text).cards)


def test_other_full_stops_still_end_a_remark() -> None:
    """A month alone, or a number behind another word, is no date."""
    assert sentences("I was there in Nov. It was cold", 5) == ["I was there in Nov", "It was cold"]
    assert sentences("Frying pan. 2 of them", 5) == ["Frying pan", "2 of them"]


@pytest.mark.parametrize(
    ("text", "day"), [("bottle tomorrow?", "2026-11-25"), ("箱は木曜に出せる？", "2026-11-26")]
)
def test_a_day_beside_a_broad_thing_outlives_the_choice(text: str, day: str) -> None:
    """Whoever asked about Thursday is told about Thursday once they said which thing it is."""
    asked = ask_city(text)
    assert asked.choices
    assert all(one.answer_id.endswith(f"@{day}") for one in asked.choices)
    told = ask_city("1", offered=tuple(one.answer_id for one in asked.choices))
    assert f"Nov {int(day[-2:])}" in told.cards[0].lead
