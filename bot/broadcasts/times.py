"""Days and times as staff write them, and whether a send would ring at night."""

from __future__ import annotations

from datetime import datetime, time

from bot.broadcasts.office import Office
from bot.broadcasts.refused import Refused
from bot.knowledge.importers.proposal import remark
from bot.store.moments import SECOND, micros


def read(office: Office, text: str) -> int:
    """Return a local `YYYY-MM-DD HH:MM` (or with `T`) as a moment. Refuses what is no date: 30 February."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        words = remark("“{text}” is no date with a time, such as 2026-11-24 10:00.", text=text[:40])
        raise Refused(words) from None
    return micros(at if at.tzinfo else at.replace(tzinfo=office.zone))


def quiet(office: Office, at: int) -> bool:
    """Return whether a moment is in the city's quiet hours."""
    start, end = time.fromisoformat(office.rules.quiet_from), time.fromisoformat(office.rules.quiet_until)
    clock = office.local(at).time()
    return start <= clock < end if start <= end else clock >= start or clock < end


def starts_at(due_at: int | None, hold_minutes: int, approved_at: int) -> int:
    """Return when something leaves that is approved at a moment."""
    return max(due_at or approved_at, approved_at + hold_minutes * 60 * SECOND)
