"""The bodies of calls about rich menus."""

from __future__ import annotations

from typing import Final

from emulator.rules import limits
from emulator.rules.words import ALIAS, BOOLEAN, WORD, Schema, a_list, closed, graphemes, ref

_MENU: Final[Schema] = {"richMenuId!": WORD}
_USERS: Final[Schema] = a_list({"type": "string", "pattern": "^U[0-9a-f]{32}$"}, most=limits.RECIPIENTS)


def _between(least: int, most: int = 2**31 - 1) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


DEFINITIONS: Final[dict[str, Schema]] = {
    "richMenuSize": closed(
        {
            "width!": _between(*limits.RICH_MENU_WIDTH),
            "height!": _between(limits.RICH_MENU_HEIGHT),
        }
    ),
    "richMenuBounds": closed(
        {"x!": _between(0), "y!": _between(0), "width!": _between(1), "height!": _between(1)}
    ),
    "richMenuArea": closed({"bounds!": ref("richMenuBounds"), "action!": ref("action.richMenu")}),
}

REQUESTS: Final[dict[str, Schema]] = {
    "richmenu": closed(
        {
            "size!": ref("richMenuSize"),
            "selected!": BOOLEAN,
            "name!": graphemes(limits.GRAPHEMES_RICH_MENU_NAME),
            "chatBarText!": graphemes(limits.GRAPHEMES_CHAT_BAR),
            "areas!": a_list("richMenuArea", most=limits.RICH_MENU_AREAS),
        }
    ),
    "richmenu-alias": closed({"richMenuAliasId!": ALIAS, **_MENU}),
    "richmenu-alias-update": closed(_MENU),
    "richmenu-link": closed({**_MENU, "userIds!": _USERS}),
    "richmenu-unlink": closed({"userIds!": _USERS}),
}
"""Kind of call to the shape of its body."""
