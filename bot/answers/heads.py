"""Of several things named together, the one that is meant: the head of a compound, a list, a holder."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.doubt import is_itself
from bot.answers.found import (
    ASIDE,
    ASK_ABOUT_DANGER,
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
from bot.answers.normalise import SEPARATOR, is_word
from bot.answers.spot import Stretch, weight
from bot.answers.vocabulary import Entry, Means

_DESCRIBING = frozenset(
    {Means.FILLER, Means.MODIFIER, Means.CASE, Means.CONTAINING, Means.CONTAINED, Means.ITEM}
)
"""What may stand between the two halves of a name without parting them."""

_TOPIC = frozenset(tuple(particle) for particle in ("は", "って", "も"))
"""Behind these a new word begins: アイスって袋に入れる is no アイスの袋."""


def headed(remark: Named, found: list[Found], index: Index) -> list[Found]:
    """Return the things meant: of two run together the last (A の B, A B); a danger stays, whatever follows.

    Beside a named thing, a category only asks whether it goes there ("is a pizza box paper?").
    """
    things = [one for one in found if one.entries[0].means is Means.ITEM]
    single = [one for one in things if not any(entry.id in index.materials for entry in one.entries)]
    kept: list[Found] = []
    for one in single or things or found:
        if kept:
            kept[-1:] = _pair(remark, kept[-1], one, index)
        else:
            kept.append(one)
    return kept


def _pair(remark: Named, first: Found, second: Found, index: Index) -> list[Found]:
    """Return which of two neighbouring things are meant: both when they are listed, else the head.

    A danger stays, whatever follows; one that is only named beside another thing ("runs on batteries") asks.
    """
    between = remark.stretches[first.position + 1 : second.position]
    whole = _one_name(remark, first, second, between, index)
    kept = [whole] if whole else _chosen(remark, first, second, between, index)
    dangers = [one for one in (first, second) if risky(one.entries, index)]
    if whole or len(kept) > 1 or not dangers:
        return kept
    if _runs_on(remark, first.position, second.position, between):
        return dangers[-1:]
    if dangers == [second] and set(first.entries) & set(kept[0].entries):
        return [replace(second, score=min(second.score, ASK_ABOUT_DANGER), others=first.entries)]
    return dangers


def _chosen(remark: Named, first: Found, second: Found, between: list[Stretch], index: Index) -> list[Found]:
    means = frozenset(meaning for one in between for meaning in one.means)
    said = remark.said(remark.stretches[second.position])
    if _goes_on(remark, first, second, index):
        return [first]
    if Means.JOINER in means and not _aside(remark, first) and not _within(between):
        return [replace(first, listed=True), replace(second, listed=True)]
    if _runs_on(remark, first.position, second.position, between):
        return [_whole_or_part(first, second, index)]
    if is_word(remark.said(remark.stretches[first.position])[0]):
        return [first] if Means.CONTAINED in means else [_either(first, second)]
    if _aside(remark, second) and not _aside(remark, first):
        return [_in_doubt(first, second)]
    head = _whole_or_part(first, second, index)
    plain = (remark.discard and weight(said) >= LONG) or is_itself(remark, second.position, index)
    return [head if plain else _in_doubt(head, first)]


def _goes_on(remark: Named, first: Found, second: Found, index: Index) -> bool:
    """True when a second clause only tells more of the first thing (烘焙纸，沾了奶油) and asks nothing."""
    between = remark.stretches[first.position + 1 : second.position]
    behind = remark.stretches[second.position + 1 :]
    broad = any(entry.id in index.broad for entry in second.entries)
    if broad or any(Means.DISCARD in one.means for one in behind):
        return False
    plain = [one for one in between if remark.said(one) != (SEPARATOR,)]
    listing = any(Means.JOINER in one.means for one in plain)
    told = [one for one in plain if one.means == {Means.FILLER}]
    return len(plain) < len(between) and bool(told) and not listing and not is_word(remark.said(told[0])[0])


def _within(between: list[Stretch]) -> bool:
    """True when the list is of things that the first one is for: a rack for cups and [plates]."""
    aside = any(Means.CONTAINED in one.means for one in between[:-1])
    return aside and Means.JOINER in between[-1].means


def _one_name(
    remark: Named, first: Found, second: Found, between: list[Stretch], index: Index
) -> Found | None:
    """Return the thing that both name together: X の小さな Y, or "Y of X" for "X Y"."""
    apart = any(remark.said(one) in _TOPIC or not one.means <= _DESCRIBING for one in between)
    if apart:
        return None
    danger = risky(first.entries + second.entries, index)
    front = remark.said(remark.stretches[first.position])
    back = remark.said(remark.stretches[second.position])
    names, head = [(*front, *glue, *back) for glue in ((), ("の",), ("的",))], second
    if any(Means.CONTAINED in one.means for one in between):
        names, head = [] if danger else [(*back, *front)], first
    for name in names:
        entries = index.keys.get(name)
        things = tuple(entry for entry in entries if entry.means is Means.ITEM)
        if things:
            sure = max(second.score, min(first.score, UNPROVEN))
            return replace(head, entries=things, score=sure)
    return None


def _in_doubt(head: Found, other: Found) -> Found:
    """Beside another thing in the same sentence the head is only likely (docs/adr/0006-zones.md)."""
    return replace(head, score=min(head.score, UNPROVEN), others=(*head.others, *other.entries))


def _either(first: Found, second: Found) -> Found:
    """Two things in one English sentence, not listed: which is meant has to be asked."""
    return replace(
        first, entries=first.entries + second.entries, score=min(HEAD_ELSEWHERE, first.score, second.score)
    )


def _aside(remark: Named, one: Found) -> bool:
    """True for a thing that only says where or whereof: 缶詰に, ゲーム機から."""
    after = remark.stretches[one.position + 1 : one.position + 2]
    return any(remark.said(other) in ASIDE for other in after)


def _whole_or_part(whole: Found, part: Found, index: Index) -> Found:
    """A broad word for a part (lid, box) means that part of the named thing, if it is known; else it asks."""
    if not any(entry.id in index.broad for entry in part.entries):
        return part
    own = {one for entry in whole.entries for one in index.parts.get(entry.id, ())}
    meant = own & {one for entry in part.entries for one in index.variants.get(entry.id, ())}
    if meant:
        language = part.entries[0].language
        return replace(part, entries=tuple(Entry(Means.ITEM, one, language) for one in sorted(meant)))
    return replace(part, entries=whole.entries + part.entries, score=HEAD_ELSEWHERE)


def _runs_on(remark: Named, first: int, second: int, between: list[Stretch]) -> bool:
    ends = (remark.stretches[first], remark.stretches[second])
    if not between and apart(remark, ends[1]):
        return False
    return all(is_possessive(remark, one) for one in between) and not any(
        is_word(remark.text[one.start]) for one in ends if between
    )
