"""The city's list of items, read row by row: columns in any order, under the words that clerks use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.headed import headed
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Report
from bot.knowledge.importers.wording import as_written, fold

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("品目", "品目名", "品名", "名称", "ごみの名前", "ごみ名", "ごみの品目", "物", "name", "item"),
    "category": (
        "区分", "分別区分", "ごみの区分", "分別", "ごみの種類", "種別", "分類", "出し方の区分", "収集区分",
        "category", "type",
    ),
    "reading": ("読み", "よみ", "読み仮名", "よみがな", "ふりがな", "フリガナ", "かな", "reading", "kana"),
    "aliases": ("類似語", "別名", "別称", "同義語", "検索語", "キーワード", "aliases", "keywords"),
    "note": ("備考", "注意", "注意事項", "注意点", "出し方", "摘要", "note", "notes", "remarks"),
}  # fmt: skip
"""What a column holds -> how its heading may be written; the surest word first."""

LONGEST_NAME: Final = 80
LONGEST_NOTE: Final = 400
_BETWEEN = re.compile(r"[;；、,，/／|\n]+")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing as the list has it. `place` is where it stands, `cell` where its category does."""

    place: str
    cell: str
    name: str
    category: str
    reading: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


def read_items(grids: Iterable[Grid], asked: Mapping[str, str], report: Report) -> list[ItemRow]:
    """Return the rows below the headings of each sheet; what is no row of a list is rejected in the report.

    `asked` are the headings that the clerk named, such as `{"name": "品目"}`.
    """
    rows: list[ItemRow] = []
    for grid, headings, columns in headed(grids, WORDS, ("name", "category"), asked, report):
        rows.extend(_below(grid, headings, columns, report))
    return rows


def _below(grid: Grid, headings: int, columns: Mapping[str, int], report: Report) -> Iterator[ItemRow]:
    for number, _ in grid.rows():
        if number <= headings or _decoration(grid, number, headings):
            continue
        texts = {name: as_written(grid.text(number, columns.get(name))) for name in WORDS}
        name, place, where = texts["name"], grid.place(number), grid.place(number, columns["category"])
        if not name:
            report.reject(place, texts["category"], remark("The name is missing."))
        elif len(name) > LONGEST_NAME:
            report.reject(place, name, remark("The name is longer than {most} signs.", most=LONGEST_NAME))
        elif len(texts["note"]) > LONGEST_NOTE:
            report.reject(place, name, remark("The note is longer than {most} signs.", most=LONGEST_NOTE))
        elif not texts["category"]:
            report.reject(where, name, remark("The category is missing."))
        else:
            words = _words(grid.text(number, columns.get("aliases")))
            yield ItemRow(place, where, name, texts["category"], texts["reading"], words, texts["note"])


def _words(cell: str) -> tuple[str, ...]:
    words = (as_written(word) for word in _BETWEEN.split(cell))
    return tuple(dict.fromkeys(word for word in words if word))


def _decoration(grid: Grid, number: int, headings: int) -> bool:
    """Return whether a row is a title, an initial of the kana order, or the headings once more."""
    row = [fold(cell) for cell in grid.cells[number] if cell]
    return len(set(row)) < 2 or row == [fold(cell) for cell in grid.cells[headings] if cell]
