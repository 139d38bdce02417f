"""How far a workbook's sheets reach, found out before anything of that size is allocated.

A stray character in the last cell that a sheet can have makes a table of 17,000 million cells.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO, Final
from xml.etree import ElementTree  # entities are bounded by expat, the file by its size

from bot.knowledge.importers.grid import column_letters
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused

MOST_UNPACKED: Final = 200_000_000
"""Largest content of a workbook, which is a zip file."""

MOST_CELLS: Final = 3_000_000
"""Largest area of one sheet, in cells."""

_CELL: Final = re.compile(rb'\br="([A-Z]{0,4})(\d{1,9})"')
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def check_bounds(data: bytes) -> None:
    """Raise Refused for a workbook that is broken as a zip file, or too large to be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MOST_UNPACKED:
                most = MOST_UNPACKED // 1_000_000
                raise Refused(remark("The spreadsheet is larger than {most} MB.", most=most))
            for member in members:
                if member.filename.startswith("xl/worksheets/"):
                    _refuse_far(*_reach_of_xlsx(archive.read(member)))
                elif member.filename == "content.xml":
                    with archive.open(member) as file:
                        _reach_of_ods(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, ElementTree.ParseError) as error:
        raise Refused(remark("The spreadsheet cannot be read: {problem}.", problem=str(error))) from None


def _refuse_far(rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        reason = remark(
            "A sheet reaches to row {row}, column {column}: delete what stands far outside the table.",
            row=rows, column=column_letters(columns - 1),
        )  # fmt: skip
        raise Refused(reason)


def _reach_of_xlsx(sheet: bytes) -> tuple[int, int]:
    """Return the last row and the last column that a sheet names, from 1."""
    rows = columns = 1
    for letters, row in _CELL.findall(sheet):
        number = 0
        for letter in letters:
            number = number * 26 + letter - ord("A") + 1
        rows, columns = max(rows, int(row)), max(columns, number)
    return rows, columns


def _reach_of_ods(content: IO[bytes]) -> None:
    """Refuse a sheet whose last row with anything in it, or whose widest row, lies too far away."""
    rows = last = width = columns = 0
    for _, node in ElementTree.iterparse(content):  # noqa: S314
        if node.tag == f"{_TABLE}table-cell":
            columns += int(node.get(f"{_TABLE}number-columns-repeated", "1"))
            if len(node):
                width = max(width, columns)
                last = max(last, rows + 1)
        elif node.tag == f"{_TABLE}table-row":
            repeated = int(node.get(f"{_TABLE}number-rows-repeated", "1"))
            rows, columns = rows + repeated, 0
            if last > rows - repeated:
                last = rows
            node.clear()
        elif node.tag == f"{_TABLE}table":
            _refuse_far(last, width)
            rows = last = width = 0
