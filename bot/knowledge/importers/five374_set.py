"""The files of a 5374.jp set: which there are, when its centres are closed, which days are shifted."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from bot.knowledge.importers.day_cells import days_in_cell, says_none
from bot.knowledge.importers.fiscal import first_day, last_day
from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.headings import column_of
from bot.knowledge.importers.lookup import Areas, Categories
from bot.knowledge.importers.notes import Closing
from bot.knowledge.importers.plain_tables import text_cells
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused, Report

AREA_DAYS: Final = "area_days.csv"
_ENGLISH: Final = frozenset({"en-us", "en", "en_us"})
_JAPANESE: Final = frozenset({"ja", "ja-jp", "ja_jp"})
_SHIFTS: Final = ("shift", "振替", "holiday")
_KNOWN: Final = frozenset({AREA_DAYS, "center.csv", "remarks.csv", "description.csv", "target.csv"})


@dataclass(frozen=True, slots=True)
class Set:
    """The tables of one set, in one language, by file name; `others` are files that nobody reads here."""

    tables: Mapping[str, Grid]
    others: tuple[str, ...] = ()

    def rows(self, file: str) -> list[tuple[int, tuple[str, ...]]]:
        """Return the rows of a file below its headings, each with its number from 0."""
        return list(self.tables[file].rows())[1:] if file in self.tables else []


def sets(files: Mapping[str, bytes], report: Report) -> tuple[Set | None, Set | None]:
    """Return the Japanese set (or the only one) and the English one.

    A file that cannot be read is rejected in the report; so is a set without `area_days.csv`.
    """
    folders = sorted(
        {PurePosixPath(name).parent for name in files if PurePosixPath(name).name.lower() == AREA_DAYS},
        key=lambda folder: (
            not _JAPANESE & _parts(folder),
            bool(_ENGLISH & _parts(folder)),
            len(folder.parts),
        ),
    )
    if not folders:
        report.reject(AREA_DAYS, AREA_DAYS, remark("There is no file area_days.csv."))
        return None, None
    english = next((one for one in folders[1:] if _ENGLISH & _parts(one)), None)
    return _set(files, folders[0], english, report), _set(files, english, None, report) if english else None


def _parts(folder: PurePosixPath) -> set[str]:
    return {part.lower() for part in folder.parts}


def _set(
    files: Mapping[str, bytes], folder: PurePosixPath, beside: PurePosixPath | None, report: Report
) -> Set:
    """Files that stand beside the folders of the languages (`data/remarks.csv`) belong to each of them."""
    tables: dict[str, Grid] = {}
    others = []
    for name in sorted(files, key=lambda one: PurePosixPath(one).parent == folder):
        path = PurePosixPath(name)
        file = path.name.lower()
        if path.parent not in (folder, folder.parent):
            if path.parent != beside:
                others.append(name)
        elif file in _KNOWN or (file.endswith(".csv") and any(word in file for word in _SHIFTS)):
            try:
                tables[file] = Grid(_unescaped(text_cells(files[name])), file=path.name)
            except Refused as refused:
                report.reject(name, name, refused.reason)
        else:
            others.append(name)
    return Set(tables, tuple(others))


def _unescaped(cells: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The format has no quotes, so a comma in a heading is written `&#44;`."""
    return tuple(tuple(html.unescape(cell).strip() for cell in row) for row in cells)


def named_years(found: Set) -> Iterator[int]:
    """Yield the fiscal year of each date that stands anywhere in the days and the closed periods."""
    for number, row in enumerate(found.tables[AREA_DAYS].cells if AREA_DAYS in found.tables else ()):
        words = " ".join(row[2:]).split() if number else []
        for word in words:
            if len(word) == 8 and word.isdecimal():
                yield int(word[:4]) - (int(word[4:6]) < 4)
    for _, row in found.rows("center.csv"):
        year, _, rest = row[1].partition("/") if len(row) > 1 else ("", "", "")
        month = rest.partition("/")[0]
        if year.isdecimal() and month.isdecimal():
            yield int(year) - (int(month) < 4)


def centres(found: Set, year: int, report: Report) -> dict[str, list[Closing]]:
    """Return the closed periods of each centre in a fiscal year."""
    closed: dict[str, list[Closing]] = {}
    grid = found.tables.get("center.csv", Grid(()))
    for number, row in grid.rows():
        if number == 0 and not any(sign.isdigit() for sign in grid.text(0, 1)):
            continue  # the headings; some sets have none
        closed.setdefault(row[0], [])
        if not any(row[1:3]):
            continue
        try:
            first, last = (_day(grid.text(number, column)) for column in (1, 2))
            if first > last:
                raise Refused(remark("The last day is before the first."))
        except Refused as refused:
            report.reject(grid.place(number), row[0], refused.reason)
            continue
        if last < first_day(year) or last_day(year) < first:
            told = remark(
                "{centre}: the closed days from {first} to {last} are of another fiscal year.",
                centre=row[0], first=first, last=last,
            )  # fmt: skip
            report.effects.append(told)
        else:
            closed[row[0]].append(Closing(first, last, None, grid.place(number)))
    return closed


def _day(text: str) -> date:
    """Return a date such as 2026/12/31 or 2026-12-31, whatever its fiscal year."""
    try:
        year, month, day = (int(part) for part in text.replace("-", "/").split("/"))
        return date(year, month, day)
    except ValueError:
        raise Refused(remark("{text} is no date that exists.", text=repr(text))) from None


def shifts(found: Set, year: int, areas: Areas, categories: Categories, report: Report) -> Iterator[Closing]:
    """Yield the days that files of shifts (`date,to`, maybe `area,category`) cancel or move."""
    for file, grid in found.tables.items():
        if file in _KNOWN:
            continue
        head = grid.cells[0]
        columns = {name: column_of(name, head, {}) for name in ("date", "to", "area", "category")}
        if columns["date"] is None or columns["to"] is None:
            report.effects.append(
                remark("{file} is not taken over: only the headings date and to are understood.", file=file)
            )
            continue
        for number, _ in found.rows(file):
            text = {name: grid.text(number, column) for name, column in columns.items()}
            try:
                yield _shift(text, year, areas, categories, grid.place(number))
            except Refused as refused:
                report.reject(grid.place(number), text["date"], refused.reason)


def _shift(text: Mapping[str, str], year: int, areas: Areas, categories: Categories, place: str) -> Closing:
    of_areas = areas.several(text["area"]) if text["area"] else ()
    if of_areas is None:
        raise areas.refusal(text["area"])
    of = (categories.find(text["category"], year),) if text["category"] else ()
    days = days_in_cell(text["date"], year)
    if len(days) != 1:
        raise Refused(remark("{text} is no date that exists.", text=repr(text["date"])))
    to = () if not text["to"] or says_none(text["to"]) else days_in_cell(text["to"], year)
    if len(to) > 1 or to == days:
        raise Refused(remark("{text} is no date that exists.", text=repr(text["to"])))
    return Closing(days[0], days[0], to[0] if to else None, place, of_areas, of)
