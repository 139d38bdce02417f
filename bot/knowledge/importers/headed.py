"""Sheets whose first rows may be titles and dates: where their headings are, and below them the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.headings import column_of
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Report

Headed = tuple[Grid, int, Mapping[str, int]]
"""A sheet, the row of its headings, and which column holds what."""


def headed(
    grids: Iterable[Grid],
    words: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    asked: Mapping[str, str],
    report: Report,
) -> Iterator[Headed]:
    """Yield the sheets that have a row of headings with a column of its own for everything needed.

    `words` are the usual headings by what a column holds, `asked` those that the clerk named instead, such
    as `{"name": "品目"}`. The other sheets are rejected in the report.
    """
    for grid in grids:
        for number, row in grid.rows():
            columns = {name: at for name in words if (at := column_of(name, row, asked, words)) is not None}
            if len({columns[name] for name in needed if name in columns}) == len(needed):
                yield grid, number, columns
                break
        else:
            headings = [asked.get(name, words[name][0]) for name in needed]
            about = remark("There is no row of headings with {headings}.", headings=headings)
            report.reject(grid.place(0), grid.sheet or grid.file, about)
