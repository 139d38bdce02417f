"""The schema of `content/collection/words.yaml`: how people name days, their area and their town."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from bot.knowledge.days import WEEKDAYS
from bot.knowledge.fields import Slug, Strict, Words

_WEEKDAY = "|".join(WEEKDAYS)
_ON = re.compile(
    rf"\+\d{{1,2}}|(week|weekend|month)\+\d|past|next|{_WEEKDAY}|holiday \S+"
    r"|--\d\d-\d\d(/--\d\d-\d\d)?|undated"
)


def _resolvable(on: str) -> str:
    if not _ON.fullmatch(on):
        raise ValueError(
            f"{on!r} names no day: +1, week+1, weekend+0, month+1, Thu, --01-01, --12-29/--01-03, …"
        )
    for month, day in re.findall(r"--(\d\d)-(\d\d)", on):
        date(2024, int(month), int(day))  # a leap year: 02-29 exists
    return on


def _holed(words: dict[str, list[str]]) -> dict[str, list[str]]:
    if wrong := [form for forms in words.values() for form in forms if form.count("{}") != 1]:
        raise ValueError(f"{wrong[0]!r} must hold {{}} once, where the name stands")
    return words


Templates = Annotated[Words, AfterValidator(_holed)]
"""What people say around a name, which stands at `{}`."""


class SaidDay(Strict):
    """Words for a day or a stretch of days. `on` says which, as seen from today.

    `+1` days ahead; `week+1`, `weekend+1`, `month+1`; a weekday (`Thu`); every year `--01-01` or
    `--12-29/--01-03`; `holiday 元日`, by its official name, or `holiday *`; `undated`, whose date
    nobody confirmed. `next` and `past` say which of the weekdays is meant.
    """

    on: Annotated[str, AfterValidator(_resolvable)]
    said: Words


class BroadThing(Strict):
    """A broad word for things, and the category whose days it means."""

    item: Slug
    category: Slug


class CollectionWords(Strict):
    """How people name an area (inside a question, or as all they say), ask for theirs, and name days.

    `town` stands around the name of a town that is all they say. `broad` are broad things that, asked for
    their day, mean a category: "when is plastic?".
    """

    area_inside: Templates
    area_alone: Templates
    town: Templates
    choose: Words
    forget: Words
    collected: Words
    broad: list[BroadThing]
    days: list[SaidDay]
