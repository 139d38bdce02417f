"""The board of subscribers: the plan's figure, where it leads, and what stands behind it."""

from __future__ import annotations

import csv
import io
from datetime import date

from flask import Blueprint, Response, render_template, request

from bot.console import numbers
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.insights import board as boards
from bot.insights.accounts import by_account
from bot.insights.board import AFTER, SPANS
from bot.insights.friends import Figure, days
from bot.insights.goals import Series, latest, total
from bot.insights.hiding import LEAST
from bot.knowledge.kpi import Kpi
from bot.store import insights
from bot.store.insights import Told

pages = Blueprint("subscribers", __name__, url_prefix="/subscribers")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Show everything that is known about subscribers."""
    span = request.args.get("span", "")
    span = span if span in SPANS else next(iter(SPANS))
    now = desk().services.clock.now()
    board = desk().read(lambda connection: boards.board(connection, kpi(), now, span))
    return render_template(
        "console/subscribers.html",
        board=board,
        missing=", ".join(numbers.series_name(one, kpi()) for one in board.sum.missing),
        kpi=kpi(),
        span=span,
        spans=SPANS,
        after=AFTER,
        least=LEAST,
        areas=desk().services.content.current.knowledge.calendar.areas,
        may_enter=visit().may(Capability.ENTER_FIGURES),
        n=numbers,
    )


@pages.get("/figures.csv")
@needs(Capability.LOOK)
def table() -> Response:
    """Give every day and figure as a table for a spreadsheet."""
    today = desk().services.clock.today()
    series = desk().read(lambda connection: by_account(connection, kpi(), today))
    told = {one.day: one for one in desk().read(insights.line_told)}
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["day", "sum", "sum_lacks", "line_source", "line_followers", "line_blocks", *series])
    first = min((figures[0].day for figures in series.values() if figures), default=None)
    for day in days(first, today) if first else ():
        rows.writerow(_row(series, told, day))
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="subscribers-{today}.csv"'
    return response


def kpi() -> Kpi:
    """Return what the city counts."""
    found: Kpi = desk().services.content.current.knowledge.city.kpi
    return found


def _row(series: Series, told: dict[date, Told], day: date) -> list[object]:
    known: dict[str, Figure | None] = {account: latest(figures, day) for account, figures in series.items()}
    line, official, whole = known["line"], told.get(day), total(series, day)
    return [
        day,
        whole.value,
        " ".join(whole.missing),
        line.source.value if line else "",
        "" if official is None or official.followers is None else official.followers,
        "" if official is None or official.blocks is None else official.blocks,
        *("" if figure is None else f"{figure.value:g}" for figure in known.values()),
    ]
