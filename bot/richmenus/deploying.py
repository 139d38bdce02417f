"""Brings the menus to LINE, step by step. Every step looks first at what is there, so that a run which was
cut off anywhere is simply run again, and one that finds all in order changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.knowledge.richmenu import Tile
from bot.language.speech import Speech
from bot.line.menus import Menu, MenuPort
from bot.richmenus.describing import ALIASES, DEFAULT, alias_of, describe, is_ours, name_of

Draw = Callable[[Sequence[Tile], str], bytes]
"""(tiles, tag) -> PNG."""


@dataclass(frozen=True, slots=True)
class Design:
    """The menu of a language as it should be. Its name changes with anything of it."""

    tag: str
    name: str
    description: dict[str, Any]
    picture: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done, or would be: `what` is a word, `on` the menu's name or the alias."""

    what: str
    on: str


def design(tiles: Sequence[Tile], voices: Mapping[str, Speech], draw: Draw) -> list[Design]:
    """Return the menu of every language. Raises what `draw` raises."""
    return [_design(tiles, speech, draw) for speech in voices.values()]


def _design(tiles: Sequence[Tile], speech: Speech, draw: Draw) -> Design:
    description, picture = describe(tiles, speech), draw(tiles, speech.tag)
    plain = json.dumps(description, ensure_ascii=False, sort_keys=True).encode()
    name = name_of(speech.tag, plain, picture)
    return Design(speech.tag, name, {**description, "name": name}, picture)


@dataclass(slots=True)
class Deployment:
    """One run. With `dry` nothing is changed, and the steps say what would be done."""

    port: MenuPort
    designs: Sequence[Design]
    relink: Callable[[Mapping[str, str]], int]
    """Shows the menus, by language, to the people who see older ones; returns how many they were."""

    dry: bool = False
    steps: list[Step] = field(default_factory=list)

    def run(self) -> list[Step]:
        """Deploy and return what was done. Raises Refused; then simply run it again.

        Nobody is ever without a menu: the old ones go last, when nobody is shown them any more.
        """
        there, aliases = self.port.menus(), self.port.aliases()
        present = {one.tag: self._made(one, there, aliases) for one in self.designs}
        for tag, menu in present.items():
            if aliases.get(alias_of(tag)) != menu:
                new = alias_of(tag) not in aliases
                self._do("alias", alias_of(tag), partial(self.port.point, alias_of(tag), menu, new))
        if self.port.default() != present[DEFAULT]:
            self._do("default", alias_of(DEFAULT), partial(self.port.set_default, present[DEFAULT]))
        if not self.dry and (people := self.relink(present)):
            self.steps.append(Step("people", str(people)))
        for alias in _superfluous(aliases):
            self._do("delete alias", alias, partial(self.port.delete_alias, alias))
        for old in there:
            if is_ours(old.name) and old.id not in present.values():
                self._do("delete", old.name, partial(self.port.delete, old.id))
        return self.steps

    def _made(self, wanted: Design, there: Sequence[Menu], aliases: Mapping[str, str]) -> str:
        """Return the id of a menu with its picture; what is missing of it is made."""
        same = [menu.id for menu in there if menu.name == wanted.name]
        pointed = aliases.get(alias_of(wanted.tag))
        if pointed in same:  # LINE takes no alias to a menu without a picture
            return str(pointed)
        menu = (
            same[0]
            if same
            else self._do("create", wanted.name, partial(self.port.create, wanted.description))
        )
        if not (same and self.port.has_picture(menu)):
            self._do("picture", wanted.name, partial(self.port.upload, menu, wanted.picture))
        return menu

    def _do(self, what: str, on: str, work: Callable[[], str | None]) -> str:
        self.steps.append(Step(what, on))
        return "" if self.dry else work() or ""


def _superfluous(aliases: Mapping[str, str]) -> Iterator[str]:
    """Yield our aliases of languages that there are no more."""
    return (alias for alias in aliases if is_ours(alias) and alias not in ALIASES)
