"""Knowledge: all of `content/`, validated and frozen, as the answers read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.collection import Town
from bot.knowledge.descriptions import Description
from bot.knowledge.expected import Expectation
from bot.knowledge.notices import Notice
from bot.knowledge.procedures import Concept, Guide, Path
from bot.knowledge.richmenu import Tile
from bot.knowledge.saying import CollectionWords
from bot.knowledge.schema import (
    Category,
    City,
    Condition,
    Desk,
    Hazard,
    Item,
    Name,
    Note,
    Ordinary,
    Override,
    Phrases,
    Rule,
    Safety,
    Service,
    Welcome,
)
from bot.knowledge.shapes import Shape


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in `content/`, with the place to mend it (`line` counts from 1; 0: the whole file)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentRefused(Exception):
    """The folder cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Label:
    """What a thing is called in one language, in full and on a button; `reading` is of a Japanese name."""

    form: str
    short: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One consistent state of `content/`. `version` is a short checksum of its files.

    `lexicon` is one of the files that the words of people stand in: without collection days and expectations.
    """

    version: str
    lexicon: str
    city: City
    desks: Mapping[str, Desk]
    categories: Mapping[str, Category]
    rules: tuple[Rule, ...]
    notes: Mapping[str, Note]
    hazards: Mapping[str, Hazard]
    conditions: Mapping[str, Condition]
    items: Mapping[str, Item]
    names: Sequence[Name]
    labels: Mapping[tuple[str, str], Label]
    overrides: Mapping[str, tuple[Override, ...]]
    item_facts: Mapping[str, tuple[str, ...]]
    ordinary: Sequence[Ordinary]
    services: Mapping[str, Service]
    guides: Mapping[str, Guide]
    paths: Mapping[str, Path]
    concepts: Mapping[str, Concept]
    safety: tuple[Safety, ...]
    phrases: Phrases
    notices: Mapping[str, Notice]
    welcome: Welcome
    collection_words: CollectionWords
    towns: tuple[Town, ...]
    shapes: tuple[Shape, ...]
    calendar: CollectionCalendar
    tiles: tuple[Tile, ...]
    expected: tuple[Expectation, ...] = ()
    descriptions: Sequence[Description] = ()

    def name(self, item: str, language: str) -> Label:
        """Return what a reader of `language` calls an item; its Japanese name where nobody translated it."""
        return self.labels.get((item, language)) or self.labels[item, "ja"]

    def category_on(self, category: str, day: date) -> Category:
        """Return the category in force on `day` for one that may have been retired."""
        found = self.categories[category]
        while found.valid_until and day > found.valid_until and found.replaced_by:
            found = self.categories[found.replaced_by[0]]
        return found
