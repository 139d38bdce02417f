"""Where somebody lives: an area or a town that a text names, or the area that a place lies in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Final

import regex

from bot.answers.daytext import figure
from bot.answers.normalise import evened, romaji, without_readings
from bot.knowledge.collection import Town
from bot.knowledge.fields import Words
from bot.knowledge.model import Knowledge

NEAR_KM: Final = 1.5
"""Farther than this from the middle of a town, nobody can say that a place lies in it."""

_CLEARLY: Final = 0.6
"""How near the nearest town must be, as a share of the way to the nearest one of another area."""

_EARTH_KM: Final = 6371.0
_BEHIND_TOWN = regex.compile(
    r"[\d一二三四五六七八九十〇-]*\s*(丁目|ちょうめ|番地?|号|-?chome|chōme)?[\d\s番号地の-]*$"
)
_LIKE_A_TOWN = regex.compile(r".(町|丁|まち|ちょう|-?cho|-?chō|-?machi)$")
_CHOME = regex.compile(r"ちょうめ|-?chome|-?chōme")
_KANJI_NUMBER = regex.compile(r"^[一二三四五六七八九]?十?[一二三四五六七八九]?(?=丁目|ちょうめ|番)")
_POLITE = regex.compile(r"[\s。．.!！?？、,]+")
_SHORTEST_PART: Final = 2
_SHORTEST_LATIN: Final = 4


@dataclass(frozen=True)
class Places:
    """The areas and towns of one Knowledge, as people write them."""

    knowledge: Knowledge

    def alone(self, text: str) -> str | None:
        """Return the area that is all a text says: 「Cです」, "area c"; None for anything else."""
        return self._alone.get(_squeezed(text))

    def inside(self, text: str) -> tuple[str, str | None]:
        """Return a text without the area that it names (「C地区のプラはいつ」), and that area."""
        plain = without_readings(text)
        if self._inside is None or not (found := self._inside.search(evened(plain))):
            return text, None
        letter = next(letter for letter in found.groups() if letter)
        return f"{plain[: found.start()]} {plain[found.end() :]}".strip(), self._letters[letter]

    def town(self, text: str, asked: bool) -> tuple[Town, ...] | None:
        """Return the towns that a text may be the name of; None where it speaks of no town.

        `asked` tells that the reader was just asked where they live: then a part of a name is enough, and any
        words that could be a name are one.
        """
        if not (asked or self.knowledge.towns):
            return None
        said, framed = self._town_said(text)
        bare = _BEHIND_TOWN.sub("", said)
        for name in (said, bare, romaji(said), romaji(bare)):
            if found := self._names.get(name):
                return found
        part = self._partly(bare) if asked or framed else ()
        is_place = framed or _LIKE_A_TOWN.search(bare)
        return part or (() if asked and is_place else None)

    def part(self, text: str, offered: Collection[str]) -> Town | None:
        """Return the one offered town whose part a text names: 「2丁目」, 「二丁目です」, "2-chome"."""
        said = _numbered(self._town_said(text)[0])
        found = [
            town
            for town in self.knowledge.towns
            if town.part and f"{town.town}{town.part}" in offered and _numbered(_squeezed(town.part)) == said
        ]
        return found[0] if len(found) == 1 else None

    def at(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Return the areas that a place may lie in, the likeliest first; none where nothing tells."""
        drawn = [shape.area for shape in self.knowledge.shapes if shape.holds(latitude, longitude)]
        if drawn or self.knowledge.shapes:
            return tuple(dict.fromkeys(drawn))
        away: dict[str, float] = {}
        for town in self.knowledge.towns:
            if town.latitude is not None and town.longitude is not None:
                distance = kilometres(latitude, longitude, town.latitude, town.longitude)
                away[town.area] = min(distance, away.get(town.area, distance))
        near = sorted((distance, area) for area, distance in away.items() if distance <= NEAR_KM)
        return tuple(area for distance, area in near if distance * _CLEARLY <= near[0][0])

    def _town_said(self, text: str) -> tuple[str, bool]:
        """Return what may be a town's name, and whether words around it say that somebody lives there."""
        said = _squeezed(text)
        for before, after in self._around:
            inner = said.removeprefix(before).removesuffix(after)
            if said.startswith(before) and said.endswith(after) and 0 < len(inner) < len(said):
                return self._within_city(inner), True
        return self._within_city(said), False

    def _within_city(self, said: str) -> str:
        for city in self._city:
            said = said.removeprefix(city) or said
        return said

    def _partly(self, said: str) -> tuple[Town, ...]:
        if len(said) < (_SHORTEST_LATIN if said.isascii() else _SHORTEST_PART):
            return ()
        keys = {said, romaji(said)} - {""}
        found = [
            town for name, towns in self._names.items() if any(key in name for key in keys) for town in towns
        ]
        return tuple(dict.fromkeys(found))

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        return {_squeezed(area.letter): area.id for area in self.knowledge.calendar.areas.values()}

    @cached_property
    def _alone(self) -> Mapping[str, str]:
        """What an area is called, squeezed, with the area."""
        words = self.knowledge.collection_words
        templates = [*_all(words.area_alone), *_all(words.area_inside)]
        called: dict[str, str] = {}
        for area in self.knowledge.calendar.areas.values():
            called |= {_squeezed(name): area.id for name in (*area.name.values(), *area.short.values())}
            called |= {_squeezed(template.replace("{}", area.letter)): area.id for template in templates}
        return called

    @cached_property
    def _inside(self) -> regex.Pattern[str] | None:
        if not self._letters:
            return None
        letters = "|".join(map(regex.escape, sorted(self._letters, key=len, reverse=True)))
        forms = dict.fromkeys(_squeezed(form) for form in _all(self.knowledge.collection_words.area_inside))
        parted = (map(regex.escape, form.split("{}")) for form in forms)
        around = "|".join(rf"{before}\s*({letters})\s*{after}" for before, after in parted)
        return regex.compile(rf"(?<![a-z0-9])(?:{around})(?![a-z0-9])")

    @cached_property
    def _names(self) -> Mapping[str, tuple[Town, ...]]:
        names: dict[str, list[Town]] = {}
        for town in self.knowledge.towns:
            for form in _town_forms(town):
                names.setdefault(form, []).append(town)
        return {form: tuple(dict.fromkeys(towns)) for form, towns in names.items()}

    @cached_property
    def _around(self) -> tuple[tuple[str, str], ...]:
        """What stands before and behind a town's name, the longest first."""
        templates = {_squeezed(form) for form in _all(self.knowledge.collection_words.town)}
        parted = [(before, after) for before, _, after in (one.partition("{}") for one in templates)]
        return tuple(sorted(parted, key=lambda one: -len(one[0] + one[1])))

    @cached_property
    def _city(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_squeezed(name) for name in self.knowledge.city.name.values()))


def kilometres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Return the distance of two places on the globe."""
    north, east = radians(to_latitude - latitude) / 2, radians(to_longitude - longitude) / 2
    chord = sin(north) ** 2 + cos(radians(latitude)) * cos(radians(to_latitude)) * sin(east) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, chord)))


def _town_forms(town: Town) -> Iterator[str]:
    for name in dict.fromkeys((town.town, town.town + town.part, town.reading)):
        if form := _squeezed(name):
            yield form
    if town.reading and (latin := romaji(town.reading)):
        yield latin


def _numbered(part: str) -> str:
    """Return the part of a town with its number in figures and its kind in kanji: 二ちょうめ -> 2丁目."""
    figures = _KANJI_NUMBER.sub(lambda found: str(figure(found[0])), part)
    return str(_CHOME.sub("丁目", figures))


def _all(words: Words) -> Iterable[str]:
    return (form for forms in words.values() for form in forms)


def _squeezed(text: str) -> str:
    """Return a text in one spelling without blanks and marks."""
    return str(_POLITE.sub("", evened(without_readings(text))))
