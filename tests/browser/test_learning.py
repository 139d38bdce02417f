"""From a question on a phone to its lasting answer, by clicks alone; and the pages of contents under axe."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from bot.clock import Clock
from bot.console.access import accounts
from bot.console.access.accounts import Deed
from bot.console.access.roles import Role
from bot.store.database import Database
from bot.store.moments import micros
from tests.browser.test_console import DESK, PHONE, first_sign_in, serious
from tests.component.waiting import until
from tests.component.web import Web
from tests.emulator_process import Practice, start_emulator

pytestmark = pytest.mark.browser

ASKED = "パドルボードはどう捨てる"


@dataclass(frozen=True)
class Town:
    """A practice LINE, the web behind it, and somebody who may change contents."""

    practice: Practice
    console: str
    password: str

    def told(self, user: str, text: str) -> str:
        """Ask something on a phone and return everything that is told."""
        seen = len(self.practice.get(f"/emulator/people/{user}/timeline")["items"])
        self.practice.event(user, type="text", text=text)
        items = self.practice.get(f"/emulator/people/{user}/timeline")["items"]
        return str(items[seen:])


@pytest.fixture
def town(sqlite_store_url: str) -> Iterator[Town]:
    practice = start_emulator()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    web = Web(port, sqlite_store_url, practice)
    practice.put("/emulator/webhook", {"url": f"{web.address}/webhook", "redelivery": True})
    web.start()
    database, now = Database(sqlite_store_url), micros(Clock().now())
    password = accounts.add(database, Deed("(test)", now, now), "tanaka", Role.WRITER)
    database.close()
    web.wait_ready(practice)
    yield Town(practice, f"{web.address}/console/", password)
    web.kill()
    practice.stop()


def test_a_question_becomes_a_lasting_answer_by_clicks(town: Town, page: Page) -> None:
    """What nobody could answer is answered on the phone after a few clicks; undone, it is unknown again."""
    user = town.practice.person(language="ja")
    first = town.told(user, ASKED)
    first_sign_in(page, town.console, "tanaka", town.password)
    page.get_by_role("link", name="答えられなかった質問").click()
    page.get_by_role("link", name=f"「{ASKED}」の答えを用意する").click()
    page.get_by_label("ほかの項目を検索").fill("フライパン")
    page.get_by_role("button", name="検索").click()
    page.get_by_role("link", name="フライパン", exact=True).first.click()
    expect(page.get_by_label("呼び方", exact=True)).to_have_value("パドルボード")
    page.get_by_role("button", name="確認へ進む").click()
    page.get_by_role("button", name="公開する").click(timeout=60_000)
    expect(page.get_by_role("status").first).to_contain_text("公開しました")
    until(lambda: "燃やせないごみ" in town.told(user, ASKED), "the answer")
    page.locator(".back a").click()
    page.get_by_role("link", name="改訂1を取り消す").click()
    page.get_by_role("button", name="取り消す").click()
    until(lambda: "燃やせないごみ" not in town.told(user, ASKED), "the old answer")
    assert "燃やせないごみ" not in first


PAGES = (
    "questions/unanswered/", f"questions/unanswered/answer/?question={ASKED}&language=ja&search=箱",
    f"questions/unanswered/answer/word?question={ASKED}&target=garbage:umbrella",
    "questions/unanswered/answer/thing", "questions/unanswered/answer/page", "content/?search=フライパン",
    "content/entry/garbage/frying-pan", "content/entry/guide/city-hall", "content/due",
    "content/untranslated",
    "content/try/?question=フライパン", "content/import/", "content/changes/", "content/changes/1",
    "content/edit/texts/guide/city-hall/lead", "content/edit/name/frying-pan/en",
)  # fmt: skip


def test_the_pages_are_for_everybody(town: Town, page: Page) -> None:
    """Axe finds nothing on any page, and none is wider than a phone."""
    town.told(town.practice.person(language="ja"), ASKED)
    first_sign_in(page, town.console, "tanaka", town.password)
    page.goto(f"{town.console}questions/unanswered/answer/word?target=garbage:umbrella")
    page.get_by_label("呼び方", exact=True).fill("パドルボード")
    page.get_by_role("button", name="確認へ進む").click()
    expect(page.get_by_role("button", name="公開する")).to_be_visible(timeout=60_000)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for path in PAGES:
            page.goto(f"{town.console}{path}")
            assert serious(page) == [], (path, size)
