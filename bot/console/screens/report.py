"""The monthly report for the council: one printed page in Japanese."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, g, render_template, request

from bot.console import numbers
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs
from bot.console.screens.subscribers import kpi
from bot.insights import monthly
from bot.insights.board import AFTER
from bot.language.tags import OWN_NAMES

CHOICE: Final = 24
"""Months that can be chosen."""

CURVE: Final = (620, 90)
pages = Blueprint("report", __name__, url_prefix="/subscribers/report")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Show the report of a month, the last whole one if none is named."""
    services = desk().services
    today, city = services.clock.today(), services.content.current.knowledge.city
    choice = monthly.months_back(today, CHOICE)
    month = _month(request.args.get("month", ""), choice)
    found = desk().read(lambda connection: monthly.report(connection, kpi(), city.office_hours, month, today))
    goal = kpi().subscribers
    g.speech = desk().voices["ja"]  # councils read Japanese, whatever the reader's own language is
    return render_template(
        "console/report.html",
        report=found,
        kpi=kpi(),
        office=city.office_hours,
        curve=monthly.curve(found.course, goal.goal if goal else None, *CURVE),
        box=CURVE,
        choice=choice,
        after=AFTER,
        own_names=OWN_NAMES,
        today=today,
        n=numbers,
    )


def _month(text: str, choice: list[date]) -> date:
    """Return the month that was chosen, else the last whole one."""
    return next((one for one in choice if f"{one:%Y-%m}" == text), choice[1])
