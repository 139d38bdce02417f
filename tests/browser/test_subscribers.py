"""The board of subscribers, posters and the report in a real browser: axe, the chart, one page of paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bot.console.access.roles import Role
from bot.language.tags import TAGS
from bot.services import Services
from bot.store import campaigns, insights
from bot.store.campaigns import Campaign
from bot.store.database import Connection
from bot.store.insights import Entered, Told
from tests.browser.test_console import DESK, PHONE, first_sign_in, serious
from tests.component.offices import Office
from tests.serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture
def board(city_services: Services, sqlite_store_url: str, quick_hashes: None) -> Iterator[tuple[Office, str]]:
    """A practice console with 120 days of figures, and its address."""
    office = Office.of(city_services, sqlite_store_url, line_api_base="http://127.0.0.1:9")
    today = office.desk.services.clock.today()

    def keep(connection: Connection) -> None:
        for n in range(1, 120):
            day = today - timedelta(days=n)
            insights.keep_day(connection, Told(day, "ready", 1600 - n, 1500 - n, 100, 1))
        insights.enter(connection, [Entered("x", today - timedelta(days=40), 300, "sato", 1)])
        campaigns.add(connection, Campaign("matsuri-2026", "入口", "sato", 1))

    office.database.write(keep)
    with serving(office.app) as address:
        yield office, f"{address}/console/"
    office.database.close()


def sheets(page: Page) -> int:
    """Return how many pages of A4 the present page prints."""
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))


def test_board_posters_and_report(board: tuple[Office, str], page: Page) -> None:
    """Nothing for axe to find, a chart from the very table, and paper that is one sheet."""
    office, address = board
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda told: broken.append(told.text) if "Content Security" in told.text else None)
    first_sign_in(page, address, "admin", office.add("admin", Role.ADMIN))
    for path in ("subscribers/", "subscribers/figures/", "subscribers/campaigns/", "questions/"):
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(address + path)
        assert serious(page) == [], path
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        assert serious(page) == [], path
    page.goto(f"{address}subscribers/")
    expect(page.locator("#chart canvas")).to_have_count(1)
    expect(page.locator("#points tbody tr")).to_have_count(91)
    for paper in ("report/", *(f"campaigns/matsuri-2026/poster/{tag}" for tag in TAGS)):
        page.goto(f"{address}subscribers/{paper}")
        assert sheets(page) == 1, paper
    assert serious(page) == []
    assert broken == []
