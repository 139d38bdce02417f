"""Whether a remark talks of something else than throwing away, by the words around the things it names.

"How do I clean my frying pan?" names a thing as plainly as "frying pan, the handle is off". Which words tell
them apart was learned by `tools/odds.py`: a logistic regression over single words or characters, and over two
and three in a row.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.answers.found import Named
from bot.answers.vocabulary import Means

FILE = Path(__file__).with_name("talk.csv")
"""The learned cues, `cue,weight`: positive ones speak for talk about something else."""

ALWAYS = ""
"""The cue that every remark has."""

_START, _THING, _ASKED, _END = "^", "◆", "?", "$"
"""What stands in a row of words for its start, for a thing that is named, for a question, for its end."""

_LONGEST = 3
_MOST = 6.0


def cues(remark: Named) -> frozenset[str]:
    """Return what a remark says besides the things it names, by which it is weighed."""
    row = list(_row(remark))
    runs = (row[at : at + size] for size in range(1, _LONGEST + 1) for at in range(len(row) - size + 1))
    return frozenset({ALWAYS, *map(" ".join, runs)})


def _row(remark: Named) -> Iterator[str]:
    yield _START
    for one in remark.stretches:
        if Means.ITEM in one.means:
            yield _THING
        else:
            yield from remark.said(one)
    if _ASKED in remark.raw:
        yield _ASKED
    yield _END


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
