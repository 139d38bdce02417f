"""Tables of figures that clerks load: taken over as a whole, or refused with every row named."""

from __future__ import annotations

from datetime import date

import pytest

from bot.insights.figure_sheet import Row, SheetRefused, read_sheet
from bot.knowledge.kpi import Account, Goal, Kpi

TODAY = date(2026, 11, 24)
KPI = Kpi(
    accounts=[Account(id="x", name="X"), Account(id="facebook", name="Facebook")],
    others=[
        Goal(
            id="library-cards", name={"ja": "図書館カード", "en": "Library cards"}, unit="percent", start=0,
            start_year=2018, goal=50, by=date(2027, 3, 31),
        )
    ],
)  # fmt: skip


def read(text: str, encoding: str = "utf-8") -> list[Row]:
    return read_sheet("figures.csv", text.encode(encoding), KPI, TODAY)


def refused(text: str) -> list[str]:
    with pytest.raises(SheetRefused) as told:
        read(text)
    return [str(one) for one in told.value.problems]


def test_a_table_as_people_write_it_is_read() -> None:
    """Names or ids, any usual way to write a day, thousands apart, with a heading or without."""
    rows = read(
        'アカウント,日付,数字\nX,2026/11/1,"1,234"\nfacebook,2026年10月31日,150人\n図書館カード,2026-11-10,23.5%'
    )
    assert rows == [
        Row("x", date(2026, 11, 1), 1234),
        Row("facebook", date(2026, 10, 31), 150),
        Row("library-cards", date(2026, 11, 10), 23.5),
    ]
    assert read("line,2018-03-31,700", "cp932") == [Row("line", date(2018, 3, 31), 700)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,2026-11-01,-5", "'-5' is negative"),
        ("x,2026-11-01,−5", "is negative"),
        ("x,2026-02-30,5", "'2026-02-30' is no date"),
        ("x,30.11.26,5", "is no date"),
        ("x,2026-11-25,5", "2026-11-25 has not come yet"),
        ("x,2026-11-01,viele", "'viele' is no number"),
        ("x,2026-11-01,5.5", "'5.5' is no number of people"),
        ("x,2026-11-01,", "'' is no number"),
        ("library-cards,2026-11-01,101", "more than 100 %"),
        ("mixi,2026-11-01,5", "'mixi' is no account. There are: line, x, facebook, library-cards"),
        ("x", "is no date"),
    ],
)
def test_a_row_that_cannot_be_is_named(row: str, reason: str) -> None:
    """One sentence says which row and what is wrong, and the good row is not taken over either."""
    problems = refused(f"facebook,2026-11-01,5\n{row}")
    assert len(problems) == 1
    assert problems[0].startswith("row 2: ")
    assert reason in problems[0]


def test_every_bad_row_is_named_at_once() -> None:
    """Duplicates within a table are named with the first of them."""
    problems = refused("x,2026-11-01,5\nx,2026-11-01,6\nx,2026-11-02,-1\n")
    assert problems == [
        "row 2: The same account and day stand in row 1 already.",
        "row 3: '-1' is negative; there are no fewer than 0.",
    ]


def test_an_empty_file_is_no_success() -> None:
    """Neither nothing at all nor a mere heading."""
    assert refused("") == ["The file is empty."]
    assert refused("account,day,value\n") == ["The file is empty."]
