"""The whole way of a notice in a browser: written by keyboard, tried, approved on a phone, sent, told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pydantic import SecretStr

from bot.broadcasts import drafts
from bot.broadcasts.notices import AUDIENCE
from bot.console.access.roles import Role
from bot.services import Services
from bot.store import broadcast_audience, staff
from tests.browser.test_console import DESK, PHONE, first_sign_in, serious
from tests.component.offices import Office
from tests.component.sending import FIRST, delivered, dispatcher, ended, followers, user
from tests.emulator_process import Practice, start_emulator
from tests.serving import serving

pytestmark = pytest.mark.browser

TEXTS = {
    "日本語": "図書館でおはなし会があります。電話 088-621-5217",
    "やさしい日本語": "図書館（としょかん）で お話（はなし）の 会（かい）。電話（でんわ） 088-621-5217",
    "英語": "Story time at the library. Phone 088-621-5217",
    "中国語（簡体字）": "图书馆将举办故事会。电话088-621-5217",
    "中国語（繁体字）": "圖書館將舉辦故事會。電話088-621-5217",
}
WHEN_ASKED = """void (window.asked = new Promise(done =>
  document.getElementById("editor").addEventListener("htmx:config:request", () => done(), {once: true})))"""
"""Lets `window.asked` wait until the page wants to save once more."""

AUDIENCES = {"broadcast": broadcast_audience.audience, AUDIENCE: broadcast_audience.colleagues}


@pytest.fixture(scope="module")
def line() -> Iterator[Practice]:
    practice = start_emulator()
    yield practice
    practice.stop()


@pytest.fixture
def console(
    city_services: Services, sqlite_store_url: str, quick_hashes: None, line: Practice
) -> Iterator[tuple[Office, str]]:
    """A practice console before the practice LINE, with three followers, and its address."""
    line.reset()
    settings: dict[str, object] = {
        "line_api_base": line.base_url,
        "line_channel_access_token": SecretStr(line.token),
    }
    office = Office.of(city_services, sqlite_store_url, **settings)
    followers(office.database, 3, ("ja", "en", "zh-Hans"))
    with serving(office.app) as address:
        yield office, f"{address}/console/"
    office.database.close()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus, as who has no mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            return
    pytest.fail(f"never reached: {wanted}")


def write_by_keyboard(page: Page) -> None:
    """Begin on a blank sheet and fill in everything without a mouse, while it is saved by itself."""
    tab_to(page, page.get_by_label("題名（職員にだけ見えます）"))
    page.keyboard.type("おはなし会")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("お知らせを書く")
    tab_to(page, page.get_by_label("テーマ"))
    page.keyboard.type("図書館")
    tab_to(page, page.get_by_role("tab", selected=True))
    for number, (language, text) in enumerate(TEXTS.items()):
        if number:
            page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", selected=True)).to_contain_text(language)
        page.get_by_label(f"{language}の文章", exact=True).fill(text)
        page.get_by_role("tab", selected=True).focus()
    expect(page.locator("#mark-zh-Hant")).to_have_text("済み")
    expect(page.locator("#reach")).to_contain_text("3 人に届きます")
    tab_to(page, page.get_by_label("承認後、送らずに待つ時間（分）"))
    page.keyboard.press("Control+a")
    page.keyboard.type("0")
    tab_to(page, page.get_by_label("夜間"))
    page.keyboard.press("Space")


Found = dict[str, list[str]]
"""Page -> what axe finds wrong with it."""


def hand_in(page: Page, address: str) -> Found:
    """Write a notice, try it on one's own phone, look it over and hand it in."""
    page.goto(f"{address}broadcasts/new/")
    found = {"new": serious(page)}
    write_by_keyboard(page)
    found["edit"] = serious(page)
    with page.expect_navigation():
        page.get_by_role("button", name="自分にテスト").press("Enter")
    found["try"] = serious(page)
    page.get_by_role("button", name="テストを送る").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("テストを送りました")
    found["draft"] = serious(page)
    with page.expect_navigation():
        page.get_by_role("link", name="確認して提出").press("Enter")
    found["check"] = serious(page)
    page.get_by_role("button", name="承認を頼む").press("Enter")
    expect(page.locator(".state")).to_contain_text("承認待ち")
    return found


def approve(phone: Page, address: str) -> Found:
    """Come from the first page, look at everything, approve with one thumb."""
    found = {"home": serious(phone)}
    for path in ("new/typhoon", "1/send-back", "1/suggest/en", "1/time", "1/do/take-back", "calendar/"):
        phone.goto(f"{address}broadcasts/{path}")
        found[path] = serious(phone)
    phone.goto(address)
    phone.get_by_role("link", name="あなたの承認を待っています").click()
    with phone.expect_navigation():
        phone.get_by_role("link", name="内容を見て承認する").click()
    found["approve"] = serious(phone)
    button = phone.get_by_role("button", name="承認する")
    expect(button).to_be_in_viewport()
    button.click()
    expect(phone.locator(".state")).to_contain_text("送信予約")
    found["scheduled"] = serious(phone)
    return found


def test_from_a_blank_sheet_to_what_line_accepted(
    console: tuple[Office, str], line: Practice, page: Page, browser: Browser
) -> None:
    """Each page on the way is found in order by axe; the report tells what LINE's ledger tells."""
    office, address = console
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text))
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    first_sign_in(page, address, "tanaka", office.add("tanaka"))
    linked = line.person()
    office.database.write(lambda connection: staff.change(connection, 1, line_user_id=linked))
    found = hand_in(page, address)
    phone = browser.new_page(viewport=PHONE, locale="ja-JP")  # type: ignore[arg-type]
    first_sign_in(phone, address, "mori", office.add("mori", Role.APPROVER))
    found |= approve(phone, address)

    worker = dispatcher(office.database, line, audiences=AUDIENCES)
    number = drafts.listing(office.desk.office()).found[0].order_id or 0
    order = ended(office.database, number, worker)
    worker.stop()
    expect(phone.locator(".state")).to_contain_text("送信済み")
    expect(phone.locator(".numbers")).to_contain_text("LINEの受付3")
    found["sent"] = serious(phone)
    phone.close()
    assert order.accepted == 3
    assert {user(FIRST + number): 1 for number in range(3)}.items() <= delivered(line).items()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert broken == []


def test_the_button_waits_for_a_save_on_its_way(console: tuple[Office, str], page: Page) -> None:
    """Whoever presses it while their text is being saved meets neither themselves nor a loss."""
    office, address = console
    first_sign_in(page, address, "tanaka", office.add("tanaka"))
    page.goto(f"{address}broadcasts/new/")
    page.get_by_label("題名（職員にだけ見えます）").fill("おはなし会")
    page.get_by_role("button", name="書き始める").click()
    page.wait_for_url("**/edit")  # with its scripts: what is typed before they listen saves nothing by itself
    held: list[Route] = []
    page.route("**/edit", lambda route: held.append(route), times=1)
    with page.expect_request("**/edit"):
        page.get_by_label("日本語の文章", exact=True).fill(TEXTS["日本語"])
    page.evaluate(WHEN_ASKED)
    page.get_by_label("テーマ").select_option(label="図書館")
    page.evaluate("window.asked")
    page.get_by_role("button", name="確認して提出").click()
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_contain_text("確認して提出")
    one = drafts.load(office.desk.office(), 1)
    assert (one.texts()["ja"], one.topic) == (TEXTS["日本語"], "library")
