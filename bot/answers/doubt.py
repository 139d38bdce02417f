"""How surely a word is the thing that is meant: what the text around it that nothing explains makes of it."""

from __future__ import annotations

from bot.answers.found import (
    ASIDE,
    ASK_ABOUT_DANGER,
    COMPOUND,
    HEAD_ELSEWHERE,
    LONG,
    UNPROVEN,
    Found,
    Named,
    apart,
    is_possessive,
    risky,
)
from bot.answers.index import Index
from bot.answers.normalise import SEPARATOR, fold_han, is_han, is_kana, is_word, units
from bot.answers.spot import Stretch, weight
from bot.answers.vocabulary import Entry, Means

_OBJECT = frozenset({("を",), ("に",), ("で",), ("が",)})
_TOOLS = tuple(units(word) for word in ("もの", "やつ", "きかい", "機械", "どうぐ", "道具"))
"""What somebody says who does not know a thing's name, behind what it does."""

_TELLING = 2
_DESCRIBING = frozenset("いなたるのき的")
"""Last characters of a Japanese or Chinese word that only describes the next one."""

_VERY_LONG = 6
_CONDITION = frozenset({Means.MODIFIER, Means.CASE, Means.SWOLLEN})
_LEADING = frozenset({Means.FILLER, Means.MODIFIER, Means.CASE})
_BELONGING = frozenset({("of",), ("off",), ("from",), ("for",)})
_STATE = _CONDITION | {Means.DISCARD, Means.CATEGORY, Means.CONTAINING}
_ATTRIBUTIVE = frozenset(fold_han(char) for char in "的嘅那这嗰")
"""Between a Chinese name and an unknown word: the name describes the word."""


def weighed(remark: Named, at: int, index: Index) -> Found:
    """Return what the word at a place in a remark stands for, and how surely that is meant."""
    one = remark.stretches[at]
    entries = _clearest(one.about)
    doubt, describing = _beside(remark, at, index)
    strength = max(entry.strength for entry in entries)
    if risky(entries, index):
        score = 0.9 if min(doubt, strength) > HEAD_ELSEWHERE else ASK_ABOUT_DANGER
    else:
        score = min(strength, doubt) - _strangeness(remark, one, remark.rest - describing)
    return Found(entries, max(score, 0.0), f"spotted {''.join(remark.said(one))}", at)


def _strangeness(remark: Named, one: Stretch, rest: float) -> float:
    """Return how much unexplained text casts doubt: little when something is plainly thrown away.

    A page or category is only meant when its words are all that is said: "what time" alone, not of a museum;
    an unknown thing may be asked to belong to it. Without a word of throwing away, unexplained text makes
    one answer in four wrong: then it is better to ask.
    """
    if Means.ITEM not in one.means:
        return 0.13 * rest
    if remark.discard:
        return min(0.2, 0.01 * rest)
    if remark.chatter:
        return 0.1 * rest
    doubt = 1 - UNPROVEN if rest >= _TELLING else 0.0
    return max(doubt, min(0.5, (0.03 if weight(remark.said(one)) >= LONG else 0.07) * rest))


def _clearest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A thing before the category or page of the same name."""
    for means in (Means.ITEM, Means.CATEGORY, Means.SERVICE, Means.PATH, Means.GUIDE):
        same = tuple(entry for entry in entries if entry.means is means)
        if same:
            return same
    return entries


def _beside(remark: Named, at: int, index: Index) -> tuple[float, float]:
    """Return how far unexplained text beside a word casts doubt on it, and how much only describes it.

    What follows a noun is the real noun in all our languages (フライパンのふた, frying pan lid); what stands
    before may only describe it (赤い, 坏了的) or make it another thing (電気毛布, electric blanket). Only a
    name in which no other thing's name ends is the same thing whatever stands before it.
    """
    if _head_follows(remark, at) or _head_before(remark, at):
        return HEAD_ELSEWHERE, 0.0
    stretches = remark.stretches
    before = stretches[at - 1] if at else None
    if before and (before.entries or _stray(remark, before)):
        before = None
    if is_itself(remark, at, index):
        said = remark.said(stretches[at])
        compound = before and not apart(remark, stretches[at]) and weight(said) < LONG - 1
        about = stretches if _is_topic(remark, at) else stretches[:at]
        told = sum(weight(remark.said(one)) for one in about if not one.entries)
        return (COMPOUND if compound else 0.9 if before else 1.0), told
    if before is None:
        return 1.0, 0.0
    last = remark.text[before.stop - 1]
    if last in _DESCRIBING and not is_word(last):
        return 0.9, weight(remark.said(before)) / 2
    return COMPOUND, 0.0


def _head_before(remark: Named, at: int) -> bool:
    """True when an unknown word holds or belongs to a thing named behind it: the wheel of my pram."""
    held = False
    for one in reversed(remark.stretches[:at]):
        if not one.entries:
            return held
        held = held or remark.said(one) in _BELONGING
        if remark.said(one) == (SEPARATOR,) or not one.means & _LEADING:
            return False
    return False


def is_itself(remark: Named, at: int, index: Index) -> bool:
    """Return True for a name that no other ends in; in Japanese it is long, or its state is told."""
    said = remark.said(remark.stretches[at])
    if Means.ITEM not in remark.stretches[at].means or said in index.general or remark.chatter:
        return False
    return weight(said) >= _VERY_LONG or tells_state(remark)


def _is_topic(remark: Named, at: int) -> bool:
    """True when what follows only tells more of a thing: behind a break, or where its state is told."""
    after = remark.stretches[at + 1 : at + 2]
    parted = any(apart(remark, one) or remark.said(one) == (SEPARATOR,) for one in after)
    return parted or any(one.means & _CONDITION for one in remark.stretches)


def tells_state(remark: Named) -> bool:
    """Return True unless it is Japanese talk without any word on a thing's state, category or end."""
    japanese = any(map(is_kana, remark.text))
    return not japanese or any(one.means & _STATE for one in remark.stretches)


def is_chinese(remark: Named) -> bool:
    """Return True for Chinese characters without kana."""
    return any(map(is_han, remark.text)) and not any(map(is_kana, remark.text))


def _head_follows(remark: Named, at: int) -> bool:
    """True when the noun that is meant follows, unknown, behind the word, its の or 的, or what it holds."""
    behind = remark.stretches[at + 1 :]
    if behind and is_possessive(remark, behind[0]) and len(behind) > 1:
        behind = behind[1:]
    if not behind:
        return False
    first = behind[0]
    if remark.said(first) in ASIDE and len(behind) > 1 and not behind[1].entries:
        return True
    if Means.CONTAINING in first.means:
        return True
    if not first.entries and not _stray(remark, first) and not apart(remark, first):
        return True
    return _made_for(remark, behind) or _described_by(remark, behind)


def _made_for(remark: Named, behind: list[Stretch]) -> bool:
    """True when a word only says what something else is for or does: 包丁を入れて立てるもの."""
    if remark.said(behind[0]) not in _OBJECT:
        return False
    for one in behind:
        said = remark.said(one)
        if said == (SEPARATOR,):
            return False
        if any(said[-len(end) :] == end for end in _TOOLS):
            return True
    return False


def _described_by(remark: Named, behind: list[Stretch]) -> bool:
    """True when a word only describes an unknown one behind it, as in 奶酪片外面的那层膜."""
    attributive = False
    for one in behind:
        said = remark.said(one)
        if said == (SEPARATOR,):
            return False
        if not one.entries and attributive:
            return True
        attributive = attributive or not _ATTRIBUTIVE.isdisjoint(said)
    return False


def _stray(remark: Named, one: Stretch) -> bool:
    """A single stray kana or digit is a slip of the thumb."""
    unit = remark.text[one.start]
    return one.stop - one.start == 1 and (is_kana(unit) or unit.isdigit())
