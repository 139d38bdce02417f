"""Headings of columns, in any order and in the words that clerks use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.knowledge.importers.fiscal import YEAR, western
from bot.knowledge.importers.wording import fold, plain

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "area": (
        "収集地区", "収集区域", "収集地域", "収集コース", "コース", "エリア", "地区", "地区名", "地域",
        "区域", "area", "collection area", "district",
    ),
    "category": (
        "ごみの種類", "ごみ種別", "分別区分", "収集区分", "収集品目", "分別", "分類", "種類", "種別", "品目",
        "区分", "ごみ", "カテゴリ", "category", "type", "kind",
    ),
    "date": ("収集日", "日付", "年月日", "月日", "date", "day"),
    "weekday": ("曜日", "収集曜日", "weekday"),
    "count": ("回数", "年間回数", "収集回数", "計", "合計", "年間", "total", "count"),
    "note": ("備考", "注意", "注意事項", "摘要", "note", "notes", "remarks"),
    "town": ("町名", "町丁名", "町丁目", "町", "町字", "大字", "地名", "住所", "town", "address"),
    "reading": ("よみ", "読み", "読み仮名", "よみがな", "ふりがな", "カナ", "かな", "reading", "kana"),
    "part": ("丁目", "部分", "範囲", "番地", "区画", "part", "chome"),
    "latitude": ("緯度", "latitude", "lat"),
    "longitude": ("経度", "longitude", "lon", "lng"),
    "to": ("振替日", "変更後", "振替先", "to"),
}  # fmt: skip
"""What a column holds -> how its heading may be written; the surest word first."""

_ENGLISH: Final = (
    "january february march april may june july august september october november december"
).split()
_MONTH = re.compile(rf"(?:{YEAR}\s*(?:年|[./-])\s*)?(?P<month>\d{{1,2}})\s*(?:月|月分)(?:\(.*\))?")
_DATE_AS_MONTH = re.compile(r"(?P<western>(?:19|20)\d\d)-(?P<month>\d\d)(?:-01)?")

FEWEST_MONTHS: Final = 3
"""How many different months make a row a row of headings."""


@dataclass(frozen=True, slots=True)
class Months:
    """A row of month headings: column -> month, and the calendar years that stand with them."""

    columns: Mapping[int, int]
    years: Mapping[int, int] = field(default_factory=dict)


def column_of(
    name: str, row: Sequence[str], asked: Mapping[str, str], words: Mapping[str, Sequence[str]] = WORDS
) -> int | None:
    """Return the column whose heading means `name`, from 0. `asked` are the headings that the clerk named."""
    folded = [fold(cell) for cell in row]
    for word in (asked[name],) if name in asked else words[name]:
        if fold(word) in folded:
            return folded.index(fold(word))
    return None


def months_in(row: Sequence[str]) -> Months | None:
    """Return the month headings of a row; None when there are too few for it to be one.

    Of a merged heading only the first column counts.
    """
    columns: dict[int, int] = {}
    years: dict[int, int] = {}
    for column, cell in enumerate(row):
        found = _month(plain(cell))
        if not found or (column and row[column - 1] == cell):
            continue
        columns[column] = found[0]
        if found[1]:
            years[column] = found[1]
    return Months(columns, years) if len(set(columns.values())) >= FEWEST_MONTHS else None


def _month(text: str) -> tuple[int, int | None] | None:
    """Return a heading's month and its calendar year if it names one: `4月`, `R9.1月`, `April`."""
    for number, name in enumerate(_ENGLISH, 1):
        if text.casefold().rstrip(".") in (name, name[:3]):
            return number, None
    found = _MONTH.fullmatch(text)
    if found and 1 <= int(found["month"]) <= 12:
        return int(found["month"]), western(found) if found["western"] or found["of_era"] else None
    found = _DATE_AS_MONTH.fullmatch(text)
    return (int(found["month"]), int(found["western"])) if found and 1 <= int(found["month"]) <= 12 else None
