"""The console as one blueprint: every screen behind the gate, headers, calm refusals."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from bot.console import browser, speaking
from bot.console.access.signing_in import Stage
from bot.console.desk import Desk, desk
from bot.console.gate import admit, csrf, hide, inside, way_back
from bot.console.navigation import places
from bot.console.screens import (
    account,
    account_keys,
    account_mail,
    again,
    campaigns,
    changes,
    collection,
    content,
    editing,
    figures,
    first,
    home,
    imports,
    language,
    mending,
    questions,
    record,
    report,
    sign_in,
    staff,
    subscribers,
    trying,
    unanswered,
)
from bot.console.screens.broadcasts import rooms
from bot.console.speaking import remark
from bot.store.database import StoreError

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Beside those of every response: our own scripts and forms, and nothing kept in any cache."""

STATIC: Final = "public, max-age=3600"

console = Blueprint(
    "console", __name__, url_prefix="/console", template_folder="templates", static_folder="static"
)
for screen in (
    sign_in, first, again, language, home, rooms, collection, account, account_keys, account_mail, record,
    staff, questions, unanswered, mending, content, editing, trying, imports, changes,
    subscribers, figures, campaigns, report,
):  # fmt: skip
    console.register_blueprint(screen.pages)


def open_console(app: Flask, at: Desk) -> None:
    """Put the console below `/console/` of an application."""
    app.extensions["console"] = at
    browser.prepare(app, at)
    csrf.init_app(app)
    app.before_request(hide)
    app.register_blueprint(console)


console.before_request(admit)


@console.after_request
def with_headers(response: Response) -> Response:
    """Guard each page; style sheets may be kept for an hour."""
    if g.get("outside"):
        return response
    for name, value in HEADERS.items():
        response.headers[name] = value
    if request.endpoint == "console.static":
        response.headers["Cache-Control"] = STATIC
    return response


@console.context_processor
def known_everywhere() -> dict[str, Any]:
    """Return what every page may use."""
    if g.get("outside"):
        return {}
    clock = desk().services.clock
    visit = g.get("visit")
    whole = visit is not None and visit.session.stage == Stage.FULL
    return {
        "remark": speaking.remark,
        "remark_n": speaking.remark_n,
        "language": speaking.speech().tag,
        "role_name": speaking.role_name,
        "role_told": speaking.role_told,
        "when": lambda value: speaking.when(value, clock.today()),
        "today_told": speaking.day(clock.today()),
        "me": visit.account if whole else None,
        "whose_name": visit.account.name if visit else "",
        "half_way": visit is not None and not whole,
        "places": places(visit) if whole else (),
        "here": way_back(),
        "errors": {},
    }


@console.errorhandler(CSRFError)
def stale(_error: CSRFError) -> tuple[str, int]:
    """Explain a form that was open too long, and lead back to a new one."""
    text = remark("This page had become too old, so nothing was done. Please open it again and repeat it.")
    return render_template("console/refused.html", text=text, way=inside(request.path)), 400


@console.errorhandler(StoreError)
def stuck(_error: StoreError) -> tuple[str, int]:
    """Say that the database does not answer; what was sent may not be kept."""
    text = remark("The database does not answer just now. Please look whether it was done, and try again.")
    return render_template("console/refused.html", text=text, way=way_back()), 503


@console.errorhandler(HTTPException)
def refused(error: HTTPException) -> Any:
    """Say calmly what cannot be done."""
    if g.get("outside"):
        return desk().nowhere()
    if error.response is not None or error.code is None:
        return error.get_response()
    match error.code:
        case 403:
            text = remark("Your role does not allow this. An admin can change it.")
        case 404:
            text = remark("There is no such page.")
        case 413:
            text = remark("What was sent is too large.")
        case _:
            text = remark("That did not work. Please go back and try it again.")
    return render_template("console/refused.html", text=text, way=None), error.code
