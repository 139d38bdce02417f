"""Days in a file beside the days known until now: the same, new, changed, or against what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge.collection import Schedule
from bot.knowledge.fields import Source
from bot.knowledge.importers.draft import Entry
from bot.knowledge.importers.fiscal import first_day, last_day
from bot.knowledge.importers.lookup import Areas
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Remark, Row, remark
from bot.knowledge.importers.refused import Report
from bot.knowledge.model import Knowledge

_SHOWN = 6
"""How many differing days a remark names."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All that an import stands on: what is known, the areas (new ones too), what the clerk asked for."""

    knowledge: Knowledge
    areas: Areas
    options: Options
    report: Report

    @property
    def sources(self) -> list[Source]:
        """The source that the clerk named, if any."""
        named = self.options.source
        return [Source(url=named, date=self.options.source_date)] if named else []

    def label(self, entry: Entry) -> str:
        """Return what an entry is about, in the words of the calendar."""
        area, category = self.areas.known[entry.area], self.knowledge.categories[entry.category]
        return f"{area.short['ja']} {category.short['ja']}"

    def rows(self, entry: Entry, official: bool) -> list[Schedule]:
        """Return the rows known for an entry's fiscal year: the city's own, or those from elsewhere."""
        return [
            one
            for one in self.knowledge.calendar.schedules
            if entry.area in one.areas and one.category == entry.category and one.official == official
            if one.valid_from <= last_day(entry.year) and first_day(entry.year) <= one.valid_until
        ]

    def shown(self, entry: Entry, official: bool) -> frozenset[date] | None:
        """Return the days known for an entry's fiscal year; None where there is no row."""
        first, last = first_day(entry.year), last_day(entry.year)
        rows = self.rows(entry, official)
        spans = [(one.rule, max(first, one.valid_from), min(last, one.valid_until)) for one in rows]
        return (
            frozenset(day for rule, begin, end in spans for day in rule.between(begin, end)) if rows else None
        )


def compared(entry: Entry, setting: Setting) -> Outcome:
    """Add an entry's row and its effect to the report; return what becomes of it."""
    days, own = entry.dates(), setting.shown(entry, official=True)
    known = own if own is not None else setting.shown(entry, official=False)
    if known is None:
        outcome = Outcome.NEW if days else Outcome.SAME
    elif known == days and not _asked_otherwise(entry, setting):
        outcome = Outcome.SAME
    else:
        outcome = Outcome.CHANGED if own is not None else Outcome.CONTRADICTS
    told = _differences(days, known)
    if outcome is Outcome.SAME and known is not None and own is None:
        told = remark("The city's calendar confirms these days.")
    setting.report.rows.append(Row(entry.place, outcome, setting.label(entry), told))
    if outcome is not Outcome.SAME:
        setting.report.effects.append(_effect(entry, setting.label(entry), days, known))
    return outcome


def _differences(days: frozenset[date], known: frozenset[date] | None) -> Remark | None:
    if known is None or known == days:
        return None
    differing = sorted(days ^ known)
    named = " ".join(str(day) for day in differing[:_SHOWN]) + (" …" if len(differing) > _SHOWN else "")
    return remark(
        "{more} days more and {fewer} days fewer than shown until now: {days}.",
        more=len(days - known), fewer=len(known - days), days=named,
    )  # fmt: skip


def _effect(entry: Entry, label: str, days: frozenset[date], known: frozenset[date] | None) -> Remark:
    if not days:
        return remark("{row}: no collection in the fiscal year {year}.", row=label, year=entry.year)
    first, last = min(days), max(days)
    if known is None:
        return remark(
            "{row}: {count} days from {first} to {last}; none were known until now.",
            row=label, count=len(days), first=first, last=last,
        )  # fmt: skip
    return remark(
        "{row}: {count} days from {first} to {last}; {changed} differ from what was shown until now.",
        row=label, count=len(days), first=first, last=last, changed=max(len(days - known), len(known - days)),
    )  # fmt: skip


def _asked_otherwise(entry: Entry, setting: Setting) -> bool:
    """Return whether the city's own rows have another put-out time or holiday treatment than asked for."""
    at = setting.options.put_out_by
    treated = entry.holidays or setting.options.holidays
    return any(
        (at and one.put_out_by != at)
        or (treated and one.holidays != treated and (one.rule.weekly or one.rule.monthly))
        for one in setting.rows(entry, official=True)
    )


def gone(entries: list[Entry], years: list[int], setting: Setting) -> Iterator[Entry]:
    """Yield, and report, the city's own days of the file's areas and categories that the file lacks."""
    areas = {entry.area for entry in entries}
    categories = {entry.category for entry in entries}
    known = {entry.key for entry in entries}
    for one in setting.knowledge.calendar.schedules:
        if not one.official or one.category not in categories:
            continue
        for lost in (
            Entry(area, one.category, year, one.rule, one.id) for area in one.areas for year in years
        ):
            overlaps = one.valid_from <= last_day(lost.year) and first_day(lost.year) <= one.valid_until
            if lost.area not in areas or lost.key in known or not overlaps:
                continue
            known.add(lost.key)
            label = setting.label(lost)
            setting.report.rows.append(Row(lost.place, Outcome.REMOVED, label))
            setting.report.effects.append(
                remark("{row}: its days of the fiscal year {year} are taken away.", row=label, year=lost.year)
            )
            yield lost
