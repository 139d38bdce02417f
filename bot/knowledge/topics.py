"""What a city's everyday notices are about, and beside which answers one of them belongs."""

from __future__ import annotations

from typing import Literal

from bot.knowledge.fields import Slug, Strict, Text


class Topic(Strict):
    """What everyday notices are about; residents switch each on or off.

    `about` are the answers that a notice of this topic belongs to: the kinds of their ids.
    """

    id: Slug
    name: Text
    about: list[Literal["schedule", "category", "garbage", "service", "guide", "path"]] = []
