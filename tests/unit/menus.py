"""LINE's rich menus in memory, cut off whenever a test wants it, and menus to deploy there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.knowledge import richmenu
from bot.knowledge.files import ContentReader
from bot.line.calls import Refused
from bot.line.menus import Menu
from bot.richmenus.deploying import Design
from tests.real import CONTENT


class Killed(Exception):
    """The process is gone."""


@dataclass
class FakeMenus:
    """A MenuPort with LINE's rules. `calls_left`: after so many changing calls the process is killed; the
    call is done before that when `done`, as LINE may have done it although no answer came back.
    """

    there: dict[str, dict[str, Any]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    everybodys: str | None = None
    seen: dict[str, str] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    calls_left: int = 1_000
    made: int = 0
    done: bool = False

    def menus(self) -> list[Menu]:
        return [Menu(menu, one["name"]) for menu, one in self.there.items()]

    def aliases(self) -> dict[str, str]:
        return dict(self.names)

    def default(self) -> str | None:
        return self.everybodys

    def has_picture(self, menu: str) -> bool:
        return menu in self.pictures

    def create(self, description: dict[str, Any]) -> str:
        self.made += 1
        menu = f"richmenu-{self.made}"
        self._change("create", lambda: self.there.update({menu: description}))
        return menu

    def upload(self, menu: str, picture: bytes) -> None:
        self._change("upload", lambda: self.pictures.update({menu: picture}), menu not in self.pictures)

    def point(self, alias: str, menu: str, new: bool) -> None:
        allowed = menu in self.pictures and new is (alias not in self.names)
        self._change("point", lambda: self.names.update({alias: menu}), allowed)

    def set_default(self, menu: str) -> None:
        self._change("default", lambda: setattr(self, "everybodys", menu), menu in self.pictures)

    def delete(self, menu: str) -> None:
        self._change("delete", lambda: (self.there.pop(menu), self.pictures.pop(menu, None)))

    def delete_alias(self, alias: str) -> None:
        self._change("delete alias", lambda: self.names.pop(alias))

    def link(self, menu: str, user_ids: Sequence[str]) -> None:
        people = dict.fromkeys(user_ids, menu)
        self._change("link", lambda: self.seen.update(people), menu in self.pictures)

    def unlink(self, user_ids: Sequence[str]) -> None:
        self._change("unlink", lambda: [self.seen.pop(one, None) for one in user_ids])

    def _change(self, what: str, work: Any, allowed: bool = True) -> None:
        if self.calls_left == 0 and not self.done:
            raise Killed
        if not allowed:
            raise Refused(what, 400)
        self.changes.append(what)
        work()
        if self.calls_left == 0:
            raise Killed
        self.calls_left -= 1

    def state(self) -> tuple[object, ...]:
        """Return what people see, without LINE's ids."""
        names = {menu: one["name"] for menu, one in self.there.items()}
        return (
            sorted(names.values()),
            {names[menu]: picture for menu, picture in self.pictures.items()},
            {alias: names[menu] for alias, menu in self.names.items()},
            names.get(self.everybodys or ""),
            {person: names[menu] for person, menu in self.seen.items()},
        )


def designs(mark: str, tags: Sequence[str] = ("ja", "en", "zh-Hans")) -> list[Design]:
    """Return menus whose names differ with the mark."""
    return [
        Design(tag, f"awamado-{tag}-{mark}", {"name": f"awamado-{tag}-{mark}"}, f"{tag} {mark}".encode())
        for tag in tags
    ]


def tiles() -> tuple[richmenu.Tile, ...]:
    """Return the tiles of this repository's content, without loading the rest of it."""
    return tuple(tile for tile, _ in ContentReader(CONTENT).entries(richmenu.FILE, richmenu.Tile))
