"""What speaks for each thing that a remark may be about, in numbers that can be weighed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.answers.endings import ending
from bot.answers.found import SURE, Found, Named
from bot.answers.index import Index
from bot.answers.latent import near as near_to
from bot.answers.normalise import SEPARATOR
from bot.answers.recall import covering
from bot.answers.relevance import relevant
from bot.answers.spot import Stretch, weight
from bot.answers.talk import elsewhere
from bot.answers.vocabulary import ORDINARY, Means

MOST = 14
"""So many things are weighed: the one that is meant is hardly ever further behind."""

_COVERING = 10
_BY_TEXT = ("covers", "wide", "told", "latent")
_SHARPNESS = 20.0
"""How much likelier a thing is the nearer a text is to it: this times as near, e to its power."""

_WHOLE = 0.95
_MUCH = 10
"""Unexplained text of this weight is as bad as any more of it."""

_LONG = 8
_TALK = frozenset({Means.FILLER, Means.DISCARD, Means.INTENT, Means.DAY, Means.JOINER})
_STATE = frozenset({Means.MODIFIER, Means.CASE, Means.SWOLLEN})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A remark in numbers: what it is like, and what speaks for each thing (id of an item), by its name.

    `content` weighs what is no talk, everyday words too.
    """

    remark: Mapping[str, float]
    things: Mapping[str, Mapping[str, float]]
    content: float = 0.0


def gathered(
    remark: Named, found: list[Found], near: Iterable[Found], resembling: Iterable[Found], index: Index
) -> Evidence:
    """Return the evidence of a remark in which some things were found, by name, by slip or by likeness."""
    content = sum(weight(remark.said(one)) for one in _content(remark))
    everything = [remark.said(one) for one in _content(remark, ordinary=True)]
    scores = {
        "told": dict(relevant(everything, index.relevance, _COVERING)) if everything else {},
        "found": _best(found),
        "near": _best(near),
        "alike": _best(resembling),
        "covers": (covered := dict(_covered(remark, index, ordinary=False))),
        "wide": dict(_covered(remark, index, ordinary=True)) if _has_ordinary(remark) else covered,
    }
    names = dict.fromkeys(name for one in scores.values() for name in one)
    scores["latent"] = near_to(everything, index.latent, names)
    total = {name: sum(known.get(name, 0.0) for known in scores.values()) for name in names}
    likely = sorted(names, key=lambda name: (-total[name], name))[:MOST]
    by_score, by_name = _by_score(scores), _by_name(remark, found, content, index)
    things = {name: {**by_score(name), **by_name(name)} for name in likely}
    return Evidence(_of_remark(remark, content), things, sum(map(weight, everything)))


def _by_score(scores: Mapping[str, Mapping[str, float]]) -> Callable[[str], dict[str, float]]:
    """Return what all scores say of one thing: how high, how far ahead of every other, how certain."""
    highest = {kind: sorted((*known.values(), 0.0, 0.0), reverse=True)[:2] for kind, known in scores.items()}
    powers = {name: math.exp(_SHARPNESS * nearness) for name, nearness in scores["latent"].items()}
    whole = math.fsum(powers.values())

    def of(name: str) -> dict[str, float]:
        one = {kind: known.get(name, 0.0) for kind, known in scores.items()}
        return {
            **one,
            **{f"{kind}_lead": _lead(one[kind], *highest[kind]) for kind in ("alike", *_BY_TEXT)},
            **{f"{kind}_best": float(one[kind] == highest[kind][0] > 0) for kind in _BY_TEXT},
            "latent_share": powers[name] / whole if name in powers else 0.0,
            "is_found": float(one["found"] > 0),
            "sure": float(one["found"] >= SURE),
            "whole": float(one["found"] >= _WHOLE),
        }

    return of


def _by_name(
    remark: Named, found: list[Found], content: float, index: Index
) -> Callable[[str], dict[str, float]]:
    """Return what a remark says of one thing by its name, its kind and what stands at the end of a noun."""
    named, heads = _named(remark), list(_heads(remark))
    shared = {
        entry.id: 1 / len({one.id for one in thing.entries}) for thing in found for entry in thing.entries
    }

    def of(name: str) -> dict[str, float]:
        ends, size = index.endings.get(name, frozenset()), named.get(name, 0.0)
        return {
            "shared": shared.get(name, 0.0),
            "named": float(name in named),
            "size": min(size, _LONG) / _LONG,
            "explains": size / max(content, 1.0),
            "tail": float(not ends.isdisjoint(heads)),
            "tail_last": float(bool(heads) and heads[-1] in ends),
            "broad": float(name in index.broad),
            "danger": float(name in index.dangerous),
        }

    return of


def _of_remark(remark: Named, content: float) -> dict[str, float]:
    names = sum(Means.ITEM in one.means for one in remark.stretches)
    return {
        "one": 1.0,
        "rest": min(remark.rest, _MUCH) / _MUCH,
        "rest_share": remark.rest / max(content, 1.0),
        "discard": float(remark.discard),
        "several": float(names > 1),
        "unnamed": float(names == 0),
        "chatter": float(remark.chatter),
        "elsewhere": elsewhere(remark),
        "ordinary": float(_has_ordinary(remark)),
        "state": float(any(one.means & _STATE for one in remark.stretches)),
    }


def _best(found: Iterable[Found]) -> dict[str, float]:
    best: dict[str, float] = {}
    for one in found:
        for entry in one.entries:
            if entry.means is Means.ITEM:
                best[entry.id] = max(best.get(entry.id, 0.0), one.score)
    return best


def _named(remark: Named) -> dict[str, float]:
    """Return the things of which a name stands in a remark, with the weight of the longest."""
    sizes: dict[str, float] = {}
    for one in remark.stretches:
        for entry in one.entries:
            if entry.means is Means.ITEM:
                sizes[entry.id] = max(sizes.get(entry.id, 0.0), weight(remark.said(one)))
    return sizes


def _content(remark: Named, ordinary: bool = False) -> Iterator[Stretch]:
    """Yield what is no talk; with everyday verbs and nouns if they are to count."""
    for one in remark.stretches:
        if not one.entries or one.about or not one.means <= _TALK or (ordinary and _is_ordinary(one)):
            yield one


def _covered(remark: Named, index: Index, ordinary: bool) -> list[tuple[str, float]]:
    runs = [remark.said(one) for one in _content(remark, ordinary)]
    return covering(runs, index.documents, _COVERING)


def _is_ordinary(one: Stretch) -> bool:
    return any(entry.id == ORDINARY for entry in one.entries)


def _has_ordinary(remark: Named) -> bool:
    return any(map(_is_ordinary, remark.stretches))


def _lead(score: float, highest: float, second: float) -> float:
    """Return by how much a thing is ahead of every other, or behind the best (negative)."""
    return score - (second if score == highest else highest)


def _heads(remark: Named) -> Iterator[str]:
    """Yield what may be the end of a noun: each Latin word, and what stands before talk or a break."""
    stretches = remark.stretches
    for at, one in enumerate(stretches):
        said = remark.said(one)
        if said == (SEPARATOR,) or (one.entries and one.means <= _TALK):
            continue
        if remark.raw.isascii():
            yield from said
            continue
        after = stretches[at + 1] if at + 1 < len(stretches) else None
        talk = after is not None and after.entries and after.means <= _TALK
        if after is None or talk or after.start in remark.gaps:
            yield ending(said)
