"""The files of things as texts: rows are added or replaced, every other line stays as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.knowledge.importers.shelf import cell
from bot.knowledge.schema import Item, Name, Override

ITEMS = "garbage/items.csv"
NAMES = "garbage/names.csv"
OVERRIDES = "garbage/overrides.csv"


def with_rows(text: str, records: Iterable[Item | Name | Override]) -> str:
    """Return the text of a CSV file with these records behind its own, in the order of its columns."""
    lines = csv.reader(io.StringIO(text))
    columns = next(lines)
    added = [[cell(getattr(record, column)) for column in columns] for record in records]
    return text.rstrip("\r\n") + "\n" + rows_text(added) if added else text


def with_own_words(text: str, overrides: Mapping[str, Override], today: date) -> str:
    """Return the text of `overrides.csv` in which these things have the new word from today on.

    Rows that ended before today stay: they are what held then.
    """
    table = csv.DictReader(io.StringIO(text))
    columns = [*(table.fieldnames or ()), *(["remark"] if "remark" not in (table.fieldnames or ()) else [])]
    rows: list[Sequence[Any]] = []
    left = dict(overrides)
    for row in table:
        past = bool(row["valid_until"]) and row["valid_until"] < today.isoformat()
        if row["item"] not in overrides or past:
            rows.append([row.get(column) or "" for column in columns])
        elif new := left.pop(row["item"], None):
            rows.append([cell(getattr(new, column)) for column in columns])
    rows += ([cell(getattr(new, column)) for column in columns] for new in left.values())
    return rows_text([columns, *rows])


def rows_text(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows of cells as the text of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
