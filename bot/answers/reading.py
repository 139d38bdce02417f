"""A remark understood as far as possible: what the steps that answer it go by."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.evidence import Evidence
from bot.answers.found import LIKELY, SURE, SURE_GUIDE, Found
from bot.answers.vocabulary import Means


@dataclass(frozen=True, slots=True)
class Reading:
    """A remark understood as far as possible. `rest` weighs the text that nothing explains.

    `days` are the days it speaks of, as `bot/answers/dayspan.py` reads them. `ordinary` tells that it
    also has everyday words, such as "weather", which are about no garbage.
    """

    found: tuple[Found, ...]
    near: tuple[Found, ...]
    resembling: tuple[Found, ...]
    guides: tuple[Found, ...]
    intents: frozenset[str]
    guards: frozenset[str]
    cases: frozenset[str]
    discard: bool
    swollen: bool
    leftover: bool
    rest: float
    days: tuple[str, ...] = ()
    ordinary: bool = False
    evidence: Evidence | None = None

    @property
    def says_something(self) -> bool:
        """False when nothing but polite words and the act of throwing away was said."""
        return bool(self.found or self.near or self.intents or self.days or self.guards or self.rest)

    @property
    def plain_guide(self) -> Found | None:
        """The guide that the concepts of the remark plainly ask for, if it throws nothing away."""
        best = next((one for one in self.guides if one.by_concepts), None)
        return best if best and best.score >= SURE_GUIDE and not (self.discard and self.found) else None

    @property
    def plain(self) -> bool:
        """True when something is named surely with nothing unexplained beside it, or with a slip alone."""
        if self.found:
            return self.rest == 0 and any(one.score >= SURE for one in self.found)
        return any(one.score >= SURE for one in self.near)

    @property
    def suggests(self) -> bool:
        """True when its words by themselves make something likely."""
        likely = any(one.score >= LIKELY for one in (*self.found, *self.near))
        return likely or any(LIKELY <= one.score < SURE for one in self.resembling)

    @property
    def names_category(self) -> bool:
        """True when a category is all that was named."""
        means = {entry.means for one in self.found for entry in one.entries}
        return means == {Means.CATEGORY} and self.rest == 0

    @property
    def only_intents(self) -> bool:
        """True when the remark says nothing but an intent or a day (and polite words)."""
        asks = self.intents or (self.days and not self.ordinary)
        return bool(asks) and not self.found and self.rest == 0 and not self.guards


def telling(readings: list[Reading]) -> list[Reading]:
    """Return the remarks of a message to be answered: beside one that names a thing, no vague one."""
    if not any(one.plain and one.found for one in readings):
        return readings
    return [one for one in readings if one.found or one.guides or one.intents or one.days or one.guards]
