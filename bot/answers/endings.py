"""What a name ends in: in all our languages a noun's end tells what kind of thing it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.answers.normalise import Units, is_kana


def ending(said: Units) -> str:
    """Return the last word, Han character or two kana of a run of units."""
    return "".join(said[-2:]) if is_kana(said[-1]) else said[-1]


def endings(names: Iterable[tuple[str, Units]]) -> dict[str, frozenset[str]]:
    """Return what the names of each thing end in; names are given as (id, units)."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, said in names:
        found[name].add(ending(said))
    return {name: frozenset(ends) for name, ends in found.items()}
