"""The way around: one row a screen, in the order of the header. Another screen is another row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import request, url_for

from bot.console.access.roles import Capability
from bot.console.gate import Visit
from bot.console.speaking import remark


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the header: its blueprint, what it needs, its name, other blueprints within it."""

    screen: str
    capability: Capability
    name: Callable[[], str]
    within: tuple[str, ...] = ()


PLACES: Final = (
    Place("home", Capability.LOOK, lambda: remark("Home")),
    Place("broadcasts.listing", Capability.LOOK, lambda: remark("Broadcasts")),
    Place("collection", Capability.LOOK, lambda: remark("Suspended collections")),
    Place(
        "content", Capability.LOOK, lambda: remark("Contents"), ("trying", "changes", "imports", "editing")
    ),
    Place("unanswered", Capability.LOOK, lambda: remark("Unanswered questions"), ("mending",)),
    Place("questions", Capability.LOOK, lambda: remark("Question statistics")),
    Place("subscribers", Capability.LOOK, lambda: remark("Subscribers")),
    Place("record", Capability.READ_RECORD, lambda: remark("Record")),
    Place("staff", Capability.MANAGE_STAFF, lambda: remark("Staff")),
)


def places(who: Visit) -> list[tuple[str, str, bool]]:
    """Return (name, address, whether we are there) of each place that somebody may go to."""
    here = (request.blueprint or "").removeprefix("console.").partition(".")[0]
    return [
        (
            place.name(),
            url_for(f"console.{place.screen}.page"),
            here in (place.screen.split(".")[0], *place.within),
        )
        for place in PLACES
        if who.may(place.capability)
    ]
