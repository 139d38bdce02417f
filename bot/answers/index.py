"""Everything people may say, folded once, so that a question costs dictionary look-ups."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.answers.concepts import Concepts, gather
from bot.answers.endings import endings
from bot.answers.keys import Keys, gathered
from bot.answers.latent import Latent, directed, learned
from bot.answers.normalise import SEPARATOR, Units, is_kana, is_word, marked, romaji, units
from bot.answers.recall import Recall, collected, remember
from bot.answers.relevance import Relevance, measured
from bot.answers.sounds import sounds
from bot.answers.spellings import Spellings, spelled
from bot.answers.vocabulary import MISHEARD, TARGETS, Entry, Means, bare, guide_phrases, misheard, vocabulary
from bot.knowledge.model import Knowledge

SOUNDING = 6
"""Longer names sound like no word of grammar."""

_GRAMMAR = frozenset({Means.FILLER, Means.JOINER, Means.DISCARD})

UNLESS = "!"
"""Starts a group of words in the cue of an emergency that must not be said."""

WHOLE = "="
"""Starts a cue of an emergency that must be the whole message."""


@dataclass(frozen=True, slots=True)
class Index:
    """Folded keys -> meanings, plus what the fuzzy matcher needs.

    `broad` are the items that only ask back which thing is meant; `dangerous` those that are dangerous, and
    the broad ones most of whose variants are. `materials` are broad words that also describe other things.
    `sounding` are the names, as written, that sound like grammar (コート like こと). `general` are names in
    which names of things of other kinds end: a word before one may make it another thing (box, brush, 袋).
    """

    keys: Keys
    sounding: Mapping[Units, tuple[str, ...]]
    general: frozenset[Units]
    longest: int
    romaji: Mapping[str, tuple[Entry, ...]]
    spellings: Spellings
    sounds: Mapping[str, str]
    cues: Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]
    combined: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...]
    harmless: frozenset[Units]
    alarm_words: Mapping[str, tuple[tuple[str, str], ...]]
    alarms: Mapping[Units, int]
    numbers: Mapping[Units, int]
    dangerous: frozenset[str]
    broad: frozenset[str]
    parts: Mapping[str, tuple[str, ...]]
    variants: Mapping[str, tuple[str, ...]]
    materials: frozenset[str]
    recall: Recall
    things: Recall
    documents: Recall
    relevance: Relevance
    latent: Latent
    endings: Mapping[str, frozenset[str]]
    concepts: Concepts


def build(knowledge: Knowledge) -> Index:
    """Return the index of a Knowledge."""
    frozen = _keys(knowledge)
    names = [(entry.id, key) for key, found in frozen.items() for entry in found if _is_name(entry)]
    relevance = measured([*names, *_described(knowledge)])
    return Index(
        keys=gathered(frozen),
        longest=max(map(len, frozen)),
        romaji=_romaji(knowledge),
        spellings=spelled(_spelled(knowledge, frozen)),
        sounds=sounds(),
        cues=_cues(knowledge),
        combined=_combined(knowledge),
        harmless=frozenset(units(form) for forms in knowledge.phrases.harmless.values() for form in forms),
        alarm_words=_alarm_words(knowledge),
        alarms=_alarms(knowledge),
        numbers={
            units(form): number
            for number, forms in enumerate(knowledge.phrases.numbers, start=1)
            for form in forms
        },
        dangerous=_dangerous(knowledge),
        sounding=_sounding(knowledge, frozen),
        general=_general(knowledge, frozen),
        parts={item.id: tuple(item.parts) for item in knowledge.items.values() if item.parts},
        variants={item.id: tuple(item.variants) for item in knowledge.items.values() if item.variants},
        broad=frozenset(item.id for item in knowledge.items.values() if item.variants),
        recall=remember(
            (guide.id, units(form)) for guide in knowledge.guides.values() for form, _ in guide_phrases(guide)
        ),
        things=remember((name, key) for name, key in names if _characteristic(key)),
        documents=collected(names),
        relevance=relevance,
        latent=directed(learned(), relevance),
        endings=endings(names),
        concepts=gather(knowledge),
        materials=frozenset(item.id for item in knowledge.items.values() if item.variants and item.materials),
    )


def _spelled(knowledge: Knowledge, keys: Mapping[Units, tuple[Entry, ...]]) -> Iterator[tuple[str, Entry]]:
    """Yield what names look like letter by letter; English ones also with the endings that keys lack."""
    for key, found in keys.items():
        text = spell(key)
        yield from ((text, entry) for entry in found if entry.means in TARGETS and len(text) > 1)
    for name in knowledge.names:
        key, typed, *_ = marked(bare(name.form))
        if typed != key:
            yield spell(typed), Entry(Means.ITEM, name.item, name.language)


def _described(knowledge: Knowledge) -> Iterator[tuple[str, Units]]:
    for one in knowledge.descriptions:
        yield from ((one.item, units(phrase)) for phrase in one.said)


def _characteristic(key: Units) -> bool:
    """True for names that share no two characters with half of all talk."""
    return len(key) > 2 or (len(key) > 1 and is_word(key[0]))


def _keys(knowledge: Knowledge) -> dict[Units, tuple[Entry, ...]]:
    """Return every way of saying something with all it may mean, the surest entry of each meaning."""
    keys: dict[Units, dict[tuple[Means, str, str], Entry]] = defaultdict(dict)
    for spoken, entry in vocabulary(knowledge):
        for key in _spellings(spoken):
            same = keys[key].get((entry.means, entry.id, entry.language))
            if same is None or same.strength < entry.strength:
                keys[key][entry.means, entry.id, entry.language] = entry
    for heard, entry in misheard(knowledge):
        others = {same: found for same, found in keys[heard].items() if found.id != entry.id}
        keys[heard] = {**others, (entry.means, entry.id, entry.language): entry}
    return {key: _absorbed(tuple(found.values()), knowledge) for key, found in keys.items()}


def _sounding(knowledge: Knowledge, keys: Mapping[Units, tuple[Entry, ...]]) -> dict[Units, tuple[str, ...]]:
    found: dict[Units, list[str]] = defaultdict(list)
    for name in knowledge.names:
        key = units(name.form) if len(name.form) <= SOUNDING else ()
        if key and any(entry.means in _GRAMMAR for entry in keys[key]):
            found[key].append(unicodedata.normalize("NFKC", name.form))
    return {key: tuple(forms) for key, forms in found.items()}


def _general(knowledge: Knowledge, keys: Mapping[Units, tuple[Entry, ...]]) -> frozenset[Units]:
    kinds = {
        key: found
        for key, entries in keys.items()
        if (found := {knowledge.items[one.id].kind for one in entries if _is_name(one)})
    }
    ends = ((key[start:], found) for key, found in kinds.items() for start in range(1, len(key)))
    return frozenset(end for end, found in ends if end in kinds and found - kinds[end])


def _is_name(entry: Entry) -> bool:
    return entry.means is Means.ITEM and entry.strength > MISHEARD


def _dangerous(knowledge: Knowledge) -> frozenset[str]:
    hazardous = {one.id for one in knowledge.hazards.values() if one.danger}
    single = {item.id for item in knowledge.items.values() if hazardous & set(item.hazards)}
    broad = (item for item in knowledge.items.values() if item.variants)
    return frozenset(
        single | {one.id for one in broad if 2 * len(single & set(one.variants)) >= len(one.variants)}
    )


def _absorbed(entries: tuple[Entry, ...], knowledge: Knowledge) -> tuple[Entry, ...]:
    """A word that is both a broad word and one of its variants is the broad word: it has to be asked back."""
    items = [entry.id for entry in entries if entry.means is Means.ITEM]
    variants = {variant for item in items for variant in knowledge.items[item].variants}
    return tuple(entry for entry in entries if entry.means is not Means.ITEM or entry.id not in variants)


def _spellings(key: Units) -> list[Units]:
    """A name with a dot in it is also said without (缶・びん, 缶びん), and one ending in "can" of several."""
    joined = tuple(unit for unit in key if unit != SEPARATOR)
    several = (*key[:-1], "cans") if len(key) > 1 and key[-1] == "can" else ()
    return [one for one in dict.fromkeys((key, joined or key, several)) if one]


def _romaji(knowledge: Knowledge) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for name in knowledge.names:
        reading = name.reading or bare(name.form)
        if name.language in ("ja", "ja-simple") and all(is_kana(unit) for unit in units(reading)):
            found[romaji(reading)].setdefault(name.item, Entry(Means.ITEM, name.item, name.language, 0.9))
    return {
        key: _absorbed(tuple(entries.values()), knowledge) for key, entries in found.items() if len(key) > 2
    }


def _cues(knowledge: Knowledge) -> dict[str, tuple[tuple[int, tuple[str, ...]], ...]]:
    """Return what people write in an emergency, by first unit: number of the emergency, parts."""
    by_unit: dict[str, set[tuple[int, tuple[str, ...]]]] = defaultdict(set)
    for number, form in _cue_forms(knowledge):
        if "{" not in form and not form.startswith(WHOLE):
            parts = [units(part) for part in form.split("+")]
            by_unit[parts[0][0]].add((number, tuple(map(in_a_row, parts))))
    return {unit: tuple(sorted(cues)) for unit, cues in by_unit.items()}


def _combined(knowledge: Knowledge) -> tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...]:
    """Return the cues that combine groups of words: number of the emergency, groups, and groups that deny it.

    `{hot}+{powered}+!{before}`: something powered is hot, and not only was so once.
    """
    found = []
    for number, form in _cue_forms(knowledge):
        if "{" in form:
            parts = form.split("+")
            needed = tuple(part.strip("{}") for part in parts if not part.startswith(UNLESS))
            unless = tuple(part.strip(UNLESS + "{}") for part in parts if part.startswith(UNLESS))
            found.append((number, needed, unless))
    return tuple(found)


def _cue_forms(knowledge: Knowledge) -> Iterator[tuple[int, str]]:
    for number, emergency in enumerate(knowledge.safety):
        for forms in emergency.cues.values():
            yield from ((number, form) for form in forms)


def _alarm_words(knowledge: Knowledge) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the words that cues combine, by first unit: group, word. A plain word is a group of itself."""
    groups = {name: list(words) for name, words in knowledge.phrases.alarms.items()}
    for _, needed, unless in _combined(knowledge):
        for name in (*needed, *unless):
            groups.setdefault(name, [name])
    by_unit: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, words in groups.items():
        for run in filter(None, map(units, words)):
            by_unit[run[0]].add((name, in_a_row(run)))
    return {unit: tuple(sorted(found)) for unit, found in by_unit.items()}


def _alarms(knowledge: Knowledge) -> dict[Units, int]:
    """Return the cues that are an emergency only as the whole message, such as 「火事」."""
    return {
        units(form.removeprefix(WHOLE)): number
        for number, form in _cue_forms(knowledge)
        if form.startswith(WHOLE)
    }


def in_a_row(key: Units) -> str:
    """Return units as one string in which a run of them stands exactly where it stands in the units."""
    return "\0" + "\0".join(key) + "\0"


def spell(key: Units) -> str:
    """Return a key as one string for letter-by-letter comparison; Latin words keep their spaces."""
    if all(len(unit) == 1 and not unit.isascii() for unit in key):
        return "".join(key)
    text = ""
    for unit in key:
        glue = " " if text and (len(unit) > 1 or text[-1].isascii()) else ""
        text += glue + unit
    return text
