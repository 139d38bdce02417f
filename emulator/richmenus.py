"""The rich menus of the account: pictures, aliases, the one for everybody."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final

MOST: Final = 1_000
"""Menus, and aliases, of one account."""


@dataclass(slots=True)
class RichMenu:
    """One menu. Without its picture nobody can be shown it."""

    id: str
    description: dict[str, Any]
    picture: bytes = b""
    kind: str = ""

    def for_phones(self) -> dict[str, Any]:
        """Return what a phone shows of it."""
        return {"id": self.id, **self.description}


class RichMenus:
    """Every menu by id. Callers hold the world's lock."""

    def __init__(self) -> None:
        self.by_id: dict[str, RichMenu] = {}
        self.aliases: dict[str, str] = {}
        self.default: str | None = None

    def create(self, description: dict[str, Any]) -> RichMenu:
        """Take a menu in."""
        menu = RichMenu(f"richmenu-{secrets.token_hex(16)}", description)
        self.by_id[menu.id] = menu
        return menu

    def ready(self, menu: str) -> bool:
        """Return whether there is such a menu and it has its picture."""
        return menu in self.by_id and bool(self.by_id[menu].picture)

    def delete(self, menu: str) -> bool:
        """Delete a menu; False when there is none."""
        if self.default == menu:
            self.default = None
        return self.by_id.pop(menu, None) is not None

    def shown(self, own: str | None) -> RichMenu | None:
        """Return the menu that somebody linked to `own` sees: that one, else the one for everybody."""
        return self.by_id.get(own or "") or self.by_id.get(self.default or "")
