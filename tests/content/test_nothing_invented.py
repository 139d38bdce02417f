"""No telephone number, fee or address stands in the content that no fact row holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answers.dated import when
from bot.answers.model import Answer, Question
from bot.answers.verdict import Thing, decide
from bot.knowledge.files import content_files
from bot.language.tags import TAGS
from bot.messages.text import flatten
from tests.real import CONTENT, NOON, engine, knowledge

KNOWN = {
    tuple(line.split(" ", 1))
    for line in (Path(__file__).parent / "known_numbers.txt").read_text().splitlines()
}
"""Every telephone number and amount of money in the facts (committed, so that it can be checked anywhere)."""

NUMBERS = {value for kind, value in KNOWN if kind == "number"}
"""Every number that stands anywhere in the facts, without leading zeros."""

PHONE = re.compile(r"(?<![\d:-])0\d{1,4}-\d{2,6}(?:-\d{2,4})?(?![\d-])")
YEN = re.compile(r"(\d[\d,]*) ?(?:円|（えん）|yen|日元|日圓|日币|日幣)")


def _found(text: str) -> Iterator[tuple[str, str]]:
    plain = unicodedata.normalize("NFKC", text)
    yield from (("phone", phone) for phone in PHONE.findall(plain))
    yield from (("yen", amount.replace(",", "")) for amount in YEN.findall(plain.replace("円(えん)", "円")))


@pytest.mark.parametrize(
    "path", [path for path in content_files(CONTENT) if path.suffix == ".yaml"], ids=lambda path: path.name
)
def test_every_number_stands_in_a_fact(path: Path) -> None:
    """A telephone number or a fee that readers see was read somewhere, not made up."""
    unknown = set(_found(path.read_text(encoding="utf-8"))) - KNOWN - {("phone", "119")}
    assert unknown == set()


def test_the_check_sees_numbers() -> None:
    """A made-up number in any writing would be found."""
    text = "０８８-９９９-９９９９ 1,234円 1,234円（えん） 1,234 yen 1234日元"
    assert list(_found(text)) == [("phone", "088-999-9999"), *[("yen", "1234")] * 4]


def _shown() -> Iterator[tuple[str, str, Answer]]:
    """Yield every kind of answer in every language: all pages, and one thing for each way of putting out."""
    known, today = knowledge(), NOON.date()
    things: dict[object, str] = {}
    for item in known.items.values():
        if not item.variants and not item.asks:
            things.setdefault(decide(known, Thing(item.id), today).advice, item.id)
    ids = [f"garbage:{item}" for item in things.values()]
    ids += [f"category:{name}" for name in known.categories] + [f"service:{name}" for name in known.services]
    ids += [f"guide:{name}" for name in known.guides] + [f"path:{name}" for name in known.paths]
    ids += [f"safety:{one.id}" for one in known.safety] + [
        "unknown:garbage",
        "unknown:procedures",
        "schedule:all",
    ]
    for tag in TAGS:
        for answer_id in ids:
            yield tag, answer_id, engine().lookup(Question("", tag, NOON), answer_id)


def test_every_number_that_a_reader_sees_stands_in_a_fact() -> None:
    """Fees, dates, ages, sizes, days and telephone numbers of all rendered answers were read somewhere."""
    unknown = set()
    for tag, answer_id, answer in _shown():
        for card in answer.cards:
            lines = [
                card.title,
                card.lead,
                card.source,
                *(line for one in card.sections for line in one.lines),
            ]
            plain = unicodedata.normalize("NFKC", " ".join(lines))
            for digits in re.findall(r"\d+(?:,\d{3})*(?!\d)", plain):
                number = digits.replace(",", "").lstrip("0") or "0"
                if number not in NUMBERS:
                    unknown.add((number, tag, answer_id))
    assert unknown == set()


def _days_of(area: str) -> Iterator[tuple[str, str, Answer]]:
    """Yield what is said of an area's days in every language: ahead, a month, each category, a thing."""
    regular = [one.id for one in knowledge().categories.values() if one.kind == "regular"]
    ids = ["schedule:all", "schedule:@2026-12-20/2027-01-10", "schedule:@2027-05-01", "garbage:frying-pan"]
    for tag in TAGS:
        for answer_id in [
            *ids,
            *(f"schedule:{one}" for one in regular),
            *(f"category:{one}" for one in regular),
        ]:
            yield tag, answer_id, engine().lookup(Question("", tag, NOON, area=area), answer_id)


def _known_days(area: str, tag: str) -> list[str]:
    """Return how every day is written on which the calendar has anything to tell, the longest first."""
    reader = engine().reader(Question("", tag, NOON, area=area))
    calendar, speech = knowledge().calendar, reader.speech
    days = {one.day for one in calendar.collections(area, date.min, date.max)}
    days |= {day for one in calendar.changes for day in (one.first, one.last)}
    ends = {calendar.until(area, category) for category in calendar.categories(area)} - {None}
    asked = {NOON.date(), date(2026, 12, 20), date(2027, 1, 10)}
    forms = {form for day in days | asked for form in (when(reader, day), speech.date(day))}
    forms |= {speech.full_date(day) for day in ends if day}
    return sorted(forms, key=len, reverse=True)


@pytest.mark.parametrize("area", ["A", "C", "D"])
def test_every_date_that_a_reader_sees_stands_in_the_calendar(area: str) -> None:
    """Without the days that the calendar has, an answer about days holds no number that no fact knows."""
    days = {tag: _known_days(area, tag) for tag in TAGS}
    unknown = set()
    for tag, answer_id, answer in _days_of(area):
        text = flatten(answer, engine().reader(Question("", tag, NOON)).speech)
        for day in days[tag]:
            text = text.replace(day, "")
        plain = unicodedata.normalize("NFKC", re.sub(r"(?:https?:|tel:)\S+", "", text))
        for digits in re.findall(r"\d+", plain):
            if (digits.lstrip("0") or "0") not in NUMBERS:
                unknown.add((digits, tag, answer_id))
    assert unknown == set()


def test_every_link_that_a_reader_sees_stands_in_the_content() -> None:
    """A button leads to a page of the content, to a map of a confirmed address, or to a known telephone."""
    content = "".join(path.read_text(encoding="utf-8") for path in content_files(CONTENT))
    maps = knowledge().city.map_url.partition("{")[0]
    phones = {value for kind, value in KNOWN if kind == "phone"} | {"119"}
    seen: dict[str, tuple[str, str]] = {}
    for tag, answer_id, answer in _shown():
        for uri in (button.uri for card in answer.cards for button in card.buttons if button.uri):
            seen.setdefault(uri, (tag, answer_id))
    assert seen
    strange = {}
    for uri, place in seen.items():
        known_page = uri in content or uri.replace("https://", "http://", 1) in content
        if not (known_page or uri.startswith(maps) or uri.removeprefix("tel:") in phones):
            strange[uri] = place
    assert strange == {}
