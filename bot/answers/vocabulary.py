"""Everything people may say, word by word: each with what it means and how surely it means it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from bot.answers.normalise import Units, units
from bot.knowledge.days import WEEKDAYS
from bot.knowledge.model import Knowledge
from bot.knowledge.procedures import Guide


class Means(StrEnum):
    """What a stretch of text stands for."""

    ITEM = "item"
    CATEGORY = "category"
    SERVICE = "service"
    PATH = "path"
    GUIDE = "guide"
    INTENT = "intent"
    GUARD = "guard"
    DISCARD = "discard"
    MODIFIER = "modifier"
    CASE = "case"
    JOINER = "joiner"
    CONTAINING = "containing"
    CONTAINED = "contained"
    SWOLLEN = "swollen"
    DAY = "day"
    FILLER = "filler"


MISHEARD = 0.6
"""How sure a word is that dictation often writes for another of the same sound: enough to ask back."""

ORDINARY = "ordinary"
"""The id of everyday words, which explain a remark but belong to talk about anything."""

TARGETS = frozenset({Means.ITEM, Means.CATEGORY, Means.SERVICE, Means.PATH, Means.GUIDE})
"""Meanings that an answer can be about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a key: what it stands for, in which language it is said, and how exact the key is.

    `strength` is 1.0 for a name as written, less for a reading or a romanisation.
    """

    means: Means
    id: str
    language: str
    strength: float = 1.0


Spoken = Iterator[tuple[Units, Entry]]
"""What may be said, folded, with one of its meanings."""


def vocabulary(knowledge: Knowledge) -> Spoken:
    """Yield every way of saying anything the answers know of."""
    yield from _names(knowledge)
    yield from _pages(knowledge)
    yield from _cases(knowledge)
    yield from _phrases(knowledge)
    yield from _days(knowledge)


def _days(knowledge: Knowledge) -> Spoken:
    """Yield the words for days and for collecting, and those that ask for one's area.

    Chinese says the day of a week in one: 下周 and 周四 are 下周四.
    """
    words = knowledge.collection_words
    for name, said in (("area", words.choose), ("forget-area", words.forget)):
        yield from ((units(form), Entry(Means.INTENT, name, language)) for form, language in _said(said))
    for form, language in _said(words.collected):
        yield units(form), Entry(Means.DISCARD, Means.DISCARD.value, language)
    for one in words.days:
        yield from ((units(form), Entry(Means.DAY, one.on, language)) for form, language in _said(one.said))
    weeks = [one for one in words.days if one.on.startswith("week+")]
    weekdays = [one for one in words.days if one.on in WEEKDAYS]
    for week, one in product(weeks, weekdays):
        for (form, _), (day, language) in product(_said(week.said), _said(one.said)):
            joint = next((n for n in (2, 1) if len(day) == n + 1 and form.endswith(day[:n])), 0)
            if joint:
                yield units(form + day[joint:]), Entry(Means.DAY, f"{week.on} {one.on}", language)


def _pages(knowledge: Knowledge) -> Spoken:
    for category in knowledge.categories.values():
        yield from _means(_said(category.said), Means.CATEGORY, category.id)
        names = [*category.name.items(), *category.short.items(), ("ja", category.sign)]
        yield from _means(((bare(form), tag) for tag, form in names), Means.CATEGORY, category.id)
    for service in knowledge.services.values():
        yield from _means(_said(service.said), Means.SERVICE, service.id)
    for path in knowledge.paths.values():
        yield from _means(_said(path.said), Means.PATH, path.id)
    for guide in knowledge.guides.values():
        yield from _means(guide_phrases(guide), Means.GUIDE, guide.id)


def _means(forms: Iterable[tuple[str, str]], means: Means, name: str) -> Spoken:
    for form, language in forms:
        yield units(form), Entry(means, name, language)


def _cases(knowledge: Knowledge) -> Spoken:
    for condition in knowledge.conditions.values():
        for case in condition.cases:
            for form, language in _said(case.said):
                yield units(form), Entry(Means.CASE, case.id, language)


def guide_phrases(guide: Guide) -> Iterator[tuple[str, str]]:
    """Yield what people type when they mean a guide, and its own names, each with its language."""
    yield from _said(guide.said)
    for texts in (guide.short, guide.title):
        for language, form in texts.items():
            yield bare(form), language


def _names(knowledge: Knowledge) -> Spoken:
    for name in knowledge.names:
        for form in _written(name.form):
            yield units(form), Entry(Means.ITEM, name.item, name.language)
        if name.reading:
            yield units(name.reading), Entry(Means.ITEM, name.item, name.language, 0.97)


def _written(form: str) -> Iterable[str]:
    """A name as it stands, without its brackets, and without the blanks of easy Japanese."""
    closed = form.replace(" ", "") if not form.isascii() else form
    return dict.fromkeys((form, bare(form), closed, bare(closed)))


def _phrases(knowledge: Knowledge) -> Spoken:
    phrases = knowledge.phrases
    for means, words in (
        (Means.FILLER, phrases.fillers),
        (Means.DISCARD, phrases.discard),
        (Means.MODIFIER, phrases.modifiers),
        (Means.JOINER, phrases.joiners),
        (Means.CONTAINING, phrases.containing),
        (Means.CONTAINED, phrases.contained),
        (Means.SWOLLEN, phrases.swollen),
    ):
        for form, language in _said(words):
            yield units(form), Entry(means, means.value, language)
    for word in knowledge.ordinary:
        yield units(word.form), Entry(Means.FILLER, ORDINARY, word.language)
    for means, group in ((Means.INTENT, phrases.intents), (Means.GUARD, phrases.guards)):
        for one in group:
            for form, language in _said(one.said):
                yield units(form), Entry(means, one.id, language)


def _said(words: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for language, forms in words.items():
        for form in forms:
            yield form, language


def misheard(knowledge: Knowledge) -> Spoken:
    """Yield what dictation writes for a thing; even its own reading (はい) then only asks back."""
    for one in knowledge.phrases.misheard:
        for heard in one.heard:
            yield units(heard), Entry(Means.ITEM, one.meant, "ja", MISHEARD)


def bare(form: str) -> str:
    """Return a name without what stands in brackets: 「おもちゃ（プラスチック製）」 -> 「おもちゃ」.

    Brackets hold readings and explanations, which nobody types.
    """
    if "（" not in form and "(" not in form:
        return form.strip()
    text, depth = [], 0
    for char in form:
        depth += char in "（("
        if depth == 0:
            text.append(char)
        depth -= char in "）)" and depth > 0
    return "".join(text).strip()
