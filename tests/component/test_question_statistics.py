"""What was asked, counted without anybody's name: shares, hours, subjects, answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from bot.insights.counting import Count, count
from bot.insights.questions import opening, statistics
from bot.insights.tally import tally
from bot.knowledge.schema import Hours
from bot.store.database import Connection, Database
from tests.component.offices import Office, said

OFFICE = [Hours(days=["MO", "TU", "WE", "TH", "FR"], opens="08:30", closes="17:00")]


def ask(database: Database, *asked: tuple[datetime, Count]) -> None:
    def work(connection: Connection) -> None:
        for at, one in asked:
            count(connection, one, (at + timedelta(hours=9)).date(), 40)
            tally(connection, one, at)

    database.write(work)


def at(text: str) -> datetime:
    """Return a moment that is said in the city's time."""
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


def test_every_status_stands_apart(database: Database) -> None:
    """Greetings are no questions, a failed turn is one that was not answered, and a follow is nothing."""
    noon = at("2026-11-25T12:10")
    battery = Count("garbage", "ja", "answered", answer="garbage:battery")
    ask(
        database,
        (noon, battery),
        (at("2026-11-25T20:00"), battery),
        (noon, Count("garbage", "en", "choices")),
        (noon, Count("garbage", "ja", "unknown", asked="ほげ", answer="unknown:garbage")),
        (noon, Count("event:text", "ja", "failed")),
        (noon, Count("menu", "ja", "menu", answer="menu:greeting")),
        (noon, Count("event:follow", "ja", "none")),
    )
    day = noon.date()
    seen = database.read(lambda connection: statistics(connection, day, day, OFFICE))
    assert seen.by_status == {"answered": 2, "choices": 1, "unknown": 1, "failed": 1, "menu": 1}
    assert (seen.asked, seen.answered) == (5, pytest.approx(3 / 5))
    assert seen.by_language["en"] == {"choices": 1}
    assert (seen.timed, seen.outside, seen.hours[12], seen.hours[20]) == (5, 1, 4, 1)
    assert seen.top == [("garbage:battery", "answered", 2), ("unknown:garbage", "unknown", 1)]
    assert seen.waits["within_100ms"] == 6


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-25T08:00", False),
        ("2026-11-25T08:30", True),
        ("2026-11-25T16:30", True),
        ("2026-11-25T17:00", False),
        ("2026-11-22T12:00", False),  # a Sunday
        ("2026-11-23T12:00", False),  # a holiday on a Monday
    ],
)
def test_office_hours(moment: str, is_open: bool) -> None:
    """Closed in the evening, on weekends and on public holidays."""
    when = datetime.fromisoformat(moment)
    assert opening(OFFICE)(when.date(), when.hour * 2 + when.minute // 30) is is_open


def _answers(database: Database, number: int) -> Iterable[tuple[datetime, Count]]:
    now = datetime.now(UTC)
    return [(now, Count("garbage", "ja", "answered", answer="garbage:frying-pan"))] * number


def test_the_page_names_what_was_asked_about(one_office: Office) -> None:
    """Answers stand with the name that the content gives them; without questions the page says so."""
    viewer = one_office.member("sato")
    assert "この期間の質問はありません" in said(viewer.get("questions/"))
    ask(one_office.database, *_answers(one_office.database, 3))
    text = said(viewer.get("questions/?days=7"))
    assert "フライパン 答えた 3" in text
    assert "回答率 100 %" in text
