"""Every broadcast, with a filter by state, writer and words."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from bot.broadcasts import drafts
from bot.broadcasts.model import Broadcast
from bot.console import speaking
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.screens.broadcasts.at_hand import goes_out, office
from bot.console.screens.broadcasts.words import language_name, state_name
from bot.console.speaking import remark
from bot.language.tags import TAGS
from bot.lifecycle import Order
from bot.store import staff

pages = Blueprint("listing", __name__)


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """List broadcasts, the latest first."""
    wanted = {name: request.args.get(name, "").replace("\0", "") for name in ("state", "who", "q")}
    number = max(0, min(request.args.get("page", 0, type=int), 10_000))
    states = (Order(wanted["state"]),) if wanted["state"] in set(Order) else ()
    found = drafts.listing(office(), drafts.Filter(states, wanted["who"], wanted["q"]), number)

    def turn(to: int) -> str:
        return url_for(".page", page=to, **{name: value or None for name, value in wanted.items()})  # type: ignore[arg-type]

    seen = number * drafts.PAGE + len(found.found)
    return render_template(
        "console/broadcasts/list.html",
        found=found.found,
        total=found.total,
        wanted=wanted,
        filtered=any(wanted.values()),
        writes=visit().may(Capability.WRITE_BROADCASTS),
        states=[("", remark("every state")), *((one.value, state_name(one)) for one in Order)],
        people=[("", remark("everybody")), *((one.name, one.name) for one in desk().read(staff.everyone))],
        earlier=turn(number - 1) if number else None,
        languages=_languages,
        goes_out=_goes_out,
        later=turn(number + 1) if seen < found.total else None,
    )


def _languages(one: Broadcast) -> str:
    """Return the languages that a broadcast is written in; of all of them only that it is."""
    written = [tag for tag in TAGS if one.texts().get(tag)]
    return (
        remark("all {n}", n=len(TAGS))
        if len(written) == len(TAGS)
        else "、".join(map(language_name, written))
    )


def _goes_out(one: Broadcast) -> str:
    """Return when a broadcast goes or went out."""
    at = goes_out(one)
    return speaking.when(at, desk().services.clock.today()) if at else remark("as soon as it is approved")
