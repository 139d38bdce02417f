"""The calendar: what goes out on which day, with collections people are reminded of and holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_skeleton
from flask import Blueprint, render_template, request

from bot.broadcasts import drafts
from bot.broadcasts.model import Broadcast
from bot.console import speaking
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs
from bot.console.month import asked_for
from bot.console.screens.broadcasts.at_hand import goes_out, office, zone
from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.holidays import holiday
from bot.store.moments import micros

pages = Blueprint("days", __name__, url_prefix="/calendar")


@dataclass(frozen=True, slots=True)
class Day:
    """What happens on one day. `reminded` are the letters of areas with a promised collection."""

    holiday: str | None
    broadcasts: tuple[Broadcast, ...]
    reminded: tuple[str, ...]


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Show a month; on a phone its days below each other."""
    today = desk().services.clock.now().astimezone(zone()).date()
    month = asked_for(request.args.get("month", ""), today)
    tag = speaking.speech().tag
    return render_template(
        "console/broadcasts/days.html",
        month=month,
        days=_days(*month.span),
        today=today,
        month_told=format_skeleton("yMMMM", month.first, locale=tag),
        weekday=lambda day: format_date(day, "E", locale=tag),
        time=lambda one: f"{_local(goes_out(one) or 0):%H:%M}",
    )


def _days(first: date, last: date) -> dict[date, Day]:
    at = office()
    start, end = (
        micros(datetime.combine(day, time(), tzinfo=zone())) for day in (first, last + timedelta(days=1))
    )
    due: dict[date, list[Broadcast]] = {}
    for one in drafts.between(at, start, end):
        if at_moment := goes_out(one):
            due.setdefault(_local(at_moment).date(), []).append(one)
    reminded = _reminded(at.knowledge.calendar, first, last)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {
        day: Day(
            holiday(day),
            tuple(sorted(due.get(day, ()), key=lambda one: goes_out(one) or 0)),
            tuple(sorted(reminded.get(day, ()))),
        )
        for day in every
    }


def _reminded(calendar: CollectionCalendar, first: date, last: date) -> dict[date, set[str]]:
    found: dict[date, set[str]] = {}
    for area in calendar.areas.values():
        for one in calendar.collections(area.id, first, last):
            if one.promised:
                found.setdefault(one.day, set()).add(area.letter)
    return found


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, zone())
