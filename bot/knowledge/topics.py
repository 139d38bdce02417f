"""What a city's everyday notices are about, and beside which answers one of them belongs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.knowledge.fields import Slug, Strict, Text


class Topic(Strict):
    """What everyday notices are about; residents switch each on or off.

    `about` are the answers that a notice of this topic belongs to: the kinds of their ids.
    """

    id: Annotated[Slug, Field(max_length=40)]
    name: Text
    about: list[Literal["schedule", "category", "garbage", "service", "guide", "path"]] = []
