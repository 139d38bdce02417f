"""The city's public notices for feed readers: Atom and JSON Feed, one a language."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.feeds import notice_pages
from bot.language.tags import TAGS
from bot.store.database import StoreError
from bot.store.moments import micros
from bot.store.notices import Sent
from tests.real import NOON, engine

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://window.example"


def sent(number: int, **fields: Any) -> Sent:
    """Return a notice in Japanese and English that went out an hour ago."""
    given: dict[str, Any] = {
        "title": "for staff", "emergency": False, "topic": "garbage",
        "audience": {"languages": None, "areas": None, "unknown": True},
        "texts": {"ja": f"お知らせ{number}\n本文", "en": f"Notice {number}\nand <more>"}, "links": {},
        "fallback": {}, "as_of": micros(NOON - timedelta(hours=1)),
        "valid_until": micros(NOON + timedelta(days=1)), "replaces": None, "corrects": None, "shown": True,
        **fields,
    }  # fmt: skip
    return Sent(id=number, **given)


def client(monkeypatch: pytest.MonkeyPatch, *found: Sent, broken: bool = False) -> FlaskClient:
    """Return a client of the feeds over these notices."""

    def read(_work: object) -> tuple[Sent, ...]:
        if broken:
            raise StoreError("gone")
        return found

    services: Any = SimpleNamespace(
        content=SimpleNamespace(current=engine()),
        settings=SimpleNamespace(public_base_url=BASE),
        clock=SimpleNamespace(now=lambda: NOON, monotonic=lambda: 0.0),
        database=SimpleNamespace(read=read),
    )
    app = Flask("bot.app")
    app.register_blueprint(notice_pages.notice_pages(services))
    monkeypatch.setattr(app, "testing", False)
    return app.test_client()


def atom(page: FlaskClient, language: str = "en") -> ElementTree.Element:
    """Return the parsed Atom feed; everything that RFC 4287 demands is there."""
    response = page.get(f"/feeds/{language}.atom")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.data)  # our own words
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "").tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return feed


def items(page: FlaskClient, language: str = "en") -> list[dict[str, Any]]:
    """Return the items of the JSON feed; everything that version 1.1 demands is there."""
    response = page.get(f"/feeds/{language}.json")
    assert response.content_type == "application/feed+json; charset=utf-8"
    feed = json.loads(response.data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == f"{BASE}/feeds/{language}.json"
    assert all(item["id"] and item["content_text"] for item in feed["items"])
    found: list[dict[str, Any]] = feed["items"]
    return found


@pytest.mark.parametrize("language", TAGS)
def test_both_feeds_tell_the_same_in_every_language(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """The latest comes first, with ids that both share."""
    page = client(monkeypatch, sent(1), sent(2, as_of=micros(NOON)))
    found = items(page, language)
    assert [one.findtext(f"{ATOM}id") for one in atom(page, language).iter(f"{ATOM}entry")] == [
        one["id"] for one in found
    ]
    assert "2" in found[0]["title"]


def test_an_entry_says_as_of_when_and_until_when(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first line is the title, and nothing of the text is taken for markup."""
    (entry,) = atom(client(monkeypatch, sent(1))).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Notice 1"
    content = entry.findtext(f"{ATOM}content") or ""
    assert "and <more>" in content
    assert "As of Tue, Nov 24 11:00 am." in content
    assert "Valid until Wed, Nov 25 12:00 pm." in content


def test_a_correction_changes_the_entry_and_keeps_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed reader shows the new text in the old place, changed at the moment of the correction."""
    first = sent(1)
    before = items(client(monkeypatch, first))
    fixed = sent(2, corrects=1, as_of=micros(NOON), texts={"en": "Notice 1, put right"})
    (after,) = items(client(monkeypatch, first, fixed))
    assert after["id"] == before[0]["id"]
    assert after["title"] == "Notice 1, put right"
    assert after["date_published"] == before[0]["date_published"]
    assert after["date_modified"] > before[0]["date_modified"]
    (alone,) = items(client(monkeypatch, fixed))
    assert alone["id"] == after["id"], "also when the first one was stopped"


def test_a_missing_language_is_said_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes a Japanese text for a Chinese one: the entry names its language."""
    (item,) = items(client(monkeypatch, sent(1)), "zh-Hans")
    assert item["language"] == "ja"
    assert item["content_text"].startswith("此通知只有其他语言版本：日本語。")
    (easy,) = items(client(monkeypatch, sent(1, texts={"ja-simple": "やさしく"})), "ja-simple")
    assert easy["language"] == "ja"


def test_a_notice_for_other_languages_is_not_in_the_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who it was not meant for does not read it here either."""
    only = sent(1, audience={"languages": ["en"], "areas": None, "unknown": False})
    assert len(items(client(monkeypatch, only), "en")) == 1
    assert items(client(monkeypatch, only), "ja") == []


def test_a_reader_who_has_it_gets_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feed readers may keep it for a minute and then ask whether anything changed."""
    page = client(monkeypatch, sent(1))
    first = page.get("/feeds/en.atom")
    assert "max-age=60" in first.headers["Cache-Control"]
    again = page.get("/feeds/en.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    changed = client(monkeypatch, replace(sent(1), texts={"en": "other"}))
    assert changed.get("/feeds/en.atom").headers["ETag"] != first.headers["ETag"]


def test_there_is_no_feed_of_a_language_we_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    """And none at all, rather than an empty one, while the database has never answered."""
    assert client(monkeypatch).get("/feeds/fr.atom").status_code == 404
    assert client(monkeypatch, broken=True).get("/feeds/en.json").status_code == 503
    assert items(client(monkeypatch)) == []
    assert len(atom(client(monkeypatch))) > 0
