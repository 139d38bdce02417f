"""LINE's limits for any answer at all, and what becomes of an answer that does not fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import regex
from hypothesis import given

from bot.answers.model import Answer, Card, Section
from bot.messages.render import to_messages
from bot.messages.text import flatten
from emulator.rules.check import refusal
from tests.unit.cards import ENGLISH, PAN, SPRAY, VOTES, Json, answer, any_answer, components, shown_texts


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def graphemes(text: str) -> int:
    return len(regex.findall(r"\X", text))


def problems(messages: tuple[Json, ...]) -> Iterator[str]:
    """Yield what LINE would refuse, by the numbers of its reference; counted apart from the renderer."""
    if len(messages) > 5:
        yield "more than five messages"
    for message in messages:
        if message["type"] == "text" and not 1 <= utf16(message["text"]) <= 5_000:
            yield "length of a text"
        if message["type"] == "flex":
            yield from _flex_problems(message)
    for component in components(messages):
        yield from _component_problems(component)


def _flex_problems(message: Json) -> Iterator[str]:
    if not 1 <= utf16(message["altText"]) <= 60:
        yield "length of an altText"
    contents = message["contents"]
    bubbles = contents["contents"] if contents["type"] == "carousel" else [contents]
    if len(bubbles) > 12 or len(json.dumps(contents)) > 50_000:
        yield "size of a carousel"
    if any(len(json.dumps(bubble)) > 30_000 for bubble in bubbles):
        yield "size of a bubble"


def _component_problems(component: Json) -> Iterator[str]:
    if component.get("type") == "text" and not component["text"].strip():
        yield "an empty text"
    if component.get("type") == "box" and not component["contents"]:
        yield "an empty box"
    if "items" in component and not 1 <= len(component["items"]) <= 6:
        yield "number of quick replies"
    if "action" in component and component.get("type") == "action":
        yield from (["length of a quick label"] if graphemes(component["action"]["label"]) > 20 else [])
    if not 1 <= graphemes(component.get("label", "a")) <= 40:
        yield "length of a label"
    if len(component.get("data", "")) > 300 or graphemes(component.get("displayText", "")) > 300:
        yield "length of a postback"
    if not regex.match(r"(https://[^\s]+|tel:[0-9+-]+)\Z", component.get("uri", "tel:119")):
        yield "an address"


@given(any_answer)
def test_any_answer_stays_inside_the_limits(given_answer: Answer) -> None:
    """Whatever an answer holds, LINE takes what is drawn."""
    messages = to_messages(given_answer, ENGLISH)
    assert list(problems(messages)) == []
    body = {"replyToken": "t", "messages": messages}
    if messages:
        sent = json.dumps(body)
        assert refusal("reply", json.loads(sent), len(sent)) is None


@given(any_answer)
def test_any_answer_can_be_told_as_text(given_answer: Answer) -> None:
    """The text of any answer can be written to a file."""
    flatten(given_answer, ENGLISH).encode()


def test_more_cards_than_a_carousel_holds_go_on_in_the_next() -> None:
    """LINE takes twelve bubbles in one carousel."""
    cards = tuple(Card(f"Card {number}", "A fact.") for number in range(13))
    first, second = to_messages(answer(*cards), ENGLISH)
    assert len(first["contents"]["contents"]) == 12
    assert "Card 12" in shown_texts(second)


def test_a_card_too_big_for_a_bubble_is_told_in_full_as_text() -> None:
    """No sentence is lost: the texts hold all of it, and addresses are written out."""
    lines = tuple(f"{number:04} this sentence matters." for number in range(400))
    big = replace(PAN, sections=(Section("steps", "All", lines),))
    messages = to_messages(answer(SPRAY, big, quick=VOTES), ENGLISH)
    assert [message["type"] for message in messages] == ["flex", "text", "text", "text"]
    told = "\n".join(message["text"] for message in messages[1:])
    assert all(line in told for line in lines)
    assert "Open the city's page: https://www.city.tokushima.tokushima.jp/kurashi/" in told
    assert "quickReply" in messages[-1]


def test_too_much_for_five_messages_keeps_every_prohibition() -> None:
    """What cannot all be said says first what must never be done."""
    huge = tuple(
        replace(
            SPRAY,
            sections=(Section("forbid", "Danger", (f"Never {n}.",)), Section("steps", "", ("x" * 40_000,))),
        )
        for n in range(8)
    )
    messages = to_messages(answer(*huge), ENGLISH)
    assert [message["type"] for message in messages] == ["text"] * 5
    assert all(f"Never {n}." in messages[0]["text"] for n in range(8))
