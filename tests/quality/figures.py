"""Shares with their uncertainty, and tables of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.quality.questions import Result

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over some questions."""

    n: int
    right: int
    top3: int
    wrong: int

    def as_row(self) -> dict[str, float | int]:
        """Return the counts and shares (in %); `low` and `high` bound the share that is right."""
        low, high = wilson(self.right, self.n)
        shares = {"right": self.right, "top3": self.top3, "wrong": self.wrong}
        return {
            "n": self.n,
            **{name: round(100 * count / self.n, 2) for name, count in shares.items()},
            "low": round(100 * low, 2),
            "high": round(100 * high, 2),
        }


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson score interval of a share, as two shares of 1."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = hits / n, Z95 * Z95
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def count(results: Iterable[Result]) -> Figures:
    """Return the figures of some results."""
    outcomes = [result.outcome for result in results]
    return Figures(
        len(outcomes),
        sum(one.right for one in outcomes),
        sum(one.top3 for one in outcomes),
        sum(one.wrong for one in outcomes),
    )


def by(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, Figures]:
    """Return the figures of each group of results, in order of their names."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    return {name: count(groups[name]) for name in sorted(groups)}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(title: str, groups: dict[str, dict[str, float | int]]) -> str:
    """Return groups of figures as lines of text."""
    width = max([len(title), *map(len, groups)])
    lines = [f"{title:<{width}}     n   right     95 %            top-3   wrong"]
    for name, row in groups.items():
        lines.append(
            f"{name:<{width}} {row['n']:>5}  {row['right']:>5.1f} %  {row['low']:>5.1f}–{row['high']:<5.1f}"
            f"  {row['top3']:>6.1f} %  {row['wrong']:>5.1f} %"
        )
    return "\n".join(lines)
