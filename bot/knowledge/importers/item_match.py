"""Which of our things and categories a row of the city's list means: exactly, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from bot.knowledge.importers.lookup import words_of
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.wording import fold, without_brackets
from bot.knowledge.model import Knowledge
from bot.knowledge.rules import in_force
from bot.knowledge.schema import Category

SHOWN = 6
"""How many candidates a sentence names."""


class Things:
    """Our things by every Japanese name for them, in one spelling, and by readings that are names in kana."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._readings: dict[str, set[str]] = defaultdict(set)
        for name in knowledge.names:
            if name.language in ("ja", "ja-simple"):
                self._forms[fold(name.form)].add(name.item)
                if name.reading:
                    self._readings[fold(name.reading)].add(name.item)

    def find(self, name: str) -> str | None:
        """Return the id of the one thing that a name means; None when we have none of that name.

        A name in kana is looked for among readings too. That two readings sound alike proves nothing (橋 and
        箸), so the list's own readings are not compared. Raises Refused when a name means several things.
        """
        key = fold(name)
        found = self._forms.get(key) or self._readings.get(key) or set()
        things = [self._knowledge.items[one] for one in sorted(found)]
        variants = [variant for thing in things for variant in thing.variants]
        if len(things) == 1 and not variants:
            return things[0].id
        if not things:
            return None
        several = list(dict.fromkeys(variants or [thing.id for thing in things]))
        names = [self._knowledge.name(one, "ja").form for one in several[:SHOWN]]
        raise Refused(remark("{name} may be several things: write which of {names}.", name=name, names=names))

    def owner(self, form: str) -> str | None:
        """Return a thing that already has a name, whoever asks for it."""
        return next(iter(sorted(self._forms.get(fold(form), ()))), None)


class Kinds:
    """The categories by every word for them, as they hold on a day."""

    def __init__(self, categories: Mapping[str, Category], day: date) -> None:
        self._categories = categories
        self._day = day
        self._words: dict[str, set[str]] = defaultdict(set)
        for category in categories.values():
            for word in words_of(category):
                self._words[fold(word)].add(category.id)

    def find(self, text: str) -> str:
        """Return the id of the one category that a text names. Raises Refused: nothing is guessed."""
        found = self._words.get(fold(text), set())
        valid = {one for category in found for one in self._now(category)}
        if len(valid) == 1:
            return valid.pop()
        if valid:
            raise Refused(
                remark("{text} may be several categories: {names}.", text=text, names=self._named(valid))
            )
        if self._words.get(fold(without_brackets(text))):
            raise Refused(
                remark("{text} says more than a category: put what is in brackets into the note.", text=text)
            )
        known = self._named({one.id for one in self._categories.values() if in_force(one, self._day)})
        raise Refused(
            remark("{category} is not a category; the categories are {known}.", category=text, known=known)
        )

    def _now(self, category: str) -> set[str]:
        """Return the categories that hold today for a word that may be an old one."""
        found = self._categories[category]
        if found.valid_until and found.valid_until < self._day:
            return {one for successor in found.replaced_by for one in self._now(successor)}
        return {category}

    def _named(self, categories: set[str]) -> list[str]:
        return [one.short["ja"] for one in self._categories.values() if one.id in categories]
