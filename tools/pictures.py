"""Takes the pictures in docs/images from a running practice (`make run`): `python tools/pictures.py`.

Five strangers ask about a frying pan, each in a language of their own; each phone is pictured at 360 px, in
the ordinary and in LINE's largest font. Forty more strangers, eight a language, ask all kinds of things;
their phones stand together on one sheet a language. Then the three phones of the page, talking. Fails when
any text of a card is cut off.
"""

from __future__ import annotations

import base64
import html
import json
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, sync_playwright

PRACTICE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8700"
TARGET = Path(__file__).resolve().parents[1] / "docs" / "images"

OPEN_MENU = '.menu-bar[aria-expanded="true"]'

QUESTIONS = {
    "ja": "フライパン",
    "en": "how do I throw away a frying pan",
    "zh-Hans": "平底锅怎么扔",
    "zh-Hant": "平底鍋",
    "ja-simple": "ふらいぱんは どうやって すてますか",
}
"""The five questions; nobody has chosen a language, so each answer shows that it was recognised."""

BREADTH = {
    "ja": (
        "割れたお皿",
        "毛布",
        "LED電球",
        "膨らんだモバイルバッテリー",
        "子どもがボタン電池を飲んだ",
        "燃やせるごみに入れるもの",
        "マイナンバーカードの更新",
        "コンビニで住民票をとりたい",
    ),
    "en": (
        "broken plate",
        "ruler",
        "where do LED bulbs go?",
        "my power bank is swollen",
        "my son swallowed a button battery",
        "can I put an umbrella in burnable garbage?",
        "renew My Number card",
        "I want a My Number card",
    ),
    "zh-Hans": (
        "雨伞怎么扔",
        "毯子怎么扔",
        "LED灯泡",
        "充电宝鼓起来了",
        "孩子吞了纽扣电池",
        "可燃垃圾包括什么",
        "更新个人编号卡",
        "我想办个人编号卡",
    ),
    "zh-Hant": (
        "雨傘怎麼丟",
        "直尺怎麼丟",
        "LED燈泡",
        "行動電源膨脹了",
        "小孩吞了鈕扣電池",
        "電鍋可以丟可燃垃圾嗎",
        "個人編號卡更新",
        "我剛搬到德島，要辦遷入",
    ),
    "ja-simple": (
        "かさは どうやって すてますか",
        "もうふは どうやって すてますか",
        "ゴムの てぶくろは どうやって すてますか",
        "モバイルバッテリーが ふくらんで います",
        "こどもが でんちを のみました",
        "もえるごみは なにを いれますか",
        "マイナンバーカードを こうしんしたいです",
        "マイナンバーカードが ほしいです",
    ),
}
"""What is asked in each language: an ordinary thing, one with a condition, one nobody confirms, a danger, an
accident, a category, a card to renew, and a procedure."""

SHEET = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 24px; background: #fff; font: 16px/1.4 sans-serif; color: #1b1f24; }}
main {{ display: grid; grid-template-columns: repeat(4, 360px); gap: 32px 24px; width: max-content; }}
figure {{ margin: 0; }}
img {{ display: block; box-sizing: border-box; width: 360px; border: 1px solid #d9dde2; }}
figcaption {{ margin-top: 8px; text-align: center; }}
</style><main lang="{lang}">{phones}</main>"""
"""A sheet of phones, four in a row, each with its question below."""

PHONE = '<figure><img src="data:image/png;base64,{png}"><figcaption>{question}</figcaption></figure>'

TALKS = (
    ("フライパン", "モバイルバッテリー"),
    ("how do I throw away a frying pan", "battery"),
    ("平底锅怎么扔", "粗大垃圾"),
)
"""What the three people of the phone page say."""


def call(method: str, path: str, body: Any = None) -> Any:
    """Speak JSON with the practice."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = Request(PRACTICE + path, data=data, headers=headers, method=method)  # noqa: S310
    with urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def say(person: str, text: str) -> None:
    """Let a person write, and wait until the bot has answered."""
    timeline = f"/emulator/people/{person}/timeline"
    last = max((item["seq"] for item in call("GET", timeline)["items"]), default=0)
    call("POST", f"/emulator/people/{person}/events?wait=1", {"type": "text", "text": text})
    newer: list[dict[str, Any]] = []
    while not any(item["from"] == "bot" for item in newer):
        newer = call("GET", f"{timeline}?after={last}&wait=20")["items"]


def ask(tag: str, question: str) -> str:
    """Let a stranger, whose phone speaks this language, ask; return who it is once there is an answer."""
    language = {"zh-Hant": "zh-TW", "ja-simple": None}.get(tag, tag)
    person = call("POST", "/emulator/people", {"name": tag, "language": language, "phone": True})
    say(person["user_id"], question)
    return str(person["user_id"])


def phone(browser: Browser, person: str, font: str, height: int) -> Page:
    """Open somebody's phone at 360 px, drawn to its end."""
    page = browser.new_page(viewport={"width": 360, "height": height})
    page.goto(f"{PRACTICE}/phone/{person}?font={font}")
    page.locator(".item.bot:not(.typing)").last.wait_for()
    page.evaluate("document.fonts.ready")
    if page.locator(OPEN_MENU).count():  # the answer is what these pictures are about
        page.locator(OPEN_MENU).click()
    return page


def single_phones(browser: Browser) -> int:
    """Picture the five answers at 360 px; return how many cards cut a text off."""
    cut = 0
    for tag, question in QUESTIONS.items():
        person = ask(tag, question)
        for font, height in (("normal", 1240), ("large", 1700)):
            page = phone(browser, person, font, height)
            cut += page.locator(".cut-note").count()
            page.screenshot(path=TARGET / f"frying-pan-{tag}-{font}.png")
            page.close()
    return cut


def sheets(browser: Browser) -> int:
    """Picture what is asked in each language on a sheet; return how many cards cut a text off."""
    cut = 0
    for tag, questions in BREADTH.items():
        phones = []
        for question in questions:
            png, cuts = whole_phone(browser, ask(tag, question))
            phones.append(PHONE.format(png=base64.b64encode(png).decode(), question=html.escape(question)))
            cut += cuts
        page = browser.new_page(viewport={"width": 1560, "height": 1000})
        page.set_content(SHEET.format(lang=tag.replace("-simple", ""), phones="".join(phones)))
        page.locator("img").last.wait_for()
        page.screenshot(path=TARGET / f"answers-{tag}.jpg", type="jpeg", quality=72, full_page=True)
        page.close()
    return cut


def whole_phone(browser: Browser, person: str) -> tuple[bytes, int]:
    """Picture a phone as tall as its conversation; return the picture and how many cards cut a text off."""
    page = phone(browser, person, "normal", 760)
    hidden = page.locator(".log").evaluate("log => log.scrollHeight - log.clientHeight")
    page.set_viewport_size({"width": 360, "height": 760 + hidden})
    cut = page.locator(".cut-note").count()
    png = page.screenshot()
    page.close()
    return png, cut


def three_phones(browser: Browser) -> None:
    """Picture the phone page with its three people talking."""
    people = [one["user_id"] for one in call("GET", "/emulator/state")["people"][:3]]
    for person, questions in zip(people, TALKS, strict=True):
        call("POST", f"/emulator/people/{person}/events?wait=1", {"type": "follow"})
        for question in questions:
            say(person, question)
    page = browser.new_page(viewport={"width": 1360, "height": 1050})
    page.goto(PRACTICE)
    for person in people:
        page.locator(f'[data-user="{person}"] .item.bot:not(.typing)').last.wait_for()
    page.locator(OPEN_MENU).filter(has_text="Menu").wait_for()  # the worker shows it after a moment
    others = page.locator(OPEN_MENU).filter(has_not_text="Menu")
    while others.count():
        others.first.click()
    page.screenshot(path=TARGET / "phone-page.png")


def main() -> int:
    """Take all pictures; return 1 when a text was cut off."""
    TARGET.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        three_phones(browser)
        cut = single_phones(browser) + sheets(browser)
        browser.close()
    pictures = [*TARGET.glob("*.png"), *TARGET.glob("*.jpg")]
    sys.stdout.write(f"{len(pictures)} pictures, {cut} with a text cut off\n")
    return 1 if cut else 0


if __name__ == "__main__":
    sys.exit(main())
