"""Whether a remark talks of something else than throwing away, by the words around the things it names.

"How do I clean my frying pan?" names a thing as plainly as "frying pan, the handle is off". Which words tell
them apart was learned by `tools/odds.py`: a logistic regression over single words and pairs of characters.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.answers.found import Named
from bot.answers.recall import fine
from bot.answers.vocabulary import Means

FILE = Path(__file__).with_name("talk.csv")
"""The learned cues, `cue,weight`: positive ones speak for talk about something else."""

ALWAYS = ""
"""The cue that every remark has."""

_ASKED = "?"
_MOST = 4.0


def cues(remark: Named) -> frozenset[str]:
    """Return what a remark says besides the things it names, by which it is weighed."""
    return frozenset(_cues(remark))


def _cues(remark: Named) -> Iterator[str]:
    yield ALWAYS
    if "?" in remark.raw:
        yield _ASKED
    for one in remark.stretches:
        if Means.ITEM not in one.means:
            yield from remark.said(one)
            yield from fine(remark.said(one))


def elsewhere(remark: Named) -> float:
    """Return how much the words of a remark speak for talk about something else, from -1 to 1."""
    known = table()
    total = math.fsum(known.get(cue, 0.0) for cue in cues(remark))
    return max(-_MOST, min(_MOST, total)) / _MOST


@cache
def table() -> Mapping[str, float]:
    """Return the weight of each cue."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {cue: float(weight) for cue, weight in csv.reader(lines)}
