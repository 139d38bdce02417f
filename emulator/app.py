"""The emulator as one Flask app: LINE's API, the control API and the phone page over one practice."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from emulator import account, control, insight, menus, messaging, page, phones
from emulator.burst import Bursts
from emulator.state import World
from emulator.webhook import Deliveries


def create_app(world: World, *, follow: bool = False) -> Flask:
    """Return the app that serves `world`; with `follow`, its phones become friends once the bot answers."""
    app = Flask(__name__, static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    deliveries = Deliveries(world)
    app.extensions.update(world=world, deliveries=deliveries, bursts=Bursts(world, deliveries))
    for part in (messaging, account, insight, menus, control, phones, page):
        app.register_blueprint(part.blueprint)
    app.register_error_handler(HTTPException, _say_what_is_wrong)
    if follow:
        phones.follow_when_ready(world, deliveries)
    return app


def _say_what_is_wrong(error: HTTPException) -> Response | HTTPException:
    """Answer mistakes in the form of the interface that was called: LINE's, the control API's, or a page."""
    if request.path.startswith("/v2/"):
        answer = jsonify(message=error.name)
    elif request.path.startswith("/emulator/"):
        answer = jsonify(error=error.description)
    else:
        return error
    answer.status_code = error.code or 500
    return answer
