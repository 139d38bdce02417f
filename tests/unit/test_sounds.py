"""Chinese characters that sound alike are the commonest slip of a Chinese keyboard."""

from __future__ import annotations

import pytest

from bot.answers.normalise import fold_han
from bot.answers.sounds import sounds

KNOWN = sounds()


@pytest.mark.parametrize("pair", ["铅千", "瓶平", "具俱", "厕册", "斤京"])
def test_characters_of_one_sound_are_told_alike(pair: str) -> None:
    """Whatever their tone, and where many people hear no difference (zh, z; ng, n)."""
    one, other = map(fold_han, pair)
    assert KNOWN[one] == KNOWN[other]


@pytest.mark.parametrize("pair", ["节衣", "锅盖", "火水"])
def test_other_characters_sound_otherwise(pair: str) -> None:
    """Characters of different sounds stay apart."""
    one, other = map(fold_han, pair)
    assert KNOWN[one] != KNOWN[other]


def test_a_character_has_one_sound_in_every_writing() -> None:
    """Traditional, simplified and Japanese forms are one character."""
    assert KNOWN[fold_han("電")] == KNOWN[fold_han("电")]
