"""The door of the pictures in notices: LINE's users fetch them from here."""

from __future__ import annotations

from functools import partial
from typing import Final

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from bot.services import Services
from bot.store import media

FOR_EVER: Final = "public, max-age=31536000, immutable"
"""What stands at such an address never changes."""


def media_pages(services: Services) -> Blueprint:
    """Return the addresses below `/media/`; a picture that there is not is no page."""
    pages = Blueprint("media", __name__)

    def served(token: str, preview: bool) -> AnyResponse:
        found = services.database.read(partial(media.served, token=token, preview=preview))
        if found is None:
            abort(404)
        kind, data = found
        response = Response(data, mimetype=kind)
        response.headers["Cache-Control"] = FOR_EVER
        response.add_etag()
        return response.make_conditional(request)

    @pages.get("/media/<token>")
    def picture(token: str) -> AnyResponse:
        return served(token, preview=False)

    @pages.get("/media/<token>/preview")
    def preview(token: str) -> AnyResponse:
        return served(token, preview=True)

    return pages
