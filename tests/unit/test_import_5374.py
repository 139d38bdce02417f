"""A 5374.jp set becomes days, closed periods and shifts; what it holds besides is told, not guessed."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.knowledge.importers.five374_days import read_cell, written
from bot.knowledge.importers.proposal import Outcome, Proposal
from tests.unit.importing import accepted, propose, said

HEAD = "地名,センター,燃やせるごみ,プラマーク\n"
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


def _set(days: str, **others: str) -> dict[str, bytes]:
    files = {"area_days.csv": HEAD + days, **{f"{name}.csv": text for name, text in others.items()}}
    return {name: text.encode() for name, text in files.items()}


def _days(proposal: Proposal, folder: Path, area: str, category: str) -> list[date]:
    calendar = accepted(proposal, folder)[0].calendar
    return [one.day for one in calendar.collections(area, FIRST, LAST, [category])]


def _told(proposal: Proposal) -> str:
    return "\n".join(str(one) for one in proposal.effects)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("月 木", "weekly Mon,Thu"),
        ("月　木", "weekly Mon,Thu"),
        ("Mon Thu", "weekly Mon,Thu"),
        ("月1", "monthly 1 Mon"),
        ("Tue1 Tue3", "monthly 1 Tue + monthly 3 Tue"),
        ("火2 金4:4 6 8 10 12 2", "monthly 2 Tue in 2,4,6,8,10,12 + monthly 4 Fri in 2,4,6,8,10,12"),
        ("月:4 6", "monthly 1,2,3,4,5 Mon in 4,6"),
        ("20260408 20270324", "dates 2026-04-08 2027-03-24"),
        ("火 木 *1", "weekly Tue,Thu"),
    ],
)
def test_every_way_of_writing_days(cell: str, days: str) -> None:
    """Each form of the format's reference is read, and written back as it was."""
    assert str(read_cell(cell, 2026).days) == days
    assert read_cell(written(read_cell(cell, 2026).days, 2026), 2026).days == read_cell(cell, 2026).days


def test_weekdays_and_dates_together_become_dates() -> None:
    """The format has no cell with both, nor weekdays of different months: dates say the same."""
    both = read_cell("月1 20260408", 2026).days
    again = read_cell(written(both, 2026), 2026).days
    assert set(again.explicit) == set(both.between(FIRST, LAST))


def test_a_set_becomes_days(tmp_path: Path) -> None:
    """Weekdays hold in the fiscal year that was asked for, dates stand as they are."""
    proposal = propose("5374", _set("A地区,,月 木,20260408 20260422\n"), year=2026)
    assert said(proposal) == []
    assert _days(proposal, tmp_path / "1", "A", "plastic-packaging") == [date(2026, 4, 8), date(2026, 4, 22)]
    assert {day.weekday() for day in _days(proposal, tmp_path / "2", "A", "burnable")} == {0, 3}


def test_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    """A category without days in an area is left as it was."""
    proposal = propose("5374", _set("C地区,,,20260408\n"), year=2026)
    schedule = accepted(proposal, tmp_path)[0].calendar.schedule_on("C", "burnable", FIRST)
    assert schedule
    assert not schedule.official


@pytest.mark.parametrize("others", [{}, {"center": "名称,休止開始日,休止終了日\n南,2026/12/31,2027/1/3\n"}])
def test_a_date_in_the_files_tells_the_year(others: dict[str, str], tmp_path: Path) -> None:
    """Irregular days or closed periods name the fiscal year when nobody asks for one."""
    cell = "月" if others else "20260408"
    proposal = propose("5374", _set(f"A地区,,,{cell}\n", **others))
    assert _days(proposal, tmp_path, "A", "plastic-packaging")[0].year == 2026


def test_a_closed_centre_takes_days_out(tmp_path: Path) -> None:
    """In the closed period of its centre an area has no collection; a WeekShift is not taken over."""
    files = _set(
        "A地区,南,月 木,\nB地区,,月 木,\n", center="名称,休止開始日,休止終了日\n南,2026/12/28,2027/1/5\n"
    )
    proposal = propose("5374", files)
    calendar = accepted(proposal, tmp_path)[0].calendar
    span = date(2026, 12, 28), date(2027, 1, 5)
    assert calendar.collections("A", *span, ["burnable"]) == ()
    assert len(calendar.collections("B", *span, ["burnable"])) == 3
    assert "WeekShift" in _told(proposal)


def test_a_closed_period_of_another_year_is_left_aside() -> None:
    """An old center.csv changes nothing in this fiscal year, and that is said."""
    files = _set("A地区,南,月,\n", center="名称,休止開始日,休止終了日\n南,2015/12/28,2016/1/5\n")
    proposal = propose("5374", files, year=2026)
    assert "南: the closed days from 2015-12-28 to 2016-01-05 are of another fiscal year." in _told(proposal)
    assert "calendar-" not in proposal.files.get("collection/changes.csv", "")


def test_simple_shifts_are_taken_over(tmp_path: Path) -> None:
    """A file date,to moves a day, or takes it out; other shift files are said not to be understood."""
    files = _set("A地区,,月,\n", shift="date,to\n2026/5/4,2026/5/5\n2026/5/11,\n", holiday_x="a,b\n1,2\n")
    proposal = propose("5374", files, year=2026)
    found = _days(proposal, tmp_path, "A", "burnable")
    assert date(2026, 5, 5) in found
    assert not {date(2026, 5, 4), date(2026, 5, 11)} & set(found)
    assert "holiday_x.csv is not taken over" in _told(proposal)


def test_remarks_and_things_are_told() -> None:
    """A remark, the list of things and unknown files are named as not taken over."""
    files = _set(
        "A地区,,月 *1,\n", remarks="ID,注意事項\n1,一部で異なります。\n", target="type,name\n古紙類,x\n"
    )
    files["area.kml"] = b"<kml/>"
    told = _told(propose("5374", files, year=2026))
    assert "A地区: the remark is not taken over: 一部で異なります。" in told
    assert "1 thing of target.csv is not taken over" in told
    assert "area.kml was not read." in told


def _both(english_cell: str) -> dict[str, bytes]:
    return {
        "data/ja/area_days.csv": "地名,センター,燃やせるごみ\n本町１丁目,,月 木\n".encode(),
        "data/en-US/area_days.csv": (
            f"Area,Center,General&#44; burnable\nHonmachi 1 chome,,{english_cell}\n".encode()
        ),
        "data/remarks.csv": b"ID,x\n",
    }


def test_a_translated_set_names_new_places(tmp_path: Path) -> None:
    """The English copy gives a new place its English name and its id."""
    proposal = propose("5374", _both("Mon Thu"), year=2026)
    assert said(proposal) == []
    area = accepted(proposal, tmp_path)[0].calendar.areas["honmachi-1-chome"]
    assert (area.name["ja"], area.name["en"]) == ("本町1丁目", "Honmachi 1 chome")


def test_a_translation_that_drifted_is_named() -> None:
    """Where the English copy says other days, the Japanese one is taken and that is told."""
    rows = propose("5374", _both("Mon Fri"), year=2026).rows
    assert [str(one.outcome) for one in rows] == ["contradicts", "new"]
    assert str(rows[0].remark) == "The English file says 'Mon Fri'; the Japanese one is taken."


def test_a_place_keeps_its_id(tmp_path: Path) -> None:
    """Without an English name a place gets an id that other places in the file do not change."""
    one = propose("5374", _set("北町,,月,\n"), year=2026)
    two = propose("5374", _set("南町,,火,\n北町,,月,\n"), year=2026)
    names = [
        {
            area.name["ja"]: area.id
            for area in accepted(found, tmp_path / str(number))[0].calendar.areas.values()
        }
        for number, found in enumerate((one, two))
    ]
    assert names[0]["北町"] == names[1]["北町"]
    assert names[1]["南町"] != names[1]["北町"]


def test_a_zip_file_of_a_set() -> None:
    """A zip file is read like the folder in it; a broken one is refused by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mihon/data/area_days.csv", HEAD + "C地区,,火 金,\n")
    proposal = propose("5374", {"set.zip": file.getvalue()}, year=2026)
    assert [one.outcome for one in proposal.rows] == [Outcome.SAME]
    broken = propose("5374", {"set.zip": file.getvalue()[:60]}, year=2026)
    assert [place for place, _ in said(broken)] == ["set.zip"]


def test_every_nth_weekday_is_the_one_of_the_calendar() -> None:
    """`火2` is the second Tuesday of each month, counted independently."""
    found = list(read_cell("火2", 2026).days.between(FIRST, LAST))
    assert len(found) == 12
    assert all(
        (day - timedelta(days=7)).month == day.month != (day - timedelta(days=14)).month for day in found
    )
