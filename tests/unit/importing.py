"""Importing in tests: proposals over the real content, and what is known after one is accepted."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from bot.knowledge import collection
from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.files import ContentReader
from bot.knowledge.importers import kinds
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Proposal
from bot.knowledge.loader import LISTS
from bot.knowledge.model import Knowledge
from tests.real import CONTENT, ROOT, knowledge

TODAY = date(2026, 11, 22)
MIHON = ROOT / "samples" / "mihon"
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
HEAD = ["地区", "種類", *(f"{month}月" for month in MONTHS)]
WEDNESDAYS = [
    "1・15",
    "6・20",
    "3・17",
    "1・15",
    "5・19",
    "2・16",
    "7・21",
    "4・18",
    "2・16",
    "6・20",
    "3・17",
    "3・17",
]
"""The first and third Wednesdays of the fiscal year 2026."""

COLLECTION = ("areas.yaml", "towns.csv", "days.csv", "changes.csv")


@cache
def texts() -> Mapping[str, str]:
    """Return the committed files of collection days by their path in `content/`."""
    return {f"collection/{name}": (CONTENT / "collection" / name).read_text("utf-8") for name in COLLECTION}


def propose(
    kind: str,
    files: Mapping[str, bytes] | bytes,
    known: Knowledge | None = None,
    before: Mapping[str, str] | None = None,
    **options: object,
) -> Proposal:
    """Return the proposal for some files (bytes alone: one CSV file) over the real content or `known`."""
    named = files if isinstance(files, Mapping) else {"file.csv": files}
    asked = Options(TODAY, **options)  # type: ignore[arg-type]
    return kinds.propose(kind, named, known or knowledge(), before or texts(), asked)


def accepted(
    proposal: Proposal, folder: Path, before: Mapping[str, str] | None = None
) -> tuple[Knowledge, dict[str, str]]:
    """Return what is known after a proposal, and the files then, checked as `content/` is checked."""
    after = {**(before or texts()), **proposal.files}
    for path, text in after.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    reader = ContentReader(folder)
    areas = reader.entries("collection/areas.yaml", collection.Area)
    towns = reader.rows("collection/towns.csv", collection.Town, LISTS)
    days = reader.rows("collection/days.csv", collection.Schedule, LISTS)
    changes = reader.rows("collection/changes.csv", collection.Change, LISTS)
    assert not reader.problems, reader.problems
    calendar = CollectionCalendar(*([one for one, _ in rows] for rows in (areas, days, changes)))
    return replace(knowledge(), calendar=calendar, towns=tuple(town for town, _ in towns)), after


def table(*rows: Sequence[str], title: str = "令和8年度", head: Sequence[str] = HEAD) -> bytes:
    """Return a yearly table as CSV: a title in row 1, headings in row 2, then the rows."""
    text = io.StringIO()
    csv.writer(text).writerows([[title], head, *rows])
    return text.getvalue().encode()


def row(area: str = "A地区", category: str = "プラマーク", **cells: str) -> list[str]:
    """Return a row of a good yearly table, with other cells below some months: `m6="31"`."""
    return [
        area,
        category,
        *(cells.get(f"m{month}", day) for month, day in zip(MONTHS, WEDNESDAYS, strict=True)),
    ]


def said(proposal: Proposal) -> list[tuple[str, str]]:
    """Return place and reason of every rejected row."""
    return [(one.place, str(one.remark)) for one in proposal.rejected]


def outcomes(proposal: Proposal) -> set[Outcome]:
    """Return what becomes of the rows, each kind once."""
    return {one.outcome for one in proposal.rows}


def wednesdays() -> set[date]:
    """Return the days that the good table has."""
    cells = zip(MONTHS, WEDNESDAYS, strict=True)
    return {
        date(2026 + (month < 4), month, int(number)) for month, cell in cells for number in cell.split("・")
    }
