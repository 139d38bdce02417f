"""The phone page in a real browser, with the practice LINE behind it and a small bot that answers."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import samples
from tests.emulator_process import Practice, start_emulator
from tests.serving import POLL_SECONDS

pytestmark = pytest.mark.browser

CLIPPED = """nodes => nodes.filter(n => n.scrollWidth > n.clientWidth).map(n => n.textContent)"""
PARTS = [
    *("fx-hero", "fx-text", "fx-text.lines", "fx-box.vertical", "fx-box.horizontal", "fx-box.baseline"),
    *("fx-icon", "fx-image", "fx-separator", "fx-button", "fx-button.primary", "carousel", "card"),
]
ANSWERS: dict[str, list[dict[str, Any]]] = {
    "answer": [samples.flex(samples.ANSWER)],
    "everything": [samples.flex(samples.EVERYTHING)],
    "carousel": [samples.flex(samples.CAROUSEL, "三枚")],
    "cut": [samples.flex(samples.CUT)],
    "templates": samples.TEMPLATES,
    "quick": [
        samples.quick(
            {"type": "text", "text": "どれですか"},
            {"type": "message", "label": "びん", "text": "びんの日"},
            {"type": "postback", "label": "缶", "data": "kind=can", "displayText": "缶です"},
        )
    ],
}


@dataclass(frozen=True)
class Owner:
    """The person whose phone is tested, in the practice LINE."""

    practice: Practice
    user_id: str

    def say(self, text: str) -> None:
        """Send a text and wait until the bot has answered."""
        self.practice.event(self.user_id, type="text", text=text)

    def open(self, page: Page, query: str = "") -> Locator:
        """Open the phone alone at 360 px, without any other site, and return its conversation."""
        page.set_viewport_size({"width": 360, "height": 760})
        page.route(re.compile("^https://"), lambda route: route.abort())
        page.goto(f"{self.practice.base_url}/phone/{self.user_id}{query}")
        return page.get_by_role("log")


def answer_for(event: dict[str, Any]) -> list[dict[str, Any]]:
    """What the small bot says: a prepared answer, the data of a tap, or an echo."""
    if event["type"] == "postback":
        return [{"type": "text", "text": f"data {event['postback']['data']}"}]
    text = event["message"].get("text", event["message"]["type"])
    return ANSWERS.get(text) or [{"type": "text", "text": f"echo {text}"}]


@pytest.fixture(scope="module")
def practice() -> Iterator[Practice]:
    """One practice LINE with the small bot as its webhook, for all tests of this file."""
    practice = start_emulator()

    class Bot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for event in body["events"]:
                if event["type"] in ("message", "postback"):
                    reply = {"replyToken": event["replyToken"], "messages": answer_for(event)}
                    refused = practice.line("POST", "/v2/bot/message/reply", reply)
                    assert refused[0] == 200, refused
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None: ...

    try:
        with ThreadingHTTPServer(("127.0.0.1", 0), Bot) as bot:
            threading.Thread(target=bot.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
            practice.put("/emulator/webhook", {"url": f"http://127.0.0.1:{bot.server_port}/"})
            yield practice
            bot.shutdown()
    finally:
        practice.stop()


@pytest.fixture
def owner(practice: Practice) -> Owner:
    """The first person of a fresh practice, who has become a friend."""
    practice.reset()
    user_id = practice.get("/emulator/state")["people"][0]["user_id"]
    practice.event(user_id, type="follow")
    return Owner(practice, user_id)


def test_text_goes_out_and_the_answer_comes_back(owner: Owner, page: Page) -> None:
    """What is typed stands right as an own bubble, the answer left, each in its language, links alive."""
    log = owner.open(page)
    page.get_by_role("textbox").fill("ごみは? https://example.com/a。")
    page.keyboard.press("Enter")
    own, answer = log.locator(".own .said"), log.locator(".bot:not(.typing) .said")
    answer.get_by_role("link", name="https://example.com/a", exact=True).wait_for()
    assert (own.inner_text(), answer.get_attribute("lang")) == ("ごみは? https://example.com/a。", "ja")
    assert page.get_by_role("textbox").input_value() == ""
    owner.say("hello")
    log.get_by_text("echo hello").wait_for()
    assert answer.last.get_attribute("lang") == "en"


def test_every_flex_component_and_template_is_shown(owner: Owner, page: Page) -> None:
    """Every component of a bubble, a carousel and the templates takes up room on the phone."""
    log = owner.open(page)
    for words in ("everything", "carousel", "templates"):
        owner.say(words)
    log.get_by_text("札2").wait_for()
    for part in PARTS:
        assert all(box["width"] and box["height"] for box in boxes(log.locator(f".{part}"))), part
    assert log.locator(".fx-unknown").count() == 0
    expect(log.locator(".carousel").first.locator(".fx-bubble")).to_have_count(3)
    assert log.get_by_role("link", name="電話").first.get_attribute("href") == "tel:0886215111"
    assert log.get_by_text("画像").first.is_visible(), (
        "a picture that does not load is replaced by a neutral one"
    )


def boxes(found: Locator) -> list[dict[str, float]]:
    """Return the sizes of the elements found; none found is one of no size."""
    sizes = found.evaluate_all("nodes => nodes.map(n => ({width: n.offsetWidth, height: n.offsetHeight}))")
    return sizes or [{"width": 0, "height": 0}]


def test_quick_replies_send_once_and_vanish(owner: Owner, page: Page) -> None:
    """A quick reply sends its text and the row goes away; an older message never offers its own again."""
    log = owner.open(page)
    owner.say("quick")
    chips = page.get_by_role("group", name="クイックリプライ")
    chips.get_by_role("button", name="びん").click()
    log.get_by_text("echo びんの日").wait_for()
    assert chips.is_hidden()
    page.reload()
    log.get_by_text("echo びんの日").wait_for()
    assert chips.is_hidden()


def test_a_postback_shows_its_words_and_sends_its_data(owner: Owner, page: Page) -> None:
    """A tap with displayText puts these words right, and the bot is told the data."""
    log = owner.open(page)
    owner.say("quick")
    page.get_by_role("button", name="缶").click()
    log.get_by_text("data kind=can").wait_for()
    assert log.locator(".own .said").last.inner_text() == "缶です"


def test_hostile_messages_do_nothing(owner: Owner, page: Page) -> None:
    """Markup stays letters and bad addresses stay closed, even if a message got past the practice LINE."""
    stamp = {"at": "2026-11-24T00:00:00Z", "from": "bot", "kind": "message", "text": "", "message_id": "1"}
    items = [{"seq": n, **stamp, "message": message} for n, message in enumerate(samples.HOSTILE, 1)]
    page.route(
        "**/timeline?*",
        lambda route: route.fulfill(json={"items": items, "loading": False, "rich_menu": None}),
    )
    policies = []
    page.on("response", lambda answer: policies.append(answer.headers.get("content-security-policy", "")))
    log = owner.open(page, "?json=on")
    expect(log.locator(".fx-button:disabled")).to_have_count(2)
    log.get_by_role("link", name="box").or_(log.locator("[aria-disabled]")).first.click(force=True)
    assert page.title().startswith("練習用LINE")
    assert log.locator("script, img, iframe, [onerror]").count() == 0
    assert log.locator("a").evaluate_all("nodes => nodes.map(n => n.href)") == ["https://example.com/a"]
    assert samples.INJECTION in (log.locator(".fx-text").first.text_content() or "")
    assert "script-src 'self'" in policies[0]
    assert "unsafe" not in policies[0]


def test_large_letters_are_not_cut(owner: Owner, page: Page) -> None:
    """At 360 px the largest letters cut nothing of a good message; where something is cut, a note says so."""
    log = owner.open(page, "?font=large")
    owner.say("answer")
    title = log.locator("p").get_by_text("燃やせるごみ", exact=True)
    title.wait_for()
    assert title.evaluate("node => getComputedStyle(node).fontSize") == "33px"
    assert log.locator(".fx-text, .fx-label, .bubble").evaluate_all(CLIPPED) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert log.locator(".cut-note").count() == 0
    owner.say("cut")
    log.locator(".cut-note").wait_for()
    assert len(log.locator(".fx-label").evaluate_all(CLIPPED)) == 2


def test_read_aloud_shows_what_is_spoken(owner: Owner, page: Page) -> None:
    """A card can be read as it is spoken, altText first, buttons named, or as JSON."""
    owner.say("answer")
    log = owner.open(page, "?read=aloud")
    spoken = log.locator(".spoken")
    spoken.wait_for()
    lines = spoken.locator("p").all_inner_texts()
    assert lines[:4] == ["ごみの日", "出し方の答え", "燃", "燃やせるごみ"]
    assert lines[-3:] == ["ボタン：地区を選ぶ", "ボタン：ほかの品目", "ボタン：市のページ"]
    assert log.locator(".fx-bubble").count() == 0
    page.goto(page.url.replace("?read=aloud", "?json=on"))
    log.get_by_text("送信データ").click()
    assert '"altText": "ごみの日"' in log.locator("pre").inner_text()


def test_block_and_unblock(owner: Owner, page: Page) -> None:
    """A blocked account cannot be written to until it is unblocked; a fresh practice asks to add it again."""
    log = owner.open(page)
    page.get_by_role("button", name="ブロック Block").click()
    page.get_by_role("button", name="ブロックを解除").click()
    page.get_by_role("textbox").fill("また来ました")
    page.get_by_role("button", name="送信 Send").click()
    log.get_by_text("echo また来ました").wait_for()
    owner.practice.reset()
    page.get_by_role("button", name="友だち追加").wait_for()
    assert log.locator(".item:visible").count() == 0


def test_the_bar_adds_a_phone_and_sets_the_clock(owner: Owner, page: Page) -> None:
    """Beside the three phones another one can be set up, in a language, and the practice time moved."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{owner.practice.base_url}/")
    page.locator(".phone").nth(2).wait_for()
    page.get_by_role("button", name="電話を増やす").click()
    page.get_by_label("名前").fill("Bạn mới")
    page.get_by_label("電話の言語").select_option("vi")
    page.get_by_role("dialog").get_by_role("button", name="増やす").click()
    page.get_by_role("heading", name="Bạn mới").wait_for()
    people = owner.practice.get("/emulator/state")["people"]
    assert [(p["name"], p["language"], p["following"]) for p in people[3:]] == [("Bạn mới", "vi", False)]
    page.get_by_label("日時を変える").fill("2026-12-31T08:00")
    page.get_by_role("button", name="変更").click()
    page.get_by_text(re.compile(r"2026/12/31\(木\) 8:00")).wait_for()
    page.get_by_role("button", name="大きい文字").click()
    assert page.url.endswith("?font=large")


def menu(practice: Practice, words: str) -> str:
    """Make a menu of two tiles in the practice LINE; return its id."""
    tiles = [
        {
            "bounds": {"x": 400 * number, "y": 0, "width": 400, "height": 400},
            "action": {"type": "postback", "label": f"{words}{number}", "data": f"{words}{number}"},
        }
        for number in range(2)
    ]
    description = {
        "size": {"width": 800, "height": 400},
        "selected": True,
        "name": words,
        "chatBarText": words,
        "areas": tiles,
    }
    made: str = practice.line("POST", "/v2/bot/richmenu", description)[1]["richMenuId"]
    picture = io.BytesIO()
    Image.new("RGB", (800, 400), "#1f3f6e").save(picture, "PNG")
    sent = practice.line(
        "POST", f"/v2/bot/richmenu/{made}/content", picture.getvalue(), {"Content-Type": "image/png"}
    )
    assert sent[0] == 200
    return made


def test_the_menu_is_tapped_by_finger_and_keyboard_and_changes(owner: Owner, page: Page) -> None:
    """Tiles send their data, the bar opens and closes, typing hides it, another menu takes its place."""
    owner.practice.line("POST", f"/v2/bot/user/all/richmenu/{menu(owner.practice, 'Menu')}")
    log = owner.open(page)
    bar = page.get_by_role("button", name="Menu", exact=True)
    tile = page.get_by_role("button", name="Menu1")
    tile.click()
    log.get_by_text("data Menu1").wait_for()
    page.get_by_role("button", name="Menu0").focus()
    page.keyboard.press("Enter")
    log.get_by_text("data Menu0").wait_for()
    page.get_by_role("textbox").click()
    expect(tile).to_be_hidden()
    bar.press("Enter")
    expect(tile).to_be_visible()
    owner.practice.line("POST", f"/v2/bot/user/{owner.user_id}/richmenu/{menu(owner.practice, '菜单')}")
    page.get_by_role("button", name="菜单1").click()
    log.get_by_text("data 菜单1").wait_for()
    owner.practice.event(owner.user_id, type="unfollow")
    expect(page.get_by_role("button", name="菜单1")).to_be_hidden()
