"""The made-up city for practice."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.sample_city import NAME, make
from bot.settings import SettingsProblem
from bot.supervisor import plan
from tests.real import CONTENT, ROOT

SAMPLES = ROOT / "samples" / "mihon"


def test_it_has_everything_that_this_city_still_lacks(tmp_path: Path) -> None:
    """Towns, promised days of two fiscal years and reminders; made once, and called made up."""
    folder = make(CONTENT, SAMPLES, tmp_path)
    known = load(folder)
    assert known.city.name["ja"] == NAME
    assert known.city.reminders.enabled
    assert known.towns
    for area in known.calendar.areas:
        days = known.calendar.collections(area, date(2026, 4, 1), date(2028, 3, 31))
        assert {one.promised for one in days} == {True}
        assert (days[0].day.year, days[-1].day.year) == (2026, 2028)
    assert make(CONTENT, SAMPLES, tmp_path) == folder


def test_content_of_another_city_is_refused(tmp_path: Path) -> None:
    """The made-up city stands on this city's content; on another it says so instead of mixing both."""
    other = tmp_path / "content"
    shutil.copytree(CONTENT, other)
    file = other / "city.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("id: tokushima", "id: elsewhere"), encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"city\.yaml does not hold"):
        make(other, SAMPLES, tmp_path)


def test_it_never_meets_a_real_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With LINE credentials at hand the made-up city is not started."""
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "s" * 32)
    with pytest.raises(SettingsProblem):
        plan(tmp_path / "no.env", sample_city=True)
