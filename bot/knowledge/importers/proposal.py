"""What an import would do: nothing is changed until all of it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence to staff, not yet in a language: a message of the `staff` catalogs and what stands in it.

    With `plural` it is said for `values["n"]` things. A value may be a remark itself, or a date.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""

    def __str__(self) -> str:
        return (self.plural if self.plural and self.values["n"] != 1 else self.text).format(**self.values)


def remark(text: str, /, **values: object) -> Remark:
    """Return a remark. `tools/texts.py` collects the first argument of each call for the `staff` catalogs."""
    return Remark(text, values)


def remark_n(singular: str, plural: str, n: int, /, **values: object) -> Remark:
    """Return a remark about `n` things; `{n}` in it is the number."""
    return Remark(singular, {"n": n, **values}, plural)


class Outcome(StrEnum):
    """What becomes of one row of a file."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    CONTRADICTS = "contradicts"
    REMOVED = "removed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a clerk's file. `place` is where they see it: file or sheet, row, column."""

    place: str
    outcome: Outcome
    about: str
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole import. `files` holds the new text of each file of `content/` that would change.

    `effects` say in sentences what it means for residents; `previews` are questions (with an area or not)
    whose answers show it on the phone. One rejected row rejects everything.
    """

    files: Mapping[str, str]
    rows: tuple[Row, ...] = ()
    effects: tuple[Remark, ...] = ()
    previews: tuple[tuple[str, str | None], ...] = ()

    @property
    def rejected(self) -> tuple[Row, ...]:
        """The rows that cannot be taken over, each with its reason."""
        return tuple(row for row in self.rows if row.outcome is Outcome.REJECTED)
