"""The question files, and one run of all of them through the engine."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.answers.model import Answer
from tests.quality.judge import Outcome, behind_id, danger, judge
from tests.real import ask, knowledge

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """One question as it was typed, with what is expected."""

    id: str
    language: str
    style: str
    subject: str
    question: str
    expect: str

    @property
    def sealed(self) -> bool:
        """Whether this question belongs to the half whose failures are counted but not shown.

        Nobody improves the answers by looking at it, so its figures tell how unseen wordings fare.
        """
        return self.style != "danger" and int(self.id[1:]) % 2 == 0


@dataclass(frozen=True, slots=True)
class Result:
    """A case with its answer and judgement. `seconds` is the time that the engine took."""

    case: Case
    answer: Answer
    outcome: Outcome
    seconds: float


def questions() -> list[Case]:
    """Return the questions of every file in `questions/`."""
    return [Case(**row) for file in sorted((HERE / "questions").glob("*.csv")) for row in _rows(file)]


def dangers() -> list[Case]:
    """Return the questions of `danger.csv`; those about an accident have the subject `accident`."""
    return [
        Case(**row, style="danger", subject="accident" if row["expect"] == "safety" else "danger")
        for row in _rows(HERE / "danger.csv")
    ]


def danger_names() -> list[Case]:
    """Return every name of every dangerous thing as a question, expecting the categories of that thing."""
    known = knowledge()
    risky = {one.id for one in known.hazards.values() if one.danger}
    things = {one.id for one in known.items.values() if risky & set(one.hazards)}
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in known.names:
        owners[name.language, name.form].add(name.item)
    cases = []
    for (language, form), items in sorted(owners.items()):
        if items & things:
            own = {one.category or "unknown" for item in items for one in behind_id(f"garbage:{item}")}
            cases.append(Case(form, language, "danger", "name", form, "|".join(sorted(own))))
    return cases


def run(case: Case) -> Result:
    """Ask one question and judge the answer."""
    begin = time.perf_counter()
    answer = ask(case.question, case.language)
    seconds = time.perf_counter() - begin
    compare = danger if case.style == "danger" else judge
    return Result(case, answer, compare(case.expect, answer), seconds)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
