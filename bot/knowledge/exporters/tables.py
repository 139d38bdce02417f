"""Everything about collection as plain CSV tables, with the headings that the importers understand."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.collection import Change
from bot.knowledge.exporters.shared import planned, table, years
from bot.knowledge.importers.fiscal import MONTHS, calendar_year, first_day, last_day
from bot.knowledge.importers.weekdays import SIGNS
from bot.knowledge.model import Knowledge


def export(knowledge: Knowledge) -> dict[str, bytes]:
    """Return areas, towns, one calendar a fiscal year and changes, by file name.

    The calendars and the towns can be imported again. Days stand as they were planned; what was moved or
    falls out stands in `changes.csv`.
    """
    files = {
        "areas.csv": table(_areas(knowledge)),
        "towns.csv": table(_towns(knowledge)),
        "changes.csv": table(_changes(knowledge)),
    }
    for year in years(knowledge.calendar):
        files[f"calendar-{year}.csv"] = table(_dates(knowledge, year))
    return files


def _areas(knowledge: Knowledge) -> Iterator[tuple[object, ...]]:
    yield "地区", "名前", "English", "町の数"
    for area in knowledge.calendar.areas.values():
        towns = sum(town.area == area.id for town in knowledge.towns)
        yield area.letter, area.name["ja"], area.name["en"], towns


def _towns(knowledge: Knowledge) -> Iterator[tuple[object, ...]]:
    yield "町名", "よみ", "丁目", "地区", "緯度", "経度"
    for town in knowledge.towns:
        where = ("" if one is None else one for one in (town.latitude, town.longitude))
        yield town.town, town.reading, town.part, knowledge.calendar.areas[town.area].letter, *where


def _dates(knowledge: Knowledge, year: int) -> Iterator[tuple[object, ...]]:
    """Yield one row a date; a month without collection says so, because an import asks for every month."""
    yield "地区", "種類", "収集日", "曜日"
    calendar = knowledge.calendar
    for area in calendar.areas.values():
        for category in dict.fromkeys(calendar.categories(area.id)):
            days = planned(calendar, area.id, category, year)
            if days is None:
                continue
            names = area.letter, knowledge.categories[category].short["ja"]
            dates = list(days.between(first_day(year), last_day(year)))
            yield from ((*names, day.isoformat(), SIGNS[day.weekday()]) for day in dates)
            for month in MONTHS:
                if month not in {day.month for day in dates}:
                    yield *names, f"{calendar_year(year, month)}年{month}月 なし", ""
    for one in calendar.changes:
        if first_day(year) <= one.first and one.last <= last_day(year):
            yield from _closed(knowledge, one)


def _closed(knowledge: Knowledge, one: Change) -> Iterator[tuple[object, ...]]:
    """Yield a change as rows of the calendar: `2027/01/01～2027/01/03は休み`."""
    first, last = f"{one.first:%Y/%m/%d}", f"{one.last:%Y/%m/%d}"
    text = f"{first}は休み" if one.first == one.last else f"{first}～{last}は休み"
    if one.to:
        text = f"{first}は{one.to:%Y/%m/%d}に振替"
    for area in one.areas:
        for kind in one.categories or [""]:
            name = knowledge.categories[kind].short["ja"] if kind else ""
            yield knowledge.calendar.areas[area].letter, name, text, ""


def _changes(knowledge: Knowledge) -> Iterator[tuple[object, ...]]:
    yield "地区", "種類", "最初の日", "最後の日", "振替日", "理由"
    for one in knowledge.calendar.changes:
        areas = "・".join(knowledge.calendar.areas[area].letter for area in one.areas)
        kinds = "・".join(knowledge.categories[kind].short["ja"] for kind in one.categories)
        yield areas, kinds, one.first, one.last, one.to or "", one.reason
