"""A notice that the city sent, as far as its readers may ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice that went out. Moments are aware; areas or languages None: all of them.

    `texts` has the text of every language, fall-backs filled in; `links` (label, https address) by language.
    Without `valid_until` it is not shown again. `replaces` is the id of the notice that it puts right.
    """

    id: int
    emergency: bool
    topic: str | None
    texts: Mapping[str, str]
    as_of: datetime
    valid_until: datetime | None = None
    areas: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    replaces: int | None = None
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def headline(self, language: str) -> str:
        """Return the first line of the text in a language."""
        return next((line.strip() for line in self.texts[language].splitlines() if line.strip()), "")
