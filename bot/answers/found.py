"""A remark cut up, and the things found in it: what the steps of understanding hand to each other."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.index import Index
from bot.answers.normalise import Units, is_word
from bot.answers.spot import Stretch
from bot.answers.vocabulary import Entry, Means

SURE = 0.75
"""From here a thing is answered directly (docs/adr/0006-zones.md)."""

LIKELY = 0.45
"""From here a thing is offered as a choice."""

SURE_GUIDE = 0.58
"""From here a guide about just what was said is told directly: its score is a likeness, seldom near 1."""

UNPROVEN = 0.7
COMPOUND = 0.66
ASK_ABOUT_DANGER = 0.72
HEAD_ELSEWHERE = 0.6

ASIDE = frozenset((particle,) for particle in "にでへ") | {("か", "ら"), ("ま", "で"), ("よ", "り")}
"""Particles after a noun that is not what is asked about: 缶詰に, 炊飯器で, ゲーム機から."""

LONG = 4
"""A name of this weight (kana, Han; a Latin word weighs 2) is hardly said by chance."""

GUIDING = frozenset({Means.PATH, Means.GUIDE})
"""Meanings on procedures, which are told step by step."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a remark may be about: its possible meanings, a score of 0-1, and why.

    `listed` things stand in a row with others (A, B and C), so each is asked about. `cases` were said of it
    (wooden, dirty), `into` are categories it was asked to belong to ("can I put X in Y?"), `others` things
    that were named beside it and may be meant instead. `by_concepts`: a guide about just what was said.
    """

    entries: tuple[Entry, ...]
    score: float
    why: str
    position: int = 0
    listed: bool = False
    cases: frozenset[str] = frozenset()
    into: tuple[str, ...] = ()
    others: tuple[Entry, ...] = ()
    by_concepts: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A remark cut into stretches: `raw` as typed, `rest` the weight of what nothing explains.

    `typed` are the units of its `text` before English endings were cut off.
    `gaps` are the units that begin after a blank or a mark, `breaks` also those in another script.
    `chatter`: words of other subjects are in it.
    """

    raw: str
    text: Units
    typed: Units
    gaps: frozenset[int]
    breaks: frozenset[int]
    stretches: list[Stretch]
    rest: float
    discard: bool
    chatter: bool

    def said(self, one: Stretch) -> Units:
        """Return the units of a stretch."""
        return self.text[one.start : one.stop]


def is_guide(one: Stretch) -> bool:
    """Return True for words that only stand for a guide; whoever throws something away means none."""
    return bool(one.about) and {entry.means for entry in one.about} <= GUIDING


def risky(entries: tuple[Entry, ...], index: Index) -> bool:
    """Return True when one of the meanings is a dangerous thing."""
    return any(entry.id in index.dangerous for entry in entries)


def apart(remark: Named, one: Stretch) -> bool:
    """Return True when a stretch begins behind a blank or mark, where no language with words runs on."""
    return one.start in remark.gaps and not is_word(remark.text[one.start])


def is_possessive(remark: Named, one: Stretch) -> bool:
    """Return True for the の or 的 between two nouns."""
    return remark.said(one) in {("の",), ("的",)}
