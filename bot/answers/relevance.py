"""How well a text fits all that people say of a thing: its names and descriptions, ranked by BM25.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.normalise import Units
from bot.answers.recall import fine

_SATURATION = 1.5
"""k1: how much more a word counts that is said again and again."""

_LENGTH = 0.3
"""b: how much less a word counts of which much else is said."""

_COMMON = 500
"""A feature that is said of more things than this tells nothing."""

_UNKNOWN = 4.0
"""What a feature weighs that is said of nothing."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """Of each feature how rare it is, of which things (by number) it is said, and what it adds to each."""

    ids: tuple[str, ...]
    rarity: Mapping[str, float]
    postings: Mapping[str, array[int]]
    shares: Mapping[str, array[float]]


def measured(phrases: Iterable[tuple[str, Units]]) -> Relevance:
    """Return what phrases, given as (id, units), tell of how relevant each id is."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for name, text in phrases:
        said[name].update(fine(text))
    ids = tuple(sorted(said))
    usual = sum(counts.total() for counts in said.values()) / max(len(ids), 1)
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, name in enumerate(ids):
        length = 1 - _LENGTH + _LENGTH * said[name].total() / usual
        for feature, times in sorted(said[name].items()):
            found[feature].append((number, times / (times + _SATURATION * length)))
    rarity = {feature: math.log(1 + len(ids) / (len(things) + 0.5)) for feature, things in found.items()}
    telling = {feature: things for feature, things in found.items() if len(things) <= _COMMON}
    return Relevance(
        ids,
        rarity,
        {feature: array("H", [number for number, _ in things]) for feature, things in telling.items()},
        {feature: array("f", [share for _, share in things]) for feature, things in telling.items()},
    )


def relevant(runs: Sequence[Units], relevance: Relevance, most: int) -> list[tuple[str, float]]:
    """Return at most `most` ids that a text fits best, best first, each with how well (0-1)."""
    asked = sorted(set().union(*map(fine, runs)))
    whole = math.fsum(relevance.rarity.get(feature, _UNKNOWN) for feature in asked)
    scores: dict[int, float] = defaultdict(float)
    for feature in asked:
        rarity = relevance.rarity.get(feature, 0.0)
        things = zip(relevance.postings.get(feature, ()), relevance.shares.get(feature, ()), strict=True)
        for number, share in things:
            scores[number] += rarity * share
    best = heapq.nsmallest(most, ((-score, number) for number, score in scores.items()))
    return [(relevance.ids[number], -score / whole) for score, number in best]
