"""What a remark is about in concepts (card, lose, abroad), and the guides that are about just these."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.normalise import Units, units
from bot.knowledge.model import Knowledge

ASPECT = 0.45
"""Weight of a concept that only says what one wants to know (how much, when), not what it is about."""


About = tuple[str, frozenset[str], float]
"""A guide, concepts that it is about when all of them are said, and how much these weigh together."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """Words -> concepts, how much each concept tells, and what guides are about.

    `guides`: the most telling concept of each set that a guide is about -> the guide, the set, its weight.
    """

    words: Mapping[Units, frozenset[str]]
    longest: int
    weights: Mapping[str, float]
    guides: Mapping[str, tuple[About, ...]]


def gather(knowledge: Knowledge) -> Concepts:
    """Return the concepts of a Knowledge; those that few guides are about weigh more."""
    words: dict[Units, set[str]] = defaultdict(set)
    for concept in knowledge.concepts.values():
        for form in (form for forms in concept.said.values() for form in forms):
            words[units(form)].add(concept.id)
    guides = [
        (guide.id, frozenset(about.split("+")))
        for guide in knowledge.guides.values()
        for about in guide.about
    ]
    used = Counter(concept for _, concept in {(name, one) for name, about in guides for one in about})
    weights = {
        concept.id: math.log(1 + len(knowledge.guides) / (1 + used[concept.id]))
        * (ASPECT if concept.aspect else 1)
        for concept in knowledge.concepts.values()
    }
    return Concepts(
        words={key: frozenset(found) for key, found in words.items() if key},
        longest=max(map(len, words), default=0),
        weights=weights,
        guides=_by_concept(guides, weights),
    )


def _by_concept(
    guides: Sequence[tuple[str, frozenset[str]]], weights: Mapping[str, float]
) -> dict[str, tuple[About, ...]]:
    found: dict[str, list[About]] = defaultdict(list)
    for name, about in guides:
        most = max(sorted(about), key=lambda concept: weights[concept])
        found[most].append((name, about, math.fsum(weights[concept] for concept in about)))
    return {concept: tuple(about) for concept, about in found.items()}


def spotted(text: Units, concepts: Concepts, names: Sequence[tuple[int, int]] = ()) -> frozenset[str]:
    """Return the concepts whose words stand in a text.

    A word inside a longer known one does not count, nor inside a thing's name (`names`: start and stop of
    each): a Suica card is not "a card".
    """
    found: set[str] = set()
    reached = 0
    for start in range(len(text)):
        for size in range(min(concepts.longest, len(text) - start), 0, -1):
            meant = concepts.words.get(text[start : start + size])
            if meant and start + size > reached and not _inside(start, start + size, names):
                found |= meant
                reached = start + size
                break
    return frozenset(found)


def _inside(start: int, stop: int, names: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start and stop <= last and stop - start < last - first for first, last in names)


def asked_about(
    text: Units, concepts: Concepts, names: Sequence[tuple[int, int]] = ()
) -> list[tuple[str, float]]:
    """Return the guides about concepts that were all said, with 0-1: how much of what was said they cover."""
    said = spotted(text, concepts, names)
    total = math.fsum(concepts.weights[concept] for concept in said)
    best: dict[str, float] = {}
    for concept in said:
        for name, about, covered in concepts.guides.get(concept, ()):
            if about <= said:
                best[name] = max(best.get(name, 0.0), math.sqrt(covered / total))
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
