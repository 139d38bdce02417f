"""Which area or category a clerk's word means: exactly, after one spelling for all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.knowledge.collection import Area
from bot.knowledge.importers.fiscal import first_day, last_day
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.wording import fold, plain, without_brackets
from bot.knowledge.schema import Category

_AREA_WORDS = re.compile(
    r"収集|地区|地區|ちく|地域|区域|えりあ|こーす|コース|エリア|collection|district|area|course", re.I
)
_EVERYWHERE = frozenset(
    {"全地区", "全域", "市内全域", "全市", "共通", "全地域", "全エリア", "全コース", "allareas", "all"}
)
_BETWEEN = re.compile(r"[・,、/&+\s]+")


class Areas:
    """The areas by every word for them. New ones may be added while a file is read."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.known: dict[str, Area] = {}
        self._words: dict[str, set[str]] = defaultdict(set)
        for area in areas:
            self.add(area)

    def add(self, area: Area) -> None:
        """Make an area known under its id, letter and names."""
        self.known[area.id] = area
        for word in {area.id, area.letter, *area.name.values(), *area.short.values()}:
            self._words[fold(word)].add(area.id)
        self._words[stem(area.letter)].add(area.id)

    def find(self, text: str) -> str | None:
        """Return the id of the one area that a text names, or None."""
        for word in (fold(text), stem(text)):
            found = self._words.get(word, set()) if word else set()
            if len(found) == 1:
                return next(iter(found))
        return None

    def several(self, text: str) -> tuple[str, ...] | None:
        """Return the ids of the areas that a text names: one, several in a row, or all of them."""
        if fold(text) in _EVERYWHERE:
            return tuple(self.known)
        if one := self.find(text):
            return (one,)
        found = [self.find(part) for part in _BETWEEN.split(plain(text)) if stem(part)]
        return tuple(dict.fromkeys(area for area in found if area)) if found and all(found) else None

    def refusal(self, text: str) -> Refused:
        """Return the error that names the areas there are."""
        known = "、".join(area.letter for area in self.known.values())
        return Refused(remark("{area} is not an area; the areas are {known}.", area=repr(text), known=known))


def stem(text: str) -> str:
    """Return what tells an area from the others: `a` of `Ａ地区`; empty when a text only says "area"."""
    return _AREA_WORDS.sub("", fold(text))


class Categories:
    """The categories by every word for them: id, names, signs and what people say."""

    def __init__(self, categories: Mapping[str, Category]) -> None:
        self._all = categories
        self._words: dict[str, list[str]] = defaultdict(list)
        for category in categories.values():
            for word in dict.fromkeys(fold(word) for word in words_of(category)):
                self._words[word].append(category.id)

    def knows(self, text: str) -> bool:
        """Return whether a text names any category."""
        return fold(text) in self._words

    def find(self, text: str, year: int) -> str:
        """Return the id of the regularly collected category that a text names in a fiscal year.

        Raises Refused: unknown, collected on no fixed days, or ended before that year.
        """
        found = [self._all[one] for one in self._words.get(fold(text), [])]
        regular = [one for one in found if one.kind == "regular"]
        valid = [one for one in regular if _holds(one, first_day(year), last_day(year))]
        if len(valid) == 1:
            return valid[0].id
        raise Refused(self._why(text, year, found, regular))

    def _why(self, text: str, year: int, found: list[Category], regular: list[Category]) -> Remark:
        word = repr(text)
        if len(regular) == 1:
            now = "、".join(self._all[one].short["ja"] for one in regular[0].replaced_by)
            return remark(
                "{category} is not collected in the fiscal year {year}; instead: {now}.",
                category=word, year=year, now=now or "–",
            )  # fmt: skip
        if found and not regular:
            return remark("{category} is not collected on fixed days.", category=word)
        known = "、".join(self._all[one].short["ja"] for one in collected_in(self._all, year))
        return remark("{category} is not a category; the categories are {known}.", category=word, known=known)


def words_of(category: Category) -> Iterator[str]:
    """Yield every word for a category."""
    yield category.id
    yield category.sign
    for text in (*category.name.values(), *category.short.values()):
        yield text
        yield without_brackets(text)
    for words in category.said.values():
        yield from words


def _holds(category: Category, first: date, last: date) -> bool:
    begun = not category.valid_from or category.valid_from <= last
    return begun and (not category.valid_until or category.valid_until >= first)


def collected_in(categories: Mapping[str, Category], year: int) -> list[str]:
    """Return the ids of the categories that are collected regularly in a fiscal year."""
    return [
        one.id
        for one in categories.values()
        if one.kind == "regular" and _holds(one, first_day(year), last_day(year))
    ]
