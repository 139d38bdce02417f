"""Takes the pictures of collection days in docs/images from a practice in the made-up city.

`make run ARGS=--sample-city`, then `python tools/day_pictures.py`: one sheet a language, of strangers who ask
when something is collected, choose their area, ask about tomorrow and a thing, and for reminders.
"""

from __future__ import annotations

import base64
import html
import shutil
import sys

from playwright.sync_api import Browser, sync_playwright

from tools.pictures import PHONE, SHEET, TARGET, ask, say, whole_phone

TALKS = {
    "ja": ("プラマークはいつ？", "プラマークはいつ？ > C", "さくら見本町", "Cです > フライパン"),
    "ja-simple": (
        "ぷらまーくは いつですか",
        "ぷらまーくは いつですか > C",
        "Cです > あしたは なんの ごみですか",
        "Cです > ふらいぱんは どうやって すてますか",
    ),
    "en": (
        "when is plastic collected?",
        "when is plastic collected? > C",
        "I live in area C > what is collected tomorrow?",
        "area C > how do I throw away a frying pan",
    ),
    "zh-Hans": ("塑料什么时候收？", "塑料什么时候收？ > C", "C地区 > 明天收什么？", "C地区 > 平底锅怎么扔"),
    "zh-Hant": ("塑膠什麼時候收？", "塑膠什麼時候收？ > C", "C地區 > 明天收什麼？", "C地區 > 平底鍋怎麼丟"),
}
"""What four strangers of each language write, one thing after the other."""


def sheet(browser: Browser, tag: str) -> int:
    """Picture the talks of a language; return how many cards cut a text off."""
    cut, phones = 0, []
    for talk in TALKS[tag]:
        first, *more = talk.split(" > ")
        person = ask(tag, first)
        for text in more:
            say(person, text)
        png, cuts = whole_phone(browser, person)
        phones.append(PHONE.format(png=base64.b64encode(png).decode(), question=html.escape(talk)))
        cut += cuts
    page = browser.new_page(viewport={"width": 1560, "height": 1000})
    page.set_content(SHEET.format(lang=tag.replace("-simple", ""), phones="".join(phones)))
    page.locator("img").last.wait_for()
    page.screenshot(path=TARGET / f"collection-days-{tag}.jpg", type="jpeg", quality=72, full_page=True)
    page.close()
    return cut


def main() -> int:
    """Take all pictures; return 1 when a text was cut off."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        cut = sum(sheet(browser, tag) for tag in TALKS)
        browser.close()
    sys.stdout.write(f"{len(TALKS)} pictures, {cut} with a text cut off\n")
    return 1 if cut else 0


if __name__ == "__main__":
    sys.exit(main())
