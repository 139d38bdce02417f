"""The report for the council: one month, told with what was known at its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.clock import JST
from bot.insights.counting import Count, count
from bot.insights.goals import Sum
from bot.insights.monthly import curve, end_of, months_back, report
from bot.insights.results import results
from bot.insights.tally import tally
from bot.knowledge.kpi import Account, Goal, Kpi
from bot.knowledge.schema import Hours
from bot.store import insights, orders
from bot.store.database import Connection, Database
from bot.store.insights import FOLLOWED, LEFT, Entered, Told
from bot.store.models import send_orders
from bot.store.moments import micros
from tests.component.offices import Office, said

GOAL = Goal(
    id="subscribers", name={"ja": "SNS", "en": "SNS"}, start=1500, start_year=2018, goal=1900,
    by=date(2027, 3, 31),
)  # fmt: skip
KPI = Kpi(subscribers=GOAL, accounts=[Account(id="x", name="X")])
OFFICE = [Hours(days=["MO", "TU", "WE", "TH", "FR"], opens="08:30", closes="17:00")]
NOON = datetime(2026, 10, 14, 12, tzinfo=JST)


def october(connection: Connection) -> None:
    """Let two new friends a day come, X stand still, and one broadcast go out on the 14th."""
    for n in range(200):
        day = date(2026, 11, 20) - timedelta(days=n)
        insights.keep_day(connection, Told(day, "ready", 1500 - 2 * n, 1400, 100, 1))
    insights.enter(connection, [Entered("x", date(2026, 9, 30), 300, "sato", 1)])
    for one in (Count(FOLLOWED, "ja", "none"), Count(LEFT, "ja", "none"), Count(LEFT, "en", "none")):
        count(connection, one, NOON.date(), 1)
    for one in (Count("garbage", "ja", "answered"), Count("garbage", "en", "unknown")):
        count(connection, one, NOON.date(), 1)
        tally(connection, one, NOON)
    zero = dict.fromkeys(("recipients", "skipped", "refused", "unsure", "cancelled"), 0)
    due = micros(NOON)
    connection.execute(
        send_orders.insert().values(
            key="broadcast:1", kind="broadcast", status="sent", audience={}, content_hash="", due_at=due,
            unit="b1", planned_through="", accepted=900, stop_requested=False, note="", created_at=1,
            changed_at=1, version=1, **zero,
        )
    )  # fmt: skip


def test_a_month_is_told_as_it_ended(database: Database) -> None:
    """What came in November changes nothing of October."""
    database.write(october)
    told = database.read(lambda c: report(c, KPI, OFFICE, date(2026, 10, 5), date(2026, 11, 24)))
    assert (told.first, told.until, told.complete) == (date(2026, 10, 1), date(2026, 10, 31), True)
    assert told.sum == Sum(date(2026, 10, 31), 1500 - 40 - 100 + 300)
    assert told.gained == 62
    assert [one.value for one in told.course][-2:] == [1598, 1660]
    assert (told.came, told.went) == (1, 2)
    assert [(one.accepted, one.lost, one.complete) for one in told.broadcasts] == [(900, 2, True)]
    assert (told.questions.asked, told.questions.answered, told.questions.outside) == (2, 0.5, 0)
    assert told.before.asked == 0


def test_what_became_of_a_broadcast(database: Database) -> None:
    """LINE's numbers with their day, "under 20" as None, blocks of three days."""
    database.write(october)
    order = database.read(lambda c: orders.listed(c))[0]
    assert database.read(lambda c: results(c, replace(order, accepted=0), NOON.date())) is None
    silent = database.read(lambda c: results(c, order, NOON.date()))
    assert silent
    assert (silent.asked_at, silent.seen, silent.lost, silent.complete) == (None, None, 2, False)
    told = {
        "overview": {"uniqueImpression": 540, "uniqueClick": None},
        "clicks": [{"url": "https://example.jp/", "uniqueClick": 21}, "odd"],
    }
    days = (NOON.date(), NOON.date() + timedelta(days=3))
    database.write(lambda c: insights.keep_unit(c, "b1", days, told, 5))
    found = database.read(lambda c: results(c, order, days[1]))
    assert found
    assert (found.asked_at, found.seen, found.tapped, found.complete) == (5, 540, None, True)
    assert found.links == (("https://example.jp/", 21), ("", None))


def test_units_are_asked_for_once_a_day(database: Database) -> None:
    """What was sent in the last 14 days and not asked for today, oldest first."""
    database.write(october)
    due, day = micros(NOON), 24 * 3600 * 1_000_000

    def waiting(now: int) -> list[tuple[str, int]]:
        return database.read(lambda c: insights.units_to_ask(c, now - 14 * day, now - day))

    assert waiting(due + day) == [("b1", due)]
    assert waiting(due + 15 * day) == []
    database.write(lambda c: insights.keep_unit(c, "b1", (NOON.date(), NOON.date()), {}, due + day))
    assert waiting(due + day + 1) == []
    assert waiting(due + 2 * day) == [("b1", due)]


def test_the_present_month_is_told_so_far(database: Database) -> None:
    """Its last day is today, and a broadcast of yesterday is not complete."""
    database.write(october)
    told = database.read(lambda c: report(c, KPI, OFFICE, date(2026, 10, 1), date(2026, 10, 15)))
    assert (told.until, told.complete) == (date(2026, 10, 15), False)
    assert told.broadcasts[0].complete is False


def test_the_page_is_there_without_any_figure(one_office: Office) -> None:
    """A month of which nothing is known is told as that; an odd month is the last whole one."""
    viewer = one_office.member("sato")
    for month in ("", "?month=2026-13", "?month=../x"):
        page = viewer.get(f"subscribers/report/{month}")
        assert page.status_code == 200
    assert "アカウントの数であり、人の数ではありません" in said(page)


@pytest.mark.parametrize(("day", "last"), [("2026-02-03", 28), ("2028-02-29", 29), ("2026-12-31", 31)])
def test_the_end_of_a_month(day: str, last: int) -> None:
    """Leap years and December too."""
    assert end_of(date.fromisoformat(day)).day == last


def test_months_go_back_over_the_new_year() -> None:
    """January follows December."""
    assert [f"{one:%Y-%m}" for one in months_back(date(2027, 2, 28), 3)] == ["2027-02", "2027-01", "2026-12"]


def test_the_curve_holds_course_and_goal() -> None:
    """The highest is at the top, and one point alone is no curve."""
    course = [Sum(date(2026, 1, 31), 100), Sum(date(2026, 2, 28), 150)]
    drawn = curve(course, 200, 100, 50)
    assert drawn == {"points": "0.0,50.0 100.0,25.0", "goal": 0.0, "low": 100, "high": 200}
    assert curve(course[:1], 200, 100, 50) == {}


def test_an_account_that_joins_later_is_no_gain() -> None:
    """The line begins with the first sum in which every account of the last one is."""
    course = [
        Sum(date(2026, 1, 31), 100, ("x", "y")),
        Sum(date(2026, 2, 28), 200, ("y",)),
        Sum(date(2026, 3, 31), 210, ("y",)),
    ]
    points = str(curve(course, None, 100, 50)["points"])
    assert [point.split(",")[0] for point in points.split()] == ["50.0", "100.0"]
