"""Recurring broadcasts: each issue begins as a draft in good time, and needs its approval like any other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.broadcasts import drafts, notices
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office, Officer, must_write
from bot.broadcasts.refused import Refused
from bot.broadcasts.rhythm import Rhythm, rhythm
from bot.knowledge.importers.proposal import remark
from bot.lifecycle import Order
from bot.store import audit, broadcast_series
from bot.store.broadcasts import Row
from bot.store.database import Connection
from bot.store.moments import micros

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Series:
    """One series. `through` is the day of the latest issue that was begun."""

    id: int
    title: str
    source: int
    rhythm: Rhythm
    author: str
    active: bool
    through: date | None
    created_at: int


def create(office: Office, staff: Officer, source: int, title: str, when: Rhythm) -> Series:
    """Begin a series whose issues start as copies of a broadcast."""
    must_write(staff)
    now, tidy = office.now(), " ".join(title.split())[:100]
    if not tidy:
        raise Refused(remark("Give the series a name."))
    if not when.right():
        raise Refused(remark("There is no such rhythm: a weekday or a day of the month, and a time."))

    def work(connection: Connection) -> Series:
        if drafts.found(connection, source).status is Order.DISCARDED:
            raise Refused(remark("What was thrown away cannot be repeated."))
        row = {
            "title": tidy, "source": source, "rule": when.kept(), "author": staff.name, "active": True,
            "through": office.local(now).date(), "created_at": now,
        }  # fmt: skip
        made = broadcast_series.add(connection, row)
        audit.note(connection, now, staff.name, "series-begun", f"series {made}")
        return _series({**row, "id": made})

    return office.database.write(work)


def listing(office: Office) -> tuple[Series, ...]:
    """Return every series, the ended ones too. Raises StoreError."""
    return tuple(map(_series, office.database.read(broadcast_series.listed)))


def end(office: Office, staff: Officer, series_id: int) -> None:
    """Let no more issues begin; those that were begun stay."""
    must_write(staff)
    now = office.now()

    def work(connection: Connection) -> None:
        if not broadcast_series.end(connection, series_id):
            raise Refused(remark("There is no such series, or it has ended."))
        audit.note(connection, now, staff.name, "series-ended", f"series {series_id}")

    office.database.write(work)


def begin_due(office: Office) -> list[Broadcast]:
    """Begin the issues whose time to be written has come; return them. Raises StoreError.

    Of issues that were missed while nothing ran only the next one that can still go out is begun.
    """
    rows = office.database.read(partial(broadcast_series.listed, only_active=True))
    found = [_issue(office, one) for one in map(_series, rows)]
    return [issue for issue in found if issue]


def _issue(office: Office, series: Series) -> Broadcast | None:
    now = office.now()
    here = office.local(now)
    coming = [
        day
        for day in series.rhythm.days(here.date(), here.date() + timedelta(days=series.rhythm.days_ahead))
        if (series.through is None or day > series.through) and _due(office, series, day) > now
    ]
    if not coming:
        return None
    day = coming[0]

    def work(connection: Connection) -> Broadcast | None:
        if not broadcast_series.reach(connection, series.id, series.through, day):
            return None  # another worker was quicker
        copy = drafts.copied(drafts.found(connection, series.source), series.author, now)
        issue = replace(
            copy, title=f"{series.title} {day}", due_at=_due(office, series, day), series=series.id
        )
        made = drafts.add(connection, issue, now, series.author)
        words = remark("This issue is begun; it needs its text and an approval.")
        notices.to_author(connection, office, made, words, now)
        return made

    return office.database.write(work)


def _due(office: Office, series: Series, day: date) -> int:
    return micros(datetime.combine(day, time.fromisoformat(series.rhythm.at), tzinfo=office.zone))


def _series(row: Row) -> Series:
    return Series(
        row["id"], row["title"], row["source"], rhythm(row["rule"]), row["author"], row["active"],
        row["through"], row["created_at"],
    )  # fmt: skip
