"""What a new calendar takes the place of, and what it leaves: other years and areas, what staff entered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.knowledge.importers.proposal import Outcome, Proposal
from tests.unit.importing import MONTHS, accepted, outcomes, propose, row, said, table, wednesdays

YEAR = date(2026, 4, 1), date(2027, 3, 31)


def test_third_hand_days_give_way(tmp_path: Path) -> None:
    """What was known from elsewhere ends where the city's own days begin, and goes on where they do not."""
    proposal = propose("calendar", table(["A", "燃やせるごみ", "毎週火・金", *[""] * 11]))
    calendar = accepted(proposal, tmp_path)[0].calendar
    assert [str(one.outcome) for one in proposal.rows] == ["contradicts"]
    before = calendar.schedule_on("A", "burnable", date(2026, 3, 31))
    after = calendar.schedule_on("A", "burnable", date(2026, 4, 1))
    other = calendar.schedule_on("B", "burnable", date(2026, 4, 1))
    assert [one and one.official for one in (before, after, other)] == [False, True, False]
    assert before
    assert before.valid_until == date(2026, 3, 31)


def test_third_hand_days_go_on_after_the_year(tmp_path: Path) -> None:
    """A calendar in the middle leaves what was known before and after it."""
    weekly = ["A", "燃やせるごみ", "毎週火・金", *[""] * 11]
    calendar = accepted(propose("calendar", table(weekly, title="令和7年度")), tmp_path)[0].calendar
    known = [one for one in calendar.schedules if "A" in one.areas and one.category == "burnable"]
    assert [(one.valid_from.year, one.valid_until.year, one.official) for one in known] == [
        (2023, 2025, False), (2026, 2027, False), (2025, 2026, True),
    ]  # fmt: skip
    assert len({one.id for one in calendar.schedules}) == len(calendar.schedules)


def test_third_hand_closures_give_way_to_printed_dates_only(tmp_path: Path) -> None:
    """Printed dates over New Year hold; weekday rules say nothing about it, so what is known stays."""
    weekly = ["C", "燃やせるごみ", "毎週火・金", *[""] * 11]
    proposal = propose("calendar", table(row(area="C", m1="2・20"), weekly))
    calendar = accepted(proposal, tmp_path)[0].calendar
    new_year = calendar.collections("C", date(2027, 1, 1), date(2027, 1, 3))
    assert [(one.day.day, one.category) for one in new_year] == [(2, "plastic-packaging")]


def test_two_fiscal_years_hold_at_once(tmp_path: Path) -> None:
    """The next year's calendar leaves this year's days as they are."""
    first, texts = accepted(propose("calendar", table(row())), tmp_path / "1")
    cells = {f"m{month}": "第1水曜" for month in MONTHS}
    second = propose("calendar", table(row(**cells), title="令和9年度"), first, texts)
    calendar = accepted(second, tmp_path / "2", texts)[0].calendar
    found = calendar.collections("A", date(2026, 4, 1), date(2028, 3, 31), ["plastic-packaging"])
    assert {one.day for one in found if one.day <= YEAR[1]} == wednesdays()
    assert len([one for one in found if one.day > YEAR[1]]) == 12


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    """A second import of a file finds every row the same and writes no file."""
    file = table(row(), ["※1/6は休み"])
    known, texts = accepted(propose("calendar", file), tmp_path)
    again = propose("calendar", file, known, texts)
    assert outcomes(again) == {Outcome.SAME}
    assert again.files == {}


def test_a_corrected_file_names_what_differs(tmp_path: Path) -> None:
    """A changed row says how many days differ; a row that is gone is named; a note that is gone too."""
    old = table(row(), row(area="B"), ["※1/6は休み"])
    known, texts = accepted(propose("calendar", old), tmp_path / "1")
    proposal = propose("calendar", table(row(m4="8・15"), row(area="B", category="古紙")), known, texts)
    assert [str(one.outcome) for one in proposal.rows] == ["changed", "new", "removed", "removed"]
    assert "; 1 differ from what was shown until now" in " ".join(map(str, proposal.effects))
    calendar = accepted(proposal, tmp_path / "2", texts)[0].calendar
    assert calendar.changes[-1].id.startswith("new-year")
    assert calendar.until("B", "plastic-packaging") is None


def test_a_change_that_staff_made_stays(tmp_path: Path) -> None:
    """A typhoon that staff entered outlives a new import; one that no longer fits refuses it."""
    known, texts = accepted(propose("calendar", table(row())), tmp_path / "1")
    typhoon = (
        "typhoon-1,A,2026-09-02,2026-09-02,plastic-packaging,2026-09-03,typhoon,city-calendar,,,2026-09-01\n"
    )
    texts["collection/changes.csv"] += typhoon
    known, texts = accepted(Proposal({}), tmp_path / "2", texts)
    fine = propose("calendar", table(row(m4="1")), known, texts)
    assert typhoon.strip() in accepted(fine, tmp_path / "3", texts)[1]["collection/changes.csv"]
    both = propose("calendar", table(row(), ["※9/2は休み"]), known, texts)
    calendar = accepted(both, tmp_path / "4", texts)[0].calendar
    assert date(2026, 9, 3) in {one.day for one in calendar.collections("A", *YEAR, ["plastic-packaging"])}
    broken = propose("calendar", table(row(m9="9")), known, texts)
    assert broken.files == {}
    assert said(broken)[0][0] == "typhoon-1"
