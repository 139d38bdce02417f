"""Towns and their areas: a table with a row a town, in any order of columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import jaconv

from bot.knowledge.collection import Town
from bot.knowledge.importers import shelf
from bot.knowledge.importers.comparing import Setting
from bot.knowledge.importers.grid import Grid
from bot.knowledge.importers.headings import column_of
from bot.knowledge.importers.lookup import Areas, stem
from bot.knowledge.importers.new_areas import new_area
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Proposal, Row, remark, remark_n
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.importers.tables import read_tables
from bot.knowledge.importers.wording import plain
from bot.knowledge.model import Knowledge

_COLUMNS = ("town", "reading", "part", "area", "latitude", "longitude")
_LETTER = re.compile(r"[a-z0-9]{1,3}")
_PREVIEWS = 3
"""How many towns a proposal offers for the phone."""

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A town as a row of the file has it."""

    town: Town
    place: str

    @property
    def key(self) -> _Key:
        """What stands for one place: a town, or its part."""
        return self.town.town, self.town.part


def propose(
    files: Mapping[str, bytes], knowledge: Knowledge, texts: Mapping[str, str], options: Options
) -> Proposal:
    """Return what a table of towns would change: it takes the place of the whole table until now.

    An area whose towns are all gone goes too, with its days. One rejected row rejects everything.
    """
    report = Report()
    setting = Setting(knowledge, Areas(knowledge.calendar.areas.values()), options, report)
    found = [one for grid in read_tables(files, report) for one in _read(grid, setting)]
    _in_one_area(found, report)
    if report.broken():
        return report.proposal()
    before = {(town.town, town.part): town for town in knowledge.towns}
    after = _compared(found, before, setting)
    deserted = {town.area for town in before.values()} - {town.area for town in after}
    _told(before, after, deserted, setting)
    new = [town for town in after if (town.town, town.part) not in before]
    return Proposal(
        shelf.changed(
            texts,
            areas=[area for area in setting.areas.known.values() if area.id not in deserted],
            towns=sorted(after, key=lambda town: (town.reading or town.town, town.town, town.part)),
            schedules=_without(deserted, knowledge.calendar.schedules),
            changes=_without(deserted, knowledge.calendar.changes),
        ),
        tuple(report.rows),
        tuple(report.effects),
        tuple((town.town, None) for town in new[:_PREVIEWS]),
    )


def _read(grid: Grid, setting: Setting) -> Iterator[_Found]:
    columns: dict[str, int | None] = {}
    for number, row in grid.rows():
        if not columns:
            named = {name: column_of(name, row, setting.options.columns) for name in _COLUMNS}
            if named["town"] is not None and named["area"] is not None:
                columns = named
            continue
        if not grid.text(number, columns["town"]) and not grid.text(number, columns["area"]):
            continue  # a remark beside or below the table
        try:
            yield _Found(_town(grid, number, columns, setting), grid.place(number, columns["town"]))
        except Refused as refused:
            place = refused.place or grid.place(number)
            setting.report.reject(place, grid.text(number, columns["town"]), refused.reason)
    if not columns:
        reason = remark("There is no row of headings with 町名 and 地区.")
        about_areas = any(setting.areas.find(cell) for _, row in grid.rows() for cell in row)
        setting.report.no_table(grid, reason, related=about_areas)


def _town(grid: Grid, number: int, columns: Mapping[str, int | None], setting: Setting) -> Town:
    text = {name: plain(grid.text(number, columns.get(name))) for name in _COLUMNS}
    if not text["town"]:
        raise Refused(remark("The name of the town is missing."), grid.place(number, columns["town"]))
    if len(text["town"]) > 60 or len(text["part"]) > 60 or len(text["reading"]) > 80:
        raise Refused(remark("The name is too long."), grid.place(number, columns["town"]))
    place = grid.place(number, columns["area"])
    if not text["area"]:
        raise Refused(remark("{town} has no area.", town=text["town"]), place)
    try:
        area = _area(text["area"], setting)
    except Refused as refused:
        raise Refused(refused.reason, place) from None
    where = _where(grid, number, columns)
    return Town(
        town=text["town"], reading=str(jaconv.kata2hira(text["reading"])), part=text["part"], area=area,
        latitude=where[0], longitude=where[1],
    )  # fmt: skip


def _area(text: str, setting: Setting) -> str:
    """Return the id of an area. A new letter makes a new one, another new word only when asked for."""
    if found := setting.areas.find(text):
        return found
    free = setting.options.new_areas or not setting.knowledge.calendar.areas
    if free or _LETTER.fullmatch(stem(text)):
        return new_area(text, setting).id
    raise setting.areas.refusal(text)


def _where(
    grid: Grid, number: int, columns: Mapping[str, int | None]
) -> tuple[float, float] | tuple[None, None]:
    texts = [plain(grid.text(number, columns.get(name))) for name in ("latitude", "longitude")]
    if not any(texts):
        return None, None
    for name, text, most in zip(("latitude", "longitude"), texts, (90, 180), strict=True):
        try:
            fits = -most <= float(text) <= most
        except ValueError:
            fits = False
        if not fits:
            reason = remark(
                "Latitude and longitude are numbers such as 34.07 and 134.55, not {text}.", text=repr(text)
            )
            raise Refused(reason, grid.place(number, columns.get(name)))
    return float(texts[0]), float(texts[1])


def _in_one_area(found: list[_Found], report: Report) -> None:
    """A town (or the same part of it) in two areas is rejected wherever it stands."""
    areas: dict[_Key, dict[str, str]] = defaultdict(dict)
    for one in found:
        areas[one.key].setdefault(one.town.area, one.place)
    for one in found:
        if len(areas[one.key]) > 1:
            reason = remark(
                "{town} stands in the areas {areas}: name its parts, or take one row away.",
                town="".join(one.key), areas=", ".join(areas[one.key]),
            )  # fmt: skip
            report.reject(one.place, "".join(one.key), reason)


def _compared(found: list[_Found], before: Mapping[_Key, Town], setting: Setting) -> list[Town]:
    """Add a row a town to the report; return each town once."""
    after: dict[_Key, Town] = {}
    for one in found:
        about = f"{''.join(one.key)} {setting.areas.known[one.town.area].letter}"
        if one.key in after:
            twice = remark("It stands in the file already.")
            setting.report.rows.append(Row(one.place, Outcome.SAME, about, twice))
            continue
        after[one.key] = one.town
        known = before.get(one.key)
        outcome = Outcome.CHANGED if known else Outcome.NEW
        outcome = Outcome.SAME if known == one.town else outcome
        setting.report.rows.append(Row(one.place, outcome, about))
    for key, town in before.items():
        if key not in after:
            about = f"{''.join(key)} {setting.areas.known[town.area].letter}"
            setting.report.rows.append(Row(shelf.TOWNS, Outcome.REMOVED, about))
    return list(after.values())


def _told(before: Mapping[_Key, Town], after: list[Town], deserted: set[str], setting: Setting) -> None:
    """Say what the new table means for people."""
    effects, areas = setting.report.effects, setting.areas.known
    now = {(town.town, town.part): town for town in after}
    added = len(now.keys() - before.keys())
    if added:
        told = remark_n(
            "{n} town is found by its name from now on.",
            "{n} towns are found by their name from now on.",
            added,
        )
        effects.append(told)
    for key, town in before.items():
        if key not in now:
            effects.append(remark("{town} is no longer found by its name.", town="".join(key)))
        elif now[key].area != town.area:
            effects.append(
                remark(
                    "{town} moves from area {before} to area {after}.",
                    town="".join(key), before=areas[town.area].letter, after=areas[now[key].area].letter,
                )
            )  # fmt: skip
    silent = sum(not town.reading for town in after)
    if silent:
        told = remark_n(
            "{n} town has no reading: kana does not find it.",
            "{n} towns have no reading: kana does not find them.",
            silent,
        )
        effects.append(told)
    for area in sorted(deserted):
        told = remark(
            "Area {area} has no towns any more: its people will be asked again.", area=areas[area].letter
        )
        effects.append(told)


def _without(deserted: set[str], rows: Iterable[shelf.Dated]) -> list[shelf.Dated]:
    """Return rows of days or changes without areas that are no more."""
    left = (
        row.model_copy(update={"areas": [area for area in row.areas if area not in deserted]}) for row in rows
    )
    return [row for row in left if row.areas]
