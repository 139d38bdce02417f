"""The first page: what needs me, today's numbers, how well the service is, who was here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, render_template, url_for

from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import Visit, needs, visit
from bot.console.screens.broadcasts.waiting import next_sends, waiting
from bot.console.speaking import remark, remark_n
from bot.insights import today
from bot.publishing import pending
from bot.store import proposals, staff

FEW_CODES: Final = 3
_SEEN: Final = 5
_LOOKED_AT: Final = 20
pages = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits for this person: a sentence, and the page where it is dealt with."""

    text: str
    way: str
    urgent: bool = False


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """Show the day at a glance."""
    health = desk().health()
    known = desk().read(staff.everyone)
    seen = sorted((one for one in known if one.signed_in_at), key=lambda one: -(one.signed_in_at or 0))
    return render_template(
        "console/home.html",
        matters=[
            *_of_the_service(health),
            *waiting(visit()),
            *_of_changes(visit()),
            *_of_my_account(visit()),
        ],
        next_sends=next_sends(),
        today=desk().read(lambda connection: today.numbers(connection, desk().services.clock.today())),
        health=health,
        seen=seen[:_SEEN],
    )


def _of_my_account(who: Visit) -> list[Matter]:
    """Return what is to be done about the own account."""
    left = desk().read(lambda connection: staff.recovery_left(connection, who.account.id))
    if left > FEW_CODES:
        return []
    text = remark_n("You have {n} recovery code left.", "You have {n} recovery codes left.", left)
    return [Matter(text, url_for("console.keys.recovery_codes"))]


def _of_changes(who: Visit) -> list[Matter]:
    """Return which changes of the contents wait for this person's word."""
    if not who.may(Capability.CONFIRM_CONTENT):
        return []
    ready = desk().read(lambda connection: proposals.listed(connection, (proposals.State.READY,), _LOOKED_AT))
    mine = [one for one in ready if pending.needs_second(one) and one.author != who.account.name]
    text = remark_n(
        "{n} change of the contents waits for a second person.",
        "{n} changes of the contents wait for a second person.",
        len(mine),
    )
    return [Matter(text, url_for("console.changes.page"))] if mine else []


def _of_the_service(health: dict[str, Any]) -> list[Matter]:
    """Return what does not work as it should."""
    matters = []
    if not health["line"]["ok"]:
        matters.append(remark("LINE refuses the channel token: nobody is being answered."))
    if health["content"]["refused"]:
        matters.append(remark("Changed content has mistakes; what was there before is still in force."))
    return [Matter(text, url_for(".page", _anchor="health"), urgent=True) for text in matters]
