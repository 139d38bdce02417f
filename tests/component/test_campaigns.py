"""Counted links on posters: who is counted, where they lead, and which follows count for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from bot.console.access.roles import Role
from bot.insights.campaigns import is_scan, wrong_name
from bot.insights.counting import Count
from bot.insights.tally import tally
from bot.line.port import Outcome
from bot.store import campaigns
from bot.store.campaigns import Campaign, Gained
from bot.store.database import Connection, Database
from bot.store.insights import FOLLOWED
from bot.store.moments import micros
from bot.wiring import build_runner
from tests.component.offices import Office, said

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Line/16.0"}


class Line:
    """LINE, as far as it tells what the account is called."""

    outcome = Outcome.ACCEPTED

    def ask(self, path: str) -> tuple[Outcome, dict[str, object]]:
        assert path == "/v2/bot/info"
        return self.outcome, {"basicId": "@city"} if self.outcome is Outcome.ACCEPTED else {}


def visitor(office: Office, line: Line) -> FlaskClient:
    """Return the browser of somebody in front of the poster `matsuri`."""
    services = replace(office.desk.services, line=line)  # type: ignore[arg-type]
    office.database.write(lambda c: campaigns.add(c, Campaign("matsuri", "", "sato", 1)))
    return create_app(services, build_runner(services)).test_client()


def gained(database: Database) -> dict[str, Gained]:
    return database.read(lambda c: campaigns.gained(c, NOW.date().min, NOW.date().max))


def test_a_poster_leads_to_line_and_counts_a_browser_once(office: Office) -> None:
    """The second look of the same browser leads on too, and is not counted."""
    client = visitor(office, Line())
    for _ in range(2):
        sent = client.get("/f/matsuri", headers=PHONE)
        assert (sent.status_code, sent.headers["Location"]) == (302, "https://line.me/R/ti/p/%40city")
    assert gained(office.database) == {"matsuri": Gained(scans=1)}


def test_previews_and_robots_are_not_counted(one_office: Office) -> None:
    """Whoever only looks ahead gets the way, and stays out of the numbers."""
    client = visitor(one_office, Line())
    client.head("/f/matsuri", headers=PHONE)
    client.get("/f/matsuri", headers={**PHONE, "Sec-Purpose": "prefetch;prerender"})
    client.get("/f/matsuri", headers={"User-Agent": "facebookexternalhit/1.1;line-poker/1.0"})
    assert gained(one_office.database) == {}


def test_what_never_was_a_campaign_is_no_page_and_no_count(one_office: Office) -> None:
    """Made-up names and deeper paths are not there; nothing is kept of them."""
    client = visitor(one_office, Line())
    assert [client.get(f"/f/{name}", headers=PHONE).status_code for name in ("nope", "matsuri/x")] == [
        404
    ] * 2
    assert gained(one_office.database) == {}


def test_without_line_people_are_told_to_come_back(one_office: Office) -> None:
    """No half address: a calm page, and no scan that led nowhere."""
    line = Line()
    line.outcome = Outcome.UNKNOWN
    sent = visitor(one_office, line).get("/f/matsuri", headers=PHONE)
    assert sent.status_code == 503
    assert "LINE cannot be reached just now" in sent.text
    assert gained(one_office.database) == {}


def test_a_follow_soon_after_a_scan_counts_once(database: Database) -> None:
    """Two scans and three follows: the third has no scan left; eleven minutes are too late."""
    for name in ("hall", "matsuri"):
        database.write(partial(campaigns.add, new=Campaign(name, "", "sato", 1)))
    came = Count(FOLLOWED, "ja", "none")

    def scan(name: str, minute: int) -> None:
        at = micros(NOW + timedelta(minutes=minute))
        database.write(partial(campaigns.scanned, name=name, day=NOW.date(), now=at))

    def follow(minute: int) -> None:
        database.write(partial(tally, one=came, now=NOW + timedelta(minutes=minute)))

    scan("hall", 0)
    scan("matsuri", 1)
    for minute in (2, 3, 4):
        follow(minute)
    scan("hall", 20)
    follow(31)
    assert gained(database) == {"hall": Gained(2, 1), "matsuri": Gained(1, 1)}


def test_forgotten_scans_leave_their_counts(database: Database) -> None:
    """The moments go after a day, the numbers stay."""
    database.write(partial(campaigns.add, new=Campaign("hall", "", "sato", 1)))
    database.write(partial(campaigns.scanned, name="hall", day=NOW.date(), now=micros(NOW)))
    assert database.write(partial(campaigns.forget_scans, before=micros(NOW) + 1)) == 1
    assert gained(database) == {"hall": Gained(scans=1)}

    def late(connection: Connection) -> str | None:
        return campaigns.followed(connection, NOW.date(), micros(NOW), 10**12)

    assert database.write(late) is None


def test_a_name_with_a_slash_is_refused_with_a_better_one(one_office: Office) -> None:
    """The message says why and what to write; nothing is made."""
    writer = one_office.member("sato")
    path = "subscribers/campaigns/"
    page = writer.post(path, name="Matsuri/2026", place="")
    assert page.status_code == 422
    assert "スラッシュがあると別のアドレスになります。matsuri-2026のように" in said(page)
    assert one_office.database.read(campaigns.listed) == []
    assert writer.post(path, name="matsuri-2026", place="入口").status_code == 303
    assert writer.post(path, name="matsuri-2026", place="").status_code == 422
    assert [one.name for one in one_office.database.read(campaigns.listed)] == ["matsuri-2026"]


def test_a_poster_is_there_in_each_language_with_its_code(one_office: Office) -> None:
    """Poster and code open for whoever may look; an unknown language or campaign is no page."""
    one_office.database.write(lambda c: campaigns.add(c, Campaign("matsuri", "", "sato", 1)))
    desk = one_office.desk
    told = replace(desk, services=replace(desk.services, line=Line()), clock=one_office.clock)  # type: ignore[arg-type]
    one_office.app.extensions["console"] = told
    viewer = one_office.member("sato", Role.VIEWER)
    base = "subscribers/campaigns/matsuri/"
    words = {
        "ja": "LINEで",
        "ja-simple": "聞（き）けます",
        "en": "Ask the city",
        "zh-Hans": "咨询",
        "zh-Hant": "詢問",
    }
    for tag, word in words.items():
        page = viewer.get(f"{base}poster/{tag}").text
        assert word in page
        assert "LINE ID: @city" in page
    assert viewer.get(f"{base}qr.png").data.startswith(b"\x89PNG")
    assert b"<svg" in viewer.get(f"{base}qr.svg").data
    for missing in ("matsuri/poster/fr", "nope/poster/ja", "nope/qr.png", "matsuri/qr.pdf"):
        assert viewer.get(f"subscribers/campaigns/{missing}").status_code == 404


@pytest.mark.parametrize("name", ["a", "matsuri-2026", "7", "a" * 40])
def test_good_names(name: str) -> None:
    assert wrong_name(name) is None


@pytest.mark.parametrize(
    "name", ["", "-a", "a-", "a--b", "Ä", "a b", "a.b", "祭り", "a" * 41, "a/b", "a\\b", "a\n"]
)
def test_bad_names(name: str) -> None:
    assert wrong_name(name) is not None


def test_a_phone_is_a_scan() -> None:
    """LINE's own browser and plain ones count, and a HEAD does not."""
    assert is_scan("GET", {}, PHONE["User-Agent"])
    assert not is_scan("HEAD", {}, PHONE["User-Agent"])
    assert not is_scan("GET", {}, None)
