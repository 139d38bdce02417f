"""Every broadcast, with a filter by state, writer and words."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from bot.broadcasts import drafts
from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.screens.broadcasts.at_hand import office
from bot.console.screens.broadcasts.words import state_name
from bot.console.speaking import remark
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
        later=turn(number + 1) if seen < found.total else None,
    )
