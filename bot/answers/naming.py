"""Which of the words named in a remark is the thing that is meant, and how surely."""

from __future__ import annotations

from dataclasses import replace

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
    is_guide,
    is_possessive,
    risky,
)
from bot.answers.heads import headed
from bot.answers.index import Index
from bot.answers.normalise import is_han, is_kana, is_word
from bot.answers.spot import Stretch, weight
from bot.answers.vocabulary import Entry, Means

_SMALL = frozenset({Means.FILLER, Means.JOINER, Means.DISCARD})
_SHORT = 3
_TELLING = 2
_BEFORE_A_NAME = frozenset("のはがにとやもをでなー")
_BEHIND_A_NAME = frozenset(
    tuple(particle)
    for particle in (
        "は",
        "を",
        "の",
        "が",
        "も",
        "に",
        "で",
        "と",
        "って",
        "や",
        "です",
        "か",
        "ですか",
        "とか",
        "だけ",
        "など",
    )
)
_DESCRIBING = frozenset("いなたるのき的")
"""Last characters of a Japanese or Chinese word that only describes the next one."""


def named(remark: Named, index: Index) -> list[Found]:
    """Return the things a remark names, each with how sure that is; of a compound only its head."""
    meanings = [entry for one in remark.stretches for entry in one.entries]
    cases = frozenset(entry.id for entry in meanings if entry.means is Means.CASE)
    found = [
        _weighed(remark, at, index)
        for at, one in enumerate(remark.stretches)
        if one.about and not (remark.discard and is_guide(one)) and not _by_chance(remark, at, index)
    ]
    return [replace(one, cases=cases, into=_into(remark, one)) for one in headed(remark, found, index)]


def _into(remark: Named, thing: Found) -> tuple[str, ...]:
    """Return the categories named beside a thing; its own name may be one too (ペットボトル)."""
    beside = (one for at, one in enumerate(remark.stretches) if at != thing.position)
    named = (entry.id for one in beside for entry in one.entries if entry.means is Means.CATEGORY)
    return tuple(dict.fromkeys(named))


def _by_chance(remark: Named, at: int, index: Index) -> bool:
    """True for grammar, or a piece of a longer word, that only sounds like a thing's name."""
    one = remark.stretches[at]
    said = remark.said(one)
    if is_word(said[0]) or len(said) == len(remark.text):
        return False
    if len(said) == 1 and is_han(said[0]) and not _spoken_here(remark, one):
        return True
    if any(form in remark.raw for form in index.sounding.get(said, ())):
        return False
    return bool({entry.means for entry in one.entries} & _SMALL) or _runs_into_others(remark, at)


def _spoken_here(remark: Named, one: Stretch) -> bool:
    """True when a single character is the thing's name in the language of the remark: 叠 is no 畳."""
    japanese = any(is_kana(unit) for unit in remark.text)
    return any(entry.language.startswith("ja") is japanese for entry in one.about)


def _runs_into_others(remark: Named, at: int) -> bool:
    """True for two or three kana in the middle of others: こど in こどもの is no コード."""
    one = remark.stretches[at]
    said = remark.said(one)
    if len(said) > _SHORT or not all(is_kana(unit) for unit in said):
        return False
    before = remark.stretches[at - 1] if at else None
    after = remark.stretches[at + 1] if at + 1 < len(remark.stretches) else None
    opens = before is None or one.start in remark.breaks or _ends_word(remark, before)
    closes = after is None or one.stop in remark.breaks or _begins_word(remark, after)
    return not (opens and closes)


def _ends_word(remark: Named, one: Stretch) -> bool:
    said = remark.said(one)
    return said[-1] in _BEFORE_A_NAME if len(said) == 1 else bool(one.entries)


def _begins_word(remark: Named, one: Stretch) -> bool:
    return remark.said(one) in _BEHIND_A_NAME or bool(one.means & {Means.DISCARD, Means.JOINER})


def _weighed(remark: Named, at: int, index: Index) -> Found:
    one = remark.stretches[at]
    entries = _clearest(one.about)
    doubt, describing = _beside(remark, at)
    strength = max(entry.strength for entry in entries)
    if risky(entries, index):
        score = 0.9 if min(doubt, strength) > HEAD_ELSEWHERE else ASK_ABOUT_DANGER
    else:
        score = strength
        score = min(score, doubt) - _strangeness(remark, one, remark.rest - describing)
    return Found(entries, max(score, 0.0), f"spotted {''.join(remark.said(one))}", at)


def _strangeness(remark: Named, one: Stretch, rest: float) -> float:
    """Return how much unexplained text casts doubt: little when something is plainly thrown away.

    A page is only meant when its words are all that is said: "what time" alone, not of a museum. Without a
    word of throwing away, unexplained text makes one answer in four wrong: then it is better to ask.
    """
    if not any(entry.means in (Means.ITEM, Means.CATEGORY) for entry in one.about):
        return 0.12 * rest
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


def _beside(remark: Named, at: int) -> tuple[float, float]:
    """Return how far unexplained text right beside a word casts doubt on it, and how much only describes it.

    What follows a noun is the real noun in all our languages (フライパンのふた, frying pan lid); what stands
    before may only describe it (赤い, 坏了的) or make it another thing (電気毛布, electric blanket).
    """
    stretches = remark.stretches
    after = stretches[at + 1] if at + 1 < len(stretches) else None
    if after and is_possessive(remark, after) and at + 2 < len(stretches):
        after = stretches[at + 2]
    if after and remark.said(after) in ASIDE and at + 2 < len(stretches) and not stretches[at + 2].entries:
        return HEAD_ELSEWHERE, 0.0
    if after and Means.CONTAINING in after.means:
        return HEAD_ELSEWHERE, 0.0
    if after and not after.entries and not _stray(remark, after) and not apart(remark, after):
        return HEAD_ELSEWHERE, 0.0
    before = stretches[at - 1] if at else None
    if before and not before.entries and not _stray(remark, before):
        last = remark.text[before.stop - 1]
        if last in _DESCRIBING and not is_word(last):
            return 0.9, weight(remark.said(before)) / 2
        return COMPOUND, 0.0
    return 1.0, 0.0


def _stray(remark: Named, one: Stretch) -> bool:
    """A single stray kana or digit is a slip of the thumb."""
    unit = remark.text[one.start]
    return one.stop - one.start == 1 and (is_kana(unit) or unit.isdigit())
