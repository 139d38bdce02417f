"""What every page of broadcasts has at hand: the office, who acts, the broadcast that its address names."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import abort

from bot.broadcasts import drafts, suggesting
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office, Officer
from bot.broadcasts.refused import Refused
from bot.broadcasts.suggesting import Suggestion
from bot.console import speaking
from bot.console.desk import desk
from bot.console.gate import visit
from bot.knowledge.importers.proposal import Remark
from bot.knowledge.told import told
from bot.store import orders
from bot.store.orders import SendOrder


def office() -> Office:
    """Return what the use cases work with."""
    return desk().office()


def me() -> Officer:
    """Return who acts on this page."""
    account = visit().account
    return Officer(account.name, account.role)


def zone() -> ZoneInfo:
    """Return the city's time zone."""
    return ZoneInfo(desk().services.content.current.knowledge.city.timezone)


def said(remark: Remark) -> str:
    """Return a remark as a sentence in the language of this page."""
    return told(speaking.speech(), remark)


def found(number: int) -> Broadcast:
    """Return the broadcast of a number. Aborts with 404 when there is none."""
    try:
        return drafts.load(office(), number)
    except Refused:
        abort(404)


def order_of(one: Broadcast) -> SendOrder | None:
    """Return the send order of a broadcast, once it was approved."""
    number = one.order_id
    return desk().read(lambda connection: orders.load(connection, number)) if number else None


def open_suggestions(one: Broadcast) -> list[Suggestion]:
    """Return the wordings that were suggested for a broadcast and not decided about."""
    return [each for each in suggesting.suggestions(office(), one.id) if each.state == "open"]


def goes_out(one: Broadcast) -> int | None:
    """Return when a broadcast goes or went out; None for one that waits for its approval alone."""
    return one.due_at or (one.approval.at if one.approval else None)
