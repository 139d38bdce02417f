"""Questions that taught us something, grouped by what they are about: the list that staff work off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.answers.engine import Engine
from bot.answers.found import LIKELY
from bot.answers.guessing import core, guesses
from bot.answers.model import Question, Status
from bot.insights.signals import Kind
from bot.store.signals import Row

_OPEN = frozenset({Status.UNKNOWN, Status.CHOICES, Status.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one language about the same. `core` is what they share, `likely` (answer id, how sure).

    `answered`: by now the most frequent of them is answered directly; that is what happened to it.
    """

    language: str
    core: str
    rows: tuple[Row, ...]
    likely: tuple[tuple[str, float], ...]
    answered: bool

    @property
    def question(self) -> str:
        """The question that was asked most."""
        return self.rows[0].question

    @property
    def n(self) -> int:
        """How often all of them were asked."""
        return sum(row.n for row in self.rows)

    @property
    def last(self) -> date:
        """The latest day on which one was asked."""
        return max(row.last for row in self.rows)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What happened to them."""
        return tuple(kind for kind in Kind if any(row.kind == kind for row in self.rows))


def groups(rows: Iterable[Row], engine: Engine, now: datetime) -> list[Group]:
    """Return the groups of some rows, the most frequent first.

    Rows belong together when what they are about is folded alike, or when they likely mean the same answer.
    """
    by_core: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.question:
            by_core[row.language, core(engine.index, row.question)].append(row)
    joined: dict[tuple[str, str], tuple[str, list[Row], list[tuple[str, float]]]] = {}
    for (language, shared), some in by_core.items():
        likely = _likely(some, engine)
        sure = likely and likely[0][1] >= LIKELY
        key = (language, likely[0][0] if sure else f"={shared}")
        if key in joined:
            joined[key][1].extend(some)
        else:
            joined[key] = (shared, list(some), likely)
    found = [
        _group(language, shared, some, likely, engine, now)
        for (language, _), (shared, some, likely) in joined.items()
    ]
    return sorted(found, key=lambda one: (-one.n, one.language, one.core))


def _group(
    language: str,
    shared: str,
    rows: list[Row],
    likely: list[tuple[str, float]],
    engine: Engine,
    now: datetime,
) -> Group:
    rows.sort(key=lambda row: (-row.n, row.question))
    voted = any(row.kind == Kind.NOT_HELPFUL for row in rows)
    answer = engine.answer(Question(text=rows[0].question, language=language, now=now))
    answered = answer.status not in _OPEN and not voted
    return Group(language, shared, tuple(rows), tuple(likely), answered)


def _likely(rows: list[Row], engine: Engine) -> list[tuple[str, float]]:
    """Return what questions likely mean: what readers themselves chose comes before our guesses."""
    chosen = {row.target: 1.0 for row in sorted(rows, key=lambda row: -row.n) if row.kind == Kind.CHOSEN}
    guessed = {name: score for name, score in guesses(engine.index, rows[0].question) if name not in chosen}
    return [*chosen.items(), *guessed.items()][:4]
