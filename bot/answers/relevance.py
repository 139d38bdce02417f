"""How well a text fits all that people say of a thing: its names and descriptions, ranked by BM25.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.normalise import Units
from bot.answers.packed import Buffer, Postings, numbers, postings
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
    """Of each feature of how many things it is said (`spread`), of which, and what it adds to each.

    `shares` stand beside the numbers of `postings`; a feature that tells nothing has none.
    """

    ids: tuple[str, ...]
    spread: Buffer
    postings: Postings
    shares: Buffer


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
    every = sorted(found.items())
    telling = {feature: things if len(things) <= _COMMON else [] for feature, things in every}
    return Relevance(
        ids,
        numbers("H", [len(things) for _, things in every]),
        postings({feature: [number for number, _ in things] for feature, things in telling.items()}, "H"),
        numbers("f", [share for things in telling.values() for _, share in things]),
    )


def relevant(runs: Sequence[Units], relevance: Relevance, most: int) -> list[tuple[str, float]]:
    """Return at most `most` ids that a text fits best, best first, each with how well (0-1)."""
    asked = sorted(set().union(*map(fine, runs)))
    scores: dict[int, float] = defaultdict(float)
    for feature in asked:
        for number, weight in weighed(relevance, feature):
            scores[number] += weight
    whole = math.fsum(_rarity(relevance, feature) for feature in asked)
    best = heapq.nsmallest(most, ((-score, number) for number, score in scores.items()))
    return [(relevance.ids[number], -score / whole) for score, number in best]


def weighed(relevance: Relevance, feature: str) -> Iterator[tuple[int, float]]:
    """Yield each thing (by number) that a feature is said of, with what it adds to how well a text fits."""
    known = relevance.postings.number(feature)
    if known is None:
        return
    rarity, span = _rarity(relevance, feature), relevance.postings.span(known)
    things, shares = relevance.postings.numbers[span].tolist(), relevance.shares[span].tolist()
    yield from ((number, rarity * share) for number, share in zip(things, shares, strict=True))


def _rarity(relevance: Relevance, feature: str) -> float:
    known = relevance.postings.number(feature)
    return _UNKNOWN if known is None else math.log(1 + len(relevance.ids) / (relevance.spread[known] + 0.5))
