"""A 5374.jp set of one fiscal year, in Japanese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.knowledge.collection import Change
from bot.knowledge.exporters.shared import planned, table
from bot.knowledge.importers.fiscal import first_day, last_day
from bot.knowledge.importers.five374_days import written
from bot.knowledge.importers.lookup import collected_in
from bot.knowledge.model import Knowledge
from bot.knowledge.rules import in_force

_FOLDERS: Final = {"ja": "data/ja", "en": "data/en-US"}
_CENTRES: Final = {"ja": ("名称", "休止開始日", "休止終了日"), "en": ("Name", "Closed from", "Closed until")}
_REMARKS: Final = {"ja": ("ID", "注意事項"), "en": ("ID", "Remark")}
_HEADINGS: Final = {"ja": ("地名", "センター"), "en": ("Area", "Center")}


def export(knowledge: Knowledge, year: int) -> dict[str, bytes]:
    """Return the files of a set for a fiscal year, by path.

    Days stand as they were planned. When all collection of an area falls out, its centre is closed;
    everything else that changes stands in `holiday_shift.csv`, which is ours and not of the format.
    """
    files: dict[str, bytes] = {}
    for language, folder in _FOLDERS.items():
        tables = {
            "area_days.csv": _area_days(knowledge, year, language),
            "center.csv": _centres(knowledge, year, language),
            "description.csv": _descriptions(knowledge, year, language),
            "target.csv": _targets(knowledge, year, language),
            "remarks.csv": iter([_REMARKS[language]]),
        }
        files |= {f"{folder}/{name}": table(_plain(rows), mark=False) for name, rows in tables.items()}
    files["data/ja/holiday_shift.csv"] = table(_shifts(knowledge, year), mark=False)
    return files


def _plain(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The format has no quotes: a comma is written as `&#44;`, and there is one line a row."""
    for row in rows:
        yield tuple(" ".join(cell.split()).replace(",", "&#44;").replace('"', "&quot;") for cell in row)


def _area_days(knowledge: Knowledge, year: int, language: str) -> Iterator[tuple[str, ...]]:
    calendar = knowledge.calendar
    kinds = collected_in(knowledge.categories, year)
    yield (*_HEADINGS[language], *(knowledge.categories[kind].short[language] for kind in kinds))
    for area in calendar.areas.values():
        days = [planned(calendar, area.id, kind, year) for kind in kinds]
        cells = [written(one, year, language == "en") if one else "" for one in days]
        name = area.short[language]
        yield (name, name, *cells)


def _centres(knowledge: Knowledge, year: int, language: str) -> Iterator[tuple[str, ...]]:
    """Yield a closed period for each area in which all collection falls out; each area is its own centre."""
    yield _CENTRES[language]
    for area in knowledge.calendar.areas.values():
        closed = [one for one in _changes(knowledge, year) if area.id in one.areas and _whole(one)]
        for one in closed:
            yield area.short[language], f"{one.first:%Y/%m/%d}", f"{one.last:%Y/%m/%d}"
        if not closed:
            yield area.short[language], "", ""


def _changes(knowledge: Knowledge, year: int) -> Iterator[Change]:
    first, last = first_day(year), last_day(year)
    return (one for one in knowledge.calendar.changes if one.first <= last and first <= one.last)


def _whole(one: Change) -> bool:
    return not one.categories and not one.to


def _shifts(knowledge: Knowledge, year: int) -> Iterator[tuple[str, ...]]:
    """Yield every planned collection that is moved or falls out on its own."""
    yield "date", "to", "area", "category"
    areas = knowledge.calendar.areas
    for one in _changes(knowledge, year):
        for area in one.areas if not _whole(one) else ():
            kinds = one.categories or collected_in(knowledge.categories, year)
            for kind in kinds:
                days = planned(knowledge.calendar, area, kind, year)
                begin, end = max(one.first, first_day(year)), min(one.last, last_day(year))
                for day in days.between(begin, end) if days else ():
                    name = knowledge.categories[kind].short["ja"]
                    yield (
                        f"{day:%Y/%m/%d}",
                        f"{one.to:%Y/%m/%d}" if one.to else "なし",
                        areas[area].short["ja"],
                        name,
                    )


def _descriptions(knowledge: Knowledge, year: int, language: str) -> Iterator[tuple[str, ...]]:
    yield "label", "sublabel", "description", "styles", "bgcolor"
    for kind in collected_in(knowledge.categories, year):
        one = knowledge.categories[kind]
        yield one.short[language], one.sign, " ".join(one.how[language]), "", one.colour


def _targets(knowledge: Knowledge, year: int, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the things whose category the city itself has named, and no others."""
    yield "type", "name", "notice", "furigana"
    kinds = collected_in(knowledge.categories, year)
    found = []
    for item, rows in knowledge.overrides.items():
        for row in rows:
            if row.category in kinds and in_force(row, last_day(year)):
                name = knowledge.name(item, language)
                initial = (name.reading or name.form)[:1]
                found.append((kinds.index(row.category), initial, name.form, row.category))
    for _, initial, form, kind in sorted(found):
        yield knowledge.categories[kind].short[language], form, "", initial
