"""Names that are nearly what was typed: letter pairs pick a few, an edit-distance ratio orders them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.answers.index import Index
from bot.answers.normalise import is_han
from bot.answers.packed import Buffer
from bot.answers.spellings import Spellings, grams
from bot.answers.vocabulary import Entry

CANDIDATES = 40
"""How many spellings are compared letter by letter."""

_SHORT = 4
"""Of so few Chinese characters one slip leaves hardly a pair."""

_FEW = 5
"""So many pairs of a query are always looked up: one slip spoils at most three."""

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
    """A meaning whose spelling is close to the query: `slips` edits apart, `likeness` 0-1.

    `natural` tells a slip as fingers and ears make it: a letter dropped, doubled or swapped with the next,
    or one that sounds the same.
    """

    entry: Entry
    slips: int
    likeness: float
    spelling: str
    natural: bool


def nearest(query: str, index: Index) -> list[Near]:
    """Return the meanings whose spelling is near enough to be a slip, best first, each meaning once."""
    short = len(query) <= _SHORT and any(map(is_han, query))
    if not (2 if short else 3) <= len(query) <= LONGEST_QUERY:
        return []
    spellings, sizes = index.spellings, index.spellings.sizes
    pairs = _telling(query, spellings)
    shared: Counter[int] = Counter()
    for held in pairs:
        shared.update(held.tolist())
    enough = 1 if short else (len(pairs) + 2) // 3
    common = [(number, count) for number, count in shared.items() if count >= enough]
    likely = heapq.nsmallest(
        CANDIDATES * (_SHORT if short else 1),
        [
            (-count / (len(pairs) + sizes[number]), number)
            for number, count in common
            if not short or abs(sizes[number] - len(query)) <= 1
        ],
    )
    best: dict[tuple[str, str], Near] = {}
    for _, number in likely:
        spelling, entry = spellings.written[number], spellings.entries[number]
        if len(query) <= 3 and len(spelling) != len(query) + short * (len(spelling) > len(query)):
            continue
        slips = OSA.distance(query, spelling)
        likeness = 1 - slips / max(len(query), len(spelling))
        if slips == 1 and _sound(query) == _sound(spelling):
            likeness = max(likeness, SAME_SOUND)
        natural = slips == 1 and (_is_natural(query, spelling) or _alike(query, spelling, index.sounds))
        near = Near(entry, slips, likeness, spelling, natural)
        known = best.get((entry.means, entry.id))
        if near.likeness >= _least(query) and (known is None or known.likeness < near.likeness):
            best[entry.means, entry.id] = near
    return sorted(best.values(), key=by_likeness)


def _telling(query: str, spellings: Spellings) -> list[Buffer]:
    """Return what has the rarest pairs of a query: looking up the commonest would take most of the time."""
    found = sorted((len(held := spellings.grams.of(pair)), pair, held) for pair in grams(query))
    return [held for _, _, held in found[: max(_FEW, 2 * len(found) // 3)]]


def by_likeness(near: Near) -> tuple[float, bool, str]:
    """Return by what names are ordered that are near to what was typed: the nearest first."""
    return -near.likeness, not near.natural, near.entry.id


def _is_natural(typed: str, name: str) -> bool:
    """True when one slip dropped, doubled or swapped a letter of a name."""
    if len(typed) == len(name):
        return sorted(typed) == sorted(name)
    if len(typed) < len(name):
        return True
    doubled = (at for at in range(1, len(typed)) if typed[at - 1] == typed[at])
    return any(typed[:at] + typed[at + 1 :] == name for at in doubled)


def _alike(typed: str, name: str, sounds: Mapping[str, str]) -> bool:
    """True when what was typed sounds like a name: 铅笔 and 千笔."""
    if len(typed) != len(name):
        return False
    pairs = [(one, other) for one, other in zip(typed, name, strict=True) if one != other]
    return all(one in sounds and sounds[one] == sounds.get(other) for one, other in pairs) or (
        _sound(typed) == _sound(name)
    )


def _sound(kana: str) -> str:
    return kana.translate(_UNVOICED)


def _least(query: str) -> float:
    """One slip in three Chinese characters still leaves a name; in short kana or Latin words, anything."""
    if query.isascii():
        return 0.7 if len(query) > 5 else 0.8
    return 0.66 if any(map(is_han, query)) else 0.7
