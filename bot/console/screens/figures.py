"""Figures that only people know: other accounts, earlier years, further goals. One at a time, or a table."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import numbers
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.screens.subscribers import kpi
from bot.console.speaking import remark, remark_n, speech
from bot.insights.figure_sheet import Row, SheetRefused, names, read_row, read_sheet
from bot.knowledge.importers.refused import Refused
from bot.knowledge.told import told
from bot.store import audit, insights
from bot.store.database import Connection
from bot.store.insights import Entered

Shown = str | Response | tuple[str, int]
MOST_SHOWN: Final = 60
pages = Blueprint("figures", __name__, url_prefix="/subscribers/figures")


@pages.get("/")
@needs(Capability.ENTER_FIGURES)
def page() -> str:
    """Show what was entered, and ask for more."""
    return _page()


@pages.post("/")
@needs(Capability.ENTER_FIGURES)
def take() -> Shown:
    """Keep one figure."""
    cells = tuple(request.form.get(name, "") for name in ("series", "day", "value"))
    try:
        row = read_row(cells, kpi(), desk().services.clock.today())
    except Refused as refused:
        return _page(errors={"value": told(speech(), refused.reason)}), 422
    _keep([row])
    flash(remark("The figure is kept."), "done")
    return redirect(url_for(".page"), 303)


@pages.post("/table")
@needs(Capability.ENTER_FIGURES)
def take_table() -> Shown:
    """Keep a whole table of figures, or none of it."""
    file = request.files.get("file")
    data = file.read() if file and file.filename else b""
    try:
        rows = read_sheet(file.filename or "" if file else "", data, kpi(), desk().services.clock.today())
    except SheetRefused as refused:
        problems = [told(speech(), one) for one in refused.problems]
        return _page(problems=problems, errors={"file": remark("Nothing was taken over.")}), 422
    _keep(rows)
    flash(remark_n("{n} figure is kept.", "{n} figures are kept.", len(rows)), "done")
    return redirect(url_for(".page"), 303)


@pages.post("/remove")
@needs(Capability.ENTER_FIGURES)
def take_away() -> Shown:
    """Take one figure back."""
    series, who, at = request.form.get("series", ""), visit().account.name, desk().at()
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(400)

    def work(connection: Connection) -> bool:
        gone = insights.remove(connection, series, day)
        if gone:
            audit.note(connection, at, who, "figure-removed", f"{series} {day}")
        return gone

    if desk().write(work):
        flash(remark("The figure is removed."), "done")
    return redirect(url_for(".page"), 303)


def _page(errors: dict[str, str] | None = None, problems: list[str] | None = None) -> str:
    entered = sorted(desk().read(insights.entered), key=lambda one: one.day, reverse=True)
    units = names(kpi())
    return render_template(
        "console/figures.html",
        entered=entered[:MOST_SHOWN],
        more=max(0, len(entered) - MOST_SHOWN),
        choices=[(one, numbers.series_name(one, kpi())) for one in units],
        units=units,
        kpi=kpi(),
        today=desk().services.clock.today(),
        form=request.form,
        errors=errors or {},
        problems=problems or [],
        n=numbers,
    )


def _keep(rows: list[Row]) -> None:
    who, at = visit().account.name, desk().at()
    figures = [Entered(one.series, one.day, one.value, who, at) for one in rows]
    about = " ".join(sorted({one.series for one in rows}))

    def work(connection: Connection) -> None:
        insights.enter(connection, figures)
        audit.note(connection, at, who, "figures-entered", about, count=len(figures))

    desk().write(work)
