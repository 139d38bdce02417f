"""What one remark is about: the things named in it, how sure that is, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answers.index import Index, spell
from bot.answers.match import Near, nearest
from bot.answers.normalise import Units, clean, fold_romaji, is_kana, is_word, units
from bot.answers.recall import alike
from bot.answers.spot import Stretch, cut, weight
from bot.answers.vocabulary import Entry, Means

SURE = 0.75
"""From here a thing is answered directly (docs/adr/0006-zones.md)."""

LIKELY = 0.45
"""From here a thing is offered as a choice."""

_COMPOUND = 0.66
_ASK_ABOUT_DANGER = 0.72
_HEAD_ELSEWHERE = 0.6
_FAR_BEHIND = 0.2
_UNPROMPTED = 0.6
"""How much a remark without any word of procedures must be like a usual question about them."""

GUIDING = frozenset({Means.PATH, Means.GUIDE})
"""Meanings on procedures, which are told step by step."""

_DESCRIBING = frozenset("いなたるのき的")
"""Last characters of a Japanese or Chinese word that only describes the next one."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a remark may be about: its possible meanings, a score of 0-1, and why.

    `listed` things stand in a row with others (A, B and C), so each is asked about. `cases` were said of it
    (wooden, dirty), and `into` are categories it was asked to belong to ("can I put X in Y?").
    """

    entries: tuple[Entry, ...]
    score: float
    why: str
    position: int = 0
    listed: bool = False
    cases: frozenset[str] = frozenset()
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A remark understood as far as possible. `rest` weighs the text that nothing explains."""

    found: tuple[Found, ...]
    near: tuple[Found, ...]
    guides: tuple[Found, ...]
    intents: frozenset[str]
    guards: frozenset[str]
    discard: bool
    swollen: bool
    leftover: bool
    rest: float

    @property
    def says_something(self) -> bool:
        """False when nothing but polite words and the act of throwing away was said."""
        return bool(self.found or self.near or self.intents or self.guards or self.rest)

    @property
    def only_intents(self) -> bool:
        """True when the remark says nothing but an intent (and polite words)."""
        return bool(self.intents) and not self.found and self.rest == 0 and not self.guards


def understand(remark: str, index: Index, discarding: bool = False) -> Reading:
    """Return what a remark is about. That something dangerous is named is never explained away.

    `discarding` tells that another remark of the same message spoke of throwing away.
    """
    text = units(remark)
    stretches = cut(text, index)
    meanings = [entry for one in stretches for entry in one.entries]
    discard = discarding or any(entry.means is Means.DISCARD for entry in meanings)
    unexplained = (one for one in stretches if not one.entries or (discard and _is_guide(one)))
    rest = sum(weight(text[one.start : one.stop]) for one in unexplained)
    guards = frozenset(entry.id for entry in meanings if entry.means is Means.GUARD)
    found = _headed(text, stretches, _found(text, stretches, rest, discard, index), index)
    cases = frozenset(entry.id for entry in meanings if entry.means is Means.CASE)
    found = [replace(one, cases=cases, into=_into(stretches)) for one in found]
    if not found:
        found = _romanised(remark, index)
    return Reading(
        found=tuple(found),
        near=() if guards and not discard else tuple(_near(text, stretches, rest, index)),
        guides=() if discard else tuple(_recalled(text, index, LIKELY if guards else _UNPROMPTED)),
        intents=frozenset(entry.id for entry in meanings if entry.means is Means.INTENT),
        guards=guards,
        discard=discard,
        leftover=_leftover(text, stretches),
        swollen=any(entry.means is Means.SWOLLEN for entry in meanings),
        rest=0.0 if found and found[0].why.startswith("romaji") else rest,
    )


def spoken_in(text: str, index: Index) -> frozenset[str]:
    """Return the languages in whose lists the first thing named in a text stands."""
    for one in cut(units(text), index):
        if one.about:
            return frozenset(entry.language for entry in one.about)
    return frozenset(entry.language for one in _romanised(text, index) for entry in one.entries)


def _found(text: Units, stretches: list[Stretch], rest: float, discard: bool, index: Index) -> list[Found]:
    found = []
    for at, one in enumerate(stretches):
        if not one.about:
            continue
        entries = _clearest(one.about)
        if discard and _is_guide(one):
            continue
        word = "".join(text[one.start : one.stop])
        score = max(entry.strength for entry in entries)
        doubt = _beside(text, stretches, at)
        if _risky(entries, index):
            score = 0.9 if doubt > _HEAD_ELSEWHERE else _ASK_ABOUT_DANGER
        else:
            score = min(score, doubt) - _strangeness(entries, rest, discard)
        found.append(Found(entries, max(score, 0.0), f"spotted {word}", at))
    return found


def _into(stretches: list[Stretch]) -> tuple[str, ...]:
    """Return the categories named in a remark."""
    named = (entry.id for one in stretches for entry in one.entries if entry.means is Means.CATEGORY)
    return tuple(dict.fromkeys(named))


def _is_guide(one: Stretch) -> bool:
    """True for words that only stand for a guide; whoever throws something away does not mean it."""
    return bool(one.about) and {entry.means for entry in one.about} <= GUIDING


def _strangeness(entries: tuple[Entry, ...], rest: float, discard: bool) -> float:
    """Return how much unexplained text casts doubt: little when something is plainly thrown away.

    A page is only meant when its words are all that is said: "what time" alone, not of a museum.
    """
    if any(entry.means in {Means.SERVICE, *GUIDING} for entry in entries):
        return 0.12 * rest
    return min(0.2, 0.01 * rest) if discard else 0.1 * rest


def _clearest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A thing before the category or page of the same name."""
    for means in (Means.ITEM, Means.CATEGORY, Means.SERVICE, Means.PATH, Means.GUIDE):
        same = tuple(entry for entry in entries if entry.means is means)
        if same:
            return same
    return entries


def _beside(text: Units, stretches: list[Stretch], at: int) -> float:
    """Return how far unexplained text right beside a word casts doubt on it.

    What follows a noun is the real noun in all our languages (フライパンのふた, frying pan lid); what stands
    before may only describe it (赤い, 坏了的) or make it another thing (電気毛布, electric blanket).
    """
    after = stretches[at + 1] if at + 1 < len(stretches) else None
    if after and _is_possessive(text, after) and at + 2 < len(stretches):
        after = stretches[at + 2]
    if after and not after.entries and not _stray(text, after):
        return _HEAD_ELSEWHERE
    before = stretches[at - 1] if at else None
    if before and not before.entries and not _stray(text, before):
        last = text[before.stop - 1]
        return 0.9 if last in _DESCRIBING and not is_word(last) else _COMPOUND
    return 1.0


def _is_possessive(text: Units, one: Stretch) -> bool:
    return text[one.start : one.stop] in {("の",), ("的",)}


def _stray(text: Units, one: Stretch) -> bool:
    """A single stray kana or digit is a slip of the thumb."""
    unit = text[one.start]
    return one.stop - one.start == 1 and (is_kana(unit) or unit.isdigit())


def _headed(text: Units, stretches: list[Stretch], found: list[Found], index: Index) -> list[Found]:
    """Of two things run together the last is meant (A の B, A B); a dangerous one stays whatever follows.

    Beside a named thing, a category only asks whether it goes there ("is a pizza box paper?").
    """
    things = [one for one in found if one.entries[0].means is Means.ITEM]
    single = [one for one in things if not any(entry.id in index.materials for entry in one.entries)]
    kept: list[Found] = []
    for one in single or things or found:
        if not kept:
            kept.append(one)
            continue
        between = stretches[kept[-1].position + 1 : one.position]
        if _runs_on(text, stretches, kept[-1].position, one.position):
            risky = [pick for pick in (kept[-1], one) if _risky(pick.entries, index)]
            kept[-1] = risky[-1] if risky else _whole_or_part(kept[-1], one, index)
        elif any(Means.JOINER in other.means for other in between):
            kept[-1:] = [replace(kept[-1], listed=True), replace(one, listed=True)]
        else:
            kept.append(one)
    return kept


def _whole_or_part(whole: Found, part: Found, index: Index) -> Found:
    """A broad word for a part (lid, box) says little about the part of a named thing: ask which is meant."""
    if any(entry.id in index.broad for entry in part.entries):
        return replace(part, entries=whole.entries + part.entries, score=_HEAD_ELSEWHERE)
    return part


def _risky(entries: tuple[Entry, ...], index: Index) -> bool:
    return any(entry.id in index.dangerous for entry in entries)


def _runs_on(text: Units, stretches: list[Stretch], first: int, second: int) -> bool:
    between = stretches[first + 1 : second]
    return all(_is_possessive(text, one) for one in between) and not any(
        is_word(text[one.start]) for one in (stretches[first], stretches[second]) if between
    )


def _romanised(remark: str, index: Index) -> list[Found]:
    """Japanese typed in Latin letters: only what is no English, longest run of words first."""
    words = clean(remark).replace(",", " ").split()
    for size in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            key = fold_romaji("".join(words[start : start + size]))
            entries = index.romaji.get(key)
            others = words[:start] + words[start + size :]
            if entries and all(_is_small_word(word, index) for word in others):
                score = 0.9 if len(key) > 3 else LIKELY
                return [Found(entries, score, f"romaji {key}")]
    return []


def _is_small_word(word: str, index: Index) -> bool:
    entries = index.keys.get(units(word), ())
    small = {Means.FILLER, Means.DISCARD, Means.MODIFIER, Means.JOINER}
    return any(entry.means in small for entry in entries) or word in {"no", "wa", "o", "wo", "ga", "ha", "ni"}


def _near(text: Units, stretches: list[Stretch], rest: float, index: Index) -> list[Found]:
    """Names spelled like the part of the remark that carries its meaning."""
    core = [one for one in stretches if not one.entries or one.about]
    if not core or all(one.about for one in core):
        return []
    whole = spell(text[core[0].start : core[-1].stop])
    parts = [spell(text[one.start : one.stop]) for one in core if not one.entries]
    best: dict[tuple[str, str], Found] = {}
    for query in dict.fromkeys((whole, *parts)):
        alone = query == whole or weight(units(query)) >= rest
        for near in nearest(query, index):
            key = (near.entry.means, near.entry.id)
            score = _near_score(near, query) if alone else min(near.likeness - 0.12, _HEAD_ELSEWHERE)
            if key not in best or best[key].score < score:
                best[key] = Found((near.entry,), score, f"{query} ~ {near.spelling} ({near.slips})")
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.entries[0].id))[:6]
    return [one for one in ranked if ranked[0].score - one.score <= _FAR_BEHIND]


def _leftover(text: Units, stretches: list[Stretch]) -> bool:
    """True when something listed beside known things is not known itself: 「花火とライター」."""
    for at, one in enumerate(stretches):
        beside = stretches[max(0, at - 1) : at] + stretches[at + 1 : at + 2]
        joined = any(Means.JOINER in other.means for other in beside)
        if joined and not one.entries and weight(text[one.start : one.stop]) >= 2:
            return True
    return False


def _recalled(text: Units, index: Index, least: float) -> list[Found]:
    """Guides whose usual questions are nearly this remark."""
    return [
        Found((Entry(Means.GUIDE, name, ""),), round(score, 3), f"recalled {score:.2f}")
        for name, score in alike(text, index.recall, least)[:4]
    ]


def _near_score(near: Near, query: str) -> float:
    """One slip in a long name leaves little doubt; Latin words have more neighbours than kana and Han."""
    long_enough = 8 if query.isascii() else 4
    if near.slips <= 1 and len(query) >= long_enough:
        return 0.8
    return min(0.74, near.likeness - 0.12)
