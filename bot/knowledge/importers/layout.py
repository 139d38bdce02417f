"""How a sheet of a calendar is laid out: titles, headings, rows, notes, totals; maybe several tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.knowledge.importers.fiscal import fiscal_year_of_month, hinted_year, stated_year
from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.headings import Months, column_of, months_in
from bot.knowledge.importers.lookup import Areas, Categories
from bot.knowledge.importers.wording import fold, plain

_TOTALS: Final = frozenset(
    {"計", "合計", "小計", "総計", "合計回数", "回数計", "年間回数", "total", "subtotal"}
)
_NOTE = re.compile(r"^\s*[※*＊・(（]|^\s*注|[はをに。]|：|:|→|年度")
"""A lone text that is a remark and not the beginning of a row."""

_REMARK = re.compile(r"\s*(?:[※*＊]|注)")
_WORD = re.compile(r"[^\s（）()【】\[\]]+")
_AREA = re.compile(r"(?<!\w)\w{1,3}?(?:地区|地域|区域|エリア|コース)(?<!各地区)(?<!収集地区)")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what. Without months it is the long form, one row a date."""

    months: Mapping[int, int]
    category: int | None
    area: int | None = None
    date: int | None = None
    weekday: int | None = None
    count: int | None = None
    notes: tuple[int, ...] = ()


class Kind(Enum):
    """What a row of a sheet is."""

    HEADINGS = auto()
    NOTE = auto()
    DATA = auto()


@dataclass(slots=True)
class Table:
    """What is known of the table while its rows go by: headings, fiscal year, area named above."""

    grid: Grid
    areas: Areas
    categories: Categories
    asked: Mapping[str, str]
    columns: Columns | None = None
    stated: int | None = None
    hinted: int | None = None
    above: str = ""

    @property
    def year(self) -> int | None:
        """The fiscal year that the sheet names, surely or as a hint."""
        return self.stated or self.hinted

    def rows(self) -> Iterator[tuple[int, Kind]]:
        """Yield each row that says something, from 0, with what it is; titles only leave their mark here."""
        self._title(self.grid.sheet)
        for number, row in self.grid.rows():
            if columns := self._headings(row):
                self.columns = columns
                yield number, Kind.HEADINGS
            elif self._total(row):
                continue
            elif self.columns and not self._lone(row):
                yield number, Kind.DATA
            else:
                text = next(cell for cell in row if cell)
                self._title(" ".join(dict.fromkeys(row)))
                if text != self.above and not stated_year(text):
                    yield number, Kind.NOTE

    def _headings(self, row: Sequence[str]) -> Columns | None:
        months = months_in(row)
        named = {name: column_of(name, row, self.asked) for name in ("area", "category", "date", "weekday")}
        if not months and (named["date"] is None or named["category"] is None):
            return None
        if months:
            self._years_of(months)
            named["date"] = None
            self._unnamed(named, row, min(months.columns))
        notes = tuple(column for column, cell in enumerate(row) if column_of("note", [cell], self.asked) == 0)
        return Columns(
            months.columns if months else {},
            named["category"],
            named["area"],
            named["date"],
            named["weekday"],
            column_of("count", row, self.asked),
            notes,
        )

    def _years_of(self, months: Months) -> None:
        for column, year in months.years.items():
            self.stated = fiscal_year_of_month(year, months.columns[column])
            break

    @staticmethod
    def _unnamed(named: dict[str, int | None], row: Sequence[str], first: int) -> None:
        """Columns without a heading left of the months hold the category, and before it the area."""
        left = [column for column in range(first) if not row[column] and column not in named.values()]
        if named["category"] is None and left:
            named["category"] = left.pop()
        if named["area"] is None and left:
            named["area"] = left.pop()

    def _title(self, text: str) -> None:
        """Take the fiscal year and the area from a title, as far as it names them."""
        if _REMARK.match(text):
            return
        self.stated = stated_year(text) or self.stated
        self.hinted = self.hinted or hinted_year(text)
        parts = [text, *_WORD.findall(text), *_AREA.findall(plain(text))]
        known = [part for part in parts if self.areas.several(part)]
        self.above = next(iter([*known, *_AREA.findall(plain(text))]), self.above)

    def _total(self, row: Sequence[str]) -> bool:
        return any(fold(cell) in _TOTALS for cell in [cell for cell in row if cell][:2])

    def _lone(self, row: Sequence[str]) -> bool:
        """Return whether a row is one text only, merged over several columns or not, and no row of data."""
        texts = {cell for cell in row if cell}
        if len(texts) > 1:
            return False
        text = texts.pop()
        if self.columns and self.columns.category is not None and self.categories.knows(text):
            return False
        column = list(row).index(text)
        wanted = self.columns.category if self.columns else None
        titled = _NOTE.search(text) or _AREA.search(plain(text)) or self.areas.several(text)
        return column != wanted or bool(titled)
