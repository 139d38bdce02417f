"""LINE's rich menus: what there is, and one method for each thing that can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bot.line.calls import Calls, Refused

MOST_AT_ONCE: Final = 500
"""People in one call of `link` or `unlink`."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu that LINE has."""

    id: str
    name: str


class MenuPort(Protocol):
    """What can be done with menus. Every method raises Refused when LINE does not do it."""

    def menus(self) -> list[Menu]:
        """Return every menu made by this interface."""
        ...

    def aliases(self) -> dict[str, str]:
        """Return the id of the menu behind each alias."""
        ...

    def default(self) -> str | None:
        """Return the id of the menu that everybody sees who has none of their own."""
        ...

    def has_picture(self, menu: str) -> bool:
        """Return whether a menu has its picture; it can be seen and linked only then."""
        ...

    def create(self, description: dict[str, Any]) -> str:
        """Make a menu without a picture; return its id."""
        ...

    def upload(self, menu: str, picture: bytes) -> None:
        """Give a menu its picture (PNG, 1 MB at most); that can be done once."""
        ...

    def point(self, alias: str, menu: str, new: bool) -> None:
        """Make an alias, or lead one that there is to another menu."""
        ...

    def set_default(self, menu: str) -> None:
        """Show a menu to everybody who has none of their own."""
        ...

    def delete(self, menu: str) -> None:
        """Delete a menu; one that is gone already is no error."""
        ...

    def delete_alias(self, alias: str) -> None:
        """Delete an alias; one that is gone already is no error."""
        ...

    def link(self, menu: str, user_ids: Sequence[str]) -> None:
        """Show a menu to up to 500 people. Who is no friend is left out without a word."""
        ...

    def unlink(self, user_ids: Sequence[str]) -> None:
        """Show up to 500 people the default menu again."""
        ...


class MenuApi:
    """The MenuPort that speaks to LINE, or to the practice LINE."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def menus(self) -> list[Menu]:
        """See MenuPort."""
        found = self._calls.json("GET", "/v2/bot/richmenu/list").get("richmenus", [])
        return [Menu(one["richMenuId"], one.get("name", "")) for one in found]

    def aliases(self) -> dict[str, str]:
        """See MenuPort."""
        found = self._calls.json("GET", "/v2/bot/richmenu/alias/list").get("aliases", [])
        return {one["richMenuAliasId"]: one["richMenuId"] for one in found}

    def default(self) -> str | None:
        """See MenuPort."""
        found = self._or_none("/v2/bot/user/all/richmenu")
        return None if found is None else str(found.get("richMenuId", "")) or None

    def has_picture(self, menu: str) -> bool:
        """See MenuPort. LINE tells it only by handing the picture out."""
        try:
            return bool(self._calls.data("GET", f"/v2/bot/richmenu/{menu}/content"))
        except Refused as refused:
            if refused.status == 404:
                return False
            raise

    def create(self, description: dict[str, Any]) -> str:
        """See MenuPort."""
        return str(self._calls.json("POST", "/v2/bot/richmenu", description)["richMenuId"])

    def upload(self, menu: str, picture: bytes) -> None:
        """See MenuPort."""
        self._calls.data("POST", f"/v2/bot/richmenu/{menu}/content", picture)

    def point(self, alias: str, menu: str, new: bool) -> None:
        """See MenuPort."""
        if new:
            body = {"richMenuAliasId": alias, "richMenuId": menu}
            self._calls.json("POST", "/v2/bot/richmenu/alias", body)
        else:
            self._calls.json("POST", f"/v2/bot/richmenu/alias/{alias}", {"richMenuId": menu})

    def set_default(self, menu: str) -> None:
        """See MenuPort."""
        self._calls.json("POST", f"/v2/bot/user/all/richmenu/{menu}")

    def delete(self, menu: str) -> None:
        """See MenuPort."""
        self._gone(f"/v2/bot/richmenu/{menu}")

    def delete_alias(self, alias: str) -> None:
        """See MenuPort."""
        self._gone(f"/v2/bot/richmenu/alias/{alias}")

    def link(self, menu: str, user_ids: Sequence[str]) -> None:
        """See MenuPort. A single person sees it at once; for many LINE takes its time."""
        if len(user_ids) == 1:
            self._calls.json("POST", f"/v2/bot/user/{user_ids[0]}/richmenu/{menu}")
        else:
            body = {"richMenuId": menu, "userIds": list(user_ids)}
            self._calls.json("POST", "/v2/bot/richmenu/bulk/link", body)

    def unlink(self, user_ids: Sequence[str]) -> None:
        """See MenuPort."""
        if len(user_ids) == 1:
            self._calls.json("DELETE", f"/v2/bot/user/{user_ids[0]}/richmenu")
        else:
            self._calls.json("POST", "/v2/bot/richmenu/bulk/unlink", {"userIds": list(user_ids)})

    def _or_none(self, path: str) -> dict[str, Any] | None:
        try:
            return self._calls.json("GET", path)
        except Refused as refused:
            if refused.status == 404:
                return None
            raise

    def _gone(self, path: str) -> None:
        try:
            self._calls.json("DELETE", path)
        except Refused as refused:
            if refused.status != 404:
                raise
