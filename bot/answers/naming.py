"""Which of the words named in a remark is the thing that is meant, and how surely."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.doubt import weighed
from bot.answers.found import Found, Named, is_guide
from bot.answers.heads import headed
from bot.answers.index import Index
from bot.answers.normalise import is_han, is_kana, is_word
from bot.answers.spot import Stretch
from bot.answers.vocabulary import Means

_SMALL = frozenset({Means.FILLER, Means.JOINER, Means.DISCARD})
_SHORT = 3
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


def named(remark: Named, index: Index) -> list[Found]:
    """Return the things a remark names, each with how sure that is; of a compound only its head."""
    meanings = [entry for one in remark.stretches for entry in one.entries]
    cases = frozenset(entry.id for entry in meanings if entry.means is Means.CASE)
    found = [
        weighed(remark, at, index)
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
