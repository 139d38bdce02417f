"""The schema of `content/notices.yaml`: reviewed texts of notices in five languages, with typed blanks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from bot.knowledge.fields import Lines, Slug, Sourced, Strict, Text
from bot.language.speech import PLACEHOLDER
from bot.language.tags import TAGS

FILE: Final = "notices.yaml"
"""May be missing: a city may write every notice by hand."""

LONGEST_HOLD: Final = 2
"""Minutes for which an emergency may be held back at most before it leaves."""

BlankId = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=30)]


class StaffText(Strict):
    """A short text for staff, in the two languages of the console."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Choice(Strict):
    """One value of a blank of kind `choice`.

    A text shows it as `{blank}`, and where the choices have them, `{blank_rank}` and `{blank_do}`: what the
    second half of an official name is, and what to do then.
    """

    id: Slug
    text: Text
    rank: Text | None = None
    do: Text | None = None


class Blank(Strict):
    """What a notice leaves open. `kind` says what may stand there, and how each language spells it.

    `place` and `name` are proper names: in a language that was not given one the Japanese stands with its
    reading, for English in Roman letters; a `place` may be the whole city or collection areas, whose names
    are known. `text` is free words, which must be given in every language. `categories` are of garbage.
    `moment` is a day with a time. An `optional` blank that is left open takes its whole line away.
    """

    id: BlankId
    kind: Literal[
        "place", "name", "text", "categories", "moment", "day", "time", "number", "choice", "phone", "link"
    ]
    label: StaffText
    optional: bool = False
    choices: list[Choice] = []

    @model_validator(mode="after")
    def _chooses_among_some(self) -> Self:
        if (self.kind == "choice") != (len(self.choices) > 1):
            raise ValueError("choices: two or more for kind `choice`, none for any other")
        ids = [one.id for one in self.choices]
        if len(set(ids)) < len(ids):
            raise ValueError("choices: an id stands twice")
        for part in ("rank", "do"):
            if len({getattr(one, part) is None for one in self.choices}) > 1:
                raise ValueError(f"choices: all of them have `{part}`, or none")
        return self

    def shown_as(self) -> Iterator[str]:
        """Yield the placeholders by which a text may show this blank; the first one it has to."""
        yield self.id
        yield from (f"{self.id}_{part}" for part in ("rank", "do") if self.choices and self._has(part))

    def _has(self, part: str) -> bool:
        return getattr(self.choices[0], part) is not None


class Notice(Sourced):
    """A notice ready but for its blanks. `text` is its lines by language; the first says what, where, when.

    `hold_minutes` passes between approval and sending so that it can still be stopped, `valid_hours` until
    nobody needs it any more. `replaces` names the notices that one of this kind may end. `topic` may say
    what an emergency is about; it reaches everybody all the same. `staff_only` never goes to residents.
    """

    id: Slug
    kind: Literal["emergency", "information"]
    title: StaffText
    topic: Slug | None = None
    hold_minutes: int = Field(ge=0, le=120)
    valid_hours: int = Field(ge=1, le=24 * 60)
    replaces: list[Slug] = []
    staff_only: bool = False
    blanks: list[Blank] = Field(min_length=1)
    text: Lines

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.kind == "emergency" and self.hold_minutes > LONGEST_HOLD:
            raise ValueError(f"hold_minutes: an emergency waits {LONGEST_HOLD} minutes at most")
        if self.kind == "information" and self.topic is None:
            raise ValueError("topic: is missing; only an emergency reaches everybody")
        wrong = list(self._blanks_amiss())
        if wrong:
            raise ValueError(", ".join(wrong))
        return self

    def _blanks_amiss(self) -> Iterator[str]:
        ids = [one.id for one in self.blanks]
        yield from (f"blank {one!r} stands twice" for one in {one for one in ids if ids.count(one) > 1})
        known = {name for one in self.blanks for name in one.shown_as()}
        for tag in TAGS:
            used = set(PLACEHOLDER.findall("\n".join(self.text[tag])))
            yield from (f"text in {tag} does not show {{{one}}}" for one in sorted(set(ids) - used))
            yield from (f"text in {tag} shows the unknown blank {{{one}}}" for one in sorted(used - known))


def problems(records: Iterable[tuple[Notice, int]], topics: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield, with its line, what one notice cannot know of itself: whether those it replaces exist.

    A city without topics does not tell its notices apart by them: then any will do.
    """
    read = list(records)
    known = {one.id for one, _ in read}
    for one, line in read:
        for other in sorted(set(one.replaces) - known):
            yield line, f"replaces unknown notice {other!r}"
        if topics and one.topic is not None and one.topic not in topics:
            yield line, f"unknown topic {one.topic!r}"
