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
    """Known questions as features: `phrases` by number, with the id each belongs to."""

    ids: tuple[str, ...]
    phrases: tuple[Features, ...]
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
    return Recall(
        ids=tuple(name for name, _ in known),
        phrases=tuple(found for _, found in known),
        weights={feature: math.log(1 + len(known) / count) for feature, count in counts.items()},
        postings={feature: tuple(numbers) for feature, numbers in postings.items()},
    )


def alike(text: Units, recall: Recall, least: float) -> list[tuple[str, float]]:
    """Return the ids whose usual questions share at least `least` (0-1) with a text, best first."""
    asked = features(text)
    total = math.fsum(recall.weights.get(feature, 2.0) for feature in asked)
    numbers = {number for feature in asked for number in recall.postings.get(feature, ())}
    best: dict[str, float] = {}
    for number in numbers:
        phrase = recall.phrases[number]
        shared = math.fsum(recall.weights[feature] for feature in phrase & asked)
        own = math.fsum(recall.weights[feature] for feature in phrase)
        score = (shared / own) * (0.4 + 0.6 * shared / total)
        name = recall.ids[number]
        best[name] = max(best.get(name, 0.0), score)
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(name, score) for name, score in ranked if score >= least]
