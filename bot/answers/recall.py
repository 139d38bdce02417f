"""Whole questions that are nearly what people usually ask: shared words count, rare ones more."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.answers.normalise import Units, is_word

Features = frozenset[str]


@dataclass(frozen=True, slots=True)
class Recall:
    """Known questions by number: the id each belongs to, and how much all its features weigh together."""

    ids: tuple[str, ...]
    heavy: tuple[float, ...]
    weights: Mapping[str, float]
    postings: Mapping[str, tuple[int, ...]]


def features(text: Units) -> Features:
    """Return what a question is compared by: each Latin word, and each pair of neighbouring characters."""
    pairs = {first + second for first, second in pairwise(text)}
    return frozenset(
        {unit for unit in text if is_word(unit)} | {pair for pair in pairs if not pair.isascii()}
    )


def remember(phrases: Iterable[tuple[str, Units]]) -> Recall:
    """Return the memory of known questions, given as (id, units)."""
    known = [(name, features(text)) for name, text in phrases]
    known = [(name, found) for name, found in known if found]
    counts = Counter(feature for _, found in known for feature in found)
    postings: dict[str, list[int]] = defaultdict(list)
    for number, (_, found) in enumerate(known):
        for feature in found:
            postings[feature].append(number)
    weights = {feature: math.log(1 + len(known) / count) for feature, count in counts.items()}
    return Recall(
        ids=tuple(name for name, _ in known),
        heavy=tuple(math.fsum(weights[feature] for feature in found) for _, found in known),
        weights=weights,
        postings={feature: tuple(numbers) for feature, numbers in postings.items()},
    )


def alike(text: Units, recall: Recall, least: float) -> list[tuple[str, float]]:
    """Return the ids whose usual questions share at least `least` (0-1) with a text, best first."""
    asked = sorted(features(text))
    total = math.fsum(recall.weights.get(feature, 2.0) for feature in asked)
    shared: dict[int, float] = defaultdict(float)
    for feature in asked:
        weight = recall.weights.get(feature, 0.0)
        for number in recall.postings.get(feature, ()):
            shared[number] += weight
    best: dict[str, float] = {}
    for number, common in shared.items():
        score = (common / recall.heavy[number]) * (0.4 + 0.6 * common / total)
        if score >= least and score > best.get(recall.ids[number], 0.0):
            best[recall.ids[number]] = score
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
