"""Whole questions that are nearly what people usually ask: shared words count, rare ones more."""

from __future__ import annotations

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from bot.answers.normalise import Units, is_han, is_word
from bot.answers.packed import Buffer, Chosen, Postings, chosen, numbers
from bot.answers.packed import postings as packed

Features = frozenset[str]


@dataclass(frozen=True, slots=True)
class Recall:
    """Known questions by number: the id each belongs to, and how much all its features weigh together."""

    ids: Chosen[str]
    heavy: Buffer
    postings: Postings

    def weight(self, spread: int) -> float:
        """Return what a feature weighs that so many questions have."""
        return math.log(1 + len(self.ids) / spread)


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
    heavy = array("d", [0.0]) * len(ids)
    memory = Recall(chosen(ids), memoryview(heavy), packed(postings))
    for held in memory.postings:
        weight = memory.weight(len(held))
        for number in held:
            heavy[number] += weight
    return memory


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
    weights = {feature: math.log(1 + len(ids) / len(held)) for feature, held in postings.items()}
    heavy = numbers("d", (math.fsum(weights[feature] for feature in said[name]) for name in ids))
    return Recall(chosen(ids), heavy, packed(postings))


_UNKNOWN = 4.0
"""What a feature weighs that nothing is known to have."""

_COMMON_TO_THINGS = 300
"""A feature that is said of more things than this tells nothing."""

COMMON = 1500
"""A feature of more phrases than this tells nothing and would cost most of the time."""


def covering(runs: Sequence[Units], recall: Recall, most: int) -> list[tuple[str, float]]:
    """Return at most `most` ids of which most of a text is said, best first, each with its share (0-1)."""
    asked = sorted(set().union(*map(fine, runs)))
    shared, total = _shared(asked, recall, _UNKNOWN, _COMMON_TO_THINGS)
    best = heapq.nsmallest(most, ((-score, number) for number, score in shared.items()))
    return [(recall.ids[number], -score / total) for score, number in best]


def _shared(
    asked: Iterable[str], recall: Recall, unknown: float, common: int
) -> tuple[dict[int, float], float]:
    """Return what each question has in common with features, and what all of these weigh."""
    shared: dict[int, float] = defaultdict(float)
    weights = []
    for feature in asked:
        held = recall.postings.of(feature)
        weights.append(recall.weight(len(held)) if held else unknown)
        for number in held.tolist() if len(held) <= common else ():
            shared[number] += weights[-1]
    return shared, math.fsum(weights)


def alike(runs: Sequence[Units], recall: Recall, least: float) -> list[tuple[str, float]]:
    """Return the ids whose phrases share at least `least` (0-1) with the runs of a text, best first."""
    asked = sorted(set().union(*map(features, runs)))
    shared, total = _shared(asked, recall, 2.0, COMMON)
    heavy, owners, ids = recall.heavy, recall.ids.numbers, recall.ids.values
    best: dict[int, float] = {}
    for number, common in shared.items():
        score = (common / heavy[number]) * (0.4 + 0.6 * common / total)
        if score >= least and score > best.get(owner := owners[number], 0.0):
            best[owner] = score
    found = ((ids[owner], score) for owner, score in best.items())
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
