"""The content of this repository with few things in it: everything else stays, and it loads in no time."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

from tests.real import CONTENT

EVERYDAY = ("frying-pan", "umbrella", "power-bank", "spray-can", "sofa", "surfboard", "kayak")


def make(folder: Path) -> Path:
    """Copy the content to `folder` with these things and whatever the rest of it names; return the folder."""
    shutil.copytree(CONTENT, folder)
    rows = {row["id"]: row for row in _rows(CONTENT / "garbage/items.csv")}
    kept = {name for name in rows if name in EVERYDAY} | _named(folder, set(rows))
    while more := _parts(rows, kept) - kept:
        kept |= more
    for file, column in (("items", "id"), ("names", "item"), ("overrides", "item"), ("item_facts", "item")):
        _keep(folder / "garbage" / f"{file}.csv", column, kept)
    return folder


def _named(folder: Path, known: set[str]) -> set[str]:
    """Return the things that YAML files name."""
    found: set[str] = set()
    for file in folder.rglob("*.yaml"):
        for _, named in re.findall(
            r"\b(examples|meant|thing|items?): *(\[[^\]]*\]|[a-z0-9-]+)", file.read_text("utf-8")
        ):
            found |= set(re.findall(r"[a-z0-9-]+", named))
    return found & known


def _parts(rows: dict[str, dict[str, str]], kept: set[str]) -> set[str]:
    cells = (rows[name][column] for name in kept for column in ("parts", "variants"))
    return {part for cell in cells for part in cell.split(";") if part}


def _keep(file: Path, column: str, kept: set[str]) -> None:
    """Leave the rows of kept things, of their names three words a language."""
    rows = _rows(file)
    columns, seen, left = list(rows[0]), Counter[tuple[str, str]](), []
    for row in rows:
        key = (row[column], row.get("language", ""))
        seen[key] += 1
        if row[column] in kept and (row.get("kind") in (None, "name") or seen[key] <= 3 or "form" not in row):
            left.append(row)
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, columns, lineterminator="\n")
        table.writeheader()
        table.writerows(left)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
