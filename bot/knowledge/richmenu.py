"""The tiles of the menu below the chat: what stands on each, and what a tap on it does."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from bot.knowledge.fields import Lines, Slug, Strict

FILE: Final = "richmenu.yaml"

TILES: Final = 6
"""The menu has two rows of three."""

TITLE: Final = 20
"""Longest title, its lines joined: LINE reads it aloud as the label of the tile."""


def _short(titles: dict[str, list[str]]) -> dict[str, list[str]]:
    for tag, lines in titles.items():
        if len(lines) > 2 or len(" ".join(lines)) > TITLE or not all(line.strip() for line in lines):
            raise ValueError(f"{tag}: a title has one or two lines, {TITLE} characters at most together")
    return titles


class Tile(Strict):
    """One tile. `do` and `on` are those of a button's tap; icon and colour are names the menu knows."""

    id: Slug
    icon: Literal["bin", "calendar", "paper", "card", "bell", "globe"]
    colour: Literal["indigo", "blue", "amber", "slate", "red"]
    do: Slug
    on: str = Field(default="", max_length=60)
    title: Annotated[Lines, AfterValidator(_short)]
