"""How likely each thing is meant, from what speaks for it: a conditional logit (docs/adr/0016-odds.md)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from bot.answers.evidence import Evidence
from bot.answers.weights import NONE, THINGS

CONTEXT = ("one", "rest", "rest_share", "discard", "several")
"""What a remark is like decides how much each piece of evidence counts: a column of the weights each."""

NEITHER = ""
"""The id of "none of these things"."""


def odds(evidence: Evidence) -> dict[str, float]:
    """Return the probability (0-1) of each thing by its id, and of NEITHER; likeliest things first."""
    scores = dict(_scores(evidence))
    highest = max(scores.values())
    powers = {name: math.exp(score - highest) for name, score in scores.items()}
    total = math.fsum(powers.values())
    ranked = sorted(powers, key=lambda name: (-powers[name], name))
    return {name: powers[name] / total for name in ranked}


def _scores(evidence: Evidence) -> Iterator[tuple[str, float]]:
    context = [evidence.remark[one] for one in CONTEXT]
    columns = {
        kind: math.fsum(weight * share for weight, share in zip(row, context, strict=True))
        for kind, row in THINGS.items()
    }
    yield NEITHER, math.fsum(weight * evidence.remark[one] for one, weight in NONE.items())
    for name, kinds in evidence.things.items():
        yield name, _sum(columns, kinds)


def _sum(weights: Mapping[str, float], kinds: Mapping[str, float]) -> float:
    return math.fsum(weights[kind] * amount for kind, amount in kinds.items())
