"""An area's collection days as a phone's own calendar reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Event
from werkzeug.test import TestResponse

from bot.answers.engine import Engine
from bot.answers.model import Question
from bot.feeds.pages import calendar_pages
from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.collection import Change
from bot.language.tags import TAGS
from tests.real import engine, knowledge, voices
from tests.unit.test_calendar import change, schedule

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
MOVED = change(date(2026, 12, 3), id="moved", to=date(2026, 12, 5))
CLOSED = change(date(2026, 12, 10), id="closed")


def feed(
    calendar: CollectionCalendar | None = None, base: str | None = "https://window.example"
) -> FlaskClient:
    """Return a client of the feed over the real content, or over a calendar of the test's own."""
    known = replace(knowledge(), calendar=calendar) if calendar else knowledge()
    live = SimpleNamespace(current=Engine(known, voices(), engine().index))
    services: Any = SimpleNamespace(
        content=live,
        settings=SimpleNamespace(public_base_url=base),
        clock=SimpleNamespace(now=lambda: NOW),
    )
    app = Flask("bot.app")
    app.context_processor(lambda: {"city": known.city.name, "practice": True})
    app.register_blueprint(calendar_pages(services))
    return app.test_client()


def thursdays(*changes: Change, **given: Any) -> CollectionCalendar:
    """Return the calendar of area A: paper each Thursday, loaded by the city unless a test says otherwise."""
    return CollectionCalendar(
        list(knowledge().calendar.areas.values()), [schedule("weekly Thu", **given)], changes
    )


def events(response: TestResponse) -> dict[str, Event]:
    """Return the events of a served calendar by UID, read by the library that also checks the file."""
    calendar = Calendar.from_ical(response.data)
    found = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    return found


@pytest.mark.parametrize("language", TAGS)
def test_the_file_holds_each_collection_once_and_survives_a_round_trip(language: str) -> None:
    """Every collection that is still known of is one whole-day event, and the file reads back as written."""
    response = feed().get(f"/calendar/C/{language}.ics")
    assert response.mimetype == "text/calendar"
    calendar = Calendar.from_ical(response.data)
    assert Calendar.from_ical(calendar.to_ical()) == calendar
    days = sorted(
        (event["dtstart"].dt, event["dtend"].dt)
        for uid, event in events(response).items()
        if "-end-" not in uid and "-closed" not in uid
    )
    known = knowledge().calendar
    first = date(2026, 11, 24) - timedelta(days=31)
    wanted = [one.day for one in known.collections("C", first, date.max)]
    fallen = [one.day for one in known.cancelled("C", first, date.max)]
    assert [day for day, _ in days] == sorted(wanted + fallen)
    assert all(end - day == timedelta(days=1) for day, end in days)


def test_only_days_that_the_city_loaded_ring() -> None:
    """A third-hand day says that it is not confirmed, and no phone rings for it."""
    third = events(feed().get("/calendar/C/en.ics")).values()
    assert not any(event.walk("VALARM") for event in third)
    assert all(
        "not confirmed" in event["summary"] for event in third if event["uid"].startswith("2026-11-26")
    )
    own = events(feed(thursdays()).get("/calendar/A/en.ics"))
    (alarm,) = own["2026-11-26-paper-A@tokushima.awamado"].walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=-4)


def test_the_reader_chooses_what_and_when() -> None:
    """The query picks categories and the time at which the phone rings; nonsense is as if not there."""
    morning = events(feed(thursdays()).get("/calendar/A/ja.ics?remind=morning&only=paper,nonsense"))
    (alarm,) = morning["2026-11-26-paper-A@tokushima.awamado"].walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=7)
    silent = events(feed(thursdays()).get("/calendar/A/ja.ics?remind=never"))
    assert not any(event.walk("VALARM") for event in silent.values())
    assert feed(thursdays()).get("/calendar/A/ja.ics?remind=x&only=y").status_code == 200


def test_a_moved_collection_keeps_its_uid_and_a_fallen_out_one_says_so() -> None:
    """A phone that had the event before sees it move, or turn into "no collection"."""
    before = events(feed(thursdays()).get("/calendar/A/en.ics"))
    after = events(feed(thursdays(MOVED, CLOSED)).get("/calendar/A/en.ics"))
    assert set(before) == set(after)
    moved = after["2026-12-03-paper-A@tokushima.awamado"]
    assert moved["dtstart"].dt == date(2026, 12, 5)
    assert "Dec 3" in moved["description"]
    assert after["2026-12-10-paper-A@tokushima.awamado"]["summary"].startswith("No collection")


def test_the_last_known_day_says_that_more_is_to_come() -> None:
    """At the end of the calendar stands a note, so that silence is not read as "no collection"."""
    found = events(feed(thursdays()).get("/calendar/A/en.ics"))
    assert "not available yet" in found["2027-03-31-end-A@tokushima.awamado"]["summary"]


def test_a_phone_that_has_the_file_is_told_so() -> None:
    """An unchanged file costs no second transfer."""
    client = feed(thursdays())
    first = client.get("/calendar/A/en.ics")
    again = client.get("/calendar/A/en.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/calendar/Z/ja.ics", "/calendar/A/fr.ics", "/calendar/Z/ja", "/calendar/A/xx"]
)
def test_areas_and_languages_that_do_not_exist_are_no_page(path: str) -> None:
    """A wrong address is a plain 404."""
    assert feed().get(path).status_code == 404


@pytest.mark.parametrize("language", TAGS)
def test_the_page_tells_how_to_subscribe(language: str) -> None:
    """Its buttons lead to the file under the public address, for phones and for Google's calendar."""
    page = feed().get(f"/calendar/C/{language}").text
    assert f'href="webcal://window.example/calendar/C/{language}.ics"' in page
    google = next(part for part in page.split('"') if part.startswith("https://calendar.google.com"))
    query = parse_qs(urlsplit(google.replace("&amp;", "&")).query)
    assert query["cid"] == [f"webcal://window.example/calendar/C/{language}.ics"]


@pytest.mark.parametrize("base", ["https://window.example", None])
def test_collection_days_in_chat_lead_to_the_page(base: str | None) -> None:
    """Where our own pages have a public address, the card of an area's days has a button to its calendar."""
    speaking = Engine(knowledge(), voices(), engine().index, base)
    answer = speaking.answer(Question("when is it collected?", "en", NOW, area="C"))
    links = [button.uri for card in answer.cards for button in card.buttons]
    assert ("https://window.example/calendar/C/en" in links) == bool(base)
