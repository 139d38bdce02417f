"""A calendar file put in the place of what is known: its days replace those of their fiscal year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from bot.knowledge import collection_checks
from bot.knowledge.collection import OFFICIAL, Change, Schedule
from bot.knowledge.importers import shelf
from bot.knowledge.importers.closings import Stamp, changes_after
from bot.knowledge.importers.comparing import Setting, compared, gone
from bot.knowledge.importers.draft import Draft, Entry
from bot.knowledge.importers.fiscal import first_day, last_day
from bot.knowledge.importers.lookup import collected_in
from bot.knowledge.importers.proposal import Outcome, Proposal, remark
from bot.knowledge.importers.trimming import rest_of_schedule

_PREVIEWS = 3
"""How many questions a proposal offers for the phone."""


def merged(draft: Draft, setting: Setting, texts: Mapping[str, str]) -> Proposal:
    """Return what the import would do. `texts` are the present files of `content/`, by path.

    One rejected row rejects everything.
    """
    report = setting.report
    _each_once(draft, setting)
    outcomes = {entry.key: compared(entry, setting) for entry in draft.entries}
    if report.broken():
        return report.proposal()
    schedules = _schedules(draft, setting, outcomes)
    changes = changes_after(
        draft,
        setting.knowledge.calendar.changes,
        {year: collected_in(setting.knowledge.categories, year) for year in draft.years},
        Stamp(setting.options.today, tuple(setting.sources)),
        report,
    )
    if not report.broken():
        _fits_together(setting, schedules, changes)
    if report.broken():
        return report.proposal()
    areas = setting.areas.known.values()
    files = shelf.changed(texts, areas, setting.knowledge.towns, schedules, changes)
    previews = tuple(_previews(draft, setting, outcomes))
    return Proposal(files, tuple(report.rows), tuple(report.effects), previews)


def _each_once(draft: Draft, setting: Setting) -> None:
    """Two rows for one area and category are both rejected: nobody can say which one is meant."""
    rows = Counter(entry.key for entry in draft.entries)
    for entry in draft.entries:
        if rows[entry.key] > 1:
            reason = remark("There are {rows} rows for this area and category.", rows=rows[entry.key])
            setting.report.reject(entry.place, setting.label(entry), reason)


def _schedules(
    draft: Draft, setting: Setting, outcomes: Mapping[tuple[str, str, int], Outcome]
) -> list[Schedule]:
    stays = {
        entry.key
        for entry in draft.entries
        if outcomes[entry.key] is Outcome.SAME and setting.rows(entry, official=True)
    }
    new = [entry for entry in draft.entries if entry.key not in stays and entry.dates()]
    replaced = [*(entry for entry in draft.entries if entry.key not in stays)]
    replaced += gone(draft.entries, draft.years, setting)
    kept = [
        piece
        for one in setting.knowledge.calendar.schedules
        for piece in _rest(one, replaced if one.official else draft.entries, draft.years)
    ]
    areas, kinds = list(setting.areas.known), list(setting.knowledge.categories)
    new.sort(key=lambda entry: (entry.year, areas.index(entry.area), kinds.index(entry.category)))
    taken = {one.id for one in kept}
    return [*kept, *(made for entry in new if (made := _schedule(entry, setting, taken)))]


def _rest(one: Schedule, entries: list[Entry], years: list[int]) -> list[Schedule]:
    pieces = [one]
    for year in years:
        cut = {entry.area for entry in entries if entry.category == one.category and entry.year == year}
        pieces = [
            rest for piece in pieces for rest in rest_of_schedule(piece, cut, first_day(year), last_day(year))
        ]
    return pieces


def _schedule(entry: Entry, setting: Setting, taken: set[str]) -> Schedule | None:
    put_out_by = setting.options.put_out_by or _usual_time(entry.category, setting)
    if not put_out_by:
        setting.report.reject(
            entry.place, setting.label(entry), remark("Nobody has said until what time it may be put out.")
        )
        return None
    name = f"{entry.area}-{entry.category}-{entry.year}"
    by_rule = entry.days.weekly or entry.days.monthly
    return Schedule(
        id=name if name not in taken else f"{name}-city",
        areas=[entry.area],
        category=entry.category,
        days=str(entry.days),
        valid_from=first_day(entry.year),
        valid_until=last_day(entry.year),
        put_out_by=put_out_by,
        holidays=(entry.holidays or setting.options.holidays) if by_rule else None,
        evidence=OFFICIAL,
        sources=setting.sources,
        checked_on=setting.options.today,
        review_by=date(entry.year + 1, 2, 1),
    )


def _usual_time(category: str, setting: Setting) -> str | None:
    """Return the put-out time of a category until now, else the usual one of the city."""
    schedules = setting.knowledge.calendar.schedules
    for rows in ([one for one in schedules if one.category == category], schedules):
        if rows:
            return Counter(one.put_out_by for one in rows).most_common(1)[0][0]
    return None


def _fits_together(setting: Setting, schedules: list[Schedule], changes: list[Change]) -> None:
    """Ask the checks that guard the content, so that a change of staff's that no longer fits is named."""
    read = collection_checks.Rows(
        [(area, 0) for area in setting.areas.known.values()],
        [],
        [(one, line) for line, one in enumerate(schedules, 2)],
        [(one, line) for line, one in enumerate(changes, 2)],
    )
    categories = [(one, 0) for one in setting.knowledge.categories.values()]
    problems = collection_checks.problems(read, categories)
    rows = {shelf.DAYS: schedules, shelf.CHANGES: changes}
    for problem in problems:
        about = rows[problem.file][problem.line - 2].id  # type: ignore[index]
        reason = remark(
            "With this file, {file} would be wrong: {problem}.", file=problem.file, problem=problem.message
        )
        setting.report.reject(about, about, reason)


def _previews(
    draft: Draft, setting: Setting, outcomes: Mapping[tuple[str, str, int], Outcome]
) -> Iterator[tuple[str, str | None]]:
    """Yield the questions that show it: the first categories that change, each in its first area."""
    firsts = {
        entry.category: entry.area
        for entry in reversed(draft.entries)
        if outcomes[entry.key] is not Outcome.SAME
    }
    for category, area in list(reversed(firsts.items()))[:_PREVIEWS]:
        yield setting.knowledge.categories[category].short["ja"], area
