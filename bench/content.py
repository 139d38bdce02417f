"""Content as large as the plan measures by: the real one, trimmed to 2,000 things under 20,000 names."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge

THINGS = 2_000
FORMS = 20_000


def trim(content: Path, target: Path) -> Path:
    """Copy `content` to `target` with 2,000 things and 20,000 names; return `target`.

    What anything else refers to stays, so the trimmed content is as valid as the whole.
    """
    known = load(content)
    shutil.copytree(content, target)
    kept = _kept(known)
    _rewrite(target / "garbage" / "items.csv", lambda row: row["id"] in kept)
    names = target / "garbage" / "names.csv"
    _rewrite(names, lambda row: row["item"] in kept and row["kind"] != "shared")
    room = {"aliases": FORMS - len(kept) * 5}

    def fits(row: dict[str, str]) -> bool:
        room["aliases"] -= row["kind"] == "alias"
        return row["kind"] == "name" or room["aliases"] >= 0

    _rewrite(names, fits)
    return target


def _kept(known: Knowledge) -> set[str]:
    """Return the ids of 2,000 things: all that others refer to, then the first of the rest."""
    needed = {*known.overrides, *known.item_facts, *(one.meant for one in known.phrases.misheard)}
    needed |= {one for category in known.categories.values() for one in category.examples}
    needed |= {item.id for item in known.items.values() if item.variants}
    for item in known.items.values():
        needed |= {*item.parts, *item.variants}
    rest = [name for name in known.items if name not in needed]
    return needed | set(rest[: THINGS - len(needed)])


def _rewrite(file: Path, keep: Callable[[dict[str, str]], bool]) -> None:
    with file.open(encoding="utf-8", newline="") as source:
        table = csv.DictReader(source)
        fields, rows = list(table.fieldnames or []), [row for row in table if keep(row)]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
