"""How people put a thing who do not use its name: phrases by which it is found, never names of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from bot.knowledge.fields import Slug, Strict

FILE: Final = "garbage/descriptions.csv"


class Description(Strict):
    """What people of one language say of an item: what it is for, where it is, what it holds, its state."""

    item: Slug
    language: Literal["ja", "ja-simple", "en", "zh-Hans", "zh-Hant"]
    said: list[Annotated[str, Field(min_length=2, max_length=120)]] = Field(min_length=1)


def problems(rows: Iterable[tuple[Description, int]], items: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield line and words for each row about an item that is not there, or that has a row before."""
    seen: set[tuple[str, str]] = set()
    for row, line in rows:
        if row.item not in items:
            yield line, f"unknown item {row.item!r}"
        if (row.item, row.language) in seen:
            yield line, f"{row.item} is described twice in {row.language}"
        seen.add((row.item, row.language))
