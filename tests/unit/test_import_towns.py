"""A table of towns tells which area each town lies in, and what that changes for people."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.collection import Town
from bot.knowledge.importers.proposal import Outcome
from tests.unit.importing import accepted, outcomes, propose, said, texts

FILE = """町名,ふりがな,丁目,地区
さくら町,サクラチョウ,1丁目,Ａ地区
さくら町,さくらちょう,2丁目,B
うみ町,,,Ｃ
"""


def test_any_order_of_columns_and_any_headings(tmp_path: Path) -> None:
    """Columns are found by their headings; readings become hiragana; places are numbers."""
    file = "経度,収集区域,町丁名,緯度,よみがな,備考\n140.5,A地区,みほん町,30.25,ミホンチョウ,x\n"
    known, _ = accepted(propose("towns", file.encode("cp932")), tmp_path)
    assert known.towns == (
        Town(town="みほん町", reading="みほんちょう", area="A", latitude=30.25, longitude=140.5),
    )


def test_headings_of_ones_own_are_named(tmp_path: Path) -> None:
    """A clerk may say which heading means what."""
    file = "字,ステーション群\nみほん,A\n".encode()
    known, _ = accepted(propose("towns", file, columns={"town": "字", "area": "ステーション群"}), tmp_path)
    assert [town.town for town in known.towns] == ["みほん"]


def test_parts_of_a_town_may_lie_in_two_areas(tmp_path: Path) -> None:
    """The same town with different parts is two entries, ordered by reading."""
    proposal = propose("towns", FILE.encode())
    known, _ = accepted(proposal, tmp_path)
    assert [(town.town, town.part, town.area) for town in known.towns] == [
        ("うみ町", "", "C"), ("さくら町", "1丁目", "A"), ("さくら町", "2丁目", "B"),
    ]  # fmt: skip
    assert [str(one) for one in proposal.effects] == [
        "3 towns are found by their name from now on.",
        "1 town has no reading: kana does not find it.",
    ]
    assert proposal.previews[0] == ("さくら町", None)


def test_the_same_table_again_changes_nothing(tmp_path: Path) -> None:
    """A second import finds every town the same; a town that stands twice alike does no harm."""
    known, files = accepted(propose("towns", FILE.encode()), tmp_path)
    again = propose("towns", (FILE + "うみ町,,,C\n").encode(), known, files)
    assert (outcomes(again), again.files) == ({Outcome.SAME}, {})


def test_what_vanishes_or_moves_is_told(tmp_path: Path) -> None:
    """A town that is gone, a town in another area and an area without towns are told in sentences."""
    known, files = accepted(propose("towns", FILE.encode()), tmp_path / "1")
    proposal = propose("towns", "町名,丁目,地区\nさくら町,2丁目,A\n".encode(), known, files)
    assert [str(one.outcome) for one in proposal.rows] == ["changed", "removed", "removed"]
    assert [str(one) for one in proposal.effects] == [
        "うみ町 is no longer found by its name.",
        "さくら町1丁目 is no longer found by its name.",
        "さくら町2丁目 moves from area B to area A.",
        "1 town has no reading: kana does not find it.",
        "Area B has no towns any more: its people will be asked again.",
        "Area C has no towns any more: its people will be asked again.",
    ]
    calendar = accepted(proposal, tmp_path / "2", files)[0].calendar
    assert list(calendar.areas) == ["A", "D"]
    assert {area for one in calendar.schedules for area in one.areas} == {"A", "D"}
    assert [one.areas for one in calendar.changes] == [["D"]]


def test_a_new_letter_is_a_new_area(tmp_path: Path) -> None:
    """An area that only the table knows gets an entry in five languages."""
    proposal = propose("towns", "町名,地区\nみほん町,E地区\n".encode())
    area = accepted(proposal, tmp_path)[0].calendar.areas["E"]
    assert area.name == {
        "ja": "E地区", "ja-simple": "E地区（ちく）", "en": "Area E (E地区)",
        "zh-Hans": "E地区", "zh-Hant": "E地區",
    }  # fmt: skip
    assert str(proposal.effects[0]) == "E地区 is a new area."


def test_entries_that_stay_keep_their_lines() -> None:
    """Adding an area leaves the comments and lines of the others as they are."""
    before = texts()["collection/areas.yaml"]
    after = propose("towns", "町名,地区\nみほん町,E\n".encode()).files["collection/areas.yaml"]
    assert after.startswith(before)


def test_a_wrong_row_names_what_is_wrong_everywhere() -> None:
    """Several wrong rows are all named at once."""
    wrong = propose("towns", "町名,地区\n,A\nみほん町,\nうみ町,A\nうみ町,B\n".encode())
    assert [place for place, _ in said(wrong)] == [
        "row 2, column A", "row 3, column B", "row 4, column A", "row 5, column A",
    ]  # fmt: skip
