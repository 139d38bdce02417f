"""A clerk's file becomes grids of text: CSV and TSV in any usual encoding, .xlsx, .xls and .ods."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from bot.knowledge.importers.bounds import check_bounds
from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.plain_tables import text_cells
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.importers.refused import Refused, Report

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_BYTES: Final = 20_000_000
"""Largest file that is read."""

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def read_tables(files: Mapping[str, bytes], report: Report) -> list[Grid]:
    """Return the grids of all files: one a text file, one a visible sheet with anything in it.

    What cannot be read is rejected in the report, with the file's name as its place.
    """
    grids: list[Grid] = []
    for name, data in files.items():
        try:
            grids += tables(name, data, report, several=len(files) > 1)
        except Refused as refused:
            report.reject(name, name, refused.reason)
    return grids


def tables(name: str, data: bytes, report: Report, several: bool = False) -> list[Grid]:
    """Return the grids of one file; `several` adds its name to every place.

    Raises Refused, with one sentence, for a file that is empty, too large, protected or no table at all.
    """
    if len(data) > MOST_BYTES:
        raise Refused(remark("The file is larger than {most} MB.", most=MOST_BYTES // 1_000_000))
    file = name if several else ""
    if data.startswith(_WORKBOOKS):
        grids = _sheets(data, file, report)
    else:
        grids = [Grid(text_cells(data), file=file)]
    filled = [grid for grid in grids if any(grid.rows())]
    if not filled:
        raise Refused(remark("The file is empty."))
    return filled


def _sheets(data: bytes, file: str, report: Report) -> list[Grid]:
    import python_calamine as calamine  # by whoever imports a spreadsheet, not at every start

    if data.startswith(b"PK"):
        check_bounds(data)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            grids = []
            for about in book.sheets_metadata:
                if about.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                if about.visible != calamine.SheetVisibleEnum.Visible:
                    report.effects.append(
                        remark("The hidden sheet {sheet} was not read.", sheet=repr(about.name))
                    )
                    continue
                grids.append(Grid(_cells(book.get_sheet_by_name(about.name)), about.name, file))
            return grids
    except calamine.PasswordError:
        raise Refused(
            remark("The file is protected with a password: save it without one and try again.")
        ) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Refused(_why(data, error)) from None


def _why(data: bytes, error: Exception) -> Remark:
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data:
        return remark("The file is protected with a password: save it without one and try again.")
    return remark("The spreadsheet cannot be read: {problem}.", problem=str(error))


def _cells(sheet: CalamineSheet) -> tuple[tuple[str, ...], ...]:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill(rows, sheet.merged_cell_ranges or [])
    return tuple(tuple(row) for row in rows)


def _fill(rows: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Write a merged cell's text into every cell that it covers, as the eye reads it."""
    for (top, left), (bottom, right) in merged:
        text = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top : bottom + 1] if text else []:
            row[left : right + 1] = [text] * len(row[left : right + 1])


def _text(cell: Any) -> str:
    """Return a cell's value as text: whole numbers without a point, dates as YYYY-MM-DD."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | datetime():
            return cell.isoformat()
        case _:
            return str(cell).strip()
