"""One figure of ours beside its baseline, and the table that shows them all."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

HEADINGS: Final = ("figure", "unit", "ours", "baseline", "ratio", "target", "reached")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. At most one of the limits is set; without any the figure only informs.

    `at_most` bounds our own value, the other two bound the ratio ours / baseline.
    """

    figure: str
    unit: str
    ours: float
    baseline: float
    at_most: float | None = None
    ratio_at_least: float | None = None
    ratio_at_most: float | None = None

    @property
    def ratio(self) -> float:
        """Ours divided by the baseline."""
        return self.ours / self.baseline if self.baseline else float("inf")

    @property
    def target(self) -> str:
        """The limit in words."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g} {self.unit}"
        if self.ratio_at_least is not None:
            return f"≥ {self.ratio_at_least:g} ×"
        return f"≤ {self.ratio_at_most:g} ×" if self.ratio_at_most is not None else ""

    @property
    def reached(self) -> bool | None:
        """Whether the limit is kept; None for a figure without one."""
        if self.at_most is not None:
            return self.ours <= self.at_most
        if self.ratio_at_least is not None:
            return self.ratio >= self.ratio_at_least
        return self.ratio <= self.ratio_at_most if self.ratio_at_most is not None else None

    def cells(self) -> tuple[str, ...]:
        """Return what the table shows, in the order of HEADINGS."""
        reached = {True: "yes", False: "NO", None: ""}[self.reached]
        numbers = (_short(self.ours), _short(self.baseline), f"{_short(self.ratio)} ×")
        return (self.figure, self.unit, *numbers, self.target, reached)

    def as_json(self) -> dict[str, Any]:
        """Return the row as `last.json` keeps it."""
        numbers = {"ours": self.ours, "baseline": self.baseline, "ratio": self.ratio}
        rounded = {name: float(f"{number:.4g}") for name, number in numbers.items()}
        return {"unit": self.unit, **rounded, "target": self.target, "reached": self.reached}


def table(rows: Sequence[Row]) -> str:
    """Return the rows as text with aligned columns, the headings first."""
    cells = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = []
    for line in cells:
        padded = [
            " " * (width - _width(cell)) + cell if 2 <= place <= 4 else cell + " " * (width - _width(cell))
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    lines.insert(1, "-" * max(map(_width, lines)))
    return "\n".join(lines)


def _short(number: float) -> str:
    """Return a number with three digits that count."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
