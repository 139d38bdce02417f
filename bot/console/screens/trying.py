"""What would the bot answer? To anybody, on any day, with the reasons."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from bot.answers.model import Question
from bot.console.access.roles import Capability
from bot.console.changing import engine
from bot.console.desk import desk
from bot.console.gate import needs
from bot.console.phone_look import classes, own_picture
from bot.console.speaking import remark
from bot.console.words import entry_named, status_told
from bot.language.tags import OWN_NAMES, TAGS
from bot.messages import looks
from bot.publishing import reports

pages = Blueprint("trying", __name__, url_prefix="/content/try")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Answer a question as a reader would be answered, and tell which step matched what, how surely."""
    question = request.args.get("question", "").replace("\0", "")[:600]
    language, area = request.args.get("language", ""), request.args.get("area", "")
    language = language if language in TAGS else "ja"
    areas = engine().knowledge.calendar.areas
    now, errors = desk().services.clock.now(), {}
    day = request.args.get("day", "")
    try:
        local = engine().local(now)
        now = datetime.combine(date.fromisoformat(day), time(12), tzinfo=local.tzinfo) if day else local
    except ValueError:
        errors["day"] = remark("This is no day.")
    shown = None
    if question.strip() and not errors:
        asked = Question(text=question, language=language, now=now, area=area if area in areas else None)
        shown = reports.phone(engine(), desk().services.voices, asked)
    return render_template(
        "console/trying.html",
        question=question,
        asked_in=language,
        area=area,
        day=day,
        areas=[(one.id, one.name["ja"]) for one in areas.values()],
        tags=[(tag, OWN_NAMES[tag]) for tag in TAGS],
        shown=shown,
        named=entry_named,
        status_told=status_told,
        languages=OWN_NAMES,
        classes=classes,
        own_picture=own_picture,
        categories=engine().knowledge.categories,
        errors=errors,
    )


@pages.get("/colours.css")
@needs(Capability.LOOK)
def colours() -> Response:
    """Return the colours of the city's categories, for phones on pages: no page has styles of its own."""
    named = {one.colour for one in engine().knowledge.categories.values()}
    inks = named | {looks.ink_from(colour) for colour in named}
    rules = [f".on-{one[1:]} {{ background-color: {one}; }}" for one in sorted(named)]
    rules += [f".ink-{one[1:].lower()} {{ color: {one}; }}" for one in sorted(inks)]
    return Response("\n".join(rules), mimetype="text/css")
