"""What one remark is about: the things named in it, how sure that is, and what it asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from bot.answers.agree import agreed, has_others
from bot.answers.concepts import asked_about
from bot.answers.daytext import read_dates
from bot.answers.evidence import gathered
from bot.answers.found import LIKELY, SURE, Found, Named, is_guide, risky
from bot.answers.index import Index, spell
from bot.answers.match import Near, by_likeness, nearest
from bot.answers.naming import named
from bot.answers.normalise import clean, fold_romaji, is_kana, kana_of, marked, units
from bot.answers.reading import Reading
from bot.answers.recall import alike
from bot.answers.slips import near_names, slipped
from bot.answers.spot import Stretch, cut, weight
from bot.answers.vocabulary import ORDINARY, Entry, Means, bare

_JAPANESE = 4
"""How many letters of small Japanese words make a remark Japanese."""

_ASKING = frozenset({Means.DAY, Means.DISCARD, Means.INTENT})

_AROUND = _ASKING | {Means.FILLER, Means.JOINER, Means.MODIFIER, Means.SWOLLEN}
"""What stands around a name without telling which thing is meant."""

_LITTLE = 2
"""Talk of this weight beside a name tells nothing."""

_FILLING = 0.35
"""How much of its name a remark must hold for a thing to stand beside others in a question."""

_RECALLED = 0.2
"""How much the wording counts beside what a remark is about: it tells guides about the same apart."""

_UNPROMPTED = 0.6
"""How much a remark without any word of procedures must be like a usual question about them."""


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


def throws_away(remark: str, index: Index) -> bool:
    """Return True when a remark speaks of throwing away."""
    words, _ = read_dates(remark)
    spoken = [words, kana_of(words)] if _sounds_japanese(words, index) else [words]
    return any(_cut(one, False, index).discard for one in spoken)


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
        known = index.keys.get(units(word))
        spoken = units(kana_of(word)) if len(word) > 1 and not known else ()
        meant = index.keys.get(spoken) if all(is_kana(unit) for unit in spoken) else known
        heard += len(word) if any(one.means in small and one.language == "ja" for one in meant) else 0
    return heard >= _JAPANESE


def _understand(remark: str, index: Index, discarding: bool) -> Reading:
    cut_up = _cut(remark, discarding, index)
    stretches, rest, discard = cut_up.stretches, cut_up.rest, cut_up.discard
    meanings = [entry for one in stretches for entry in one.entries]
    guards = frozenset(entry.id for entry in meanings if entry.means is Means.GUARD)
    by_name = named(cut_up, index)
    found = by_name or _romanised(remark, index)
    look_up = cache(lambda start, stop: _nearest(cut_up, start, stop, index))
    romanised = bool(found) and not by_name
    slip = [] if romanised else slipped(cut_up, found, look_up, index)
    found = slip or found
    elsewhere = bool(guards) and not discard
    told = _is_told(found, index) and not has_others(cut_up)
    spelled = bool(slip) or romanised
    exact = spelled or _is_exact(cut_up, found)
    like = () if exact else _resembling(cut_up, index)
    resembling = () if told or elsewhere else like
    found = agreed(cut_up, found, resembling, index)
    near = () if elsewhere else tuple(near_names(cut_up, bool(found), look_up))
    return Reading(
        found=tuple(found),
        near=near,
        resembling=resembling,
        guides=_guides(cut_up, index, 1.1 if discard else LIKELY if guards else _UNPROMPTED),
        intents=frozenset(entry.id for entry in meanings if entry.means is Means.INTENT),
        guards=frozenset() if slip else guards,
        cases=frozenset(entry.id for entry in meanings if entry.means is Means.CASE),
        discard=discard,
        leftover=_leftover(cut_up),
        swollen=any(entry.means is Means.SWOLLEN for entry in meanings),
        days=tuple(day for one in stretches for day in _day(one)),
        ordinary=any(_is_ordinary(one) for one in stretches),
        evidence=None if exact else gathered(cut_up, found, near, like, index),
        rest=0.0 if spelled else rest,
    )


def _is_exact(remark: Named, found: list[Found]) -> bool:
    """Return True for one name, surely meant, with nothing but talk around it."""
    others = [one for one in remark.stretches if not one.about]
    single = len(remark.stretches) - len(others) == 1 and _is_sure(found)
    sorting = remark.discard or sum(weight(remark.said(one)) for one in others) <= _LITTLE
    return (
        single
        and sorting
        and all(one.entries and one.means <= _AROUND and not _is_ordinary(one) for one in others)
    )


def _nearest(remark: Named, start: int, stop: int, index: Index) -> list[Near]:
    """Return the names nearest to a run of units as they are compared, or as they were typed."""
    spelled = dict.fromkeys((spell(remark.typed[start:stop]), spell(remark.text[start:stop])))
    near: dict[Entry, Near] = {}
    for one in sorted((one for text in spelled for one in nearest(text, index)), key=by_likeness):
        near.setdefault(one.entry, one)
    return list(near.values())


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
    text, typed, gaps, breaks = marked(remark)
    stretches = cut(text, index)
    means = frozenset(meaning for one in stretches for meaning in one.means)
    discard = discarding or Means.DISCARD in means
    unexplained = (one for one in stretches if not one.entries or (discard and is_guide(one)))
    return Named(
        raw=unicodedata.normalize("NFKC", remark),
        text=text,
        typed=typed,
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
    entries = index.keys.get(units(word))
    small = {Means.FILLER, Means.DISCARD, Means.MODIFIER, Means.JOINER}
    return any(entry.means in small for entry in entries) or word in {"no", "wa", "o", "wo", "ga", "ha", "ni"}


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
    names = [(one.start, one.stop) for one in remark.stretches if Means.ITEM in one.means]
    recalled = dict(alike((remark.text,), index.recall, 0.0))
    best = {
        name: Found((Entry(Means.GUIDE, name, ""),), round(score, 3), f"recalled {score:.2f}")
        for name, score in recalled.items()
        if score >= max(least, LIKELY)
    }
    for name, covered in asked_about(remark.text, index.concepts, names):
        score = round((1 - _RECALLED) * covered + _RECALLED * recalled.get(name, 0.0), 3)
        if score >= LIKELY and (name not in best or best[name].score < score):
            entries = (Entry(Means.GUIDE, name, ""),)
            best[name] = Found(entries, score, f"concepts {covered:.2f}", by_concepts=True)
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.entries[0].id))[:6])
