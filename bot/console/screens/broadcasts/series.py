"""Recurring broadcasts: each issue begins as a copy, is written anew, and needs its own approval."""

from __future__ import annotations

from babel.dates import get_day_names
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import drafts, series
from bot.broadcasts.refused import Refused
from bot.broadcasts.rhythm import Rhythm
from bot.console import speaking
from bot.console.access.roles import Capability
from bot.console.gate import needs, visit
from bot.console.screens.broadcasts.at_hand import me, office, said
from bot.console.screens.broadcasts.editor import MOST
from bot.console.speaking import remark

Shown = str | Response | tuple[str, int]
pages = Blueprint("series", __name__, url_prefix="/series")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """List the series and ask for another one."""
    return _page()


@pages.post("/")
@needs(Capability.WRITE_BROADCASTS)
def take() -> Shown:
    """Begin a series."""
    form = request.form
    weekly = form.get("every") != "month"
    rhythm = Rhythm(
        "week" if weekly else "month",
        form.get("weekday" if weekly else "day", -1, type=int),
        form.get("at", ""),
        form.get("days_ahead", 7, type=int),
    )
    try:
        series.create(office(), me(), form.get("source", 0, type=int), form.get("title", ""), rhythm)
    except Refused as refusal:
        return _page(said(refusal.remark)), 422
    flash(remark("The series has begun. Each issue appears as a draft in time."), "done")
    return redirect(url_for(".page"), 303)


@pages.post(f"/<int(max={MOST}):number>/end")
@needs(Capability.WRITE_BROADCASTS)
def end(number: int) -> Shown:
    """Let no more issues begin."""
    try:
        series.end(office(), me(), number)
    except Refused as refusal:
        flash(said(refusal.remark), "problem")
    else:
        flash(remark("No more issues begin."), "done")
    return redirect(url_for(".page"), 303)


def _page(problem: str = "") -> str:
    at = office()
    sources = drafts.listing(at).found
    return render_template(
        "console/broadcasts/series.html",
        found=series.listing(at),
        rhythm_told=_told,
        sources=[(str(one.id), one.title) for one in sources],
        weekdays=[(str(n), name) for n, name in sorted(_weekdays().items())],
        writes=visit().may(Capability.WRITE_BROADCASTS),
        errors={"title": problem} if problem else {},
    )


def _weekdays() -> dict[int, str]:
    return dict(get_day_names("wide", locale=speaking.speech().tag))


def _told(rhythm: Rhythm) -> str:
    if rhythm.every == "week":
        return remark("every {weekday} at {time}", weekday=_weekdays()[rhythm.on], time=rhythm.at)
    return remark("each month on day {day} at {time}", day=rhythm.on, time=rhythm.at)
