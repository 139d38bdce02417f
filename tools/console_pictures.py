"""Takes the pictures of the console in docs/images: a typhoon notice from its template to its report.

`make run ARGS=--sample-city`, then `python -m tools.console_pictures`, which asks for the one-time passwords
that the practice run has printed. Every step is one that a PR officer takes, by the words on the screen.
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools.pictures import TARGET, ask

CONSOLE = "http://127.0.0.1:8000/console/"
PASSWORD = "kaze no tani 42 mame"  # noqa: S105  # of accounts that live as long as the practice run
LANGUAGES = ("ja", "ja", "ja", "en", "zh-Hans", "zh-Hant")
GREETINGS = {"ja": "こんにちは", "en": "hello", "zh-Hans": "你好，垃圾怎么扔", "zh-Hant": "你好，垃圾怎麼丟"}


def add_friends() -> None:
    """Let some people of several languages become friends."""
    for tag in LANGUAGES:
        ask(tag, GREETINGS[tag])


def sign_in(browser: Browser, name: str, password: str, width: int) -> Page:
    """Return the first page of somebody who signs in for the first time, on a screen of that width."""
    page = browser.new_page(
        viewport={"width": width, "height": 780}, locale="ja-JP", timezone_id="Asia/Tokyo"
    )
    page.goto(CONSOLE)
    page.get_by_label("名前").fill(name)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("新しいパスワード", exact=True).fill(PASSWORD)
    page.get_by_label("新しいパスワード（確認）").fill(PASSWORD)
    page.get_by_role("button", name="パスワードを保存する").click()
    page.get_by_label("認証アプリのコード").fill(page.locator("#practice-code").inner_text())
    page.get_by_role("button", name="設定を完了する").click()
    page.get_by_role("link", name="控えたので次へ進む").click()
    return page


def keep(page: Page, name: str, whole: bool = False) -> None:
    """Keep a picture of a page."""
    page.screenshot(path=TARGET / f"console-{name}.jpg", type="jpeg", quality=70, full_page=whole)


def write(page: Page) -> str:
    """Write a typhoon notice by its template and hand it in; return its address."""
    page.get_by_role("link", name="お知らせ", exact=True).click()
    page.get_by_role("link", name="お知らせを書く").click()
    page.get_by_role("link", name="台風の接近").click()
    page.get_by_label("台風の番号").fill("12")
    page.get_by_label("近づく日").fill(f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}")
    page.get_by_label("全域").check()
    expect(page.locator("#all .said")).to_have_count(5)
    page.get_by_role("button", name="この文章で始める").click()
    page.get_by_label("承認後、送らずに待つ時間（分）").fill("0")
    page.get_by_role("tab", name="英語").click()
    page.locator("#texts").scroll_into_view_if_needed()
    expect(page.locator("#saved")).to_contain_text("保存済み")
    page.evaluate("document.querySelector('#texts').scrollIntoView()")
    keep(page, "editor")
    page.get_by_role("button", name="確認して提出").click()
    page.get_by_role("button", name="承認を頼む").click()
    expect(page.locator(".state")).to_contain_text("承認待ち")
    return page.url


def main() -> int:
    """Take all pictures."""
    writer, approver = (input(f"one-time password of the {name}: ") for name in ("writer", "approver"))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    add_friends()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        desk = sign_in(browser, "writer", writer, 1280)
        place = write(desk)
        phone = sign_in(browser, "approver", approver, 360)
        phone.get_by_role("link", name="承認を待っています").first.click()
        phone.get_by_role("link", name="内容を見て承認する").click()
        phone.locator("#variants").scroll_into_view_if_needed()
        keep(phone, "approval")
        phone.get_by_role("button", name="承認する").click()
        desk.goto(place)
        expect(desk.locator(".state")).to_contain_text("送信済み", timeout=60_000)
        keep(desk, "report")
        browser.close()
    sys.stdout.write("3 pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
