"""The schema of `content/expected.csv`: questions of readers, and the answer that each must lead to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from bot.knowledge.fields import Strict

FILE: Final = "expected.csv"

AnswerId = Annotated[
    str, Field(pattern=r"^(garbage|guide|service|category|path):[a-z0-9][a-z0-9/-]*$", max_length=120)
]
"""What an answer is known by, such as `garbage:frying-pan`."""


class Expectation(Strict):
    """A question, masked, in the language of its reader, with the id of the answer that it must lead to."""

    question: str = Field(min_length=1, max_length=120)
    language: Literal["ja", "ja-simple", "en", "zh-Hans", "zh-Hant"]
    answer: AnswerId
    added_on: date


def with_rows(text: str, new: Iterable[Expectation], without: tuple[str, str] | None = None) -> str:
    """Return the text of the file with these behind its own; the same question has one answer, the newest.

    `without` leaves out one question of one language.
    """
    rows = {(row["question"], row["language"]): row for row in csv.DictReader(io.StringIO(text))}
    for one in new:
        rows.pop((one.question, one.language), None)
        rows[one.question, one.language] = one.model_dump(mode="json")
    rows.pop(without or ("", ""), None)
    out = io.StringIO()
    table = csv.DictWriter(out, list(Expectation.model_fields), lineterminator="\n")
    table.writeheader()
    table.writerows(rows.values())
    return out.getvalue()
