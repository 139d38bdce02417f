"""The figures of `make bench` say what they seem to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.content import trim
from bench.numbers import quantile
from bench.table import Row, table
from bot.knowledge.loader import load
from tests.real import CONTENT, knowledge


@pytest.mark.parametrize(
    ("limits", "reached"),
    [
        ({}, None),
        ({"at_most": 3.0}, True),
        ({"at_most": 2.9}, False),
        ({"ratio_at_least": 0.5}, True),
        ({"ratio_at_least": 0.6}, False),
        ({"ratio_at_most": 0.5}, True),
        ({"ratio_at_most": 0.4}, False),
    ],
)
def test_a_target_is_reached_or_not(limits: dict[str, float], reached: bool | None) -> None:
    """A limit holds for our own value or for the ratio, and counts as reached when it is just met."""
    assert Row("answer", "ms", ours=3.0, baseline=6.0, **limits).reached is reached


def test_a_missed_target_is_seen_in_the_table() -> None:
    """The table shows both sides, their ratio, the target and that it was missed."""
    line = table([Row("answer", "ms", ours=3.0, baseline=6.0, at_most=2.0)]).splitlines()[-1]
    assert line.split() == ["answer", "ms", "3.00", "6.00", "0.50", "×", "≤", "2", "ms", "NO"]


def test_a_quantile_is_one_of_the_values() -> None:
    """The 99th percentile of 1 to 200 is 199; nothing measured is no figure."""
    assert quantile(range(1, 201), 0.99) == 199
    with pytest.raises(ValueError, match="nothing"):
        quantile([], 0.5)


def test_trimmed_content_is_valid_and_as_large_as_promised(tmp_path: Path) -> None:
    """The loader takes the trimmed content, and the real content is left as it is."""
    before = {path: path.stat().st_mtime_ns for path in CONTENT.rglob("*")}
    target = tmp_path / "trimmed"
    trimmed = load(trim(knowledge(), CONTENT, target, things=300, forms=4_000, also=["umbrella"]))
    assert (len(trimmed.items), len(trimmed.names)) == (300, 4_000)
    assert {name.form for name in trimmed.names} >= {
        one.form for one in knowledge().names if one.item == "umbrella"
    }
    assert {path: path.stat().st_mtime_ns for path in CONTENT.rglob("*")} == before
