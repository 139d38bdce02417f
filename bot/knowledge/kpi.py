"""What a city counts: the goals of its plan, its other accounts, and how many residents it has."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.knowledge.fields import FactId, Slug, Strict

StaffText = dict[Literal["ja", "en"], str]
"""What staff read, in Japanese and English."""

Year = Annotated[int, Field(ge=2000, le=2100)]


class Goal(Strict):
    """One figure of the plan: `start` in the fiscal year `start_year`, `goal` on the day `by`."""

    id: Slug
    name: StaffText
    unit: Literal["people", "percent"] = "people"
    start: int = Field(ge=0)
    start_year: Year
    goal: int = Field(ge=1)
    by: date


class Account(Strict):
    """An account of the city on another network; its figures are entered by hand."""

    id: Slug
    name: str = Field(min_length=1, max_length=40)


class Residents(Strict):
    """How many people live in the city, on which day, and who says so."""

    count: int = Field(ge=1)
    day: date
    source_url: str


class Kpi(Strict):
    """What is counted. The goal `subscribers` is about all accounts together, the others are entered by hand.

    `opened` is the first day of the LINE account; without it LINE is asked until it knows nobody.
    """

    plan: StaffText | None = None
    opened: date | None = None
    subscribers: Goal | None = None
    others: list[Goal] = []
    accounts: list[Account] = []
    residents: Residents | None = None
    facts: list[FactId] = []
