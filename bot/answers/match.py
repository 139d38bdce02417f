"""Names that are nearly what was typed: letter pairs pick a few, an edit-distance ratio orders them."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.answers.index import Index, grams
from bot.answers.normalise import is_han
from bot.answers.vocabulary import Entry

CANDIDATES = 40
"""How many spellings are compared letter by letter."""

LONGEST_QUERY = 40
"""Longer text is no name with a slip in it."""

SAME_SOUND = 0.9
"""How alike two spellings are that differ in a voicing mark, a small kana or っ alone."""

_UNVOICED = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉゃゅょ",
    "かきくけこさしすせそたちつてとはひふへほはひふへほあいうえおやゆよ",
    "っ",
)


@dataclass(frozen=True, slots=True)
class Near:
    """A meaning whose spelling is close to the query: `slips` edits apart, `likeness` 0-1."""

    entry: Entry
    slips: int
    likeness: float
    spelling: str


def nearest(query: str, index: Index) -> list[Near]:
    """Return the meanings whose spelling is near enough to be a slip, best first, each meaning once."""
    if not 3 <= len(query) <= LONGEST_QUERY:
        return []
    shared: Counter[int] = Counter()
    pairs = grams(query)
    for pair in pairs:
        shared.update(index.grams.get(pair, ()))
    enough = (len(pairs) + 2) // 3
    likely = heapq.nsmallest(
        CANDIDATES, ((-count, number) for number, count in shared.items() if count >= enough)
    )
    best: dict[tuple[str, str], Near] = {}
    for _, number in likely:
        spelling, entry = index.spellings[number], index.spelled[number]
        if len(query) <= 3 and len(spelling) != len(query):
            continue
        slips = OSA.distance(query, spelling)
        likeness = 1 - slips / max(len(query), len(spelling))
        if slips == 1 and _sound(query) == _sound(spelling):
            likeness = max(likeness, SAME_SOUND)
        near = Near(entry, slips, likeness, spelling)
        known = best.get((entry.means, entry.id))
        if near.likeness >= _least(query) and (known is None or known.likeness < near.likeness):
            best[entry.means, entry.id] = near
    return sorted(best.values(), key=lambda near: (-near.likeness, near.entry.id))


def _sound(kana: str) -> str:
    return kana.translate(_UNVOICED)


def _least(query: str) -> float:
    """One slip in three Chinese characters still leaves a name; in short kana or Latin words, anything."""
    if query.isascii():
        return 0.7 if len(query) > 5 else 0.8
    return 0.66 if is_han(query[0]) else 0.7
