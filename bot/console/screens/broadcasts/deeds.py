"""What can be done to a broadcast in one step, each after a page that says in numbers what happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.broadcasts import drafts, review, stopping
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office, Officer
from bot.broadcasts.refused import Refused
from bot.console.access.roles import Capability
from bot.console.gate import needs
from bot.console.screens.broadcasts.at_hand import found, me, office, order_of, said
from bot.console.screens.broadcasts.editor import ADDRESS
from bot.console.speaking import remark, remark_n

Shown = str | Response | tuple[str, int]
pages = Blueprint("deeds", __name__)


@dataclass(frozen=True, slots=True)
class Deed:
    """One step: its name, what it does in sentences, how it is done, what is said afterwards.

    `do` returns a broadcast to go to, or anything else to stay. `asks` is the question for a note, if any.
    """

    name: Callable[[], str]
    happens: Callable[[Broadcast], tuple[str, ...]]
    do: Callable[[Office, Officer, Broadcast, str], Any]
    done: Callable[[], str]
    asks: Callable[[], str] | None = None
    dangerous: bool = False


@pages.get(f"{ADDRESS}/do/<deed>")
@needs(Capability.WRITE_BROADCASTS)
def page(number: int, deed: str) -> Shown:
    """Say what would happen, and ask."""
    return _page(found(number), _deed(deed))


@pages.post(f"{ADDRESS}/do/<deed>")
@needs(Capability.WRITE_BROADCASTS)
def take(number: int, deed: str) -> Shown:
    """Do it."""
    one, chosen = found(number), _deed(deed)
    try:
        led = chosen.do(office(), me(), one, request.form.get("note", "").strip())
    except Refused as refusal:
        return _page(one, chosen, said(refusal.remark)), 422
    flash(chosen.done(), "done")
    if isinstance(led, Broadcast) and led.id != one.id:
        return redirect(url_for("console.broadcasts.editor.page", number=led.id), 303)
    return redirect(url_for("console.broadcasts.detail.page", number=number), 303)


def _deed(name: str) -> Deed:
    if name not in DEEDS:
        abort(404)
    return DEEDS[name]


def _page(one: Broadcast, deed: Deed, problem: str = "") -> str:
    return render_template(
        "console/broadcasts/deed.html",
        one=one,
        title=deed.name(),
        happens=deed.happens(one),
        asks=deed.asks() if deed.asks else "",
        button_text=deed.name(),
        dangerous=deed.dangerous,
        errors={"note": problem} if problem else {},
    )


def _stops(one: Broadcast) -> tuple[str, ...]:
    """Say whom it has reached already and whom it will not reach any more."""
    order = order_of(one)
    if order is None or not order.recipients:
        return (remark("Nobody has it yet. Nobody will get it."), remark("This cannot be undone."))
    gone = order.accepted + order.unsure
    return (
        remark_n(
            "LINE has accepted it for {n} person: it stays with them.",
            "LINE has accepted it for {n} people: it stays with them.",
            gone,
        ),
        remark_n(
            "{n} person will not get it any more.",
            "{n} people will not get it any more.",
            order.still_open,
        ),
        remark("This cannot be undone. You can send a correction to exactly those who got it."),
    )


def _reached(one: Broadcast) -> tuple[str, ...]:
    order = order_of(one)
    n = order.accepted if order else 0
    return (
        remark("A new draft is made, with these texts to be corrected. It needs its own approval."),
        remark_n(
            "It goes to exactly the {n} person who got this one.",
            "It goes to exactly the {n} people who got this one.",
            n,
        ),
    )


DEEDS: Final[Mapping[str, Deed]] = MappingProxyType(
    {
        "stop": Deed(
            lambda: remark("Stop the broadcast"),
            _stops,
            lambda at, who, one, note: stopping.stop(at, who, one.id, note),
            lambda: remark("It is stopped."),
            lambda: remark("Why? (it stands in the record)"),
            dangerous=True,
        ),
        "hold": Deed(
            lambda: remark("Hold the broadcast"),
            lambda _: (remark("Nothing more of it leaves until somebody lets it go on."),),
            lambda at, who, one, note: stopping.hold(at, who, one.id, note),
            lambda: remark("It is on hold."),
            lambda: remark("Why? (it stands in the record)"),
        ),
        "resume": Deed(
            lambda: remark("Let the broadcast go on"),
            lambda _: (remark("It goes on at once where it was held, if its time has come."),),
            lambda at, who, one, note: stopping.resume(at, who, one.id, note),
            lambda: remark("It goes on."),
            lambda: remark("Why? (it stands in the record)"),
        ),
        "take-back": Deed(
            lambda: remark("Take it back and change it"),
            lambda _: (
                remark("It becomes a draft again and nobody gets it."),
                remark("Afterwards it has to be approved anew."),
            ),
            lambda at, who, one, _: review.take_back(at, who, one.id),
            lambda: remark("It is a draft again."),
        ),
        "duplicate": Deed(
            lambda: remark("Duplicate the broadcast"),
            lambda _: (
                remark("A new draft with the same texts and the same readers is made, without a time."),
            ),
            lambda at, who, one, _: drafts.duplicate(at, who, one.id),
            lambda: remark("This is the new draft."),
        ),
        "correct": Deed(
            lambda: remark("Correct the broadcast"),
            _reached,
            lambda at, who, one, _: stopping.correct(at, who, one.id),
            lambda: remark("This is the draft of the correction."),
        ),
        "discard": Deed(
            lambda: remark("Discard the draft"),
            lambda _: (
                remark("The draft leaves the list. Nobody gets it."),
                remark("This cannot be undone."),
            ),
            lambda at, who, one, _: drafts.discard(at, who, one.id, one.version),
            lambda: remark("The draft is discarded."),
            dangerous=True,
        ),
    }
)
"""Every step by its word in the address."""
