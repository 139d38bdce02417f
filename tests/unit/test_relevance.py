"""Which thing a text fits: rare words of it count most, and words said again and again a little more."""

from __future__ import annotations

import pytest

from bot.answers.normalise import units
from bot.answers.relevance import measured, relevant

PHRASES = [
    ("baby-bath-chair", "seat for washing a baby in the bathroom"),
    ("baby-bath-chair", "chair that holds a baby in the tub"),
    ("car-seat", "seat for a baby in the car"),
    ("shower-chair", "chair to sit on in the bathroom"),
    ("garden-net", "はたけで とりが こない ように かける あみ"),
    ("landing-net", "つった さかなを すくう あみ"),
]
SAID = measured((name, units(text)) for name, text in PHRASES)


def best(text: str) -> list[str]:
    """Return the things that a text fits, best first."""
    return [name for name, _ in relevant([units(text)], SAID, 3)]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("washing my baby in bathroom", "baby-bath-chair"),
        ("baby car thing", "car-seat"),
        ("bathroom chair", "shower-chair"),
        ("とりよけの あみ はたけ", "garden-net"),
        ("さかなの あみ", "landing-net"),
    ],
)
def test_the_thing_most_of_a_text_is_said_of_comes_first(text: str, thing: str) -> None:
    """Words in any order and form, of several phrases together."""
    assert best(text)[0] == thing


def test_a_fit_is_a_share() -> None:
    """Between nothing and all of a text; what nobody says of anything makes it smaller."""
    whole = dict(relevant([units("baby car seat")], SAID, 3))["car-seat"]
    less = dict(relevant([units("baby car seat zeppelin")], SAID, 3))["car-seat"]
    assert 0 < less < whole < 1


def test_nothing_fits_unknown_words() -> None:
    """A text of which nothing is said fits no thing; nor does an empty one."""
    assert best("zeppelin") == []
    assert relevant([()], SAID, 3) == []


def test_so_many_are_told_as_are_asked_for() -> None:
    """The best ones only."""
    assert len(relevant([units("baby chair seat")], SAID, 2)) == 2
