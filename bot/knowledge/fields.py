"""What the fields of `content/` may hold: ids, dates, texts in every language, and where they were read."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.language.tags import TAGS

T = TypeVar("T")

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
FactId = Annotated[str, Field(pattern=r"^(gi|gc|gs|gt|gv|mn|ea|gl|city):[A-Za-z0-9-]+$")]
Telephone = Annotated[str, Field(pattern=r"^[0-9-]{3,15}$")]
Evidence = Literal[
    "city-calendar", "city-item-list", "city-page", "national-rule", "third-party", "inferred", "unconfirmed"
]


def _in_every_language(texts: dict[str, T]) -> dict[str, T]:
    missing = [tag for tag in TAGS if tag not in texts]
    strange = [tag for tag in texts if tag not in TAGS]
    if missing or strange:
        words = [f"missing language {tag}" for tag in missing] + [
            f"unknown language {tag}" for tag in strange
        ]
        raise ValueError(", ".join(words))
    if any(not text for text in texts.values()):
        raise ValueError("a language has an empty text")
    return texts


def time_zone(name: str) -> str:
    """Return a time zone's name; raises ValueError for one that does not exist."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no time zone") from None
    return name


def address_in(url: str) -> str:
    """Return the pattern of a map's address; raises ValueError unless it holds `{address}` once."""
    if re.findall(r"{[^}]*}", url) != ["{address}"]:
        raise ValueError("must hold {address} once, and no other {…}")
    return url


def _readable_cues(words: dict[str, list[str]]) -> dict[str, list[str]]:
    for cue in (cue for cues in words.values() for cue in cues):
        if not all(re.search(r"\w", part) for part in cue.split("+")):
            raise ValueError(f"{cue!r} has a part without a letter")
    return words


def _known_languages(texts: dict[str, T]) -> dict[str, T]:
    strange = [tag for tag in texts if tag not in TAGS]
    if strange:
        raise ValueError(f"unknown language {', '.join(strange)}")
    return texts


Text = Annotated[dict[str, str], AfterValidator(_in_every_language)]
"""One sentence or phrase in all five languages, side by side."""

Lines = Annotated[dict[str, list[str]], AfterValidator(_in_every_language)]
"""Short sentences in order (steps, cautions) in all five languages."""

Words = Annotated[dict[str, list[str]], AfterValidator(_known_languages)]
"""What people say, per language; a language may have none."""


Cues = Annotated[Words, AfterValidator(_readable_cues)]
"""What people write in an emergency: `a` anywhere, `a+b` both, `=a` as the whole message, `{a}+!{b}` words of
group a and none of group b."""


class Strict(BaseModel):
    """A frozen record in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Strict):
    """Where a fact was read. `date` is the date printed on the page, null when it bears none."""

    url: str = Field(pattern=r"^https?://")
    date: str | None = Field(default=None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")


class Sourced(Strict):
    """What every entry carries so that a reader, and a clerk, can check it."""

    owner: Slug
    sources: list[Source]
    evidence: Evidence
    facts: list[FactId]
    checked_on: date
    review_by: date
