"""Whole questions that are nearly what people usually ask: shared words count, rare ones more."""

from __future__ import annotations

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from bot.answers.normalise import Units, is_han, is_word

Features = frozenset[str]


@dataclass(frozen=True, slots=True)
class Recall:
    """Known questions by number: the id each belongs to, and how much all its features weigh together."""

    ids: tuple[str, ...]
    heavy: array[float]
    weights: Mapping[str, float]
    postings: Mapping[str, array[int]]


def features(text: Units) -> Features:
    """Return what a question is compared by: each Latin word, and each pair of neighbouring characters."""
    pairs = {first + second for first, second in pairwise(text)}
    return frozenset(
        {unit for unit in text if is_word(unit)} | {pair for pair in pairs if not pair.isascii()}
    )


def remember(phrases: Iterable[tuple[str, Units]]) -> Recall:
    """Return the memory of known questions, given as (id, units)."""
    ids: list[str] = []
    postings: dict[str, array[int]] = defaultdict(partial(array, "I"))
    for name, text in phrases:
        found = features(text)
        for feature in found:
            postings[feature].append(len(ids))
        ids += [name] if found else []
    weights = {feature: math.log(1 + len(ids) / len(numbers)) for feature, numbers in postings.items()}
    heavy = array("d", [0.0]) * len(ids)
    for feature, numbers in sorted(postings.items()):
        for number in numbers:
            heavy[number] += weights[feature]
    return Recall(tuple(ids), heavy, weights, dict(postings))


def fine(text: Units) -> Features:
    """Return what a text is compared by with all that is said of a thing: single Han characters too."""
    return features(text) | {unit for unit in text if is_han(unit)}


def collected(phrases: Iterable[tuple[str, Units]]) -> Recall:
    """Return the memory of all that is said of each id, given as (id, units): its features, once each."""
    said: dict[str, set[str]] = defaultdict(set)
    for name, text in phrases:
        said[name] |= fine(text)
    ids = tuple(sorted(said))
    postings: dict[str, array[int]] = defaultdict(partial(array, "I"))
    for number, name in enumerate(ids):
        for feature in said[name]:
            postings[feature].append(number)
    weights = {feature: math.log(1 + len(ids) / len(numbers)) for feature, numbers in postings.items()}
    heavy = array("d", (math.fsum(weights[feature] for feature in sorted(said[name])) for name in ids))
    return Recall(ids, heavy, weights, dict(postings))


_UNKNOWN = 4.0
"""What a feature weighs that nothing is known to have."""

_COMMON_TO_THINGS = 300
"""A feature that is said of more things than this tells nothing."""

COMMON = 1500
"""A feature of more phrases than this tells nothing and would cost most of the time."""


def covering(runs: Sequence[Units], recall: Recall, most: int) -> list[tuple[str, float]]:
    """Return at most `most` ids of which most of a text is said, best first, each with its share (0-1)."""
    asked = sorted(set().union(*map(fine, runs)))
    total = math.fsum(recall.weights.get(feature, _UNKNOWN) for feature in asked)
    shared: dict[int, float] = defaultdict(float)
    for feature in asked:
        numbers = recall.postings.get(feature, ())
        weight = recall.weights.get(feature, 0.0)
        for number in numbers if len(numbers) <= _COMMON_TO_THINGS else ():
            shared[number] += weight
    best = heapq.nsmallest(most, ((-score, number) for number, score in shared.items()))
    return [(recall.ids[number], -score / total) for score, number in best]


def alike(runs: Sequence[Units], recall: Recall, least: float) -> list[tuple[str, float]]:
    """Return the ids whose phrases share at least `least` (0-1) with the runs of a text, best first."""
    asked = sorted(set().union(*map(features, runs)))
    total = math.fsum(recall.weights.get(feature, 2.0) for feature in asked)
    shared: dict[int, float] = defaultdict(float)
    for feature in asked:
        weight = recall.weights.get(feature, 0.0)
        numbers = recall.postings.get(feature, ())
        for number in numbers if len(numbers) <= COMMON else ():
            shared[number] += weight
    best: dict[str, float] = {}
    for number, common in shared.items():
        score = (common / recall.heavy[number]) * (0.4 + 0.6 * common / total)
        if score >= least and score > best.get(recall.ids[number], 0.0):
            best[recall.ids[number]] = score
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
