"""The schema of what is told in steps: guides, and the paths that lead to them tap by tap."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.knowledge.fields import Lines, Slug, Sourced, Strict, Text, Words


class Concept(Strict):
    """One thing that questions on procedures are about (card, lose, abroad), with the words for it.

    Words are matched wherever they stand, so a stem (なくし) stands for all its forms. An `aspect` only says
    what one wants to know (how much, when).
    """

    id: Slug
    aspect: bool = False
    said: Words


class Guide(Sourced):
    """One question people ask about procedures, the My Number card or the city, answered in steps.

    With `branches` it first asks which case it is (`ask`), since the wrong one costs money or a card.
    `path` offers to go through it step by step. `about` lists what asks for it: `card+lose` are two concepts.
    `alarm` marks a warning that stands above everything, such as a fraud. `desk_foreign` answers readers of
    other languages than Japanese. `elsewhere`: the question may name another town (moving there).
    `written_in`: the languages in which it was written, where it was not written in all of them.
    """

    id: Slug
    topic: Literal["procedures", "my-number", "city"]
    title: Text
    short: Text
    lead: Text
    who: Lines | None = None
    bring: Lines | None = None
    steps: Lines | None = None
    fee: Lines | None = None
    deadline: Lines | None = None
    where: Lines | None = None
    time: Lines | None = None
    trouble: Lines | None = None
    unsure: Lines | None = None
    ask: Text | None = None
    branches: list[Slug] = []
    path: Slug | None = None
    alarm: bool = False
    elsewhere: bool = False
    show: str | None = None
    desk: Slug
    desk_foreign: Slug | None = None
    about: list[Annotated[str, Field(pattern=r"^[a-z0-9-]+(\+[a-z0-9-]+)*$")]] = []
    link: str | None = None
    said: Words
    written_in: list[str] = []


class Option(Strict):
    """One way to go on from a step: to another step of the path (`to`), or to its end (`guide`)."""

    id: Slug
    short: Text
    to: Slug | None = None
    guide: Slug | None = None

    @model_validator(mode="after")
    def _leads_to_one_place(self) -> Self:
        if (self.to is None) == (self.guide is None):
            raise ValueError("needs either `to` or `guide`")
        return self


class Step(Strict):
    """One stop on a path: what to know here, and the question that decides the way."""

    id: Slug
    tell: Lines | None = None
    ask: Text
    options: list[Option] = Field(min_length=1, max_length=4)


class Path(Sourced):
    """A procedure gone through tap by tap, from its first step to the guide that fits the reader."""

    id: Slug
    topic: Literal["procedures", "my-number", "city"]
    title: Text
    short: Text
    steps: list[Step] = Field(min_length=2)
    said: Words
