"""Recurring broadcasts, and what staff hear of without looking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.broadcasts import drafts, review, series, watching
from bot.broadcasts.model import Check
from bot.broadcasts.office import Office
from bot.broadcasts.rhythm import Rhythm
from bot.lifecycle import Order
from bot.services import Services
from bot.store import orders
from bot.store.database import Database
from bot.store.models import send_orders
from bot.store.moments import SECOND
from bot.wiring import build_office
from jobs import broadcasts
from tests.component.broadcasting import (
    APPROVER,
    TEXTS,
    WRITER,
    approved,
    at_noon,
    handed_in,
    moved,
    open_office,
    refusal,
    written,
)
from tests.component.rows import rows
from tests.emulator_process import Practice

TUESDAYS = Rhythm("week", 1, "10:00")


@pytest.fixture
def one(sqlite_store_url: str) -> Iterator[Office]:
    database = Database(sqlite_store_url)
    yield open_office(database)
    database.close()


def notices_of(office: Office, ending: str) -> list[str]:
    """Return the keys of notices to staff."""
    found = [row["key"] for row in rows(office.database, send_orders) if row["kind"] == "notice"]
    return [key for key in found if key.endswith(ending)]


def test_an_issue_begins_in_good_time_and_needs_its_approval(database: Database) -> None:
    """A week ahead there is a draft of the next Tuesday, once, whoever looks how often."""
    office = open_office(database)
    source = written(office)
    made = series.create(office, WRITER, source.id, "火曜だより", TUESDAYS)
    (issue,) = series.begin_due(office)
    assert series.begin_due(office) == []
    assert (issue.status, issue.approval, issue.series) == (Order.DRAFT, None, made.id)
    assert issue.due_at == at_noon(office, days=7, hours=-2)
    assert issue.texts() == source.texts()
    assert issue.title == "火曜だより 2026-12-01"
    moved(office).forward(days=7)
    (second,) = series.begin_due(office)
    assert second.title == "火曜だより 2026-12-08"


def test_missed_issues_are_not_made_up_for(one: Office) -> None:
    """After four weeks in which nothing ran only the next issue is begun."""
    series.create(one, WRITER, written(one).id, "火曜だより", TUESDAYS)
    moved(one).forward(days=30)
    assert [issue.title for issue in series.begin_due(one)] == ["火曜だより 2026-12-29"]
    assert series.begin_due(one) == []


def test_an_ended_series_begins_nothing(one: Office) -> None:
    """It can be ended once; what cannot be repeated is said."""
    source = written(one)
    made = series.create(one, WRITER, source.id, "火曜だより", TUESDAYS)
    series.end(one, WRITER, made.id)
    assert series.begin_due(one) == []
    assert "ended" in refusal(lambda: series.end(one, WRITER, made.id))
    assert not series.listing(one)[0].active
    assert "rhythm" in refusal(
        lambda: series.create(one, WRITER, source.id, "x", Rhythm("month", 32, "10:00"))
    )
    assert "rhythm" in refusal(lambda: series.create(one, WRITER, source.id, "x", Rhythm("week", 1, "25:00")))
    drafts.discard(one, WRITER, source.id, source.version)
    assert "thrown away" in refusal(lambda: series.create(one, WRITER, source.id, "x", TUESDAYS))


@given(st.integers(1, 31), st.dates(date(2026, 1, 1), date(2032, 12, 31)))
def test_each_month_has_one_issue(on: int, first: date) -> None:
    """Also a month without such a day: its last one stands for it."""
    days = list(Rhythm("month", on, "10:00").days(first, first + timedelta(days=366)))
    months = [(day.year, day.month) for day in days]
    assert len(set(months)) == len(months)
    assert len(months) in (12, 13)
    assert all(day.day == on or (day + timedelta(days=1)).day == 1 for day in days)


def test_staff_hear_once_of_a_time_that_passed(one: Office) -> None:
    """Whoever may write or approve is told once that a new time has to be chosen."""
    waiting = handed_in(one)
    watching.watch(one)
    assert notices_of(one, "in_review") == []
    moved(one).forward(days=2)
    watching.watch(one)
    watching.watch(one)
    assert notices_of(one, "in_review") == [f"notice:{waiting.id}:{waiting.version}:in_review"]


def test_staff_hear_of_a_send_that_waits(one: Office) -> None:
    """One that LINE's quota holds is told; one that somebody held is not."""
    sent = approved(one)
    change = {"note": "quota_reached"}
    one.database.write(lambda c: orders.step(c, sent.order_id or 0, Order.SCHEDULED, Order.HELD, 1, **change))
    watching.watch(one)
    assert len(notices_of(one, ":held")) == 1
    by_hand = {"note": watching.BY_HAND}
    one.database.write(lambda c: orders.change(c, sent.order_id or 0, Order.HELD, 1, **by_hand))
    other = replace(one)
    watching.watch(other)
    assert len(notices_of(one, ":held")) == 1
    assert review.take_back(one, APPROVER, sent.id).status is Order.DRAFT


def test_the_worker_looks_after_broadcasts(
    city_services: Services, sqlite_store_url: str, practice: Practice
) -> None:
    """With the real content: LINE is asked about what waits, and the next issue of a series begins."""
    database = Database(sqlite_store_url)
    open_office(database)
    address = {"line_api_base": practice.base_url, "line_channel_access_token": SecretStr(practice.token)}
    settings = city_services.settings.model_copy(update=address)
    services = replace(city_services, database=database, settings=settings)
    office = build_office(services)
    every_day = {f"weekday:{tag}:11-28": "別の年" for tag in TEXTS}
    draft = written(office, due_at=office.now() + 3600 * SECOND, quiet_ok=True, explained=every_day)
    review.submit(office, WRITER, draft.id, draft.version)
    made = series.create(office, WRITER, draft.id, "毎週", Rhythm("week", 0, "10:00", days_ahead=8))
    broadcasts.job(services).work()
    assert drafts.load(office, draft.id).check is Check.OK
    assert [one.series for one in drafts.listing(office).found if one.id != draft.id] == [made.id]
    database.close()
