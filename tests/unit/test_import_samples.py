"""The made-up city みほん市: its files are read as they are, and its days follow the rule of its README."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.calendar import State
from bot.knowledge.importers.proposal import Outcome
from bot.knowledge.importers.refused import Report
from bot.knowledge.importers.tables import tables
from bot.knowledge.model import Knowledge
from tests.real import JST, knowledge
from tests.unit.importing import MIHON, accepted, outcomes, propose, said, texts
from tools import samples


def _five374(year: int) -> dict[str, bytes]:
    folder = MIHON / f"5374-{year}"
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def _calendar(name: str) -> dict[str, bytes]:
    return {name: (MIHON / name).read_bytes()}


def test_the_files_are_what_the_tool_writes(tmp_path: Path) -> None:
    """The committed samples are those of tools/samples.py; workbooks are compared by their cells."""
    samples.write(tmp_path)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        committed = MIHON / path.relative_to(tmp_path)
        if path.suffix == ".xlsx":
            grids = [tables("x.xlsx", one.read_bytes(), Report()) for one in (path, committed)]
            assert grids[0] == grids[1]
        else:
            assert path.read_bytes() == committed.read_bytes(), committed


def test_every_file_says_that_the_city_does_not_exist() -> None:
    """Nobody can take the samples for the days of a real city."""
    for year in (2026, 2027):
        assert "架空の市" in (MIHON / f"calendar-{year}.csv").read_text("cp932")
        assert "架空の市" in tables("x.xlsx", (MIHON / f"calendar-{year}.xlsx").read_bytes(), Report())[
            0
        ].text(0, 0)
        assert "架空の市" in _five374(year)["data/ja/remarks.csv"].decode()
    assert "みほん" in (MIHON / "towns.csv").read_text("utf-8-sig")
    assert "架空の市" in (MIHON / "README.md").read_text("utf-8")


@pytest.mark.parametrize("year", [2026, 2027])
def test_every_kind_of_file_says_the_same(year: int, tmp_path: Path) -> None:
    """The Shift_JIS table, the workbook and the 5374.jp set of a year are one calendar."""
    known, files = accepted(propose("calendar", _calendar(f"calendar-{year}.csv")), tmp_path)
    for kind, same in (("calendar", _calendar(f"calendar-{year}.xlsx")), ("5374", _five374(year))):
        proposal = propose(kind, same, known, files)
        assert (said(proposal), outcomes(proposal), proposal.files) == ([], {Outcome.SAME}, {})


@pytest.fixture(scope="module")
def mihon(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """What is known after both years and the towns."""
    known, files = knowledge(), texts()
    for kind, one in (
        ("calendar", _calendar("calendar-2026.csv")),
        ("calendar", _calendar("calendar-2027.xlsx")),
        ("towns", _calendar("towns.csv")),
    ):
        known, files = accepted(propose(kind, one, known, files), tmp_path_factory.mktemp("mihon"), files)
    return known


WEEKLY = {"A": (0, 3), "B": (0, 3), "C": (1, 4), "D": (1, 4)}
EVERY: Mapping[str, tuple[str, int, tuple[int, int, int, int]]] = {
    "plastic-packaging": ("水水水水", 14, (0, 7, 0, 7)),
    "pet-bottles": ("火火月月", 14, (0, 7, 0, 7)),
    "cans-bottles": ("金金木木", 28, (0, 7, 14, 21)),
    "non-burnable": ("水水水水", 28, (7, 14, 21, 0)),
    "paper": ("金金木木", 28, (14, 21, 0, 7)),
}
"""The rule of the README once more: weekday by area, every how many days, how many days into April."""


def _by_the_rule(area: str, category: str, year: int) -> set[date]:
    """Return a year's collections counted day by day, unlike the tool that wrote the files."""
    closed = {date(year, 12, 31) + timedelta(days=days) for days in range(5)}
    every_day = [date(year, 4, 1) + timedelta(days=days) for days in range(366)]
    every_day = [day for day in every_day if day < date(year + 1, 4, 1)]
    if category == "burnable":
        return {day for day in every_day if day.weekday() in WEEKLY[area] and day not in closed}
    weekdays, step, into = EVERY[category]
    number = "ABCD".index(area)
    first = next(day for day in every_day if "月火水木金土日"[day.weekday()] == weekdays[number])
    first += timedelta(days=into[number])
    rhythm = {day for day in every_day if day >= first and (day - first).days % step == 0}
    return {one + timedelta(days=7) if one in closed else one for one in rhythm}


def _pairs() -> Iterator[tuple[str, str]]:
    return ((area, category) for area in "ABCD" for category in ["burnable", *EVERY])


@pytest.mark.parametrize(("area", "category"), list(_pairs()))
def test_a_year_of_next_dates_is_the_rule(mihon: Knowledge, area: str, category: str) -> None:
    """On every day of two fiscal years, before and after the put-out time, the next dates are the rule's."""
    due = sorted(_by_the_rule(area, category, 2026) | _by_the_rule(area, category, 2027))
    day = date(2026, 4, 1)
    while day <= date(2028, 3, 31):
        for hour, from_day in ((time(8, 0), day), (time(9, 0), day + timedelta(days=1))):
            left = [one for one in due if one >= from_day]
            found = mihon.calendar.next_dates(area, category, datetime.combine(day, hour, JST))
            assert [one.day for one in found.dates] == left[:3]
            assert found.state is (State.KNOWN if left else State.ENDED)
            assert all(one.promised for one in found.dates if category != "burnable")
        day += timedelta(days=1)


def test_the_towns_lie_in_their_areas(mihon: Knowledge) -> None:
    """Twelve towns, one of them in two areas by its parts, all in the open sea."""
    assert len(mihon.towns) == 12
    assert {town.area for town in mihon.towns if town.town == "さくら見本町"} == {"A", "B"}
    assert all(town.reading and town.latitude and town.latitude < 31 for town in mihon.towns)


_CELLS = st.one_of(
    st.sampled_from(
        [
            "地区", "種類", "収集日", "町名", "A", "Ａ地区", "E地区", "プラ", "燃やせるごみ", "合計", "※",
            "令和8年度", "2026年度", "5・19", "１・１５", "5,19", "31", "なし", "毎週月・木", "第2水曜",
            "1/4は休み", "4/29は4/30に振替", "2026-04-05", "20260405", "月1", "火2 金4:4 6", "*1",
            "4月6日", "2026年5月 なし",
        ]
    ),
    st.integers(1, 12).map(lambda month: f"{month}月"),
    st.text(max_size=12),
)  # fmt: skip


@settings(max_examples=150)
@given(
    grid=st.lists(st.lists(_CELLS, max_size=16), max_size=12),
    kind=st.sampled_from(["5374", "calendar", "towns"]),
)
def test_no_grid_of_cells_crashes(grid: list[list[str]], kind: str) -> None:
    """Any cells in any order are a proposal, and it changes nothing as soon as one row is rejected."""
    head = ["地区", "種類", *(f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3))]
    starts = {
        "calendar": [[], ["令和8年度"], head],
        "towns": [["町名", "地区"]],
        "5374": [["地名", "", "プラ"]],
    }
    text = io.StringIO()
    csv.writer(text).writerows([*starts[kind], *grid])
    proposal = propose(kind, {"area_days.csv": text.getvalue().encode("utf-8", "replace")}, year=2026)
    assert not (proposal.rejected and proposal.files)
