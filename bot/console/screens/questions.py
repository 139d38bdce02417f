"""What was asked: how much of it was answered, about what, in which language, when, how fast."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, current_app, render_template, request

from bot.console import numbers
from bot.console.access.roles import Capability
from bot.console.answer_names import answer_name, status_name, subject_name
from bot.console.desk import desk
from bot.console.gate import needs
from bot.insights import questions
from bot.insights.questions import NO_QUESTION, STATUSES
from bot.store.models import BUCKETS

SPANS = (7, 30, 90, 365)
pages = Blueprint("questions", __name__, url_prefix="/questions")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Show the statistics of the last days."""
    days = request.args.get("days", 30, type=int)
    days = days if days in SPANS else 30
    services = desk().services
    knowledge, today = services.content.current.knowledge, services.clock.today()
    first = today - timedelta(days=days - 1)
    office = knowledge.city.office_hours
    return render_template(
        "console/questions.html",
        seen=desk().read(lambda connection: questions.statistics(connection, first, today, office)),
        days=days,
        spans=SPANS,
        office=office,
        statuses=STATUSES,
        no_question=NO_QUESTION,
        buckets=BUCKETS,
        share=questions.share,
        asked=questions.asked,
        status_name=status_name,
        subject_name=subject_name,
        answer_name=lambda answer: answer_name(knowledge, answer),
        unanswered="console.unanswered.page" in current_app.view_functions,
        n=numbers,
    )
