"""The doors of the calendar feed: the file itself, and a page that tells how to subscribe to it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.answers.model import Question
from bot.answers.reader import Reader
from bot.feeds.collection_days import Remind, Wish, ics
from bot.language.tags import OWN_NAMES, TAGS
from bot.services import Services

FRESH: Final = "public, max-age=3600"
_GOOGLE: Final = "https://calendar.google.com/calendar/r?"
_OUTLOOK: Final = "https://outlook.live.com/calendar/0/addfromweb?"
_NEXT: Final = 6
"""Collections shown on the page, so that readers see whether it is theirs before they subscribe."""


def calendar_pages(services: Services) -> Blueprint:
    """Return the pages below `/calendar/`; unknown areas and languages are no page."""
    pages = Blueprint("calendar", __name__)

    def reader_of(area: str, language: str) -> Reader:
        engine = services.content.current
        if language not in TAGS or area not in engine.knowledge.calendar.areas:
            abort(404)
        return engine.reader(Question("", language, services.clock.now(), area=area))

    def address_of(area: str, language: str, query: str = "") -> str:
        base = services.settings.public_base_url or request.url_root
        path = url_for(".file", area=area, language=language)
        return base.rstrip("/") + path + (f"?{query}" if query else "")

    @lru_cache(maxsize=256)
    def written(_version: str, _day: str, language: str, wish: Wish, address: str) -> bytes:
        """Made once for each version, day and wish: many phones ask for the same file."""
        return ics(reader_of(wish.area, language), wish, address)

    @pages.get("/calendar/<area>/<language>.ics")
    def file(area: str, language: str) -> AnyResponse:
        reader = reader_of(area, language)
        wish = _wished(area, reader)
        address = address_of(area, language, _query(wish))
        body = written(reader.knowledge.version, reader.day.isoformat(), language, wish, address)
        response = Response(body, mimetype="text/calendar")
        response.headers["Content-Disposition"] = f'inline; filename="collection-days-{area}.ics"'
        response.headers["Cache-Control"] = FRESH
        response.add_etag()
        return response.make_conditional(request)

    @pages.get("/calendar/<area>/<language>")
    def page(area: str, language: str) -> str:
        return _page(reader_of(area, language), area, address_of(area, language))

    return pages


def _page(reader: Reader, area: str, address: str) -> str:
    """Return the page that leads to each kind of calendar; the file is at `address`."""
    calendar, say = reader.knowledge.calendar, reader.speech.say
    title = say("Collection days: {area}", area=reader.text(calendar.areas[area].name))
    subscribe = "webcal://" + address.partition("://")[2]
    return render_template(
        "calendar.html",
        reader=reader,
        say=say,
        title=title,
        subscribe=subscribe,
        google=_GOOGLE + urlencode({"cid": subscribe}),
        outlook=_OUTLOOK + urlencode({"url": address, "name": title}),
        address=address,
        soon=calendar.collections(area, reader.day, reader.day.max)[:_NEXT],
        languages=[(url_for(".page", area=area, language=tag), tag, OWN_NAMES[tag]) for tag in TAGS],
    )


def _wished(area: str, reader: Reader) -> Wish:
    """Return what the query asks for; what it does not understand is as if it were not there."""
    only = frozenset(request.args.get("only", "").split(",")) & set(reader.knowledge.categories)
    remind = request.args.get("remind", "")
    known = remind in {one.value for one in Remind}
    return Wish(area, only or None, Remind(remind) if known else Remind.EVENING)


def _query(wish: Wish) -> str:
    """Return the query that asks for this wish again."""
    query = {"only": ",".join(sorted(wish.categories))} if wish.categories else {}
    return urlencode(query if wish.remind is Remind.EVENING else {**query, "remind": wish.remind.value})
