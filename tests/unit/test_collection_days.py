"""What is said of collection days: in a made-up city with a full calendar, and in the real one."""

from __future__ import annotations

import pytest

from bot.answers.model import Answer, Status
from bot.language.tags import TAGS
from bot.messages.render import to_messages
from bot.messages.text import flatten
from tests.real import ask, voices
from tests.sample_city import ask_city, at, change, city


def told(answer: Answer) -> str:
    """Return all that the reader sees."""
    return flatten(answer, voices()[answer.language])


def test_before_the_put_out_time_today_is_told_with_what_is_left() -> None:
    """The fact comes first: what goes out today, until when, and how long that is."""
    answer = ask_city("today?")
    assert answer.status is Status.ANSWERED
    assert answer.category == "schedule"
    assert answer.cards[0].lead == "Today: 💧 PET bottles. Put it out by 8:30 am (40 min left)."


def test_after_the_put_out_time_it_is_kept_until_the_next_day() -> None:
    """Nobody is sent out too late."""
    lead = ask_city("today?", now="2026-11-24 08:31").cards[0].lead
    passed = "Today's cut-off (8:30 am) has passed."
    assert lead == f"{passed} Keep 💧 PET bottles at home until Tue, Dec 8, in 14 days."


def test_a_day_without_collection_says_so_and_names_the_next() -> None:
    """With everything loaded "nothing" is said plainly."""
    answer = ask_city("is Saturday a collection day?")
    assert answer.cards[0].lead == "Sat, Nov 28, in 4 days: no collection."
    assert "Mon, Nov 30, in 6 days: 🔥 Burnable" in told(answer)


def test_what_is_not_loaded_is_never_called_nothing() -> None:
    """Of area S only burnable days are known, so the rest is named as missing."""
    answer = ask_city("is Saturday a collection day?", area="S")
    assert "no collection that is known here" in answer.cards[0].lead
    assert "Waste paper: these dates are not available here yet." in told(answer)


def test_a_week_lists_its_days_in_order() -> None:
    """Next week shows each day once, with all that is collected on it."""
    (rows,) = [one.rows for one in ask_city("next week").cards[0].sections if one.rows]
    assert [(row.day.split(",")[0], [badge.name for badge in row.badges]) for row in rows] == [
        ("Mon", ["Burnable"]),
        ("Tue", ["Cans & bottles"]),
        ("Wed", ["Plastic packaging"]),
        ("Thu", ["Burnable"]),
    ]


@pytest.mark.parametrize(
    ("text", "language", "category"),
    [
        ("when is plastic?", "en", "plastic-packaging"), ("プラはいつ", "ja", "plastic-packaging"),
        ("next PET bottle day", "en", "pet-bottles"), ("もえるごみは いつ ですか", "ja-simple", "burnable"),
        ("可燃垃圾星期几收", "zh-Hans", "burnable"), ("廢紙什麼時候收", "zh-Hant", "paper"),
        ("ペットボトルの日はいつ", "ja", "pet-bottles"), ("when do they collect cans", "en", "cans-bottles"),
    ],
)  # fmt: skip
def test_the_next_dates_of_a_category(text: str, language: str, category: str) -> None:
    """ "When?" with a category or a thing lists the next dates of that category."""
    answer = ask_city(text, language)
    assert (answer.status, answer.answer_id) == (Status.ANSWERED, f"schedule:{category}")
    assert answer.cards[0].sections[0].rows


def test_a_thing_for_a_day_gets_yes_or_no_and_the_next_date() -> None:
    """ "Can I put a frying pan out tomorrow?" is answered for that day."""
    no = ask_city("can I put a frying pan out tomorrow?")
    assert no.answer_id == "garbage:frying-pan"
    assert no.cards[0].lead.startswith("No. Wed, Nov 25, tomorrow is not a day for “Non-burnable”.")
    assert "Fri, Nov 27, in 3 days" in told(no)
    yes = ask_city("can I put a frying pan out on Friday?")
    assert yes.cards[0].lead.startswith("Yes. Fri, Nov 27, in 3 days: “Non-burnable”. Put it out by 8:30 am.")


def test_a_dangerous_thing_keeps_its_warning_first() -> None:
    """No date stands before a prohibition."""
    answer = ask_city("can I put a spray can out tomorrow?")
    forbid = answer.cards[0].sections[0]
    assert forbid.kind == "forbid"
    assert answer.cards[0].lead.startswith(forbid.lines[0])


@pytest.mark.parametrize("tag", TAGS)
def test_every_item_answer_carries_the_next_date(tag: str) -> None:
    """An answer about a thing ends with its day; without an area, with the way to it."""
    item = ask_city("フライパン", tag)
    (dates,) = [one for one in item.cards[0].sections if one.kind == "dates"]
    assert voices()[tag].date(at("2026-11-27 00:00").date()) in dates.rows[0].day
    assert not dates.rows[0].notes
    stranger = ask_city("フライパン", tag, area=None)
    assert all(one.kind != "dates" for one in stranger.cards[0].sections)
    assert stranger.cards[0].buttons[0].tap.on == "area:choose>garbage:frying-pan"


def test_a_visitor_is_not_asked_for_an_area() -> None:
    """Somebody who stays in a hotel has no collection point."""
    buttons = ask_city("frying pan", area=None, visitor=True).cards[0].buttons
    assert not any(((button.tap and button.tap.on) or "").startswith("area:") for button in buttons)


def test_what_is_not_collected_has_no_date() -> None:
    """A television is not collected by the city, on no day."""
    answer = ask_city("television")
    assert answer.category == "home-appliance-recycling"
    assert all(one.kind != "dates" for one in answer.cards[0].sections)


def test_parts_of_another_category_carry_their_own_date() -> None:
    """A PET bottle goes out on one day, its cap and label on another."""
    parts = [
        line for one in ask_city("PET bottle").cards[0].sections if one.kind == "parts" for line in one.lines
    ]
    assert any("Plastic packaging (Wed, Nov 25, tomorrow)" in line for line in parts)


TYPHOON = change("2026-11-25", "2026-11-27", "typhoon")
MOVED = change("2026-11-26", "2026-11-26", "roadworks", "2026-11-28", "burnable")
NEW_YEAR = change("2026-12-31", "2027-01-03", "year-end")


def test_a_suspension_is_told_at_the_top_with_its_reason() -> None:
    """What falls out within a week stands before everything else, and no date of it is told."""
    answer = ask_city("when is plastic?", bot=city(TYPHOON))
    first = answer.cards[0].sections[0]
    assert first.kind == "caution"
    assert "Wed, Nov 25 to Fri, Nov 27: no collection (typhoon)" in first.lines[0]
    assert answer.cards[0].lead.startswith("Wed, Dec 2")
    assert ask_city("frying pan", bot=city(TYPHOON)).cards[0].sections[0] == first


def test_a_suspension_of_another_category_is_not_told() -> None:
    """Roadworks that move burnable garbage do not concern paper."""
    sections = ask_city("when is paper?", bot=city(MOVED)).cards[0].sections
    assert all("roadworks" not in line for one in sections for line in one.lines)


def test_a_moved_collection_is_told_with_both_days() -> None:
    """The new day says which day it replaces, and why."""
    text = told(ask_city("when is burnable?", bot=city(MOVED)))
    assert "Burnable: Thu, Nov 26: moved to Sat, Nov 28 (roadworks)" in text
    assert "Sat, Nov 28, in 4 days (instead of Thu, Nov 26 (roadworks))" in text


def test_new_year_is_asked_by_name() -> None:
    """A named day answers with the reason why nothing is collected."""
    text = told(ask_city("is garbage collected over New Year?", bot=city(NEW_YEAR)))
    assert "Burnable: Thu, Dec 31: no collection (year-end and New Year)" in text


def test_a_rule_given_new_year_day_is_in_doubt_until_somebody_says_so() -> None:
    """Nobody has said whether 31 December holds, so it is told as unconfirmed; a change settles it."""
    assert "nobody has confirmed" in told(ask_city("December 31"))
    early = change("2027-01-01", "2027-01-03", "year-end")
    assert "nobody has confirmed" not in told(ask_city("December 31", bot=city(early)))


def test_days_of_the_city_itself_bear_no_doubt() -> None:
    """The grade is for days that the city has not loaded."""
    assert "Not confirmed" not in told(ask_city("next week"))


@pytest.mark.parametrize("now", ["2026-03-01 12:00", "2027-04-02 12:00"])
def test_outside_its_year_the_calendar_says_so(now: str) -> None:
    """Before it begins and after it ended no date is made up."""
    answer = ask_city("burnable garbage when", now=now)
    text = told(answer)
    assert "begins on Wed, Apr 1, 2026" in text or "ended on Wed, Mar 31, 2027" in text


def test_after_the_calendar_a_day_is_unknown() -> None:
    """A day of the next fiscal year is not known, and the desk is named."""
    answer = ask_city("2027-05-06")
    assert answer.status is Status.UNKNOWN
    assert "The calendar here ends on Wed, Mar 31, 2027." in told(answer)
    assert "088-621-5202" in told(answer)


def test_a_day_gone_by_is_called_so() -> None:
    """A date of last week is no date to come."""
    assert ask_city("2026-11-20").cards[0].lead == "That day has passed."


@pytest.mark.parametrize("text", ["June 31", "6月31日", "2月30号"])
def test_a_day_that_does_not_exist_is_asked_again(text: str) -> None:
    """31 June is neither a crash nor another day."""
    answer = ask_city(text)
    assert answer.status is Status.UNKNOWN
    assert "no such day" in answer.cards[0].lead


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("text", ["today?", "next week", "元旦", "プラはいつ", "12月", "フライパン"])
def test_days_fit_into_messages(tag: str, text: str) -> None:
    """Every view fits into one message, in every language."""
    answer = ask_city(text, tag, bot=city(TYPHOON, NEW_YEAR))
    assert len(to_messages(answer, voices()[tag])) == 1
    assert len(answer.quick) <= 6


def test_third_hand_days_always_bear_their_grade() -> None:
    """Days that the city has not loaded are told as such, with their age and the paper calendar."""
    for text in ("next week", "when is plastic?", "frying pan", "today?"):
        shown = told(ask(text, "en", area="C"))
        assert "Not confirmed by the city. Known from 2026." in shown
        assert "家庭ごみ収集日程表" in shown
    assert "Known from May 2023." in told(ask("when is burnable?", "en", area="A"))


def test_days_that_nobody_knows_are_not_loaded_yet() -> None:
    """Area A's plastic days stand in no source: the desk is named, and no date."""
    answer = ask("when is plastic?", "en", area="A")
    assert (answer.status, answer.answer_id, answer.category) == (
        Status.UNKNOWN, "schedule:plastic-packaging", "schedule",
    )  # fmt: skip
    assert "not available here yet" in answer.cards[0].lead
    assert "088-621-5202" in told(answer)


def test_a_public_holiday_without_the_citys_word_is_in_doubt() -> None:
    """The old weekdays of area A say nothing of Monday, 23 November, a public holiday."""
    shown = told(ask("today?", "en", area="A", now=at("2026-11-23 07:00")))
    assert "Public holiday: nobody has confirmed collection." in shown


def test_an_answer_names_the_facts_of_the_rows_it_told() -> None:
    """The facts are those of the reader's area and category."""
    assert ask("when is plastic?", "en", area="D").facts == ("gs:d008",)
    assert "gs:d021" in ask("frying pan", "en", area="D").facts


@pytest.mark.parametrize(
    "text", ["今日の天気は", "weather on Sunday?", "Post office hours on Saturday?", "周日天气怎么样"]
)
def test_other_talk_about_a_day_is_no_question_for_it(text: str) -> None:
    """A day in a sentence about something else is not answered with garbage."""
    assert ask_city(text).status is not Status.ANSWERED
