"""How likely each thing is meant, from what speaks for it: a conditional logit (docs/adr/0016-odds.md)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from bot.answers.evidence import Evidence
from bot.answers.weights import ELSE, NONE, THINGS

CONTEXT = ("one", "rest", "rest_share", "discard", "several")
"""What a remark is like decides how much each piece of evidence counts: a column of the weights each."""

NEITHER = ""
"""The id of "another thing than these"."""

ELSEWHERE = "?"
"""The id of "no question about throwing a thing away"."""


def odds(evidence: Evidence) -> dict[str, float]:
    """Return the probability (0-1) of each thing by its id, of NEITHER and ELSEWHERE; likeliest first."""
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
    for name, weights in ((NEITHER, NONE), (ELSEWHERE, ELSE)):
        yield name, math.fsum(weight * evidence.remark[one] for one, weight in weights.items())
    for name, kinds in evidence.things.items():
        yield name, _sum(columns, kinds)


def _sum(weights: Mapping[str, float], kinds: Mapping[str, float]) -> float:
    """A kind that was never learned weighs nothing: so can its weight be learned."""
    return math.fsum(weights.get(kind, 0.0) * amount for kind, amount in kinds.items())
