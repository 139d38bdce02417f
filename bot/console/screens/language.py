"""The language of the pages, also for those who are not signed in."""

from __future__ import annotations

from flask import Blueprint, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk
from bot.console.gate import anyone, inside
from bot.language.staff import STAFF_TAGS
from bot.store import staff

pages = Blueprint("language", __name__)


@pages.post("/language")
@anyone
def take() -> Response:
    """Change the language and stay on the same page."""
    tag = request.form.get("language", "")
    if tag in STAFF_TAGS:
        session["language"] = tag
        if g.visit:
            number = g.visit.account.id
            desk().write(lambda connection: staff.change(connection, number, language=tag))
    return redirect(inside(request.form.get("back")) or url_for("console.home.page"), 303)
