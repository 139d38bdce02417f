"""Takes the pictures in docs/images from a running practice (`make run`): `python tools/pictures.py`.

Five strangers ask about a frying pan, each in a language of their own; each phone is pictured at 360 px, in
the ordinary and in LINE's largest font. Then the three phones of the page, talking. Fails when any text of
a card is cut off.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, sync_playwright

PRACTICE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8700"
TARGET = Path(__file__).resolve().parents[1] / "docs" / "images"

QUESTIONS = {
    "ja": "フライパン",
    "en": "how do I throw away a frying pan",
    "zh-Hans": "平底锅怎么扔",
    "zh-Hant": "平底鍋",
    "ja-simple": "ふらいぱんは どうやって すてますか",
}
"""The five questions; nobody has chosen a language, so each answer shows that it was recognised."""

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


def single_phones(browser: Browser) -> int:
    """Picture the five answers at 360 px; return how many cards cut a text off."""
    cut = 0
    for tag, question in QUESTIONS.items():
        language = {"zh-Hant": "zh-TW", "ja-simple": None}.get(tag, tag)
        person = call("POST", "/emulator/people", {"name": tag, "language": language, "phone": True})
        say(person["user_id"], question)
        for font, height in (("normal", 1240), ("large", 1700)):
            page = browser.new_page(viewport={"width": 360, "height": height})
            page.goto(f"{PRACTICE}/phone/{person['user_id']}?font={font}")
            page.locator(".item.bot:not(.typing)").last.wait_for()
            page.evaluate("document.fonts.ready")
            cut += page.locator(".cut-note").count()
            page.screenshot(path=TARGET / f"frying-pan-{tag}-{font}.png")
            page.close()
    return cut


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
    page.screenshot(path=TARGET / "phone-page.png")


def main() -> int:
    """Take all pictures; return 1 when a text was cut off."""
    TARGET.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        three_phones(browser)
        cut = single_phones(browser)
        browser.close()
    sys.stdout.write(f"{len(list(TARGET.glob('*.png')))} pictures, {cut} with a text cut off\n")
    return 1 if cut else 0


if __name__ == "__main__":
    sys.exit(main())
