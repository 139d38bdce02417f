"""The city's yearly calendar: areas and categories with days below each month, or one row a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.knowledge.importers.comparing import Setting
from bot.knowledge.importers.draft import Draft
from bot.knowledge.importers.gathered import Gathered
from bot.knowledge.importers.grid import Grid, in_words
from bot.knowledge.importers.layout import Kind, Table
from bot.knowledge.importers.lookup import Areas, Categories
from bot.knowledge.importers.merging import merged
from bot.knowledge.importers.new_areas import new_area
from bot.knowledge.importers.notes import Closing, read_note, says_closing
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Proposal, remark
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.importers.tables import read_tables
from bot.knowledge.importers.yearly_rows import Line, read_dates, read_months, year_of_dates
from bot.knowledge.model import Knowledge


def propose(
    files: Mapping[str, bytes], knowledge: Knowledge, texts: Mapping[str, str], options: Options
) -> Proposal:
    """Return what a yearly calendar would change. One file or several; each sheet may be of another year.

    What cannot be taken over is a rejected row of the proposal; nothing is raised for a clerk's mistake.
    """
    report = Report()
    setting = Setting(knowledge, Areas(knowledge.calendar.areas.values()), options, report)
    reader = _Reader(setting, Categories(knowledge.categories))
    for grid in read_tables(files, report):
        reader.read(grid)
    return merged(reader.draft(), setting, texts)


@dataclass(slots=True)
class _Reader:
    """Reads sheet by sheet, and keeps what each area and category has in each fiscal year."""

    setting: Setting
    categories: Categories
    found: dict[tuple[str, str, int], Gathered] = field(default_factory=dict)
    closings: list[tuple[int, Closing]] = field(default_factory=list)
    holidays: dict[int, Literal["collected", "skipped"]] = field(default_factory=dict)

    def read(self, grid: Grid) -> None:
        """Read one sheet; a sheet without a table of days is rejected as a whole."""
        table = Table(grid, self.setting.areas, self.categories, self.setting.options.columns)
        area = ""
        for number, kind in table.rows():
            if kind is Kind.HEADINGS:
                area = ""
                table.hinted = table.year or year_of_dates(table)
            if kind is Kind.NOTE:
                text = next(cell for cell in grid.cells[number] if cell)
                if table.columns or says_closing(text):  # above the table stand titles of every kind
                    self._note(table, number, text)
            if kind is Kind.DATA and table.columns:
                area = grid.text(number, table.columns.area) or area or table.above
                self._row(table, number, area)
        if not table.columns:
            reason = remark("There is no row of headings: area, category, and the months or dates.")
            about_days = any(self.categories.knows(cell) for _, row in grid.rows() for cell in row)
            self.setting.report.no_table(grid, reason, related=about_days)

    def draft(self) -> Draft:
        """Return everything read, of which each month is known."""
        report = self.setting.report
        entries = [gathered.entry(key, report) for key, gathered in self.found.items()]
        whole = [replace(one, holidays=self.holidays.get(one.year)) for one in entries if one]
        return Draft(whole, self.closings)

    def _row(self, table: Table, number: int, area: str) -> None:
        grid, columns = table.grid, table.columns
        assert columns is not None
        if self._closing(table, number, area):
            return
        category = grid.text(number, columns.category)
        about = f"{area} {category}".strip()
        place = grid.place(number, columns.category)
        try:
            year = self._year(table)
            areas = self._areas(area, grid.place(number, columns.area))
            if not category:
                raise Refused(remark("The row names no category."), place)
            keys = [(one, self.categories.find(category, year), year) for one in areas]
        except Refused as refused:
            self.setting.report.reject(refused.place or place, about, refused.reason)
            return
        for key in keys:
            gathered = self.found.setdefault(key, Gathered(about))
            line = Line(grid, number, columns, year, gathered, self.setting.report)
            (read_months if columns.months else read_dates)(line)
        for column in columns.notes:
            self._note(table, number, grid.text(number, column), areas, keys[0][1])

    def _closing(self, table: Table, number: int, area: str) -> bool:
        """Read a row of the long form that says what falls out, for one category or (empty) for all."""
        columns = table.columns
        text = table.grid.text(number, columns.date if columns else None)
        if not text or not says_closing(text):
            return False
        place = table.grid.place(number, columns.date if columns else None)
        try:
            year = self._year(table)
            areas = self._areas(area, place)
            category = table.grid.text(number, columns.category if columns else None)
            of = (self.categories.find(category, year),) if category else ()
            note = read_note(text, year, place)
            if note and note.closing:
                self.closings.append((year, replace(note.closing, areas=areas, categories=of)))
        except Refused as refused:
            self.setting.report.reject(refused.place or place, text, refused.reason)
        return True

    def _areas(self, text: str, place: str) -> tuple[str, ...]:
        if not text:
            raise Refused(remark("The row names no area."), place)
        found = self.setting.areas.several(text)
        if found:
            return found
        if not self.setting.options.new_areas and self.setting.knowledge.calendar.areas:
            refusal = self.setting.areas.refusal(text)
            refusal.place = place
            raise refusal
        return (new_area(text, self.setting).id,)

    def _year(self, table: Table) -> int:
        """Return the fiscal year of a row. Raises Refused when it is unknown, or asked for is another."""
        asked = self.setting.options.year
        if asked and table.stated and asked != table.stated:
            raise Refused(
                remark(
                    "The table says fiscal year {stated}, but {asked} was asked for.",
                    stated=table.stated, asked=asked,
                ),
                table.grid.place(0),
            )  # fmt: skip
        year = asked or table.year
        if not year:
            raise Refused(
                remark("Which fiscal year is it? Write 令和8年度 above the table, or name the year."),
                table.grid.place(0),
            )
        return year

    def _note(
        self, table: Table, number: int, text: str, areas: tuple[str, ...] = (), category: str = ""
    ) -> None:
        if not text:
            return
        place = table.grid.place(number, table.grid.cells[number].index(text))
        try:
            year = self._year(table)
            note = read_note(text, year, place)
        except Refused as refused:
            self.setting.report.reject(refused.place or place, text, refused.reason)
            return
        if not note:
            self.setting.report.effects.append(
                remark("The note at {place} is not taken over: {text}", place=in_words(place), text=text)
            )
        elif note.holidays:
            self.holidays[year] = note.holidays
        elif note.closing:
            of = (category,) if category else ()
            self.closings.append((year, replace(note.closing, areas=areas, categories=of)))
