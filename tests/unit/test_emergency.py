"""What is heard as an emergency, and what only sounds like one."""

from __future__ import annotations

import pytest

from bot.answers.emergency import heard
from bot.answers.engine import Engine
from tests.real import engine, knowledge


def emergency(text: str) -> str | None:
    """Return the id of the emergency that the real content hears in a text."""
    bot: Engine = engine()
    number = heard(text, bot.index)
    return None if number is None else knowledge().safety[number].id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("包丁で手のひらをざっくり切って血が止まらん", "injured"),
        ("Grandpa drank from the bottle of drain cleaner", "swallowed"),
        ("电池发烫拿不住", "smoke-heat"),
        ("廚房瓦斯味道很重", "gas-smell"),
        ("toilet cleaner makes my eyes burn", "chemical-contact"),
        ("カーテンがもえています", "fire"),
    ],
)
def test_words_of_each_group_together_are_an_emergency(text: str, expected: str) -> None:
    """A part of the body and a cut, a poison and a mouth: no single wording has to be listed."""
    assert emergency(text) == expected


def test_a_group_that_is_denied_keeps_the_alarm_silent() -> None:
    """A battery that is hot is an emergency; one that was hot last month is waste."""
    assert emergency("my portable charger is hot") == "smoke-heat"
    assert emergency("my portable charger was hot last month") is None


@pytest.mark.parametrize(
    "text",
    [
        "足をけがしたときに使った松葉杖",
        "USB lighter, no flame, just an electric spark",
        "老人吃完的干燥剂",
        "煙感知器の電池",
        "傘の骨が折れました",
        "it is really hot today",
        "パンの耳を切ったもの",
    ],
)
def test_what_only_sounds_like_an_emergency_is_none(text: str) -> None:
    """Things from after an accident, and words that mean something else beside a thing."""
    assert emergency(text) is None


def test_what_is_harmless_hides_nothing_else() -> None:
    """Only the harmless words themselves are left out, not what is said beside them."""
    assert emergency("けがをしたときに使った松葉杖から火が出た") == "fire"


def test_the_gravest_of_several_emergencies_is_told() -> None:
    """Someone who swallowed something comes before the smoke."""
    assert emergency("子どもが電池を飲み込んだ、電池から煙も出ている") == "swallowed"
