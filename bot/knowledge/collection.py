"""The schema of `content/collection/`: areas, their towns, days of collection, changes to single days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from bot.knowledge.days import Days, parse_days
from bot.knowledge.fields import Evidence, FactId, Slug, Source, Sourced, Strict, Text

AreaId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=30)]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]

WORDLESS: Final = frozenset(
    f"collection/{name}" for name in ("areas.yaml", "areas.geojson", "towns.csv", "days.csv", "changes.csv")
)
"""Files in which nothing stands that the index of what people say is built from."""

OFFICIAL: Evidence = "city-calendar"
"""The evidence of days from a calendar that the city itself loaded; only they are promised to anybody."""


def _readable(text: str) -> str:
    parse_days(text)
    return text


class Area(Sourced):
    """One collection area, as printed on the paper calendar. `letter` is what people know it by."""

    id: AreaId
    letter: str = Field(min_length=1, max_length=20)
    name: Text
    short: Text


class Town(Strict):
    """A town or district and its area. `part` tells apart the parts of a town that lies in two areas."""

    town: str = Field(min_length=1, max_length=60)
    reading: str = Field(default="", max_length=80)
    part: str = Field(default="", max_length=60)
    area: AreaId
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)


class _Dated(Strict):
    """What a row of days or changes carries so that a reader, and a clerk, can check it."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=80)
    areas: list[AreaId] = Field(min_length=1)
    evidence: Evidence
    facts: list[FactId] = []
    sources: list[Source] = []
    checked_on: date


class Schedule(_Dated):
    """When a category is collected in some areas, from `valid_from` to `valid_until`.

    `days` is spelled as in `bot/knowledge/days.py`. `holidays` is what happens to rule-given days on public
    holidays; left out, nobody has confirmed it.
    """

    category: Slug
    days: Annotated[str, AfterValidator(_readable)]
    valid_from: date
    valid_until: date
    put_out_by: ClockTime
    holidays: Literal["collected", "skipped", "next-day"] | None = None
    review_by: date

    @property
    def rule(self) -> Days:
        """The days as a rule that can be asked for dates."""
        return parse_days(self.days)

    @property
    def official(self) -> bool:
        """Whether the city itself loaded these days."""
        return self.evidence == OFFICIAL

    @model_validator(mode="after")
    def _in_its_dates(self) -> Schedule:
        if self.valid_from > self.valid_until:
            raise ValueError("valid_from is after valid_until")
        outside = [day for day in self.rule.explicit if not self.valid_from <= day <= self.valid_until]
        if outside:
            raise ValueError(f"{outside[0]} is outside {self.valid_from} to {self.valid_until}")
        return self


Reason = Literal[
    "holiday", "year-end", "typhoon", "heavy-rain", "snow",
    "earthquake", "roadworks", "event", "breakdown", "other",
]  # fmt: skip
"""Why a collection falls out or is moved, as readers are told in their language."""


class Change(_Dated):
    """Collections that do not take place from `first` to `last`, or, with `to`, on that day instead.

    Without categories it holds for all of them.
    """

    first: date
    last: date
    categories: list[Slug] = []
    to: date | None = None
    reason: Reason

    @model_validator(mode="after")
    def _one_day_moves(self) -> Change:
        if self.first > self.last:
            raise ValueError("first is after last")
        if self.to and self.first != self.last:
            raise ValueError("only a single day can be moved")
        if self.to and self.to == self.first:
            raise ValueError("a day cannot be moved to itself")
        return self

    def covers(self, area: str, category: str, day: date) -> bool:
        """Return whether a collection is changed by this."""
        return self.first <= day <= self.last and self.concerns(area, category)

    def concerns(self, area: str, category: str) -> bool:
        """Return whether collections of a category in an area are changed at all."""
        return area in self.areas and (not self.categories or category in self.categories)


def overlapping(schedules: list[Schedule], one: Schedule) -> Iterator[Schedule]:
    """Yield other schedules of the same grade that hold for the same area, category and some same day."""
    for other in schedules:
        if other is one or other.category != one.category or other.official != one.official:
            continue
        in_time = other.valid_from <= one.valid_until and one.valid_from <= other.valid_until
        if in_time and set(other.areas) & set(one.areas):
            yield other


class Reminders(Strict):
    """Whether and when people are reminded of collection days, local time.

    An evening reminder that could not leave at `evening` still does until `evening_end`.
    """

    enabled: bool = False
    evening: ClockTime = "20:00"
    evening_end: ClockTime = "22:00"
    morning: ClockTime = "06:30"

    @model_validator(mode="after")
    def _by_day(self) -> Reminders:
        if not self.morning < self.evening < self.evening_end:
            raise ValueError("morning, evening and evening_end must follow one another within a day")
        return self
