"""Weekdays as calendars print them: `月・木`, `毎週火金`, `第2水曜`, `第1・3水曜日`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.knowledge.days import Nth
from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused
from bot.knowledge.importers.wording import plain

SIGNS: Final = "月火水木金土日"
"""The weekdays from Monday on, one sign each."""

_GAP: Final = r"[\s・,、&+と/]*"
_NTH = re.compile(
    rf"(?:毎月)?第?(?P<nth>[1-5](?:[・,、と]第?[1-5])*)\s*週?の?\s*(?P<day>[{SIGNS}])(?:曜日?)?"
)
_WEEKLY = re.compile(rf"(?:毎週)?{_GAP}(?P<days>[{SIGNS}](?:曜日?)?(?:{_GAP}[{SIGNS}](?:曜日?)?)*)")


@dataclass(frozen=True, slots=True)
class Rules:
    """Weekdays that come round: every week, and the nth of a month."""

    weekly: frozenset[int] = frozenset()
    monthly: tuple[Nth, ...] = ()

    @property
    def weekdays(self) -> frozenset[int]:
        """Every weekday that is named."""
        return self.weekly | {one.weekday for one in self.monthly}


def weekday_rules(text: str) -> Rules | None:
    """Return the weekdays that a text names; None when it is about something else.

    Raises Refused for every other week, which says nothing without a date.
    """
    rest = plain(text)
    if "隔週" in rest:
        raise Refused(remark("Every other week ({text}) does not say which: write the dates.", text=text))
    monthly: list[Nth] = []
    while found := _NTH.search(rest):
        if "第" not in found[0]:
            return None
        nth = frozenset(int(number) for number in re.findall(r"[1-5]", found["nth"]))
        monthly.append(Nth(nth, SIGNS.index(found["day"])))
        rest = rest[: found.start()] + " " + rest[found.end() :]
    rest = re.sub(rf"^{_GAP}|{_GAP}$", "", rest)
    weekly = _WEEKLY.fullmatch(rest)
    if (rest and not weekly) or not (monthly or weekly):
        return None
    if monthly and weekly and "毎週" not in rest:
        return None  # 第1月・木 may mean either
    return Rules(frozenset(_days(weekly["days"])) if weekly else frozenset(), tuple(monthly))


def _days(text: str) -> list[int]:
    """Return the weekdays in a text; the 日 of 曜日 is not Sunday."""
    return [SIGNS.index(sign) for sign in re.sub("曜日?", "", text) if sign in SIGNS]


def wrong_weekday(day: date, printed: str) -> Refused:
    """Return the error for a date beside which another weekday is printed."""
    return Refused(
        remark("{day} is a {actual}, not a {printed}.", day=day, actual=SIGNS[day.weekday()], printed=printed)
    )
