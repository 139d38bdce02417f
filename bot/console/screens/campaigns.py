"""Campaigns: links that are counted, and the posters that show them."""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.console import numbers
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.speaking import remark, speech
from bot.insights.add_friend import AddFriend
from bot.insights.campaigns import LONGEST, wrong_name
from bot.knowledge.told import told
from bot.language.tags import OWN_NAMES, TAGS
from bot.line.insight import Insight
from bot.store import audit, campaigns
from bot.store.campaigns import Campaign, Gained
from bot.store.database import Connection

Shown = str | AnyResponse | tuple[str, int]
PLACE = 120
pages = Blueprint("campaigns", __name__, url_prefix="/subscribers/campaigns")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """List every campaign with what it brought, and ask for a new one."""
    return _page()


@pages.post("/")
@needs(Capability.ENTER_FIGURES)
def take() -> Shown:
    """Make a campaign."""
    name, place = request.form.get("name", "").strip(), request.form.get("place", "").strip()[:PLACE]
    if problem := wrong_name(name):
        return _page(errors={"name": told(speech(), problem)}), 422
    who, at = visit().account.name, desk().at()

    def work(connection: Connection) -> bool:
        added = campaigns.add(connection, Campaign(name, place.replace("\0", ""), who, at))
        if added:
            audit.note(connection, at, who, "campaign-added", name)
        return added

    if not desk().write(work):
        return _page(errors={"name": remark("There is a campaign of that name already.")}), 422
    flash(remark("The campaign {name} is ready: print its posters.", name=name), "done")
    return redirect(url_for(".page"), 303)


@pages.post("/<name>/end")
@needs(Capability.ENTER_FIGURES)
def take_end(name: str) -> Shown:
    """End a campaign, or let it go on. Its posters lead to LINE either way."""
    campaign, who, at = _campaign(name), visit().account.name, desk().at()
    ends = campaign.closed_at is None

    def work(connection: Connection) -> None:
        campaigns.close(connection, name, at if ends else None)
        audit.note(connection, at, who, "campaign-ended" if ends else "campaign-reopened", name)

    desk().write(work)
    return redirect(url_for(".page"), 303)


@pages.get("/<name>/poster/<language>")
@needs(Capability.LOOK)
def poster(name: str, language: str) -> str:
    """Show a poster to be printed on A4."""
    campaign, services = _campaign(name), desk().services
    if language not in TAGS:
        abort(404)
    return render_template(
        "poster.html",
        campaign=campaign,
        tag=language,
        say=services.voices[language].say,
        address=_address(name),
        basic_id=AddFriend(Insight(services.line), services.clock.monotonic).basic_id(),
        public=services.settings.public_base_url is not None,
        languages=[(tag, OWN_NAMES[tag]) for tag in TAGS],
    )


@pages.get("/<name>/qr.<any(svg, png):kind>")
@needs(Capability.LOOK)
def picture(name: str, kind: str) -> Response:
    """Give the code alone, for other printed matter."""
    _campaign(name)
    out, how = io.BytesIO(), {"svg": "image/svg+xml", "png": "image/png"}
    scale = 10 if kind == "svg" else 24
    segno.make(_address(name), error="q", micro=False).save(out, kind=kind, scale=scale, border=4)
    response = Response(out.getvalue(), mimetype=how[kind])
    if "download" in request.args:
        response.headers["Content-Disposition"] = f'attachment; filename="qr-{name}.{kind}"'
    return response


def _page(errors: dict[str, str] | None = None) -> str:
    today = desk().services.clock.today()

    def look(connection: Connection) -> dict[str, Any]:
        return {
            "campaigns": campaigns.listed(connection),
            "gained": campaigns.gained(connection, today.min, today),
        }

    return render_template(
        "console/campaigns.html",
        **desk().read(look),
        nothing=Gained(),
        address=_address,
        public=desk().services.settings.public_base_url is not None,
        may_enter=visit().may(Capability.ENTER_FIGURES),
        languages=[(tag, OWN_NAMES[tag]) for tag in TAGS],
        form=request.form,
        longest=LONGEST,
        errors=errors or {},
        n=numbers,
    )


def _address(name: str) -> str:
    base = desk().services.settings.public_base_url or request.url_root
    return f"{base.rstrip('/')}/f/{name}"


def _campaign(name: str) -> Campaign:
    found = desk().read(lambda connection: campaigns.load(connection, name.replace("\0", "")))
    if found is None:
        abort(404)
    return found
