"""A clerk's yearly calendar becomes the city's own days, in every shape in which clerks make it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.unit.importing import (
    HEAD,
    MONTHS,
    WEDNESDAYS,
    accepted,
    propose,
    row,
    said,
    table,
    wednesdays,
)

YEAR = date(2026, 4, 1), date(2027, 3, 31)


def _days(proposal: object, folder: Path, area: str = "A", category: str = "plastic-packaging") -> set[date]:
    calendar = accepted(proposal, folder)[0].calendar  # type: ignore[arg-type]
    return {one.day for one in calendar.collections(area, *YEAR, [category])}


SHAPES = {
    "commas": row(m4="1,15"),
    "ideographic commas": row(m4="1、15"),
    "full-width": row(area="Ａ", m4="１・１５"),
    "half-width dots": row(m4="1･15"),
    "days named": row(m4="1日・15日"),
    "weekdays beside": row(m4="1(水)・15(水)", m5="6水・20水(祝)".replace("(祝)", "")),
    "holiday beside": row(m4="1(水・祝)・15(水)"),
    "dates of the month": row(m4="4/1 4/15", m5="5月6日・5月20日"),
    "line breaks": row(m4="1\n15"),
    "trailing spaces": row(area=" A地区　", category="プラマーク ", m4=" 1・15 "),
    "area by its letter": row(area="A"),
    "area by its English name": row(area="Area A"),
    "category by its id": row(category="plastic-packaging"),
    "category as people say it": row(category="容器包装プラスチック"),
    "category in other kana": row(category="ﾌﾟﾗごみ"),
    "nth weekdays": row(**{f"m{month}": "第1・3水曜" for month in MONTHS}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_way_of_writing_days_is_read(shape: str, tmp_path: Path) -> None:
    """The same days come out however they are written."""
    proposal = propose("calendar", table(SHAPES[shape]))
    assert said(proposal) == []
    assert _days(proposal, tmp_path) == wednesdays()


@pytest.mark.parametrize(
    "title", ["令和8年度 日程表", "Ｒ８年度", "2026年度", "令和８年４月～令和９年３月", "令和8年"]
)
def test_the_fiscal_year_stands_in_the_title(title: str, tmp_path: Path) -> None:
    """Each way of naming the fiscal year above the table is understood."""
    proposal = propose("calendar", table(row(), title=title))
    assert _days(proposal, tmp_path) == wednesdays()


def test_the_fiscal_year_can_be_asked_for(tmp_path: Path) -> None:
    """Without a title the year is the one that the clerk names."""
    proposal = propose("calendar", table(row(), title=""), year=2026)
    assert _days(proposal, tmp_path) == wednesdays()


def test_month_headings_may_be_english_and_in_any_order(tmp_path: Path) -> None:
    """January to December, with the area behind, is the same table."""
    english = "January February March April May June July August September October November December".split()
    order = [MONTHS.index(month) for month in range(1, 13)]
    cells = [WEDNESDAYS[column] for column in order]
    proposal = propose("calendar", table(["プラ", *cells, "A"], head=["category", *english, "area"]))
    assert _days(proposal, tmp_path) == wednesdays()


def test_one_row_a_date_is_the_same_calendar(tmp_path: Path) -> None:
    """The long form gives the same days, and its full dates tell the fiscal year."""
    rows = [["A", "プラ", f"{day.year}/{day.month}/{day.day}"] for day in sorted(wednesdays())]
    proposal = propose("calendar", table(*rows, title="", head=["地区", "種類", "収集日"]))
    assert said(proposal) == []
    assert _days(proposal, tmp_path) == wednesdays()


def test_one_table_an_area_below_its_title(tmp_path: Path) -> None:
    """Tables without a column for the area take it from the title above each of them."""
    head, days = HEAD[1:], row()[1:]
    other = row(m4="8・22")[1:]
    proposal = propose(
        "calendar",
        table(days, ["【B地区】 家庭ごみ"], head, other, title="令和8年度 A地区 日程表", head=head),
    )
    assert said(proposal) == []
    assert _days(proposal, tmp_path / "a") == wednesdays()
    assert date(2026, 4, 8) in _days(proposal, tmp_path / "b", "B")


def test_a_merged_area_is_named_once(tmp_path: Path) -> None:
    """An empty area cell means the area above it."""
    proposal = propose("calendar", table(row(), row(area="", category="古紙")))
    assert _days(proposal, tmp_path, category="paper") == wednesdays()


def test_a_row_may_name_several_areas(tmp_path: Path) -> None:
    """`A・B地区` and 全地区 stand for each of their areas."""
    proposal = propose("calendar", table(row(area="A・B地区"), row(area="全地区", category="古紙")))
    assert _days(proposal, tmp_path / "1", "B") == wednesdays()
    assert _days(proposal, tmp_path / "2", "D", "paper") == wednesdays()


@pytest.mark.parametrize("cell", ["なし", "－", "-", "休", "ー"])
def test_a_month_without_collection_says_so(cell: str, tmp_path: Path) -> None:
    """A month may be without collection when the cell says it."""
    found = _days(propose("calendar", table(row(m8=cell))), tmp_path)
    assert found == {day for day in wednesdays() if day.month != 8}


def test_weekdays_once_for_the_whole_year(tmp_path: Path) -> None:
    """A cell merged over all months leaves only the first one filled in a CSV file."""
    proposal = propose("calendar", table(["A", "燃やせるごみ", "毎週月・木曜日", *[""] * 11]))
    assert (
        'weekly Mon,Thu",2026-04-01,2027-03-31,,08:30,city-calendar' in proposal.files["collection/days.csv"]
    )
    assert {day.weekday() for day in _days(proposal, tmp_path, category="burnable")} == {0, 3}


def test_weekdays_of_single_months_hold_in_them_only(tmp_path: Path) -> None:
    """A weekday below some months is a rule for these months."""
    cells = {f"m{month}": "水" for month in (4, 5)}
    found = _days(propose("calendar", table(row(**cells))), tmp_path)
    assert {day for day in found if day.month == 4} == {date(2026, 4, day) for day in (1, 8, 15, 22, 29)}
    assert {day for day in found if day.month == 6} == {date(2026, 6, day) for day in (3, 17)}


def test_totals_and_counts_are_no_days(tmp_path: Path) -> None:
    """A total row is left aside; a column of counts is compared with the days."""
    good = table([*row(), "24"], ["合計", "", *["2"] * 12, "24"], head=[*HEAD, "回数"])
    assert _days(propose("calendar", good), tmp_path) == wednesdays()
    assert said(propose("calendar", table([*row(), "25"], head=[*HEAD, "回数"]))) == [
        ("row 3, column O", "The row says 25 days, but has 24.")
    ]


def test_a_note_takes_days_out(tmp_path: Path) -> None:
    """`1/6は休み` below the table becomes a change, and that day has no collection."""
    proposal = propose("calendar", table(row(), ["※１／６は休み"]))
    calendar = accepted(proposal, tmp_path)[0].calendar
    assert [one.day for one in calendar.cancelled("A", *YEAR)] == [date(2027, 1, 6)]


def test_a_note_moves_a_day(tmp_path: Path) -> None:
    """`4/15は4/16に振替` moves the collection, with its reason."""
    proposal = propose("calendar", table([*row(), "4/15は4/16に振替"], head=[*HEAD, "備考"]))
    found = _days(proposal, tmp_path)
    assert date(2026, 4, 16) in found
    assert date(2026, 4, 15) not in found


def test_a_note_says_whether_holidays_are_collected() -> None:
    """`祝日も収集します` settles what happens to weekday rules on public holidays."""
    weekly = ["A", "燃やせるごみ", "毎週月・木", *[""] * 11]
    settled = propose("calendar", table(weekly, ["※祝日も通常どおり収集します"]))
    assert "2026-04-01,2027-03-31,collected,08:30,city" in settled.files["collection/days.csv"]


def test_a_remark_that_says_nothing_about_days_is_told() -> None:
    """A note about something else is not taken over, and that is said."""
    proposal = propose("calendar", table(row(), ["※朝8時30分までに出してください"]))
    assert "The note at row 4, column A is not taken over" in str(proposal.effects[0])


def test_a_new_area_only_when_asked_for() -> None:
    """A calendar names a new area when the clerk allows it; its names are made like the others'."""
    assert said(propose("calendar", table(row(area="E地区"))))[0][0] == "row 3, column A"
    proposal = propose("calendar", table(row(area="E地区")), new_areas=True)
    assert "en: Area E (E地区)" in proposal.files["collection/areas.yaml"]
    assert "E-plastic-packaging-2026,E,plastic-packaging" in proposal.files["collection/days.csv"]


def test_effects_and_previews_are_told() -> None:
    """The effect counts days and names the first and last; the phone shows the category in that area."""
    proposal = propose("calendar", table(row()))
    told = "A地区 プラマーク: 24 days from 2026-04-01 to 2027-03-17; none were known until now."
    assert [str(one) for one in proposal.effects] == [told]
    assert proposal.previews == (("プラマーク", "A"),)


def _workbook(**sheets: list[list[str]]) -> bytes:
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for one in rows:
            sheet.append(one)
    book.remove(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_sheet_about_something_else_is_told() -> None:
    """A sheet that names no category is left aside and named; one that does is refused without headings."""
    good = [["令和8年度"], HEAD, row()]
    fine = propose("calendar", {"x.xlsx": _workbook(days=good, memo=[["電話のメモ"]])})
    assert fine.files
    assert str(fine.effects[0]) == "The sheet 'memo' holds no such table and was not read."
    odd = propose("calendar", {"x.xlsx": _workbook(days=good, more=[["プラマーク", "5・19"]])})
    assert [place for place, _ in said(odd)] == ["more!1"]


def test_each_sheet_may_be_an_area_or_a_year(tmp_path: Path) -> None:
    """A sheet's name tells the area; a title on it the fiscal year."""
    sheets = {f"{area}地区": [["令和8年度"], HEAD[1:], row()[1:]] for area in "AB"}
    proposal = propose("calendar", {"x.xlsx": _workbook(**sheets)})
    assert said(proposal) == []
    assert _days(proposal, tmp_path, "B") == wednesdays()
