"""The web application: blueprints, calm error pages, headers, and how well it is."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from bot import logs
from bot.broadcasts.office import Office
from bot.chat.intake import intake
from bot.chat.runner import Runner
from bot.console.blueprint import open_console
from bot.console.desk import Desk
from bot.console.remembered import Remembered
from bot.feeds.add_friend import campaign_links
from bot.feeds.media import media_pages
from bot.feeds.notice_pages import notice_pages
from bot.feeds.pages import calendar_pages
from bot.language.tags import OWN_NAMES
from bot.line.webhook import MAX_BYTES
from bot.metrics import metrics_page
from bot.reminders.truth import to_load
from bot.services import Services
from bot.store import inbox
from bot.store.database import StoreError
from bot.store.moments import SECOND, micros
from bot.wiring import build_office, channel_secrets, close

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every response, unless a page says otherwise itself."""

_SENTENCES: Final = {
    404: ("お探しのページはありません。", "There is no such page."),
    405: ("このページは、その使い方には対応していません。", "This page cannot be used in that way."),
    413: ("送られたデータが大きすぎます。", "What was sent is too large."),
}
_TROUBLE: Final = (
    "うまくいきませんでした。少し待ってから、もう一度お試しください。",
    "Something went wrong. Please wait a little and try again.",
)
CONTENT_SECONDS: Final = 2.0
"""How often changed content is looked for."""

HEALTH_SECONDS: Final = 1.0
"""How long a look at the database stands: whoever asks for more must not make it write more."""

_log = logs.get(__name__)


def create_app(services: Services, runner: Runner) -> Flask:
    """Return the application. Nothing runs in the background before `begin`."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's own provider has it
    app.extensions["awamado"] = _Behind(services, runner)
    stored = _Stored(services)
    app.register_blueprint(intake(runner, services.clock, channel_secrets(services.settings)))
    app.register_blueprint(calendar_pages(services))
    app.register_blueprint(campaign_links(services))
    app.register_blueprint(media_pages(services))
    app.register_blueprint(notice_pages(services))
    if token := services.settings.metrics_token:
        app.register_blueprint(metrics_page(services, token.get_secret_value()))
    health = partial(_health, services, runner, stored)
    nowhere, office = partial(_error_page, 404), build_office(services)
    open_console(
        app,
        Desk(
            services,
            services.staff_voices,
            health,
            nowhere,
            partial(_now_in_force, office, services),
            Remembered(office.line, services.clock),
        ),
    )
    app.add_url_rule(
        "/", view_func=lambda: render_template("front.html", languages=OWN_NAMES), endpoint="front"
    )
    app.add_url_rule("/healthz", view_func=lambda: _healthz(health()), endpoint="healthz")
    app.context_processor(lambda: _world(services))
    app.register_error_handler(HTTPException, _expected)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(_with_headers)
    if hops := services.settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _now_in_force(office: Office, services: Services) -> Office:
    """Return an office with the content that is in force now."""
    return replace(office, knowledge=services.content.current.knowledge)


def begin(app: Flask) -> None:
    """Start what runs in the background; to be called in the process that serves, after any fork."""
    behind: _Behind = app.extensions["awamado"]
    behind.runner.start()
    threading.Thread(target=behind.services.line.warm, name="warm-up", daemon=True).start()
    threading.Thread(target=behind.follow_content, name="content", daemon=True).start()


def end(app: Flask) -> None:
    """Finish what is being answered and hand over the rest; to be called before the process ends."""
    behind: _Behind = app.extensions["awamado"]
    behind.ending.set()
    behind.runner.stop()
    close(behind.services)


@dataclass(frozen=True, slots=True)
class _Behind:
    """What works behind the pages."""

    services: Services
    runner: Runner
    ending: threading.Event = field(default_factory=threading.Event)

    def follow_content(self) -> None:
        """Let content that was changed on disk go live, as long as this process serves."""
        refused: object = []
        while not self.ending.wait(CONTENT_SECONDS):
            live = self.services.content.poll()
            health = self.services.content.health()
            if live:
                _log.info("content_live", version=self.services.content.current.knowledge.version)
            if health["refused"] != refused:
                refused = health["refused"]
                _log.warning("content_refused", problems=refused)


class _Stored:
    """Whether the database takes a write, tried at most once in `HEALTH_SECONDS`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._looking = threading.Lock()
        self._last: tuple[float, dict[str, Any]] | None = None

    def look(self) -> dict[str, Any]:
        """Return `ok` and for how many seconds the oldest open event has waited."""
        now = self._services.clock.monotonic()
        with self._looking:
            if self._last is None or now - self._last[0] > HEALTH_SECONDS:
                ok = self._services.database.healthy()
                oldest = _oldest_open(self._services) if ok else None
                self._last = now, {"ok": ok, "oldest_open_seconds": oldest}
            return self._last[1]


def _world(services: Services) -> dict[str, Any]:
    """Return what every page shows: whose window this is, and whether it is practice."""
    return {
        "city": services.content.current.knowledge.city.name,
        "practice": services.settings.practice,
    }


def _health(services: Services, runner: Runner, stored: _Stored) -> dict[str, Any]:
    """Return each part of the service with whether it is well; never calls LINE."""
    health: dict[str, Any] = {
        "mode": "practice" if services.settings.practice else "live",
        "database": stored.look(),
        "content": services.content.health(),
        "line": {"ok": not runner.line_refused},
        "calendar": _calendar(services),
    }
    health["ok"] = all(part["ok"] for part in (health["database"], health["content"], health["line"]))
    return health


def _healthz(health: dict[str, Any]) -> tuple[Response, int]:
    """200 as long as webhooks can be kept and there is content to answer from.

    What is ill but does not stop that stands in the JSON only: broken content on disk, a refused token,
    events that wait, a calendar that ends. The last one alone does not make the whole ill.
    """
    response = jsonify(health)
    response.headers["Cache-Control"] = "no-store"
    return response, 200 if health["database"]["ok"] else 503


def _calendar(services: Services) -> dict[str, Any]:
    """Return whether the city's calendar goes on for a while; when it ends soon, what to do about it."""
    engine = services.content.current
    ending = to_load(engine.knowledge.calendar, engine.local(services.clock.now()).date())
    if ending is None:
        return {"ok": True}
    last, areas = ending
    return {"ok": False, "ends": str(last), "areas": areas, "do": "load the new year's calendar"}


def _oldest_open(services: Services) -> float | None:
    """Return for how many seconds the oldest open event has waited; None when none is, or nobody knows."""
    try:
        came = services.database.read(inbox.oldest_open)
    except StoreError:
        return None
    return None if came is None else round((micros(services.clock.now()) - came) / SECOND, 1)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _expected(error: HTTPException) -> Response | tuple[str, int]:
    """Answer what HTTP itself refuses (no such page, wrong method) in two languages."""
    if error.response is not None or error.code is None:  # a redirect, or an answer made on purpose
        return error.get_response()  # type: ignore[return-value]
    return _error_page(error.code)


def _error_page(status: int) -> tuple[str, int]:
    japanese, english = _SENTENCES.get(status, _TROUBLE)
    return render_template("error.html", japanese=japanese, english=english), status


def _unexpected(error: Exception) -> tuple[str, int]:
    """Never show a trace, and log only where it happened: the words could be somebody's message."""
    _log.error("page_failed", **logs.where(error))
    return _error_page(500)
