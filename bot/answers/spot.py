"""A text is cut into the known words that explain it most cheaply; what no word explains stays over."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.index import Index
from bot.answers.normalise import Units, is_han, is_kana, is_word
from bot.answers.vocabulary import TARGETS, Entry, Means

_COST = {
    Means.ITEM: 1.0, Means.CATEGORY: 1.0, Means.SERVICE: 1.0, Means.PATH: 1.0, Means.GUIDE: 1.0,
    Means.INTENT: 0.95, Means.DAY: 0.95,
    Means.GUARD: 0.9, Means.DISCARD: 0.7, Means.SWOLLEN: 0.7, Means.MODIFIER: 0.75, Means.CASE: 0.75,
    Means.JOINER: 0.65, Means.CONTAINING: 0.65, Means.CONTAINED: 0.6,
    Means.FILLER: 0.6,
}  # fmt: skip
_WEAK_PARTICLES = frozenset({("に",), ("か",), ("と",), ("も",), ("や",), ("な",), ("ね",), ("で",)})
_UNEXPLAINED = 1.5
"""Cost of one unit that no word covers: dearer than a word, so longer words win over shorter ones."""


Step = tuple[float, int, tuple[Entry, ...]]
"""The cheapest way to some place: its cost, where its last word starts, what that word means."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of units with everything it may mean; no entries: nothing known explains it."""

    start: int
    stop: int
    entries: tuple[Entry, ...] = ()

    @property
    def means(self) -> frozenset[Means]:
        """The kinds of meaning this stretch has."""
        return frozenset(entry.means for entry in self.entries)

    @property
    def about(self) -> tuple[Entry, ...]:
        """The meanings an answer can be about."""
        return tuple(entry for entry in self.entries if entry.means in TARGETS)


def cut(text: Units, index: Index) -> list[Stretch]:
    """Return the cheapest cut of a text into stretches, unexplained neighbours joined."""
    words: list[list[tuple[int, tuple[Entry, ...]]]] = [[] for _ in range(len(text) + 1)]
    for start, stop, entries in index.keys.runs(text):
        words[stop].append((start, entries))
    best: list[Step] = [(0.0, 0, ())]
    for stop in range(1, len(text) + 1):
        choice: Step = (best[stop - 1][0] + _UNEXPLAINED, stop - 1, ())
        for start, entries in words[stop]:
            cost = best[start][0] + min(_COST[entry.means] for entry in entries)
            if cost <= choice[0]:
                choice = (cost, start, entries)
        best.append(choice)
    return _joined(_bounded(_walk(best), text, index))


def _walk(best: list[Step]) -> list[Stretch]:
    stretches, stop = [], len(best) - 1
    while stop > 0:
        _, start, entries = best[stop]
        stretches.append(Stretch(start, stop, entries))
        stop = start
    return stretches[::-1]


def _bounded(stretches: list[Stretch], text: Units, index: Index) -> list[Stretch]:
    """Drop short words found inside a longer unknown one: かん in じかん, 本 in 本件.

    A danger at the end of one stays: whatever リチウムでんち is, it is a battery.
    """
    kept = []
    for at, one in enumerate(stretches):
        after = at + 2 if _is_weak(stretches[at + 1 : at + 2], text) else at + 1
        before = at - 2 if at > 1 and _is_weak(stretches[at - 1 : at], text) else at - 1
        neighbours = [*stretches[max(0, before) : before + 1], *stretches[after : after + 1]]
        touching = [other for other in neighbours if not other.entries]
        if all(other.stop <= one.start for other in touching) and _is_danger(one, text, index):
            touching = []
        if one.about and touching and _too_short(text[one.start : one.stop], text, touching, one):
            kept.append(Stretch(one.start, one.stop))
        else:
            kept.append(one)
    return kept


def _is_danger(one: Stretch, text: Units, index: Index) -> bool:
    behind_han = one.start > 0 and is_han(text[one.start - 1])
    if one.stop - one.start == 1 or (behind_han and is_kana(text[one.start])):
        return False
    return any(entry.id in index.dangerous for entry in one.about)


def _is_weak(following: list[Stretch], text: Units) -> bool:
    """A lone kana that is as often the middle of a word as a particle: に in ペンニードル."""
    return any(text[one.start : one.stop] in _WEAK_PARTICLES for one in following)


def _too_short(word: Units, text: Units, touching: list[Stretch], one: Stretch) -> bool:
    if all(is_kana(unit) for unit in word):
        if len(word) <= 4 and any(
            other.stop == one.start and is_han(text[other.stop - 1]) for other in touching
        ):
            return True  # okurigana: けたい in 受けたい
        edges = [text[other.stop - 1] if other.stop <= one.start else text[other.start] for other in touching]
        return len(word) <= 3 and any(is_kana(edge) for edge in edges)
    return len(word) == 1 and is_han(word[0]) and any(is_han(text[other.start]) for other in touching)


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for one in stretches:
        if joined and not one.entries and not joined[-1].entries:
            joined[-1] = Stretch(joined[-1].start, one.stop)
        else:
            joined.append(one)
    return joined


def weight(units: Units) -> float:
    """Return how much unexplained text weighs: a Latin word as much as two characters, a number nothing."""
    return sum(0.0 if unit.isdigit() else 2.0 if is_word(unit) else 1.0 for unit in units)
