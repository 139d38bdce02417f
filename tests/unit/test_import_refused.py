"""What a clerk gets wrong is named with its place and its reason, and then nothing changes at all."""

from __future__ import annotations

import pytest

from tests.unit.importing import HEAD, MONTHS, propose, row, said, table

LONG = ["地区", "種類", "収集日", "曜日"]
WHOLE = [["A", "プラ", f"{2026 + (month < 4)}-{month:02}-10", ""] for month in MONTHS]

CALENDARS = {
    "a day that does not exist": (
        table(row(m6="3・31")), "row 3, column E", "There is no day 31 in month 6.",
    ),
    "29 February in a short year": (table(row(m2="29")), "row 3, column M", "There is no day 29 in month 2."),
    "a number that is no day": (table(row(m4="115")), "row 3, column C", "There is no day 115 in month 4."),
    "a date outside the fiscal year": (
        table(row(m4="2027-04-07")), "row 3, column C", "2027-04-07 is outside the fiscal year 2026.",
    ),
    "a date of another month": (
        table(row(m4="2026-05-19")), "row 3, column C", "2026-05-19 is not in month 4.",
    ),
    "a date in the long form outside the year": (
        table(*WHOLE, ["A", "プラ", "2027-04-07", ""], title="", head=LONG),
        "row 15, column C", "2027-04-07 is outside the fiscal year 2026.",
    ),
    "an unknown category": (
        table(row(category="びっくりごみ")), "row 3, column B",
        "'びっくりごみ' is not a category; the categories are 燃やせるごみ、燃やせないごみ、プラマーク、"
        "缶・びん、ペットボトル、古紙類.",
    ),
    "a category that ended": (
        table(row(category="新聞の日")), "row 3, column B",
        "'新聞の日' is not collected in the fiscal year 2026; instead: 古紙類.",
    ),
    "a category without fixed days": (
        table(row(category="粗大ごみ")), "row 3, column B", "'粗大ごみ' is not collected on fixed days.",
    ),
    "an unknown area": (
        table(row(area="Z地区")), "row 3, column A", "'Z地区' is not an area; the areas are A、B、C、D.",
    ),
    "no area": (table(row(area="")), "row 3, column A", "The row names no area."),
    "no category": (table(row(category="")), "row 3, column B", "The row names no category."),
    "an empty month": (
        table(row(m8="")), "row 3, column G", "Month 8 is empty: write なし where there is no collection.",
    ),
    "a month without a column": (
        table(row()[:-1], head=HEAD[:-1]), "row 3, column B",
        "Nothing is said about month 3: write なし where there is no collection.",
    ),
    "a month missing in the long form": (
        table(*WHOLE[:-1], title="", head=LONG), "row 3",
        "Nothing is said about month 3: write なし where there is no collection.",
    ),
    "a day twice": (table(row(m4="1・15・1")), "row 3, column C", "2026-04-01 stands twice."),
    "a day twice in the long form": (
        table(*WHOLE, WHOLE[0], title="", head=LONG), "row 15, column C",
        "2026-04-10 stands at row 3, column C already.",
    ),
    "two rows for one area and category": (
        table(row(), row()), "row 4, column B", "There are two rows for this area and category.",
    ),
    "a weekday that does not match": (
        table(row(m4="1(火)・15")), "row 3, column C", "2026-04-01 is a 水, not a 火.",
    ),
    "a weekday beside a date that does not match": (
        table(["A", "プラ", "2026-04-10", "水"], *WHOLE[1:], title="", head=LONG), "row 3, column C",
        "2026-04-10 is a 金, not a 水.",
    ),
    "a weekday column that does not match": (
        table(["A", "プラ", "木", *row()[2:]], head=["地区", "種類", "曜日", *HEAD[2:]]),
        "row 3, column D", "2026-04-01 is a 水, not a 木.",
    ),
    "one date or two days": (
        table(row(m4="4/15")), "row 3, column C",
        "'4/15' may be one date or two days: write 5・19 or 5月19日.",
    ),
    "words that are no days": (
        table(row(m4="未定")), "row 3, column C", "'未定' cannot be read as days: write them like 5・19.",
    ),
    "every other week": (
        table(row(m4="隔週水曜")), "row 3, column C",
        "Every other week (隔週水曜) does not say which: write the dates.",
    ),
    "weekdays that may mean two things": (
        table(row(m4="第1月・木")), "row 3, column C",
        "'第1月・木' cannot be read as days: write them like 5・19.",
    ),
    "a note whose days are in the wrong order": (
        table(row(), ["※1/3～12/31は休み"]), "row 4, column A",
        "The days in the note '※1/3～12/31は休み' do not fit together.",
    ),
    "no fiscal year": (
        table(row(), title="家庭ごみ"), "row 1",
        "Which fiscal year is it? Write 令和8年度 above the table, or name the year.",
    ),
    "no headings": (
        table(["x"], head=["y"]), "row 1",
        "There is no row of headings: area, category, and the months or dates.",
    ),
    "a note about days that is not understood": (
        table(row(), ["※年末は早めに休みます"]), "row 4, column A",
        "The note '※年末は早めに休みます' is not understood: write it like 1/4は休み.",
    ),
    "a note with a day that does not exist": (
        table(row(), ["※2/30は休み"]), "row 4, column A", "There is no day 30 in month 2.",
    ),
    "a move of a day without collection": (
        table(row(), ["※4/2は4/3に振替"]), "row 4, column A", "There is no collection on 2026-04-02.",
    ),
    "a move to a day that has a collection": (
        table(row(), ["※4/1は4/15に振替"]), "row 4, column A",
        "There is a collection on 2026-04-15 already.",
    ),
}  # fmt: skip
"""What is wrong -> the file, where it is named, and in which words."""


@pytest.mark.parametrize("wrong", CALENDARS)
def test_a_wrong_calendar_changes_nothing(wrong: str) -> None:
    """One wrong cell is named by row and column, and the whole file is refused."""
    file, place, reason = CALENDARS[wrong]
    proposal = propose("calendar", file)
    assert (place, reason) in said(proposal)
    assert proposal.files == {}


def test_both_rows_are_named_when_two_say_the_same() -> None:
    """Nobody can tell which of two rows is meant, so both places are named."""
    assert [place for place, _ in said(propose("calendar", table(row(), row())))] == [
        "row 4, column B",
        "row 3, column B",
    ]


def test_every_wrong_cell_is_named_at_once() -> None:
    """A clerk mends all mistakes in one go."""
    wrong = propose("calendar", table(row(m4="31", m6=""), row(area="Z"), row(category="?")))
    assert [place for place, _ in said(wrong)] == [
        "row 3, column C", "row 3, column E", "row 4, column A", "row 5, column B",
    ]  # fmt: skip


def test_a_title_against_the_year_that_was_asked_for() -> None:
    """A table of another year than the one asked for is refused."""
    proposal = propose("calendar", table(row()), year=2027)
    assert said(proposal) == [("row 1", "The table says fiscal year 2026, but 2027 was asked for.")]


TOWNS = {
    "a town in two areas": (
        "町名,地区\nみほん町,A\nみほん町,B\n", "row 3, column A",
        "みほん町 stands in the areas A, B: name its parts, or take one row away.",
    ),
    "no area": ("町名,地区\nみほん町,\n", "row 2, column B", "みほん町 has no area."),
    "no town": ("町名,地区\n,A\n", "row 2, column A", "The name of the town is missing."),
    "an unknown area": (
        "町名,地区\nみほん町,未定の場所\n", "row 2, column B",
        "'未定の場所' is not an area; the areas are A、B、C、D.",
    ),
    "a latitude that is none": (
        "町名,地区,緯度,経度\nみほん町,A,91,140\n", "row 2, column C",
        "Latitude and longitude are numbers such as 34.07 and 134.55, not '91'.",
    ),
    "half a place": (
        "町名,地区,緯度,経度\nみほん町,A,34,\n", "row 2, column D",
        "Latitude and longitude are numbers such as 34.07 and 134.55, not ''.",
    ),
    "no headings": ("みほん町,A\n", "row 1", "There is no row of headings with 町名 and 地区."),
}  # fmt: skip


@pytest.mark.parametrize("wrong", TOWNS)
def test_a_wrong_table_of_towns_changes_nothing(wrong: str) -> None:
    """One wrong row is named by row and column, and the whole file is refused."""
    file, place, reason = TOWNS[wrong]
    proposal = propose("towns", file.encode())
    assert (place, reason) in said(proposal)
    assert proposal.files == {}


DAYS = "地名,センター,プラマーク\nA地区,{centre},{cell}\n"
CENTRE = "名称,開始,終了\n南,{first},2027/1/3\n"
FIVE374 = {
    "a word that is no day": (
        {"area_days.csv": DAYS.format(centre="", cell="2土")}, "area_days.csv row 2, column C",
        "'2土' is no day: write 月, 月1 or 20260408.",
    ),
    "a date that does not exist": (
        {"area_days.csv": DAYS.format(centre="", cell="20260631")}, "area_days.csv row 2, column C",
        "There is no day 31 in month 6.",
    ),
    "a date outside the fiscal year": (
        {"area_days.csv": DAYS.format(centre="", cell="20270401")}, "area_days.csv row 2, column C",
        "2027-04-01 is outside the fiscal year 2026.",
    ),
    "a date twice": (
        {"area_days.csv": DAYS.format(centre="", cell="20260408 20260408")},
        "area_days.csv row 2, column C", "2026-04-08 stands twice.",
    ),
    "a month that does not exist": (
        {"area_days.csv": DAYS.format(centre="", cell="月1:4 13")}, "area_days.csv row 2, column C",
        "'13' is no month.",
    ),
    "a remark that does not exist": (
        {"area_days.csv": DAYS.format(centre="", cell="月 *7")}, "area_days.csv row 2, column C",
        "Remark 7 is not in remarks.csv.",
    ),
    "an unknown category": (
        {"area_days.csv": "地名,センター,宇宙ごみ\nA地区,,月\n"}, "area_days.csv row 1, column C",
        "'宇宙ごみ' is not a category; the categories are 燃やせるごみ、燃やせないごみ、プラマーク、"
        "缶・びん、ペットボトル、古紙類.",
    ),
    "more cells than headings": (
        {"area_days.csv": DAYS.format(centre="", cell="月,火")}, "area_days.csv row 2",
        "The row has more cells than there are headings.",
    ),
    "a place twice": (
        {"area_days.csv": DAYS.format(centre="", cell="月") + "A地区,,火\n"}, "area_days.csv row 3, column C",
        "There are 2 rows for this area and category.",
    ),
    "an unknown centre": (
        {"area_days.csv": DAYS.format(centre="北", cell="月"),
         "center.csv": CENTRE.format(first="2026/12/31")},
        "area_days.csv row 2, column B", "'北' is not in center.csv.",
    ),
    "a closed day that does not exist": (
        {"area_days.csv": DAYS.format(centre="南", cell="月"),
         "center.csv": CENTRE.format(first="2026/12/32")},
        "center.csv row 2", "'2026/12/32' is no date that exists.",
    ),
    "a shift of a day without collection": (
        {"area_days.csv": DAYS.format(centre="", cell="月"),
         "shift.csv": "date,to\n2026/4/7,2026/4/8\n"},
        "shift.csv row 2", "There is no collection on 2026-04-07.",
    ),
    "no days at all": (
        {"center.csv": "名称,開始,終了\n"}, "area_days.csv", "There is no file area_days.csv.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", FIVE374)
def test_a_wrong_5374_set_changes_nothing(wrong: str) -> None:
    """One wrong cell of any file is named by file, row and column, and the whole set is refused."""
    files, place, reason = FIVE374[wrong]
    proposal = propose("5374", {name: text.encode() for name, text in files.items()}, year=2026)
    assert (place, reason) in said(proposal)
    assert proposal.files == {}


def test_a_5374_set_without_any_date_needs_the_year() -> None:
    """Weekdays alone do not tell the fiscal year."""
    proposal = propose("5374", {"area_days.csv": DAYS.format(centre="", cell="月").encode()})
    assert said(proposal) == [
        ("area_days.csv", "Which fiscal year is it? No date in the files tells: name it.")
    ]
