"""The doors of the city's public notices for people without LINE: one Atom and one JSON feed a language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.answers.model import Question
from bot.answers.reader import Reader
from bot.feeds.notices import Entry, Place, atom, entries, json_feed
from bot.language.tags import TAGS
from bot.notices.board import Board
from bot.notices.sent import noticed
from bot.services import Services
from bot.store import notices
from bot.store.moments import micros

SHOWN: Final = timedelta(days=90)
"""How far back a feed goes."""

FRESH: Final = "public, max-age=60"


def notice_pages(services: Services) -> Blueprint:
    """Return the pages below `/feeds/`; an unknown language is no page."""
    pages = Blueprint("notices", __name__)
    board = Board(
        services.database,
        services.clock,
        lambda connection: tuple(notices.sent(connection, micros(services.clock.now() - SHOWN), public=True)),
    )

    def served(language: str, write: Callable[[Reader, list[Entry], Place], bytes], kind: str) -> AnyResponse:
        if language not in TAGS:
            abort(404)
        found = board()
        if not board.known:
            abort(503)
        worded = tuple(noticed(one) for one in found if one.texts)
        asked = Question("", language, services.clock.now(), notices=worded)
        reader = services.content.current.reader(asked)
        base = (services.settings.public_base_url or request.url_root).rstrip("/")
        place = Place(base + url_for(request.endpoint or "", language=language), f"{base}/")
        listed = entries(reader, found, place.home)
        response = Response(write(reader, listed, place), content_type=f"{kind}; charset=utf-8")
        response.headers["Cache-Control"] = FRESH
        response.last_modified = max((one.updated for one in listed), default=None)
        response.add_etag()
        return response.make_conditional(request)

    @pages.get("/feeds/<language>.atom")
    def as_atom(language: str) -> AnyResponse:
        return served(language, atom, "application/atom+xml")

    @pages.get("/feeds/<language>.json")
    def as_json(language: str) -> AnyResponse:
        return served(language, json_feed, "application/feed+json")

    return pages
