"""Talk about something else is told by the words around the things it names."""

from __future__ import annotations

import pytest

from bot.answers.understand import understand
from tests.real import engine


def elsewhere(text: str) -> float:
    """Return how much a remark sounds like talk about something else (-1 to 1)."""
    found = understand(text, engine().index).evidence
    assert found is not None
    return found.remark["elsewhere"]


@pytest.mark.parametrize(
    ("talk", "garbage"),
    [
        ("How do I clean the burnt bottom of my frying pan?", "frying pan with a burnt bottom and no handle"),
        ("フライパンの上手な使い方を教えてほしい", "取っ手の取れた古いフライパンが出てきた"),
        ("平底锅多少钱一个，哪里买", "平底锅的把手掉了，不要了"),
        ("電視壞了哪裡可以修理", "電視壞了很久一直放在房間"),
    ],
)
def test_the_same_thing_sounds_otherwise_in_talk(talk: str, garbage: str) -> None:
    """How it is used, repaired or bought speaks for talk; what became of it does not."""
    assert elsewhere(talk) > elsewhere(garbage)
