"""Learn what each piece of evidence weighs, from the open half of the test questions.

    python tools/odds.py                     learn from the content as it is
    python tools/odds.py --names 1ab6c11     also from the names that this revision had

The second is how `bot/answers/weights.py` was made: names that were added because a question missed them make
every question look easier than the next one will be. The sealed half is never asked.
"""

from __future__ import annotations

import argparse
import csv
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from bot.answers import engine as engines  # noqa: E402
from bot.answers.evidence import Evidence  # noqa: E402
from bot.answers.meant import is_open  # noqa: E402
from bot.answers.odds import CONTEXT  # noqa: E402
from bot.answers.reading import Reading  # noqa: E402
from bot.knowledge.loader import load  # noqa: E402
from tests import real  # noqa: E402
from tests.quality.judge import judge  # noqa: E402
from tests.quality.questions import Case, questions  # noqa: E402

WEIGHTS = HOUSE / "bot/answers/weights.py"
SUBJECTS = frozenset({"thing", "item", "out", "unlisted"})
OUTSIDE = frozenset({"out", "unlisted"})
OUTSIDE_WEIGHS = 3.0
"""A question about something else counts as much as this many about things: they are few in the file."""

SMOOTH = 1e-3
STEPS = 300
RATE = 0.1

Vector = dict[str, float]


@dataclass(frozen=True)
class Example:
    """A remark: the vector of each thing that may be meant, "none" last, and which of them are right."""

    vectors: list[Vector]
    right: list[bool]
    weight: float


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--names", metavar="REVISION", help="learn from the names of this revision, too")
    revision = parser.parse_args().names
    examples = list(_examples(HOUSE / "content"))
    if revision:
        with tempfile.TemporaryDirectory() as folder:
            examples += _examples(_with_names_of(revision, Path(folder) / "content"))
    weights = learn(examples)
    WEIGHTS.write_text(_as_table(weights), encoding="utf-8")
    tidy = [sys.executable, "-m", "ruff", "format", "--quiet", str(WEIGHTS)]
    subprocess.run(tidy, check=True)  # noqa: S603
    sys.stdout.write(f"{len(examples)} remarks, {len(weights)} weights\n")


def _with_names_of(revision: str, folder: Path) -> Path:
    """Copy the content, without names and everyday words that the revision did not have."""
    shutil.copytree(HOUSE / "content", folder)
    for name, width in (("garbage/names.csv", 3), ("ordinary.csv", 2)):
        shown = ["git", "-C", str(HOUSE), "show", f"{revision}:content/{name}"]
        before = subprocess.run(shown, check=True, capture_output=True, encoding="utf-8").stdout  # noqa: S603
        known = {tuple(row[:width]) for row in csv.reader(before.splitlines())}
        file = folder / name
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.reader(lines) if tuple(row[:width]) in known or "name" in row[3:4]]
        with file.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows(rows)
    return folder


def _examples(content: Path) -> Iterator[Example]:
    """Yield each open question whose one remark is left to the odds."""
    engine = engines.Engine(load(content), real.voices())
    heard: list[Reading] = []
    resolve = engines.resolve

    def listen(reader, index, reading):  # type: ignore[no-untyped-def]
        heard.append(reading)
        return resolve(reader, index, reading)

    engines.resolve = listen
    try:
        for case in questions():
            heard.clear()
            if case.sealed or case.subject not in SUBJECTS:
                continue
            engine.answer(_question(case.question, case))
            if len(heard) == 1 and heard[0].evidence and is_open(heard[0], engine.index):
                yield _example(engine, case, heard[0].evidence)
    finally:
        engines.resolve = resolve


def _question(text: str, case: Case) -> engines.Question:
    return engines.Question(text=text, language=case.language, now=real.NOON)


def _example(engine: engines.Engine, case: Case, evidence: Evidence) -> Example:
    vectors = [
        {
            f"{kind} {part}": amount * evidence.remark[part]
            for kind, amount in kinds.items()
            for part in CONTEXT
            if amount and evidence.remark[part]
        }
        for kinds in evidence.things.values()
    ]
    vectors.append({f"none {part}": share for part, share in evidence.remark.items() if share})
    asked = _question("", case)
    right = [judge(case.expect, engine.lookup(asked, f"garbage:{name}")).right for name in evidence.things]
    return Example(vectors, [*right, not any(right)], OUTSIDE_WEIGHS if case.subject in OUTSIDE else 1.0)


def learn(examples: Sequence[Example]) -> Vector:
    """Return the weights under which the right things are likeliest (Adam, with a penalty on large ones)."""
    names = sorted({name for one in examples for vector in one.vectors for name in vector})
    weights = dict.fromkeys(names, 0.0)
    mean, square = dict.fromkeys(weights, 0.0), dict.fromkeys(weights, 0.0)
    total = math.fsum(one.weight for one in examples)
    for step in range(1, STEPS + 1):
        slope = {name: SMOOTH * weight for name, weight in weights.items()}
        for one in examples:
            for vector, surplus in zip(one.vectors, _surplus(one, weights), strict=True):
                for name, amount in vector.items():
                    slope[name] += amount * surplus * one.weight / total
        for name, change in slope.items():
            mean[name] = 0.9 * mean[name] + 0.1 * change
            square[name] = 0.999 * square[name] + 0.001 * change * change
            size = math.sqrt(square[name] / (1 - 0.999**step)) + 1e-8
            weights[name] -= RATE * mean[name] / (1 - 0.9**step) / size
    return weights


def _surplus(one: Example, weights: Vector) -> list[float]:
    """Return by how much each thing is likelier now than it is once the right ones are known."""
    scores = [math.fsum(weights[name] * amount for name, amount in vector.items()) for vector in one.vectors]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = math.fsum(powers)
    good = math.fsum(power for power, right in zip(powers, one.right, strict=True) if right)
    return [
        power / total - (power / good if right else 0.0)
        for power, right in zip(powers, one.right, strict=True)
    ]


def _as_table(weights: Vector) -> str:
    kinds = sorted({name.split()[0] for name in weights} - {"none"})
    rows = {kind: tuple(round(weights.get(f"{kind} {part}", 0.0), 2) for part in CONTEXT) for kind in kinds}
    none = {name.split()[1]: round(weight, 2) for name, weight in weights.items() if name.startswith("none ")}
    return (
        '"""What each piece of evidence weighs, as `tools/odds.py` learned it; never changed by hand."""\n\n'
        f"THINGS = {rows!r}\n"
        '"""Evidence for a thing: its weight in every remark, and more of it for each part of CONTEXT."""\n\n'
        f"NONE = {none!r}\n"
        '"""What in a remark speaks for none of the things."""\n'
    )


if __name__ == "__main__":
    main()
