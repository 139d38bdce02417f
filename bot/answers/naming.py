"""Which of the words named in a remark is the thing that is meant, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answers.index import Index
from bot.answers.normalise import Units, is_han, is_kana, is_word
from bot.answers.spot import Stretch, weight
from bot.answers.vocabulary import Entry, Means

SURE = 0.75
"""From here a thing is answered directly (docs/adr/0006-zones.md)."""

LIKELY = 0.45
"""From here a thing is offered as a choice."""

UNPROVEN = 0.7
COMPOUND = 0.66
ASK_ABOUT_DANGER = 0.72
HEAD_ELSEWHERE = 0.6

GUIDING = frozenset({Means.PATH, Means.GUIDE})
"""Meanings on procedures, which are told step by step."""

_SMALL = frozenset({Means.FILLER, Means.JOINER, Means.DISCARD})
_SHORT = 3
_LONG = 4
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
_ASIDE = frozenset((particle,) for particle in "にでへ") | {("か", "ら"), ("ま", "で"), ("よ", "り")}
"""Particles after a noun that is not what is asked about: 缶詰に, 炊飯器で, ゲーム機から."""

_DESCRIBING = frozenset("いなたるのき的")
"""Last characters of a Japanese or Chinese word that only describes the next one."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a remark may be about: its possible meanings, a score of 0-1, and why.

    `listed` things stand in a row with others (A, B and C), so each is asked about. `cases` were said of it
    (wooden, dirty), `into` are categories it was asked to belong to ("can I put X in Y?"), `others` things
    that were named beside it and may be meant instead.
    """

    entries: tuple[Entry, ...]
    score: float
    why: str
    position: int = 0
    listed: bool = False
    cases: frozenset[str] = frozenset()
    into: tuple[str, ...] = ()
    others: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A remark cut into stretches: `raw` as typed, `rest` the weight of what nothing explains.

    `gaps` are the units that begin after a blank or a mark, `breaks` also those in another script.
    `chatter`: words of other subjects are in it.
    """

    raw: str
    text: Units
    gaps: frozenset[int]
    breaks: frozenset[int]
    stretches: list[Stretch]
    rest: float
    discard: bool
    chatter: bool

    def said(self, one: Stretch) -> Units:
        """Return the units of a stretch."""
        return self.text[one.start : one.stop]


def named(remark: Named, index: Index) -> list[Found]:
    """Return the things a remark names, each with how sure that is; of a compound only its head."""
    meanings = [entry for one in remark.stretches for entry in one.entries]
    cases = frozenset(entry.id for entry in meanings if entry.means is Means.CASE)
    into = tuple(dict.fromkeys(entry.id for entry in meanings if entry.means is Means.CATEGORY))
    found = [
        _weighed(remark, at, index)
        for at, one in enumerate(remark.stretches)
        if one.about and not (remark.discard and is_guide(one)) and not _by_chance(remark, at, index)
    ]
    return [replace(one, cases=cases, into=into) for one in _headed(remark, found, index)]


def is_guide(one: Stretch) -> bool:
    """Return True for words that only stand for a guide; whoever throws something away means none."""
    return bool(one.about) and {entry.means for entry in one.about} <= GUIDING


def risky(entries: tuple[Entry, ...], index: Index) -> bool:
    """Return True when one of the meanings is a dangerous thing."""
    return any(entry.id in index.dangerous for entry in entries)


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
    return max(doubt, min(0.5, (0.03 if weight(remark.said(one)) >= _LONG else 0.07) * rest))


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
    if after and _is_possessive(remark, after) and at + 2 < len(stretches):
        after = stretches[at + 2]
    if after and remark.said(after) in _ASIDE and at + 2 < len(stretches) and not stretches[at + 2].entries:
        return HEAD_ELSEWHERE, 0.0
    if after and Means.CONTAINING in after.means:
        return HEAD_ELSEWHERE, 0.0
    if after and not after.entries and not _stray(remark, after) and not _apart(remark, after):
        return HEAD_ELSEWHERE, 0.0
    before = stretches[at - 1] if at else None
    if before and not before.entries and not _stray(remark, before):
        last = remark.text[before.stop - 1]
        if last in _DESCRIBING and not is_word(last):
            return 0.9, weight(remark.said(before)) / 2
        return COMPOUND, 0.0
    return 1.0, 0.0


def _apart(remark: Named, one: Stretch) -> bool:
    """True when a stretch begins behind a blank or mark, where no language with words runs on."""
    return one.start in remark.gaps and not is_word(remark.text[one.start])


def _is_possessive(remark: Named, one: Stretch) -> bool:
    return remark.said(one) in {("の",), ("的",)}


def _stray(remark: Named, one: Stretch) -> bool:
    """A single stray kana or digit is a slip of the thumb."""
    unit = remark.text[one.start]
    return one.stop - one.start == 1 and (is_kana(unit) or unit.isdigit())


def _headed(remark: Named, found: list[Found], index: Index) -> list[Found]:
    """Of two things run together the last is meant (A の B, A B); a dangerous one stays whatever follows.

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
    """Return which of two neighbouring things are meant: both when they are listed, else the head."""
    between = remark.stretches[first.position + 1 : second.position]
    means = frozenset(meaning for one in between for meaning in one.means)
    dangers = [one for one in (first, second) if risky(one.entries, index)]
    if Means.JOINER in means and not _aside(remark, first):
        return [replace(first, listed=True), replace(second, listed=True)]
    if _runs_on(remark, first.position, second.position, between):
        return dangers[-1:] or [_whole_or_part(first, second, index)]
    if is_word(remark.said(remark.stretches[first.position])[0]):
        held = Means.CONTAINED in means
        return dangers or ([first] if held else [_either(first, second)])
    if _aside(remark, second) and not _aside(remark, first):
        return dangers or [_in_doubt(first, second)]
    head = _whole_or_part(first, second, index)
    plain = remark.discard and weight(remark.said(remark.stretches[second.position])) >= _LONG
    return dangers or [head if plain else _in_doubt(head, first)]


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
    return any(remark.said(other) in _ASIDE for other in after)


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
    if not between and _apart(remark, ends[1]):
        return False
    return all(_is_possessive(remark, one) for one in between) and not any(
        is_word(remark.text[one.start]) for one in ends if between
    )
