"""What one remark is about: the things named in it, how sure that is, and what it asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from bot.answers.concepts import asked_about
from bot.answers.daytext import read_dates
from bot.answers.found import COMPOUND, HEAD_ELSEWHERE, LIKELY, SURE, Found, Named, is_guide, risky
from bot.answers.index import Index, spell
from bot.answers.match import Near, nearest
from bot.answers.naming import named
from bot.answers.normalise import clean, fold_romaji, is_kana, kana_of, marked, units
from bot.answers.reading import Reading
from bot.answers.recall import alike
from bot.answers.spot import Stretch, cut, weight
from bot.answers.vocabulary import ORDINARY, Entry, Means, bare

_FAR_BEHIND = 0.2
_JAPANESE = 4
"""How many letters of small Japanese words make a remark Japanese."""

_AROUND = frozenset({Means.FILLER, Means.DISCARD, Means.INTENT})
"""Words that stand around a name without being part of it."""

_ASKING = frozenset({Means.DAY, Means.DISCARD, Means.INTENT})

_FILLING = 0.35
"""How much of its name a remark must hold for a thing to stand beside others in a question."""

_ONE_SLIP = 0.8
"""How surely a long name is meant that was typed with one slip."""

_SHORT = 6
"""Unexplained text of more weight than this is a sentence about something, not a name with a slip."""

_UNPROMPTED = 0.6
"""How much a remark without any word of procedures must be like a usual question about them."""

LookUp = Callable[[str], list[Near]]
"""The names nearest to what was typed, looked up once a remark."""


def understand(remark: str, index: Index, discarding: bool = False) -> Reading:
    """Return what a remark is about. That something dangerous is named is never explained away.

    `discarding` tells that another remark of the same message spoke of throwing away.
    """
    words, dates = read_dates(remark)
    reading = _read(words, index, discarding)
    days = (*dates, *reading.days)
    if "past" in days or (set(days) == {"next"} and not reading.names_category):
        days = ()
    return replace(reading, days=days)


def _read(remark: str, index: Index, discarding: bool) -> Reading:
    """Understand a remark as it is written, or as romanised Japanese where that tells more."""
    reading = _understand(remark, index, discarding)
    if _is_sure(reading.found) or not _sounds_japanese(remark, index):
        return reading
    spoken = _understand(kana_of(remark), index, discarding)
    return spoken if _is_sure(spoken.found) or not reading.found else reading


def _sounds_japanese(remark: str, index: Index) -> bool:
    """True for Latin letters that hold small words of Japanese (desu, doko, sutetai), not of English."""
    if not remark.isascii():
        return False
    small = {Means.FILLER, Means.DISCARD, Means.INTENT, Means.MODIFIER}
    heard = 0
    for word in clean(remark).split():
        spoken = units(kana_of(word)) if len(word) > 1 and not index.keys.get(units(word)) else ()
        meant = index.keys.get(spoken, ()) if all(is_kana(unit) for unit in spoken) else ()
        heard += len(word) if any(entry.means in small for entry in meant) else 0
    return heard >= _JAPANESE


def _understand(remark: str, index: Index, discarding: bool) -> Reading:
    cut_up = _cut(remark, discarding, index)
    stretches, rest, discard = cut_up.stretches, cut_up.rest, cut_up.discard
    meanings = [entry for one in stretches for entry in one.entries]
    guards = frozenset(entry.id for entry in meanings if entry.means is Means.GUARD)
    found = named(cut_up, index) or _romanised(remark, index)
    look_up = cache(lambda query: nearest(query, index))
    slipped = _slipped(cut_up, found, look_up, index)
    found = slipped or found
    return Reading(
        found=tuple(found),
        near=() if guards and not discard else tuple(_near(cut_up, bool(found), look_up)),
        resembling=() if (guards and not discard) or _is_told(found, index) else _resembling(cut_up, index),
        guides=_guides(cut_up, index, 1.1 if discard else LIKELY if guards else _UNPROMPTED),
        intents=frozenset(entry.id for entry in meanings if entry.means is Means.INTENT),
        guards=guards,
        cases=frozenset(entry.id for entry in meanings if entry.means is Means.CASE),
        discard=discard,
        leftover=_leftover(cut_up),
        swollen=any(entry.means is Means.SWOLLEN for entry in meanings),
        days=tuple(day for one in stretches for day in _day(one)),
        ordinary=any(_is_ordinary(one) for one in stretches),
        rest=0.0 if slipped or (found and found[0].why.startswith("romaji")) else rest,
    )


def _is_ordinary(one: Stretch) -> bool:
    """Return True for an everyday word that names no day and asks for nothing."""
    ids = {entry.id for entry in one.entries}
    return ORDINARY in ids and Means.FILLER.value not in ids and not one.means & _ASKING


def _day(one: Stretch) -> list[str]:
    """Return the day that a stretch names; a thing of the same name is meant first (お盆 is a tray)."""
    if one.about:
        return []
    said = next((entry.id for entry in one.entries if entry.means is Means.DAY), "")
    return said.split(" ") if said.startswith("week") else [said] if said else []


def _cut(remark: str, discarding: bool, index: Index) -> Named:
    """Cut a remark up. What stands in brackets only explains, unless it names a danger."""
    short = bare(remark)
    if short != remark.strip() and _names_something(short, index) and not _names_danger(remark, index):
        remark = short
    text, gaps, breaks = marked(remark)
    stretches = cut(text, index)
    means = frozenset(meaning for one in stretches for meaning in one.means)
    discard = discarding or Means.DISCARD in means
    unexplained = (one for one in stretches if not one.entries or (discard and is_guide(one)))
    return Named(
        raw=unicodedata.normalize("NFKC", remark),
        text=text,
        gaps=gaps,
        breaks=breaks,
        stretches=stretches,
        rest=sum(weight(text[one.start : one.stop]) for one in unexplained),
        discard=discard,
        chatter=Means.GUARD in means,
    )


def _names_something(remark: str, index: Index) -> bool:
    return any(one.about for one in cut(units(remark), index))


def _names_danger(remark: str, index: Index) -> bool:
    return any(risky(one.about, index) for one in cut(units(remark), index))


def spoken_in(text: str, index: Index) -> frozenset[str]:
    """Return the languages in whose lists the first thing named in a text stands."""
    for one in cut(units(text), index):
        if one.about:
            return frozenset(entry.language for entry in one.about)
    return frozenset(entry.language for one in _romanised(text, index) for entry in one.entries)


def _romanised(remark: str, index: Index) -> list[Found]:
    """Japanese typed in Latin letters: only what is no English, longest run of words first."""
    words = clean(remark).replace(",", " ").split()
    for size in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            key = fold_romaji("".join(words[start : start + size]))
            entries = index.romaji.get(key)
            others = words[:start] + words[start + size :]
            if entries and all(_is_small_word(word, index) for word in others):
                score = 0.9 if len(key) > 4 or not others else LIKELY
                return [Found(entries, score, f"romaji {key}")]
    return []


def _is_small_word(word: str, index: Index) -> bool:
    entries = index.keys.get(units(word), ())
    small = {Means.FILLER, Means.DISCARD, Means.MODIFIER, Means.JOINER}
    return any(entry.means in small for entry in entries) or word in {"no", "wa", "o", "wo", "ga", "ha", "ni"}


def _slipped(remark: Named, found: list[Found], look_up: LookUp, index: Index) -> list[Found]:
    """The one thing whose long name was typed with a single slip, and nothing else with it.

    That explains more than a shorter name found within; but a danger that was named stays named.
    """
    core = [one for one in remark.stretches if not one.means or not one.means <= _AROUND]
    if not core or remark.rest == 0:
        return []
    typed = spell(remark.text[core[0].start : core[-1].stop])
    if len(typed) < _long_enough(typed):
        return []
    near = [one for one in look_up(typed) if one.slips == 1 and one.entry.means is Means.ITEM]
    if len(near) != 1:
        return []
    slip = Found((near[0].entry,), _ONE_SLIP, f"{typed} ~ {near[0].spelling} (1)")
    named_danger = any(risky(one.entries, index) for one in found)
    return [slip] if not named_danger or risky(slip.entries, index) else []


def _near(remark: Named, known: bool, look_up: LookUp) -> list[Found]:
    """Names spelled like the part of the remark that carries its meaning.

    Where a thing is `known` by its name, others that are spelled alike are only offered beside it.
    """
    text, rest = remark.text, remark.rest
    core = [one for one in remark.stretches if not one.entries or one.about]
    if not core or all(one.about for one in core):
        return []
    whole = spell(text[core[0].start : core[-1].stop])
    parts = [spell(text[one.start : one.stop]) for one in core if not one.entries]
    best: dict[tuple[str, str], Found] = {}
    for query in dict.fromkeys((whole, *parts)):
        alone = query == whole or weight(units(query)) >= rest
        if not (alone or remark.discard or rest <= _SHORT):
            continue
        for near in look_up(query):
            key = (near.entry.means, near.entry.id)
            score = _near_score(near, query) if alone else min(near.likeness - 0.12, HEAD_ELSEWHERE)
            score = min(score, COMPOUND) if known else score
            if key not in best or best[key].score < score:
                best[key] = Found((near.entry,), score, f"{query} ~ {near.spelling} ({near.slips})")
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.entries[0].id))[:6]
    return [one for one in ranked if ranked[0].score - one.score <= _FAR_BEHIND]


def _is_sure(found: Iterable[Found]) -> bool:
    return any(one.score >= SURE for one in found)


def _is_told(found: list[Found], index: Index) -> bool:
    """True when one thing is surely meant; a broad word (bag) leaves open which."""
    return any(one.score >= SURE and not _is_broad(one, index) for one in found)


def _is_broad(one: Found, index: Index) -> bool:
    return any(entry.id in index.broad for entry in one.entries)


def _resembling(remark: Named, index: Index) -> tuple[Found, ...]:
    """Things whose names are made of the words of a remark, in another order or with others between."""
    runs = [remark.said(one) for one in remark.stretches if not one.entries or one.about]
    return tuple(
        Found((Entry(Means.ITEM, name, ""),), round(score, 3), f"resembles {score:.2f}")
        for name, score in (alike(runs, index.things, _FILLING)[:6] if runs else ())
    )


def _leftover(remark: Named) -> bool:
    """True when something listed beside known things is not known itself: 「花火とライター」."""
    stretches = remark.stretches
    for at, one in enumerate(stretches):
        beside = stretches[max(0, at - 1) : at] + stretches[at + 1 : at + 2]
        joined = any(Means.JOINER in other.means for other in beside)
        if joined and not one.entries and weight(remark.said(one)) >= 2:
            return True
    return False


def _guides(remark: Named, index: Index, least: float) -> tuple[Found, ...]:
    """Guides that are about what a remark is about, or whose usual questions are nearly this remark."""
    text, stretches = remark.text, remark.stretches
    names = [(one.start, one.stop) for one in stretches if Means.ITEM in one.means]
    best: dict[str, Found] = {}
    for why, ranked in (
        ("concepts", asked_about(text, index.concepts, names)),
        ("recalled", alike((text,), index.recall, least)),
    ):
        for name, score in ranked:
            if score >= LIKELY and (name not in best or best[name].score < score):
                entries = (Entry(Means.GUIDE, name, ""),)
                told = Found(entries, round(score, 3), f"{why} {score:.2f}", by_concepts=why == "concepts")
                best[name] = told
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.entries[0].id))[:6])


def _near_score(near: Near, query: str) -> float:
    """One slip in a long name leaves little doubt; Latin words have more neighbours than kana and Han."""
    if near.slips <= 1 and len(query) >= _long_enough(query):
        return _ONE_SLIP
    return min(0.74, near.likeness - 0.12)


def _long_enough(query: str) -> int:
    return 7 if query.isascii() else 4
