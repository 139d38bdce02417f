"""Notes below and beside a calendar: `1/4は休み`, `12/31～1/3は休み`, `4/29は4/30に振替`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.knowledge.collection import Reason
from bot.knowledge.holidays import holiday
from bot.knowledge.importers.fiscal import calendar_year, first_day, last_day
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.weekdays import SIGNS, wrong_weekday
from bot.knowledge.importers.wording import plain


def _day(group: int) -> str:
    """Return the pattern of a date whose parts are named `year1`, `month1`, `day1` and so on."""
    return (
        rf"(?:(?P<year{group}>20\d\d)\s*[年/-]\s*)?(?:(?P<month{group}>\d{{1,2}})\s*[月/-]\s*)?"
        rf"(?P<day{group}>\d{{1,2}})日?(?:\s*\((?P<weekday{group}>[{SIGNS}])(?:曜日?)?[・,]?[祝休]?\))?"
    )


_CLOSED = (
    r"(?:の?収集)?(?:は|を|も)?[、,\s]*(?:全て|すべて)?(?:の?収集)?[はを]?"
    r"(?:お?休み|休止|休|なし|収集なし|行いません|ありません|しません)"
)
_SPAN = re.compile(
    rf"{_day(1)}(?:\s*(?:[~〜～-]|から)\s*{_day(2)}(?:まで)?)?\s*{_CLOSED}(?:です|ます|します|となります)?。?"
)
_MOVED = re.compile(
    rf"{_day(1)}\s*(?:の?収集)?(?:は|→|⇒|->|を|分は)\s*{_day(2)}\s*"
    r"(?:[にへ]\s*)?(?:振り?替え?|変更|収集|移動|行い)?(?:ます|します|です|となります|る)?。?"
)
_HOLIDAYS = re.compile(
    r"祝(?:日|祭日)(?:に)?(?P<how>も(?:通常)?(?:どおり|通り)?収集|は(?:お?休み|収集しません|収集なし))"
)
_MARKS = re.compile(r"^(?:[※*・]\s*\d?(?=\s)|[※*・]|注\s*\d*(?=\s)|注|備考)+[\s::.)]*")
_DANGEROUS = re.compile(r"\d+\s*[/月]\s*\d+|休|振替|振り替|変更|中止")
"""What makes a note too important to be left aside when it is not understood."""

_LONGEST: Final = timedelta(days=92)

_YEAR_END: Final = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5)})


@dataclass(frozen=True, slots=True)
class Closing:
    """Collections that fall out from `first` to `last`, or move `to` another day. No areas means all."""

    first: date
    last: date
    to: date | None
    place: str
    areas: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def holds_for(self, area: str, category: str) -> bool:
        """Return whether it is about an area's collections of a category."""
        return (not self.areas or area in self.areas) and (not self.categories or category in self.categories)

    @property
    def reason(self) -> Reason:
        """Why, as far as the date itself says so."""
        if (self.first.month, self.first.day) in _YEAR_END:
            return "year-end"
        return "holiday" if self.first == self.last and holiday(self.first) else "other"


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says: days that fall out or move, and whether weekday rules hold on public holidays."""

    closing: Closing | None = None
    holidays: Literal["collected", "skipped"] | None = None


def read_note(text: str, year: int, place: str) -> Note | None:
    """Return what a note of a fiscal year's calendar says; None for one that says nothing about days.

    Raises Refused for a note about days that cannot be understood or names a day that does not exist.
    """
    words = _MARKS.sub("", plain(text))
    if found := _HOLIDAYS.search(words):
        return Note(holidays="collected" if found["how"].startswith("も") else "skipped")
    if found := _SPAN.fullmatch(words):
        first = _date(found, 1, year)
        last = _date(found, 2, year, first) if found["day2"] else first
        return _checked(Closing(first, last, None, place), text)
    if found := _MOVED.fullmatch(words):
        first = _date(found, 1, year)
        return _checked(Closing(first, first, _date(found, 2, year, first), place), text)
    if _DANGEROUS.search(words):
        raise Refused(
            remark("The note {text} is not understood: write it like 1/4は休み.", text=repr(text)), place
        )
    return None


def says_closing(text: str) -> bool:
    """Return whether a text is nothing but a note about days that fall out or move."""
    words = _MARKS.sub("", plain(text))
    return bool(_SPAN.fullmatch(words) or _MOVED.fullmatch(words))


def _checked(closing: Closing, text: str) -> Note:
    """A period has its ends in order and is no season; a day moves to another."""
    if not timedelta() <= closing.last - closing.first <= _LONGEST or closing.to == closing.first:
        raise Refused(remark("The days in the note {text} do not fit together.", text=repr(text)))
    return Note(closing)


def _date(found: re.Match[str], group: int, year: int, after: date | None = None) -> date:
    month = int(found[f"month{group}"] or (after.month if after else 0))
    day, printed = int(found[f"day{group}"]), found[f"weekday{group}"]
    try:
        read = date(int(found[f"year{group}"] or calendar_year(year, month)), month, day)
    except ValueError:
        raise Refused(remark("There is no day {day} in month {month}.", day=day, month=month)) from None
    if not first_day(year) <= read <= last_day(year):
        raise Refused(remark("{day} is outside the fiscal year {year}.", day=read, year=year))
    if printed and SIGNS.index(printed) != read.weekday():
        raise wrong_weekday(read, printed)
    return read
