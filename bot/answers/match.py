"""Names that are nearly what was typed: letter pairs pick a few, an edit-distance ratio orders them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.answers.index import Entry, Index, grams

CANDIDATES = 40
"""How many spellings are compared letter by letter."""

LONGEST_QUERY = 40
"""Longer text is no name with a slip in it."""


@dataclass(frozen=True, slots=True)
class Near:
    """A meaning whose spelling is close to the query; `ratio` is 0-1."""

    entry: Entry
    ratio: float
    spelling: str


def nearest(query: str, index: Index, least: float) -> list[Near]:
    """Return meanings spelled at least `least` like the query, best first, each meaning once."""
    if not 2 <= len(query) <= LONGEST_QUERY:
        return []
    shared: Counter[int] = Counter()
    for gram in grams(query):
        shared.update(index.grams.get(gram, ()))
    best: dict[tuple[str, str], Near] = {}
    for number, _ in shared.most_common(CANDIDATES):
        ratio = fuzz.ratio(query, index.spellings[number]) / 100
        entry = index.spelled[number]
        known = best.get((entry.means, entry.id))
        if ratio >= least and (known is None or known.ratio < ratio):
            best[entry.means, entry.id] = Near(entry, ratio, index.spellings[number])
    return sorted(best.values(), key=lambda near: (-near.ratio, near.entry.id))
