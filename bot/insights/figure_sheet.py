"""A clerk's table of figures: account, day, value. All of it is taken over, or nothing with every reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.knowledge.importers.grid import Grid, in_words
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.importers.tables import tables
from bot.knowledge.kpi import Kpi

MOST: Final = 100_000_000
"""A larger number is a slip of the finger."""

_LINE: Final = "line"
_HEADINGS: Final = {"account", "アカウント", "項目", "series"}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_NUMBER = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+|[-−]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: of which series, at the end of which day."""

    series: str
    day: date
    value: float


class SheetRefused(Exception):
    """Nothing of a table is taken over. `problems` names each row with its reason."""

    def __init__(self, problems: tuple[Remark, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def names(kpi: Kpi) -> dict[str, str]:
    """Return what figures can be entered for: id -> unit."""
    goals = {goal.id: goal.unit for goal in kpi.others}
    return {_LINE: "people", **{account.id: "people" for account in kpi.accounts}, **goals}


def read_sheet(name: str, data: bytes, kpi: Kpi, today: date) -> list[Row]:
    """Return the rows of a file with the columns account, day, value; a heading may stand above.

    Raises SheetRefused.
    """
    try:
        grid = tables(name, data, Report())[0]
    except Refused as refused:
        raise SheetRefused((refused.reason,)) from None
    rows: list[Row] = []
    problems: list[Remark] = []
    seen: dict[tuple[str, date], str] = {}
    for place, cells in _filled(grid):
        try:
            row = read_row(cells, kpi, today)
            if first := seen.get((row.series, row.day)):
                raise Refused(
                    remark("The same account and day stand in {place} already.", place=in_words(first))
                )
        except Refused as refused:
            problems.append(remark("{place}: {reason}", place=in_words(place), reason=refused.reason))
        else:
            seen[row.series, row.day] = place
            rows.append(row)
    if not rows and not problems:
        problems.append(remark("The file is empty."))
    if problems:
        raise SheetRefused(tuple(problems))
    return rows


def read_row(cells: tuple[str, ...], kpi: Kpi, today: date) -> Row:
    """Return the figure of three cells. Raises Refused with the reason."""
    account, day, value = (unicodedata.normalize("NFKC", cell).strip() for cell in (*cells, "", "", "")[:3])
    series = _series(account, kpi)
    return Row(series, _day(day, today), _value(value, names(kpi)[series]))


def _filled(grid: Grid) -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, cells in grid.rows():
        if number or cells[0].strip().casefold() not in _HEADINGS:
            yield grid.place(number), cells


def _series(text: str, kpi: Kpi) -> str:
    known: Mapping[str, str] = {
        **{one: one for one in names(kpi)},
        **{account.name.casefold(): account.id for account in kpi.accounts},
        **{name.casefold(): goal.id for goal in kpi.others for name in goal.name.values()},
    }
    found = known.get(text.casefold())
    if found is None:
        raise Refused(
            remark("{name} is no account. There are: {names}.", name=repr(text), names=", ".join(names(kpi)))
        )
    return found


def _day(text: str, today: date) -> date:
    found = _DAY.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Refused(remark("{text} is no date that exists. Write it like 2026-11-30.", text=repr(text)))
    if day > today:
        raise Refused(remark("{day} has not come yet.", day=day))
    return day


def _value(text: str, unit: str) -> float:
    if not _NUMBER.fullmatch(text.rstrip("%人").strip()):
        raise Refused(remark("{text} is no number.", text=repr(text)))
    value = float(text.rstrip("%人").strip().replace(",", "").replace("−", "-"))
    if value < 0:
        raise Refused(remark("{text} is negative; there are no fewer than 0.", text=repr(text)))
    if unit == "percent" and value > 100:
        raise Refused(remark("{text} is more than 100 %.", text=repr(text)))
    if unit == "people" and (value != int(value) or value > MOST):
        raise Refused(remark("{text} is no number of people.", text=repr(text)))
    return value
