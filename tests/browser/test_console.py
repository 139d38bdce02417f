"""The staff console in a real browser: signing in, roles, keyboard, narrow screens, and axe on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from bot.console.access.roles import Role
from bot.services import Services
from tests.component.offices import PASSWORD, Office
from tests.serving import serving

pytestmark = pytest.mark.browser

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
Reached = tuple[Office, str]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 780}


@pytest.fixture
def console(
    city_services: Services, sqlite_store_url: str, quick_hashes: None
) -> Iterator[tuple[Office, str]]:
    """A practice console that a browser can reach, and its address."""
    office = Office.of(city_services, sqlite_store_url, line_api_base="http://127.0.0.1:9")
    with serving(office.app) as address:
        yield office, f"{address}/console/"
    office.database.close()


def first_sign_in(page: Page, address: str, name: str, password: str) -> None:
    """Sign in as somebody new would, with what the pages say."""
    page.goto(address)
    page.get_by_label("名前").fill(name)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("新しいパスワード", exact=True).fill(PASSWORD)
    page.get_by_label("新しいパスワード（確認）").fill(PASSWORD)
    page.get_by_role("button", name="パスワードを保存する").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("認証アプリのコード").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="設定を完了する").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="控えたので次へ進む").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ホーム")


def serious(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, and whether it is wider than the screen."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_init_script(path=AXE)  # the pages to come bring it along
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", STANDARDS)[
        "violations"
    ]
    told = [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*told, "wider than the screen"] if wide else told


def test_signing_in_with_a_code(console: Reached, page: Page) -> None:
    """The first time and again, without one line of script; nothing breaks the page's own policy."""
    office, address = console
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    first_sign_in(page, address, "tanaka", office.add("tanaka"))
    page.get_by_role("button", name="サインアウト").click()
    page.get_by_label("名前").fill("tanaka")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("認証アプリのコード").fill(page.locator("#practice-code").inner_text())
    page.get_by_role("button", name="サインイン").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ホーム")
    page.goto(f"{address}sign-in")
    expect(page).to_have_url(address)
    assert problems == []


def test_it_works_without_scripts(console: Reached, page: Page) -> None:
    """The pages hold no script at all."""
    office, address = console
    first_sign_in(page, address, "admin", office.add("admin", Role.ADMIN))
    for path in ("", "account/", "staff/", "staff/new", "record/"):
        page.goto(address + path)
        expect(page.locator("script, [onclick], [onchange]")).to_have_count(0)


def test_a_writer_is_told_what_only_admins_may(console: Reached, page: Page) -> None:
    """The way there is not offered, and the address says calmly that it is not theirs."""
    office, address = console
    first_sign_in(page, address, "tanaka", office.add("tanaka", Role.WRITER))
    offered = page.get_by_role("navigation").get_by_role("link")
    expect(offered.filter(has_text="お知らせ")).to_have_count(1)
    expect(offered.filter(has_text=re.compile("^(記録|職員)$"))).to_have_count(0)
    refused = page.goto(f"{address}staff/")
    assert refused
    assert refused.status == 403
    expect(page.get_by_text("いまの役割では、この操作はできません")).to_be_visible()
    page.get_by_role("link", name="最初のページへ").click()
    expect(page).to_have_url(address)


def test_everything_can_be_done_by_keyboard(console: Reached, page: Page) -> None:
    """From the skip link through the form to an account, with a ring around what has the focus."""
    office, address = console
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    field = page.get_by_label("名前")
    expect(field).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "4px"
    page.keyboard.type("admin")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("名前かパスワードが違います")
    page.get_by_role("alert").get_by_role("link").press("Enter")
    expect(page.get_by_label("パスワード")).to_be_focused()
    first_sign_in(page, address, "admin", office.add("admin", Role.ADMIN))
    page.goto(f"{address}staff/new")
    page.get_by_label("名前").focus()
    page.keyboard.type("森 花子")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("承認者")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("森 花子さんの初回パスワード")


def test_axe_finds_nothing_on_any_page(console: Reached, page: Page) -> None:
    """Each page in both languages, at its largest text, as wide as a phone and as a desk's screen."""
    office, address = console
    page.goto(address)
    assert serious(page) == []
    first_sign_in(page, address, "admin", office.add("admin", Role.ADMIN))
    office.add("森 花子")
    office.add("a-very-long-name-of-forty-letters-in-all", Role.APPROVER)
    paths = [
        re.sub(r"<[^>]+>", "2", rule.rule).removeprefix("/console/")
        for rule in office.app.url_map.iter_rules()
        if rule.endpoint.startswith("console.")
        and "GET" in (rule.methods or ())
        and "static" not in rule.endpoint
        and not re.search(r"\.(csv|css)$|/qr\.", rule.rule)
    ]
    assert len(paths) > 15
    found = {}
    for language, size, screen in (("ja", "largest", PHONE), ("en", "normal", DESK)):
        page.goto(f"{address}account/")
        page.locator("#language").select_option(language)
        page.locator("#text_size").select_option(size)
        with page.expect_navigation():
            page.locator("main form .button").first.click()
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        for path in [*paths, "record/?kind=failure&who=nobody", "staff/99/role"]:
            page.goto(address + path)
            if problems := serious(page):
                found[language, path] = problems
    assert found == {}
