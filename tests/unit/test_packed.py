"""Packed tables tell what was put into them, and nothing else."""

from __future__ import annotations

import pytest

from bot.answers.keys import gathered
from bot.answers.normalise import units
from bot.answers.packed import chosen, postings, table, texts
from bot.answers.vocabulary import Entry, Means
from bot.knowledge.rows import Rows
from bot.knowledge.schema import Name

WORDS = [f"word {number} 電池" for number in range(5_000)]
NAMES = [
    Name(item=f"thing-{number}", language="ja", form=f"もの{number}", kind="alias") for number in range(1_300)
]


def test_each_text_has_its_number() -> None:
    """Thousands of texts, of which many share a place at first; what was never put in has none."""
    packed = table(word.encode() for word in WORDS)
    assert [packed.number(word.encode()) for word in WORDS] == list(range(len(WORDS)))
    assert {packed.number(word[:-1].encode()) for word in WORDS} == {None}
    assert table([]).number(b"anything") is None


def test_texts_come_back() -> None:
    """By number, in any script, and empty ones too."""
    written = ["電池", "", "pan", "🍳"]
    packed = texts(word.encode() for word in written)
    assert list(packed) == written
    assert packed[1:3] == written[1:3]
    with pytest.raises(IndexError):
        packed[4]


def test_a_row_of_few_values_comes_back() -> None:
    """Each value is kept once."""
    packed = chosen(["b", "a", "b", "b"])
    assert list(packed) == ["b", "a", "b", "b"]
    assert packed.values == ("b", "a")


def test_postings_of_a_feature() -> None:
    """A feature has its own numbers, be they none; an unknown one has none either."""
    packed = postings({"x": [3, 1], "none": [], "y": [2]})
    assert packed.of("x").tolist() == [3, 1]
    assert packed.of("y").tolist() == [2]
    assert not packed.of("none")
    assert not packed.of("unknown")


def test_runs_of_a_text_that_are_keys() -> None:
    """Every key in a text is found where it stands; units joined are another key."""
    battery, car = (Entry(Means.ITEM, name, "en") for name in ("battery", "car"))
    keys = gathered({units("car battery"): (battery,), units("car"): (car,), units("battery"): (battery,)})
    found = [(start, stop, meant[0].id) for start, stop, meant in keys.runs(units("my car battery"))]
    assert found == [(1, 2, "car"), (1, 3, "battery"), (2, 3, "battery")]
    assert units("car") in keys
    assert not keys.get(("carbatteri",))
    assert not keys.get(())


def test_rows_come_back_as_records() -> None:
    """All of them, one, a few, and each with its line, over several packs."""
    rows = Rows(Name, zip(NAMES, range(2, len(NAMES) + 2), strict=True))
    assert rows == NAMES
    assert (rows[0], rows[700], rows[-1]) == (NAMES[0], NAMES[700], NAMES[-1])
    assert rows[510:515] == NAMES[510:515]
    assert list(rows.lined())[1_000] == (NAMES[1_000], 1_002)
    assert rows != NAMES[:-1]
    with pytest.raises(IndexError):
        rows[len(NAMES)]
