"""Files of 5374.jp: a row a place, a column a category, weekdays or dates in the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from bot.knowledge.importers.archives import unpacked
from bot.knowledge.importers.comparing import Setting
from bot.knowledge.importers.draft import Draft, Entry
from bot.knowledge.importers.five374_days import DayCell, read_cell
from bot.knowledge.importers.five374_set import AREA_DAYS, Set, centres, named_years, sets, shifts
from bot.knowledge.importers.lookup import Areas, Categories
from bot.knowledge.importers.merging import merged
from bot.knowledge.importers.new_areas import new_area
from bot.knowledge.importers.notes import Closing
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Proposal, Row, remark, remark_n
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.model import Knowledge

_FIRST_CATEGORY = 2
"""Columns before it: the place and its centre."""


def propose(
    files: Mapping[str, bytes], knowledge: Knowledge, texts: Mapping[str, str], options: Options
) -> Proposal:
    """Return what a 5374.jp set would change: files by their path, or a zip file of them.

    Its rules bear no dates, so the fiscal year is asked for unless a date in the files tells it. Places that
    are not known yet become areas.
    """
    report = Report()
    setting = Setting(knowledge, Areas(knowledge.calendar.areas.values()), options, report)
    try:
        japanese, english = sets(unpacked(files), report)
    except Refused as refused:
        report.reject(refused.place, refused.place, refused.reason)
        return report.proposal()
    if not japanese or report.broken():
        return report.proposal()
    year = options.year or _year(japanese)
    if not year:
        report.reject(
            AREA_DAYS, AREA_DAYS, remark("Which fiscal year is it? No date in the files tells: name it.")
        )
        return report.proposal()
    draft = _Reader(setting, Categories(knowledge.categories), year, japanese, english).read()
    _not_taken_over(japanese, setting)
    return merged(draft, setting, texts)


def _year(found: Set) -> int | None:
    years = Counter(named_years(found))
    return years.most_common(1)[0][0] if years else None


class _Reader:
    """Reads `area_days.csv` row by row beside the other files of the set."""

    def __init__(
        self, setting: Setting, categories: Categories, year: int, japanese: Set, english: Set | None
    ) -> None:
        self.setting, self.year = setting, year
        self.grid = japanese.tables[AREA_DAYS]
        self.rows = japanese.rows(AREA_DAYS)
        self.remarks = {row[0]: row[1] for _, row in japanese.rows("remarks.csv") if len(row) > 1}
        self.centres = centres(japanese, year, setting.report)
        self.japanese, self.categories = japanese, categories
        self.columns = self._columns()
        self.english = english if english and len(english.rows(AREA_DAYS)) == len(self.rows) else None
        if english and not self.english:
            setting.report.effects.append(
                remark("The English area_days.csv has other rows than the Japanese one: it was not read.")
            )

    def read(self) -> Draft:
        """Return all entries, with the closed periods and shifted days of the set."""
        draft = Draft()
        for position, (number, row) in enumerate(self.rows):
            try:
                area = self._area(row[0], self._english_row(position))
            except Refused as refused:
                self.setting.report.reject(self.grid.place(number, 0), row[0], refused.reason)
                continue
            if any(row[max([*self.columns, _FIRST_CATEGORY]) + 1 :]):
                reason = remark("The row has more cells than there are headings.")
                self.setting.report.reject(self.grid.place(number), row[0], reason)
            for column, category in self.columns.items():
                cell = self._cell(number, column, position)
                if cell and str(cell.days):
                    place = self.grid.place(number, column)
                    draft.entries.append(Entry(area, category, self.year, cell.days, place))
            draft.closings += [(self.year, closing) for closing in self._closed(number, area)]
        draft.closings += [
            (self.year, one)
            for one in shifts(
                self.japanese, self.year, self.setting.areas, self.categories, self.setting.report
            )
        ]
        return draft

    def _columns(self) -> dict[int, str]:
        columns: dict[int, str] = {}
        head = next(self.grid.rows(), (0, ()))[1]
        for column, cell in enumerate(head):
            if column < _FIRST_CATEGORY or not cell:
                continue
            try:
                columns[column] = self.categories.find(cell, self.year)
            except Refused as refused:
                self.setting.report.reject(self.grid.place(0, column), cell, refused.reason)
        return columns

    def _area(self, name: str, english: tuple[str, ...]) -> str:
        found = self.setting.areas.find(name)
        return found or new_area(name, self.setting, english[0] if english else "").id

    def _english_row(self, position: int) -> tuple[str, ...]:
        return self.english.rows(AREA_DAYS)[position][1] if self.english else ()

    def _cell(self, number: int, column: int, position: int) -> DayCell | None:
        text, about = self.grid.text(number, column), self.grid.text(number, 0)
        if not text:
            return None
        report, place = self.setting.report, self.grid.place(number, column)
        try:
            cell = read_cell(text, self.year)
            for one in cell.remarks:
                if one not in self.remarks:
                    raise Refused(remark("Remark {number} is not in remarks.csv.", number=one))
                told = remark(
                    "{place}: the remark is not taken over: {text}", place=about, text=self.remarks[one]
                )
                report.effects.append(told)
        except Refused as refused:
            report.reject(place, about, refused.reason)
            return None
        self._drifted(cell, column, position, place, about)
        return cell

    def _drifted(self, cell: DayCell, column: int, position: int, place: str, about: str) -> None:
        """Name a cell whose English copy says other days; the Japanese one is the original."""
        row = self._english_row(position)
        text = row[column] if column < len(row) else ""
        try:
            same = not row or read_cell(text, self.year).days == cell.days
        except Refused:
            same = False
        if not same:
            told = remark("The English file says {text}; the Japanese one is taken.", text=repr(text))
            self.setting.report.rows.append(Row(place, Outcome.CONTRADICTS, about, told))

    def _closed(self, number: int, area: str) -> list[Closing]:
        name = self.grid.text(number, 1)
        if name and self.centres and name not in self.centres:
            reason = remark("{centre} is not in center.csv.", centre=repr(name))
            self.setting.report.reject(self.grid.place(number, 1), self.grid.text(number, 0), reason)
        return [replace(closing, areas=(area,)) for closing in self.centres.get(name, [])]


def _not_taken_over(found: Set, setting: Setting) -> None:
    """Say what a set holds beside its calendar."""
    effects = setting.report.effects
    if items := found.rows("target.csv"):
        effects.append(
            remark_n(
                "{n} thing of target.csv is not taken over: import the file as a list of items.",
                "{n} things of target.csv are not taken over: import the file as a list of items.",
                len(items),
            )
        )
    if found.rows("center.csv"):
        effects.append(
            remark("Days in a closed period fall out; moving them by a week (WeekShift) is not taken over.")
        )
    effects += (remark("{file} was not read.", file=name) for name in found.others)
