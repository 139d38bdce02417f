"""The schema of `content/faq.csv`: questions and answers of the city, told as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Literal

from pydantic import Field

from bot.knowledge.fields import Slug, Source, Strict
from bot.knowledge.files import Lined
from bot.knowledge.model import Problem
from bot.knowledge.procedures import Guide
from bot.language.tags import TAGS

FILE: Final = "faq.csv"
SHORT: Final = 20
"""Longest label of a button, in signs."""


class Question(Strict):
    """One question with its answer, in one language; rows of the same id are the same in other languages."""

    id: Slug
    language: Literal["ja", "ja-simple", "en", "zh-Hans", "zh-Hant"]
    question: str = Field(min_length=1, max_length=120)
    answer: str = Field(min_length=1, max_length=1000)
    aliases: list[str] = []
    short: str = Field(min_length=1, max_length=SHORT)
    desk: Slug
    sources: list[Source] = []
    checked_on: date
    review_by: date


def problems(
    rows: Sequence[Lined[Question]], desks: Iterable[str], guides: Iterable[str]
) -> Iterator[Problem]:
    """Yield what no row knows of itself: desks and ids that exist, one row a language, always Japanese."""
    known, taken = set(desks), set(guides)
    seen: set[tuple[str, str]] = set()
    japanese = {row.id for row, _ in rows if row.language == "ja"}
    for row, line in rows:
        if row.desk not in known:
            yield Problem(FILE, line, f"unknown desk {row.desk!r}")
        if row.id in taken:
            yield Problem(FILE, line, f"id {row.id!r} stands twice")
        if (row.id, row.language) in seen:
            yield Problem(FILE, line, f"{row.id} stands twice in {row.language}")
        if row.id not in japanese:
            yield Problem(FILE, line, f"{row.id} has no row in ja")
        seen.add((row.id, row.language))


def as_guides(rows: Iterable[Question]) -> dict[str, Guide]:
    """Return the questions as guides by id; where a language is missing, its readers get the Japanese."""
    grouped: dict[str, dict[str, Question]] = defaultdict(dict)
    for row in rows:
        grouped[row.id][row.language] = row
    return {name: _guide(name, by_language) for name, by_language in grouped.items()}


def _guide(name: str, rows: Mapping[str, Question]) -> Guide:
    japanese = rows["ja"]
    each = {tag: rows.get(tag, japanese) for tag in TAGS}
    return Guide(
        id=name,
        topic="city",
        title={tag: row.question for tag, row in each.items()},
        short={tag: row.short for tag, row in each.items()},
        lead={tag: row.answer for tag, row in each.items()},
        desk=japanese.desk,
        said={tag: [row.question, *row.aliases] for tag, row in rows.items()},
        written_in=[] if len(rows) == len(TAGS) else list(rows),
        owner=japanese.desk,
        sources=japanese.sources,
        evidence="city-page",
        facts=[],
        checked_on=japanese.checked_on,
        review_by=japanese.review_by,
    )
