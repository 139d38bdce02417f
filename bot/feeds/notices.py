"""The city's public notices as Atom (RFC 4287) and JSON Feed 1.1. Pure: notices and reader in, bytes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from bot.answers.current import standing
from bot.answers.reader import Reader
from bot.language.tags import OWN_NAMES
from bot.messages.limits import clean, shorten
from bot.notices.sent import language_for, noticed
from bot.store.notices import Sent

MOST: Final = 50
"""Entries of a feed."""

TITLE: Final = 100
_ATOM: Final = "http://www.w3.org/2005/Atom"
_NEVER: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without any entry was updated: a feed must say it, and nothing ever changed."""

ElementTree.register_namespace("", _ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice in a feed. `language` is the one it is written in, as HTML and Atom name it."""

    id: str
    title: str
    text: str
    language: str
    published: datetime
    updated: datetime
    link: str
    topic: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed is: its own address, and that of our front page."""

    feed: str
    home: str


def entries(reader: Reader, sent: Iterable[Sent], home: str) -> list[Entry]:
    """Return the notices for readers of a language, the latest changed first.

    A notice and its corrections are one entry: the id stays, the text is the latest.
    """
    known = {one.id: one for one in sent if one.texts}
    latest: dict[int, Sent] = {}
    for one in sorted(known.values(), key=lambda one: (one.as_of, one.id)):
        latest[_first(one, known)] = one
    found = [
        _entry(reader, first, known.get(first, one), one, home)
        for first, one in latest.items()
        if _is_for(reader, one)
    ]
    return sorted(found, key=lambda one: (one.updated, one.id), reverse=True)[:MOST]


def atom(reader: Reader, found: list[Entry], place: Place) -> bytes:
    """Return an Atom feed."""
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"xml:lang": _html(reader.language)})
    add = _adder(feed)
    add("id", _urn(reader, "notices"))
    add("title", _title(reader))
    add("updated", _stamp(max((one.updated for one in found), default=_NEVER)))
    add("link", rel="self", type="application/atom+xml", href=place.feed)
    add("link", rel="alternate", type="text/html", href=place.home)
    _adder(add("author"))("name", reader.text(reader.knowledge.city.name))
    for one in found:
        entry = _adder(add("entry", **{"xml:lang": one.language}))
        entry("id", one.id)
        entry("title", one.title)
        entry("published", _stamp(one.published))
        entry("updated", _stamp(one.updated))
        entry("link", rel="alternate", href=one.link)
        if one.topic:
            entry("category", term=one.topic)
        entry("content", one.text, type="text")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(reader: Reader, found: list[Entry], place: Place) -> bytes:
    """Return a JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(reader),
        "home_page_url": place.home,
        "feed_url": place.feed,
        "language": _html(reader.language),
        "authors": [{"name": reader.text(reader.knowledge.city.name)}],
        "items": [_item(one) for one in found],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _item(one: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": one.id,
        "url": one.link,
        "title": one.title,
        "content_text": one.text,
        "date_published": _stamp(one.published),
        "date_modified": _stamp(one.updated),
        "language": one.language,
    }
    return {**item, "tags": [one.topic]} if one.topic else item


def _is_for(reader: Reader, sent: Sent) -> bool:
    languages = sent.audience.get("languages")
    return languages is None or reader.language in languages


def _first(sent: Sent, known: Mapping[int, Sent]) -> int:
    """Return the id of the notice that a chain of corrections began with, as far as it is known."""
    seen = {sent.id}
    while sent.corrects is not None and sent.corrects not in seen:
        seen.add(sent.corrects)
        if sent.corrects not in known:
            return sent.corrects
        sent = known[sent.corrects]
    return sent.id


def _entry(reader: Reader, number: int, first: Sent, now: Sent, home: str) -> Entry:
    notice, language = noticed(now), language_for(now, reader.language)
    topics = {topic.id: reader.text(topic.name) for topic in reader.knowledge.city.topics}
    words = clean(notice.texts[reader.language])
    return Entry(
        id=_urn(reader, f"notice:{number}"),
        title=shorten(clean(notice.headline(reader.language)), TITLE),
        text="\n".join((*_honest(reader, language), words, "", *standing(reader, notice))),
        language=_html(language),
        published=noticed(first).as_of,
        updated=notice.as_of,
        link=notice.links.get(reader.language, ("", home))[1],
        topic=topics.get(now.topic or "", ""),
    )


def _honest(reader: Reader, language: str) -> Iterator[str]:
    """Yield that a notice is not there in the language of the feed, where that is so."""
    if language != reader.language:
        say = reader.speech.say
        yield say("This notice exists only in another language: {language}.", language=OWN_NAMES[language])


def _urn(reader: Reader, name: str) -> str:
    """Return the name that something of this city keeps for ever, wherever it is served."""
    return uuid5(NAMESPACE_URL, f"awamado:{reader.knowledge.city.id}:{name}:{reader.language}").urn


def _title(reader: Reader) -> str:
    city = reader.text(reader.knowledge.city.name)
    return reader.speech.say("{city}: notices", city=city)


def _html(tag: str) -> str:
    """Return a language as HTML and Atom name it; easy Japanese is Japanese there."""
    return "ja" if tag == "ja-simple" else tag


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _adder(parent: ElementTree.Element) -> Any:
    def add(name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        child.text = text or None
        return child

    return add
