"""Learn what each piece of evidence weighs, from the practice questions.

    python tools/odds.py

Practice questions (`tests/quality/practice.csv`) were written apart from all names, descriptions and test
questions; none of them is ever measured, and no test question is learned from. Two tables are written: which
words speak for talk about something else (`bot/answers/talk.csv`), and what every piece of evidence weighs
(`bot/answers/weights.py`).
"""

from __future__ import annotations

import csv
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from bot.answers import engine as engines  # noqa: E402
from bot.answers import evidence, talk, understand  # noqa: E402
from bot.answers.found import Named  # noqa: E402
from bot.answers.odds import CONTEXT  # noqa: E402
from tests import real  # noqa: E402
from tests.quality.judge import judge  # noqa: E402

WEIGHTS = HOUSE / "bot/answers/weights.py"
PRACTICE = HOUSE / "tests/quality/practice.csv"
FOLDS = 4
"""Talk is weighed for each remark by cues that were learned without it, a quarter of all at a time."""

OUTSIDE_WEIGHS = 1.5
"""A question about something else counts as much as this many about things: they are few in the file."""

FEWEST = 6
"""A cue that fewer remarks have is chance."""

Vector = dict[str, float]


@dataclass(frozen=True)
class Practice:
    """A question about a thing (id of an item), or about something else (an empty id)."""

    number: int
    language: str
    thing: str
    question: str


@dataclass(frozen=True)
class Example:
    """A remark: the vectors of the things that may be meant, of another one, of talk; which are right."""

    vectors: list[Vector]
    right: list[bool]
    weight: float


@dataclass
class Learning:
    """Weights on their way downhill (Adam, with a penalty on large ones)."""

    names: list[str]
    rate: float
    penalty: float

    def __post_init__(self) -> None:
        self.weights = [0.0] * len(self.names)
        self._mean, self._square = self.weights[:], self.weights[:]
        self._steps = 0

    def step(self, slope: Sequence[float]) -> None:
        """Move all weights one step down."""
        self._steps += 1
        for at, change in enumerate(slope):
            change += self.penalty * self.weights[at]
            self._mean[at] = 0.9 * self._mean[at] + 0.1 * change
            self._square[at] = 0.999 * self._square[at] + 0.001 * change * change
            size = math.sqrt(self._square[at] / (1 - 0.999**self._steps)) + 1e-8
            self.weights[at] -= self.rate * self._mean[at] / (1 - 0.9**self._steps) / size


def main() -> None:
    """Learn both tables and write them."""
    practice = list(_practice())
    said = _said(practice)
    examples = []
    for fold in range(FOLDS):
        _use(learn_talk([(cues, not one.thing) for one, cues in said if one.number % FOLDS != fold]))
        examples += _examples([one for one in practice if one.number % FOLDS == fold])
    weights = learn(examples)
    WEIGHTS.write_text(_as_table(weights), encoding="utf-8")
    tidy = [sys.executable, "-m", "ruff", "format", "--quiet", str(WEIGHTS)]
    subprocess.run(tidy, check=True)  # noqa: S603
    cues = learn_talk([(cues, not one.thing) for one, cues in said])
    with talk.FILE.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows((cue, round(cues[cue], 2)) for cue in sorted(cues))
    sys.stdout.write(f"{len(examples)} remarks, {len(weights)} weights, {len(cues)} cues of talk\n")


def _practice() -> Iterator[Practice]:
    with PRACTICE.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            yield Practice(number, **row)


def _said(practice: Sequence[Practice]) -> list[tuple[Practice, frozenset[str]]]:
    """Return each question with what it says besides the things that it names."""
    heard: list[frozenset[str]] = []

    def listen(remark: Named) -> float:
        heard.append(talk.cues(remark))
        return 0.0

    evidence.elsewhere, weighing = listen, evidence.elsewhere
    said = []
    for one in practice:
        heard.clear()
        understand.understand(one.question, real.engine().index)
        if heard:
            said.append((one, frozenset().union(*heard)))
    evidence.elsewhere = weighing
    return said


def _use(cues: Mapping[str, float]) -> None:
    talk.table = lambda: cues  # type: ignore[assignment]


def learn_talk(remarks: Sequence[tuple[frozenset[str], bool]], steps: int = 150) -> Vector:
    """Return what each cue weighs, given the cues of each remark and whether it is about something else."""
    counted = Counter(cue for found, _ in remarks for cue in found)
    learning = Learning(
        sorted(cue for cue, times in counted.items() if times >= FEWEST), 0.06, 1 / len(remarks)
    )
    places = {cue: at for at, cue in enumerate(learning.names)}
    seen = [([places[cue] for cue in sorted(found) if cue in places], other) for found, other in remarks]
    for _ in range(steps):
        slope = [0.0] * len(places)
        for found, other in seen:
            likely = 1 / (1 + math.exp(-sum(learning.weights[at] for at in found)))
            push = (likely - other) * (OUTSIDE_WEIGHS if other else 1.0) / len(seen)
            for at in found:
                slope[at] += push
        learning.step(slope)
    return dict(zip(learning.names, learning.weights, strict=True))


def _examples(practice: Sequence[Practice]) -> Iterator[Example]:
    """Yield each question that says more than a name, read as a whole, as the bot reads it first."""
    for one in practice:
        found = understand.understand(one.question, real.engine().index).evidence
        if found and found.things:
            yield _example(one, found)


def _example(one: Practice, found: evidence.Evidence) -> Example:
    vectors = [
        {
            f"{kind} {part}": amount * found.remark[part]
            for kind, amount in kinds.items()
            for part in CONTEXT
            if amount and found.remark[part]
        }
        for kinds in found.things.values()
    ]
    for kind in ("none", "else"):
        vectors.append({f"{kind} {part}": share for part, share in found.remark.items() if share})
    right = [bool(one.thing) and _is_right(one, name) for name in found.things]
    right += [bool(one.thing) and not any(right), not one.thing]
    return Example(vectors, right, 1.0 if one.thing else OUTSIDE_WEIGHS)


def _is_right(one: Practice, name: str) -> bool:
    asked = engines.Question(text="", language=one.language, now=real.NOON)
    return judge(f"item:{one.thing}", real.engine().lookup(asked, f"garbage:{name}")).right


def learn(examples: Sequence[Example], steps: int = 250) -> Vector:
    """Return the weights under which the right things are likeliest."""
    names = sorted({name for one in examples for vector in one.vectors for name in vector})
    places = {name: at for at, name in enumerate(names)}
    rows = [[[(places[name], amount) for name, amount in one.items()] for one in x.vectors] for x in examples]
    learning = Learning(names, 0.1, 1e-3)
    total = math.fsum(one.weight for one in examples)
    for _ in range(steps):
        slope = [0.0] * len(names)
        for one, vectors in zip(examples, rows, strict=True):
            scores = [sum(learning.weights[at] * amount for at, amount in vector) for vector in vectors]
            for vector, surplus in zip(vectors, _surplus(scores, one.right), strict=True):
                push = surplus * one.weight / total
                for at, amount in vector:
                    slope[at] += amount * push
        learning.step(slope)
    return dict(zip(names, learning.weights, strict=True))


def _surplus(scores: Sequence[float], right: Sequence[bool]) -> list[float]:
    """Return by how much each thing is likelier now than it is once the right ones are known."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    good = sum(power for power, is_right in zip(powers, right, strict=True) if is_right)
    return [
        power / total - (power / good if is_right else 0.0)
        for power, is_right in zip(powers, right, strict=True)
    ]


def _as_table(weights: Vector) -> str:
    kinds = sorted({name.split()[0] for name in weights} - {"none", "else"})
    rows = {kind: tuple(round(weights.get(f"{kind} {part}", 0.0), 2) for part in CONTEXT) for kind in kinds}
    none, other = (
        {name.split()[1]: round(weight, 2) for name, weight in weights.items() if name.startswith(f"{kind} ")}
        for kind in ("none", "else")
    )
    return (
        '"""What each piece of evidence weighs, as `tools/odds.py` learned it; never changed by hand."""\n\n'
        f"THINGS = {rows!r}\n"
        '"""Evidence for a thing: its weight in every remark, and more of it for each part of CONTEXT."""\n\n'
        f"NONE = {none!r}\n"
        '"""What in a remark speaks for another thing than these."""\n\n'
        f"ELSE = {other!r}\n"
        '"""What in a remark speaks for talk about something else."""\n'
    )


if __name__ == "__main__":
    main()
