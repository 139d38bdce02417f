"""Looks for entries by name, by word, by id: whatever somebody has at hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.answers.engine import Engine
from bot.answers.guessing import guesses
from bot.answers.vocabulary import guide_phrases
from bot.knowledge.model import Knowledge
from bot.knowledge.procedures import Path
from bot.knowledge.schema import Category, Service

MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry: its id such as `garbage:frying-pan`, what it is called, the word by which it was found."""

    answer: str
    name: str
    word: str


def search(engine: Engine, text: str) -> list[Hit]:
    """Return the entries whose names or words hold a text, the shortest first; then what it may mean."""
    wanted = unicodedata.normalize("NFKC", text).casefold().strip()
    if not wanted:
        return []
    found: dict[str, Hit] = {}
    for hit in _words(engine.knowledge):
        if wanted in hit.word.casefold() and (
            hit.answer not in found or len(hit.word) < len(found[hit.answer].word)
        ):
            found[hit.answer] = hit
    ranked = sorted(found.values(), key=lambda hit: (len(hit.word), hit.answer))[:MOST]
    if ranked:
        return ranked
    names = {hit.answer: hit for hit in _words(engine.knowledge)}
    return [names[answer] for answer, _ in guesses(engine.index, text[:200]) if answer in names]


def _words(knowledge: Knowledge) -> Iterator[Hit]:
    yield from _of_things(knowledge)
    for guide in knowledge.guides.values():
        for phrase, _ in guide_phrases(guide):
            yield Hit(f"guide:{guide.id}", guide.short["ja"], phrase)
    yield from _of_pages("category", knowledge.categories)
    yield from _of_pages("service", knowledge.services)
    yield from _of_pages("path", knowledge.paths)
    for note in knowledge.notes:
        yield Hit(f"note:{note}", note, note)
    for desk in knowledge.desks.values():
        for form in (desk.id, *desk.name.values()):
            yield Hit(f"desk:{desk.id}", desk.name["ja"], form)


def _of_things(knowledge: Knowledge) -> Iterator[Hit]:
    for name in knowledge.names:
        known = knowledge.labels[name.item, "ja"].form
        yield from (Hit(f"garbage:{name.item}", known, form) for form in (name.form, name.reading) if form)
    for item in knowledge.items:
        yield Hit(f"garbage:{item}", knowledge.labels[item, "ja"].form, item)


def _of_pages(kind: str, group: Mapping[str, Category | Service | Path]) -> Iterator[Hit]:
    for one in group.values():
        for form in (one.id, *one.short.values(), *(form for forms in one.said.values() for form in forms)):
            yield Hit(f"{kind}:{one.id}", one.short["ja"], form)
