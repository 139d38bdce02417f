"""Small numbers say something about single people, so they are not shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

K = TypeVar("K")
LEAST: Final = 20
"""The smallest number of people that is shown."""


def hidden_below(counts: Mapping[K, int]) -> dict[K, int | None]:
    """Return the counts of one table with None for those from 1 to 19.

    Where that is a single one, the next smallest is hidden too: a total would tell it otherwise.
    """
    shown: dict[K, int | None] = {key: n if n == 0 or n >= LEAST else None for key, n in counts.items()}
    if list(shown.values()).count(None) == 1:
        others = {key: n for key, n in shown.items() if n}
        if others:
            shown[min(others, key=lambda key: others[key] or 0)] = None
    return shown
