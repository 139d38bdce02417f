"""Colours that everybody can read, computed where they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Badge, Card, Tone
from bot.messages import looks
from bot.messages.flex import bubble
from tests.unit.cards import CARDS, ENGLISH, PAN, VOTES, Json, any_card

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def pairs(component: Json, background: str) -> Iterator[tuple[str, str]]:
    """Yield (ink, background) of all that is written in a component."""
    background = component.get("backgroundColor", background)
    if component["type"] == "text":
        yield component["color"], background
    if component["type"] == "button":
        primary = component["style"] == "primary"
        yield ("#ffffff", component["color"]) if primary else (component["color"], background)
    for inner in component.get("contents", []):
        yield from pairs(inner, background)


def assert_readable(drawn: Json) -> None:
    blocks = [drawn[name] for name in ("header", "body", "footer") if name in drawn]
    written = [pair for block in blocks for pair in pairs(block, "#ffffff")]
    assert written
    assert [pair for pair in written if looks.contrast(*pair) < looks.AA] == []


def test_contrast_is_wcags() -> None:
    """Black on white is 21, a colour on itself 1."""
    assert looks.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert looks.contrast("#77ae1f", "#77ae1f") == pytest.approx(1)
    assert looks.contrast("#733b96", "#ffffff") == pytest.approx(7.51, abs=0.01)


@given(colours)
def test_the_ink_of_any_band_reads(colour: str) -> None:
    """White where it reads, else black; never less than 4.5:1."""
    assert looks.contrast(looks.ink_on(colour), colour) >= looks.AA


@given(colours)
def test_any_colour_becomes_an_ink_on_white(colour: str) -> None:
    """A pale category colour is darkened for its section titles."""
    assert looks.contrast(looks.ink_from(colour), "#ffffff") >= looks.AA


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title)
def test_all_that_a_card_says_can_be_read(card: Card) -> None:
    """Every text and button of the usual cards has 4.5:1 against what it stands on."""
    drawn = bubble(card, ENGLISH, VOTES)
    assert drawn
    assert_readable(drawn)


@given(any_card)
def test_any_card_can_be_read(card: Card) -> None:
    """No category colour, valid or not, makes a card unreadable."""
    drawn = bubble(replace(card, source="A source"), ENGLISH, VOTES)
    assert drawn
    assert_readable(drawn)


def test_bands_tell_danger_and_doubt_apart() -> None:
    """Red is danger whatever the category, grey is doubt, the category's colour all else."""
    badge = Badge("🔥", "Burnable", "燃", "#ea3b13")
    drawn = {tone: bubble(Card("T", "L", tone=tone, badge=badge), ENGLISH) for tone in Tone}
    bands = {tone: one["header"]["backgroundColor"] for tone, one in drawn.items() if one}
    assert bands == {Tone.PLAIN: "#ea3b13", Tone.DANGER: looks.RED, Tone.UNSURE: looks.SLATE}


def test_a_colour_that_is_none_becomes_grey() -> None:
    """LINE refuses a whole message for one wrong colour."""
    assert PAN.badge
    drawn = bubble(Card("T", "L", badge=Badge("🔥", "Burnable", "燃", "red")), ENGLISH)
    assert drawn
    assert drawn["header"]["backgroundColor"] == looks.SLATE
