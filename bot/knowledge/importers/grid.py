"""A table as a clerk sees it: text cells, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.importers.proposal import Remark, remark

_PLACE = re.compile(r"(?:^|(?<= ))row (?P<row>\d+)(?:, column (?P<column>[A-Z]+))?$")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or text file. `cells` are rows of stripped texts, as wide as they are.

    `sheet` is the sheet's name, empty for a text file; `file` is named only among several files.
    """

    cells: tuple[tuple[str, ...], ...]
    sheet: str = ""
    file: str = ""

    def text(self, row: int, column: int | None) -> str:
        """Return a cell's text; empty where there is no such cell. Rows and columns count from 0."""
        if column is None or row >= len(self.cells) or column >= len(self.cells[row]):
            return ""
        return self.cells[row][column]

    def place(self, row: int, column: int | None = None) -> str:
        """Return where a cell or row is: `Sheet1!C5`, `Sheet1!5`, `row 5, column C`, `row 5`."""
        letters = "" if column is None else column_letters(column)
        if self.sheet:
            where = f"{self.sheet}!{letters}{row + 1}"
        else:
            where = f"row {row + 1}" + (f", column {letters}" if letters else "")
        return f"{self.file} {where}".strip()

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the rows that hold any text, each with its number from 0."""
        return ((number, row) for number, row in enumerate(self.cells) if any(row))


def in_words(place: str) -> Remark:
    """Return a place of a text table so that it can be told in the clerk's language; others as they are."""
    found = _PLACE.search(place)
    if not found:
        return Remark("{place}", {"place": place})
    file, row, column = place[: found.start()], found["row"], found["column"]
    if column:
        return remark("{file}row {row}, column {column}", file=file, row=row, column=column)
    return remark("{file}row {row}", file=file, row=row)


def column_letters(column: int) -> str:
    """Return a column's name in a spreadsheet: 0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
