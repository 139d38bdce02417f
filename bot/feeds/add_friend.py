"""The counted link on posters: leads to LINE's add-friend page, and counts that somebody came by."""

from __future__ import annotations

from functools import partial
from typing import Final

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from bot import logs
from bot.clock import JST
from bot.insights.add_friend import AddFriend
from bot.insights.campaigns import is_scan
from bot.line.insight import Insight
from bot.services import Services
from bot.store import campaigns
from bot.store.database import StoreError
from bot.store.moments import micros

COUNT_SECONDS: Final = 1.0
"""Nobody in front of a poster waits longer for our counting."""

_DAY: Final = 24 * 3600
_log = logs.get(__name__)


def campaign_links(services: Services) -> Blueprint:
    """Return the page `/f/<campaign>`; a campaign that never was is no page, an ended one still leads on."""
    pages = Blueprint("add_friend", __name__)
    settings = services.settings
    practice = settings.line_api_base if settings.practice else None
    friend = AddFriend(Insight(services.line), services.clock.monotonic, practice)

    @pages.get("/f/<campaign>")
    def page(campaign: str) -> Response | tuple[str, int]:
        try:
            known = services.database.read(partial(campaigns.load, name=campaign.replace("\0", "")))
        except StoreError:
            known = None  # the way on is worth more than the count
        else:
            if known is None:
                abort(404)
        address = friend.address()
        if address is None:
            return render_template("add_friend.html"), 503
        response = redirect(address, 302)
        response.headers["Cache-Control"] = "no-store"
        mark = f"f-{campaign}"
        counts = is_scan(request.method, request.headers, request.headers.get("User-Agent"))
        if known and counts and mark not in request.cookies:
            _count(services, campaign)
            where = f"/f/{campaign}"
            response.set_cookie(
                mark, "1", _DAY, path=where, secure=request.is_secure, httponly=True, samesite="Lax"
            )
        return response

    return pages


def _count(services: Services, campaign: str) -> None:
    now = services.clock.now()
    scanned = partial(campaigns.scanned, name=campaign, day=now.astimezone(JST).date(), now=micros(now))
    try:
        services.database.write(scanned, COUNT_SECONDS)
    except StoreError as error:
        _log.warning("scan_not_counted", failure=str(error))
