"""What the words of a remark leave open, the names that it resembles as a whole may decide."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.doubt import is_chinese, tells_state
from bot.answers.found import COMPOUND, SURE, UNPROVEN, Found, Named, risky
from bot.answers.index import Index
from bot.answers.vocabulary import Means

_ALIKE = 0.7
"""How much of its name a remark must hold for a thing to be meant that no word of it names."""

_MORE_ALIKE = 0.8
"""The same, for a thing that a word names but unexplained text casts doubt on."""

_AHEAD = 0.35
"""By how much it must resemble its name more than the name of any other thing."""


def agreed(remark: Named, found: list[Found], resembling: tuple[Found, ...], index: Index) -> list[Found]:
    """Return the things found, or the one whose name the whole remark resembles far more than any other.

    One of several things that a word may mean, or one that no word alone names, is sure then: the other
    words are part of its name. Dangers and lists are left as they are.
    """
    likely = [one for one in resembling if one.entries[0].id not in index.broad]
    if len(found) == 1 and found[0].score >= SURE:
        return [_compared(remark, found[0], likely, index)]
    if len(found) != 1 or not likely or any(risky(one.entries, index) for one in (*found, likely[0])):
        return found
    best, meant = likely[0], likely[0].entries[0].id
    in_question = {entry.id for one in found for entry in one.entries}
    others = (one.score for one in likely[1:] if one.entries[0].id not in in_question)
    if best.score < _ALIKE or best.score - max(others, default=0.0) < _AHEAD:
        return found
    if in_question == {meant}:
        doubtful = found[0].score < COMPOUND or best.score < _MORE_ALIKE
        return (
            found
            if doubtful or not tells_state(remark)
            else [replace(found[0], score=max(SURE, found[0].score))]
        )
    if meant in in_question or not _spotted(remark, meant):
        return [Found(best.entries, SURE, f"{best.why} alone", found[0].position)]
    return found


def _compared(remark: Named, thing: Found, likely: list[Found], index: Index) -> Found:
    """Return a sure thing, in doubt where several are named and the remark resembles another one more.

    In Chinese 的 and the order of words tell the head well enough.
    """
    if not has_others(remark) or risky(thing.entries, index) or is_chinese(remark):
        return thing
    ids = {entry.id for entry in thing.entries}
    own = max((one.score for one in likely if one.entries[0].id in ids), default=0.0)
    rival = max((one for one in likely if one.entries[0].id not in ids), key=_score, default=None)
    if rival is None or own >= rival.score:
        return thing
    return replace(thing, score=min(thing.score, UNPROVEN), others=(*thing.others, *rival.entries))


def has_others(remark: Named) -> bool:
    """Return True when words for more than one thing stand in a remark."""
    return sum(Means.ITEM in one.means for one in remark.stretches) > 1


def _score(one: Found) -> float:
    return one.score


def _spotted(remark: Named, thing: str) -> bool:
    return any(entry.id == thing for one in remark.stretches for entry in one.entries)
