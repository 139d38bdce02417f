"""The menu as LINE's JSON: where its tiles are, and what a tap on each does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.answers.taps import Tap
from bot.knowledge.richmenu import Tile
from bot.language.speech import Speech
from bot.language.tags import TAGS

WIDTH: Final = 2500
HEIGHT: Final = 1686
"""The picture in pixels: LINE's large menu."""

COLUMNS: Final = 3
ROWS: Final = 2

DEFAULT: Final = "ja"
"""Whose menu everybody sees who has no language of their own."""

_AMONG_SIGNS: Final = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")

_OURS: Final = "awamado-"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture, in pixels from its upper left corner."""

    x: int
    y: int
    width: int
    height: int


def boxes() -> list[Box]:
    """Return the place of each tile, row by row; together they cover the picture and nothing twice."""
    across = [WIDTH * column // COLUMNS for column in range(COLUMNS + 1)]
    down = [HEIGHT * row // ROWS for row in range(ROWS + 1)]
    return [
        Box(across[column], down[row], across[column + 1] - across[column], down[row + 1] - down[row])
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]


def describe(tiles: Sequence[Tile], speech: Speech) -> dict[str, Any]:
    """Return LINE's description of the menu in a language, without its name."""
    return {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "chatBarText": speech.say("Menu"),
        "areas": [
            {
                "bounds": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
                "action": _action(tile, speech.tag),
            }
            for tile, box in zip(tiles, boxes(), strict=True)
        ],
    }


def name_of(tag: str, description: bytes, picture: bytes) -> str:
    """Return the name of a menu: its language, and a digest that changes with anything of it."""
    return f"{_OURS}{tag}-{hashlib.sha256(description + b'|' + picture).hexdigest()[:16]}"


def is_ours(name: str) -> bool:
    """Tell whether a menu of this name was made here; others are left alone."""
    return name.startswith(_OURS)


def alias_of(tag: str) -> str:
    """Return the fixed name by which the present menu of a language is found: `awamado-zh-hans`."""
    return _OURS + tag.lower()


ALIASES: Final = {alias_of(tag): tag for tag in TAGS}


def _action(tile: Tile, tag: str) -> dict[str, str]:
    """A tap says its title in the chat, so that the reader sees what they asked for."""
    title = " ".join(tile.title[tag])
    if tag in (
        "ja",
        "zh-Hans",
        "zh-Hant",
    ):  # うちの収集日, but ことば Language
        title = _AMONG_SIGNS.sub("", title)
    data = Tap(tile.do, tile.on).encode()
    return {"type": "postback", "label": title, "data": data, "displayText": title}
