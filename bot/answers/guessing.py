"""What a question may have meant that was not answered: for staff, who decide; readers are never told."""

from __future__ import annotations

import re
import unicodedata

from bot.answers.index import Index, spell
from bot.answers.normalise import units
from bot.answers.recall import alike
from bot.answers.resolve import answer_id
from bot.answers.spot import Stretch, cut
from bot.answers.understand import understand
from bot.answers.vocabulary import Entry, Means

MOST = 4
"""How many guesses are made."""

_FAINT = 0.12
"""From here a thing's name has enough in common with a question to be shown."""

_AROUND = frozenset({Means.FILLER, Means.JOINER, Means.DISCARD, Means.INTENT, Means.DAY})
"""Words around what a question is about."""

_RUNS = (re.compile("[ァ-ヶー]{2}"), re.compile("[A-Za-z]{2}"))
"""Two neighbouring letters of one word."""


def meanings(index: Index, form: str) -> tuple[Entry, ...]:
    """Return everything that a word as a whole stands for, however it is written."""
    return index.keys.get(units(form))


def guesses(index: Index, question: str) -> list[tuple[str, float]]:
    """Return at most `MOST` answer ids with how likely each is (0-1), the likeliest first."""
    reading = understand(question, index)
    scores: dict[str, float] = {}
    for one in (*reading.found, *reading.near, *reading.resembling, *reading.guides):
        for entry in (*one.entries, *one.others):
            name = answer_id(entry)
            scores[name] = max(scores.get(name, 0.0), one.score)
    text = units(question)
    runs = [text[one.start : one.stop] for one in _core(question, index)]
    for name, score in alike(runs, index.things, _FAINT) if runs else ():
        scores.setdefault(f"garbage:{name}", round(0.6 * score, 3))
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return ranked[:MOST]


def core(index: Index, question: str) -> str:
    """Return what a question is about, folded: the same for every way of asking about the same words."""
    text = units(question)
    return " ".join(spell(text[one.start : one.stop]) for one in _core(question, index)) or spell(text)


def about(index: Index, question: str) -> str:
    """Return the shortest part of a question, as it was written, that holds what it is about."""
    stretches = _core(question, index)
    written = " ".join(unicodedata.normalize("NFKC", question).split())
    if not stretches:
        return written
    wanted = units(question)[stretches[0].start : stretches[-1].stop]
    for size in range(1, len(written)):
        for start in range(len(written) - size + 1):
            part = written[start : start + size]
            if part == part.strip() and units(part) == wanted:
                return _whole(written, start, start + size)
    return written


def _whole(text: str, start: int, stop: int) -> str:
    """Return a part of a text, up to where its words in katakana or Latin letters end."""
    while start > 0 and _runs_on(text[start - 1], text[start]):
        start -= 1
    while stop < len(text) and _runs_on(text[stop - 1], text[stop]):
        stop += 1
    return text[start:stop]


def _runs_on(one: str, other: str) -> bool:
    return any(pattern.fullmatch(one + other) for pattern in _RUNS)


def _core(question: str, index: Index) -> list[Stretch]:
    """Return the stretches of a question that are not only words around what it is about."""
    text = units(question)
    return [one for one in cut(text, index) if one.about or not one.means or not one.means <= _AROUND]
