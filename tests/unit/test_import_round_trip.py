"""What is exported is what was known: an import of it finds every row the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.collection import OFFICIAL, Change, Schedule
from bot.knowledge.days import Days, Nth
from bot.knowledge.exporters import five374, tables
from bot.knowledge.importers import shelf
from bot.knowledge.importers.lookup import collected_in
from bot.knowledge.importers.proposal import Outcome
from bot.knowledge.model import Knowledge
from tests.real import knowledge
from tests.unit.importing import MIHON, TODAY, accepted, outcomes, propose, said, texts

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


@pytest.fixture(scope="module")
def mihon(tmp_path_factory: pytest.TempPathFactory) -> tuple[Knowledge, Mapping[str, str]]:
    """What is known after both years, with the towns, of the made-up city."""
    known, files = knowledge(), texts()
    for number, (kind, name) in enumerate(
        [("calendar", "calendar-2026.csv"), ("calendar", "calendar-2027.xlsx"), ("towns", "towns.csv")]
    ):
        proposal = propose(kind, {name: (MIHON / name).read_bytes()}, known, files)
        known, files = accepted(proposal, tmp_path_factory.mktemp(str(number)), files)
    return known, files


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_5374_set_comes_back_the_same(mihon: tuple[Knowledge, Mapping[str, str]], year: int) -> None:
    """The exported set, in both languages, changes no file."""
    known, files = mihon
    proposal = propose("5374", five374.export(known, year), known, files, year=year)
    assert (said(proposal), outcomes(proposal), proposal.files) == ([], {Outcome.SAME}, {})


def test_plain_tables_come_back_the_same(mihon: tuple[Knowledge, Mapping[str, str]]) -> None:
    """The exported calendars and towns change no file."""
    known, files = mihon
    exported = tables.export(known)
    assert sorted(exported) == [
        "areas.csv", "calendar-2023.csv", "calendar-2024.csv", "calendar-2025.csv", "calendar-2026.csv",
        "calendar-2027.csv", "changes.csv", "towns.csv",
    ]  # fmt: skip
    for kind, name in [
        ("calendar", "calendar-2026.csv"),
        ("calendar", "calendar-2027.csv"),
        ("towns", "towns.csv"),
    ]:
        proposal = propose(kind, {name: exported[name]}, known, files)
        assert (said(proposal), outcomes(proposal), proposal.files) == ([], {Outcome.SAME}, {})


def test_what_is_known_at_third_hand_comes_back_the_same() -> None:
    """The content as it is, exported and imported, shows no other day; only its grade rises."""
    proposal = propose("5374", five374.export(knowledge(), 2026), year=2026)
    assert outcomes(proposal) == {Outcome.SAME}
    assert "third-party" not in proposal.files["collection/changes.csv"]


def test_days_that_the_city_loaded_hide_others() -> None:
    """An export holds the city's own days only, where both are known."""
    shared = {
        "areas": ["A"],
        "category": "paper",
        "valid_from": FIRST,
        "valid_until": LAST,
        "put_out_by": "08:30",
    }
    schedules = [
        Schedule(
            id="1", days="weekly Mon", evidence="third-party", checked_on=TODAY, review_by=LAST, **shared
        ),
        Schedule(id="2", days="monthly 2 Tue", evidence=OFFICIAL, checked_on=TODAY, review_by=LAST, **shared),
    ]
    calendar = CollectionCalendar(knowledge().calendar.areas.values(), schedules, [])
    exported = five374.export(replace(knowledge(), calendar=calendar), 2026)["data/ja/area_days.csv"]
    assert "A地区,A地区,,,,,,火2" in exported.decode().splitlines()


def test_things_in_a_set_are_the_citys_own_word() -> None:
    """target.csv holds no thing whose category only follows from a rule."""
    rows = five374.export(knowledge(), 2026)["data/ja/target.csv"].decode().splitlines()[1:]
    named = {knowledge().name(item, "ja").form for item in knowledge().overrides}
    assert rows
    assert {row.split(",")[1] for row in rows} <= named


@st.composite
def _calendars(draw: st.DrawFn) -> CollectionCalendar:
    """Draw the city's own calendar of a few areas and categories, with days that fall out or move."""
    span = st.integers(0, (LAST - FIRST).days).map(lambda days: FIRST + timedelta(days=days))
    weekdays = st.frozensets(st.integers(0, 6), min_size=1, max_size=2)
    nth = st.builds(
        Nth,
        st.frozensets(st.integers(1, 5), min_size=1, max_size=2),
        st.integers(0, 6),
        st.frozensets(st.integers(1, 12), max_size=3),
    )
    days = st.one_of(
        st.builds(Days, explicit=st.frozensets(span, min_size=1, max_size=30)),
        st.builds(Days, weekly=weekdays),
        st.builds(lambda one: Days(monthly=(one,)), nth),
    )
    kinds = collected_in(knowledge().categories, 2026)
    pairs = draw(
        st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(kinds)), min_size=1, unique=True)
    )
    shared = {"evidence": OFFICIAL, "checked_on": TODAY}
    schedules = [
        Schedule(
            id=f"{area}-{kind}-2026", areas=[area], category=kind, days=str(draw(days)), valid_from=FIRST,
            valid_until=LAST, put_out_by="08:30", review_by=LAST, **shared,
        )
        for area, kind in pairs
    ]  # fmt: skip
    closed = draw(st.lists(span, max_size=3, unique=True))
    changes = [
        Change(
            id=f"storm-{number}", areas=[pairs[0][0]], first=day, last=day, categories=[pairs[0][1]],
            reason="typhoon", **shared,
        )
        for number, day in enumerate(closed)
    ]  # fmt: skip
    return CollectionCalendar(knowledge().calendar.areas.values(), schedules, changes)


@settings(max_examples=60)
@given(calendar=_calendars())
def test_any_calendar_comes_back_the_same(calendar: CollectionCalendar) -> None:
    """Whatever the days and the changes, neither export loses or moves one."""
    known = replace(knowledge(), calendar=calendar, towns=())
    files = {
        **texts(),
        shelf.DAYS: shelf.csv_text(Schedule, calendar.schedules),
        shelf.CHANGES: shelf.csv_text(Change, calendar.changes),
    }
    exported = tables.export(known)["calendar-2026.csv"]
    for kind, one in (("calendar", {"c.csv": exported}), ("5374", five374.export(known, 2026))):
        proposal = propose(kind, one, known, files, year=2026)
        assert (said(proposal), outcomes(proposal), proposal.files) == ([], {Outcome.SAME}, {})
