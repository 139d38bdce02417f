"""The real content trimmed: to what the plan measures by, 2,000 things under 20,000 names, or to less."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from bot.knowledge.model import Knowledge

THINGS = 2_000
FORMS = 20_000


def trim(
    known: Knowledge,
    content: Path,
    target: Path,
    things: int = THINGS,
    forms: int = FORMS,
    also: Collection[str] = (),
) -> Path:
    """Copy `content`, loaded as `known`, to `target` with so many things and names; return `target`.

    The things of `also` stay with all their names, and so does what anything else refers to: the trimmed
    content is as valid as the whole.
    """
    shutil.copytree(content, target)
    kept = _kept(known, things, also)
    _rewrite(target / "garbage" / "items.csv", lambda row: row["id"] in kept)
    descriptions = target / "garbage" / "descriptions.csv"
    if descriptions.exists():
        _rewrite(descriptions, lambda row: row["item"] in kept)
    names = target / "garbage" / "names.csv"
    _rewrite(names, lambda row: row["item"] in kept and row["kind"] != "shared")
    staying = sum(
        name.kind == "name" if name.item not in also else name.kind != "shared"
        for name in known.names
        if name.item in kept
    )
    room = {"aliases": forms - staying}

    def fits(row: dict[str, str]) -> bool:
        if row["kind"] == "name" or row["item"] in also:
            return True
        room["aliases"] -= 1
        return room["aliases"] >= 0

    _rewrite(names, fits)
    return target


def _kept(known: Knowledge, things: int, also: Collection[str]) -> set[str]:
    """Return the ids of the things to keep: `also`, all that others refer to, then the first of the rest."""
    needed = {*also, *known.overrides, *known.item_facts, *(one.meant for one in known.phrases.misheard)}
    needed |= {one for category in known.categories.values() for one in category.examples}
    needed |= {item.id for item in known.items.values() if item.variants}
    for item in known.items.values():
        needed |= {*item.parts, *item.variants}
    rest = [name for name in known.items if name not in needed]
    return needed | set(rest[: max(0, things - len(needed))])


def _rewrite(file: Path, keep: Callable[[dict[str, str]], bool]) -> None:
    with file.open(encoding="utf-8", newline="") as source:
        table = csv.DictReader(source)
        fields, rows = list(table.fieldnames or []), [row for row in table if keep(row)]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
