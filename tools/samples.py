"""Write the files of the made-up city みほん市 into `samples/mihon/`: what a clerk would hand in.

    python tools/samples.py [folder]

No such city exists. Its days follow the rule in `samples/mihon/README.md`, which the tests compute once more.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

HOUSE = Path(__file__).resolve().parent.parent
YEARS = (2026, 2027)
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
WEEK = timedelta(days=7)
AREAS = "ABCD"
BURNABLE = {"A": "月・木", "B": "月・木", "C": "火・金", "D": "火・金"}
CATEGORIES = {
    "プラマーク": ((2, 2, 2, 2), 2, (0, 1, 0, 1)),
    "ペットボトル": ((1, 1, 0, 0), 2, (0, 1, 0, 1)),
    "缶・びん": ((4, 4, 3, 3), 4, (0, 1, 2, 3)),
    "燃やせないごみ": ((2, 2, 2, 2), 4, (1, 2, 3, 0)),
    "古紙類": ((4, 4, 3, 3), 4, (2, 3, 0, 1)),
}
"""Category -> the weekday in each area (Monday 0), every how many weeks, the weeks before the first."""

TITLE = "みほん市（架空の市） 令和{era}年度 家庭ごみ収集日程表"
NOTES = ("※12/31～1/3は休み", "※1/4は休み", "※この表は見本です。みほん市という市はありません。")
ENGLISH = {
    "燃やせるごみ": "Burnable", "プラマーク": "Plastic packaging", "ペットボトル": "PET bottles",
    "缶・びん": "Cans & bottles", "燃やせないごみ": "Non-burnable", "古紙類": "Waste paper",
}  # fmt: skip
COLOURS = ("#b3261e", "#8a4b00", "#00629b", "#2e7d32", "#3d4a54", "#6a4c93")
THINGS = (
    ("燃やせるごみ", "みほんの生ごみ", "水気を切ります", "み"),
    ("古紙類", "みほんの新聞", "ひもで結びます", "み"),
    ("ペットボトル", "みほんの飲みもののボトル", "", "み"),
)
TOWNS = (
    ("あおば見本町", "あおばみほんちょう", "", "A"), ("あかね見本町", "あかねみほんちょう", "", "A"),
    ("いずみ見本町", "いずみみほんちょう", "", "B"), ("うみかぜ見本町", "うみかぜみほんちょう", "", "B"),
    ("かえで見本町", "かえでみほんちょう", "", "C"), ("かもめ見本町", "かもめみほんちょう", "", "C"),
    ("こまどり見本町", "こまどりみほんちょう", "", "D"), ("さくら見本町", "さくらみほんちょう", "1丁目", "A"),
    ("さくら見本町", "さくらみほんちょう", "2丁目", "B"), ("すみれ見本町", "すみれみほんちょう", "", "D"),
    ("たんぽぽ見本町", "たんぽぽみほんちょう", "", "C"), ("ひばり見本町", "ひばりみほんちょう", "", "D"),
)  # fmt: skip
"""Towns that do not exist; their coordinates lie in the open sea."""


def days(category: str, area: str, year: int) -> list[date]:
    """Return the days of a category that is not burnable, as the rule of the README has them."""
    weekdays, weeks, before = CATEGORIES[category]
    number = AREAS.index(area)
    day = date(year, 4, 1)
    day += timedelta(days=(weekdays[number] - day.weekday()) % 7) + before[number] * WEEK
    found = []
    while day <= date(year + 1, 3, 31):
        closed = date(year, 12, 31) <= day <= date(year + 1, 1, 4)
        found.append(day + WEEK if closed else day)
        day += weeks * WEEK
    return [one for one in found if one <= date(year + 1, 3, 31)]


def by_month(category: str, area: str, year: int) -> list[list[int]]:
    """Return the day numbers below each month heading."""
    found = days(category, area, year)
    return [[day.day for day in found if day.month == month] for month in MONTHS]


def totals(year: int) -> list[int]:
    """Return how many printed dates each month has, over all areas and categories."""
    return [
        sum(len(by_month(category, area, year)[column]) for category in CATEGORIES for area in AREAS)
        for column in range(len(MONTHS))
    ]


def yearly_csv(year: int) -> bytes:
    """Return the yearly table as Excel saves it in Japan: Shift_JIS, merged cells empty but the first."""
    rows: list[list[object]] = [[TITLE.format(era=year - 2018)], ["担当：見本課"], []]
    rows.append(["地区", "種類", *(f"{month}月" for month in MONTHS)])
    for area in AREAS:
        rows.append([f"{area}地区", "燃やせるごみ", f"毎週{BURNABLE[area]}", *[""] * 11])
        for category in CATEGORIES:
            cells = [",".join(map(str, numbers)) or "なし" for numbers in by_month(category, area, year)]
            rows.append(["", category, *cells])
    rows.append(["合計", "", *totals(year)])
    rows += [[note] for note in NOTES]
    return _csv(rows, "cp932", "\r\n")


def yearly_book(year: int) -> Workbook:
    """Return the same table as a workbook: merged titles and areas, full-width digits, notes below."""
    book = Workbook()
    book.properties.created = book.properties.modified = datetime(2026, 4, 1)  # noqa: DTZ001
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "収集日程"
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    sheet["A1"] = TITLE.format(era=year - 2018).translate(wide)
    sheet.merge_cells("A1:N1")
    sheet["A2"] = "担当：見本課"
    sheet.append([])
    sheet.append(["収集地区", "分別区分", *(f"{month}月".translate(wide) for month in MONTHS)])
    for area in AREAS:
        top = sheet.max_row + 1
        sheet.append(
            [
                f"{area}地区".translate(str.maketrans("ABCD", "ＡＢＣＤ")),
                "燃やせるごみ",
                f"毎週{BURNABLE[area]}",
            ]
        )
        sheet.merge_cells(start_row=top, end_row=top, start_column=3, end_column=14)
        for category in CATEGORIES:
            cells = [_in_cell(numbers, wide) for numbers in by_month(category, area, year)]
            sheet.append([None, category, *cells])
        sheet.merge_cells(start_row=top, end_row=sheet.max_row, start_column=1, end_column=1)
        sheet.cell(top, 1).alignment = Alignment(vertical="center")
    sheet.append(["合計", None, *totals(year)])
    for note in NOTES:
        sheet.append([note])
    return book


def _in_cell(numbers: list[int], wide: dict[int, int]) -> int | str:
    """One day stays a number, as a clerk types it; several are joined."""
    if len(numbers) == 1:
        return numbers[0]
    return "・".join(map(str, numbers)).translate(wide) or "－"


def towns_csv() -> bytes:
    """Return the table of towns in UTF-8 with its mark, as a new Excel saves it."""
    rows: list[list[object]] = [["町名", "ふりがな", "丁目", "収集地区", "緯度", "経度"]]
    for number, (town, reading, part, area) in enumerate(TOWNS):
        where = f"{30 + number // 4 * 0.02:.2f}", f"{140 + number % 4 * 0.02:.2f}"
        rows.append([town, reading, part, f"{area}地区", *where])
    return _csv(rows, "utf-8-sig", "\r\n")


def five374(year: int) -> Iterator[tuple[str, bytes]]:
    """Yield a complete 5374.jp set, in Japanese and English: path and bytes."""
    kinds = ["燃やせるごみ", *CATEGORIES]
    for folder, english in (("ja", False), ("en-US", True)):
        word = (lambda kind: ENGLISH[kind]) if english else (lambda kind: kind)
        place = (lambda area: f"Area {area}") if english else (lambda area: f"{area}地区")
        burnable = {"月・木": "Mon Thu" if english else "月 木", "火・金": "Tue Fri" if english else "火 金"}
        area_days: list[list[object]] = [["地名", "センター", *map(word, kinds)]]
        for area in AREAS:
            dates = [" ".join(f"{day:%Y%m%d}" for day in days(kind, area, year)) for kind in CATEGORIES]
            area_days.append([place(area), "みほんセンター", f"{burnable[BURNABLE[area]]} *1", *dates])
        tables: dict[str, list[list[object]]] = {
            "area_days.csv": area_days,
            "center.csv": [
                ["名称", "休止開始日", "休止終了日"],
                ["みほんセンター", f"{year}/12/31", f"{year + 1}/1/3"],
                ["みほんセンター", f"{year + 1}/1/4", f"{year + 1}/1/4"],
            ],
            "remarks.csv": [
                ["ID", "注意事項"],
                [1, "This city does not exist." if english else "架空の市の見本です。"],
            ],
            "description.csv": [
                ["label", "sublabel", "description", "styles", "bgcolor"],
                *([word(kind), "", "", "", colour] for kind, colour in zip(kinds, COLOURS, strict=True)),
            ],
            "target.csv": [
                ["type", "name", "notice", "furigana"],
                *([word(one[0]), *one[1:]] for one in THINGS),
            ],
        }
        for name, rows in tables.items():
            yield f"5374-{year}/data/{folder}/{name}", _csv(rows, "utf-8", "\n")


def _csv(rows: list[list[object]], encoding: str, end: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def write(folder: Path) -> None:
    """Write every file of the made-up city below a folder; the README is not touched."""
    files = {"towns.csv": towns_csv()}
    for year in YEARS:
        files[f"calendar-{year}.csv"] = yearly_csv(year)
        files |= dict(five374(year))
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for year in YEARS:
        yearly_book(year).save(folder / f"calendar-{year}.xlsx")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HOUSE / "samples" / "mihon")
