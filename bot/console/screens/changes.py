"""Changes of the contents: how far each is, what it would do, publishing and taking back."""

from __future__ import annotations

from functools import partial
from typing import Final

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bot.console.access.roles import Capability
from bot.console.changing import begin_check, say, workshop
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.phone_look import classes, own_picture
from bot.console.speaking import remark
from bot.console.words import change_kind, outcome_told, state_told
from bot.knowledge.importers.grid import in_words
from bot.knowledge.importers.proposal import remark as noted
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused
from bot.language.tags import OWN_NAMES
from bot.publishing import pending
from bot.publishing.history import EditedSince, LaterChange, NothingToUndo, Overtaken, Revision, to_undo
from bot.publishing.live import LivePlace
from bot.publishing.pending import SamePerson
from bot.publishing.reports import unpacked
from bot.store import audit, proposals
from bot.store.database import Connection
from bot.store.moments import SECOND, micros
from bot.store.proposals import OPEN, Decided, Kept, State

LISTED: Final = 50
PATIENCE: Final = 60 * SECOND
"""After so long a check is taken for one that a restart cut short."""

LOOK_AGAIN: Final = 2
"""Seconds after which a page that waits for a check is shown anew."""

_ADDRESS: Final = "/<int(max=2147483647):number>"
pages = Blueprint("changes", __name__, url_prefix="/content/changes")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """List what waits, and every revision, newest first."""
    waiting = desk().read(partial(proposals.listed, states=OPEN, limit=LISTED))
    history = _place().history()[::-1]
    return render_template(
        "console/changes.html",
        waiting=waiting,
        revisions=[(one, micros(one.created_at)) for one in history[:LISTED]],
        older=max(0, len(history) - LISTED),
        change_kind=change_kind,
        state_told=state_told,
        needs_second=pending.needs_second,
        may_write=visit().may(Capability.WRITE_CONTENT),
    )


@pages.get(_ADDRESS)
@needs(Capability.LOOK)
def one(number: int) -> Response:
    """Show what a change would do, and what can be done with it; it looks again while checked."""
    kept = _kept(number)
    late = kept.state == State.CHECKING and desk().at() - kept.looked_at > PATIENCE
    page = render_template(
        "console/change.html",
        kept=kept,
        late=late,
        report=kept.report or {},
        told=lambda data: say(unpacked(data)),
        needs_second=pending.needs_second(kept),
        mine=kept.author == visit().account.name,
        change_kind=change_kind,
        state_told=state_told,
        outcome_told=outcome_told,
        place_told=lambda place: say(in_words(place)),
        may_write=visit().may(Capability.WRITE_CONTENT),
        may_confirm=visit().may(Capability.CONFIRM_CONTENT),
        languages=OWN_NAMES,
        classes=classes,
        own_picture=own_picture,
    )
    response = make_response(page)
    if kept.state == State.CHECKING and not late:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


@pages.post(f"{_ADDRESS}/publish")
@needs(Capability.WRITE_CONTENT)
def publish(number: int) -> Response:
    """Put a change into force that needs nobody else's word."""
    kept = _kept(number)
    if pending.needs_second(kept):
        abort(403)
    return _published(kept)


@pages.get(f"{_ADDRESS}/confirm")
@needs(Capability.CONFIRM_CONTENT, fresh=True)
def confirm(number: int) -> str:
    """Ask the second person whether a change may go live."""
    kept = _kept(number)
    report = kept.report or {}
    return render_template(
        "console/change_confirm.html",
        kept=kept,
        report=report,
        told=lambda data: say(unpacked(data)),
        mine=kept.author == visit().account.name,
    )


@pages.post(f"{_ADDRESS}/confirm")
@needs(Capability.CONFIRM_CONTENT, fresh=True)
def take_confirm(number: int) -> Response:
    """Put a change into force as its second person."""
    return _published(_kept(number))


@pages.post(f"{_ADDRESS}/again")
@needs(Capability.WRITE_CONTENT)
def again(number: int) -> Response:
    """Check a change anew, over what is in force now."""
    try:
        desk().write(partial(proposals.check_again, number=number, now=desk().at()))
    except Decided:
        flash(_decided(), "problem")
    else:
        begin_check(number)
    return redirect(url_for(".one", number=number), 303)


@pages.post(f"{_ADDRESS}/drop")
@needs(Capability.WRITE_CONTENT)
def drop(number: int) -> Response:
    """Drop a change."""
    try:
        pending.discard(workshop(), _kept(number), visit().account.name)
    except (Decided, ValueError):
        flash(_decided(), "problem")
        return redirect(url_for(".one", number=number), 303)
    flash(remark("The change is dropped; nothing was published."), "done")
    return redirect(url_for(".page"), 303)


@pages.get("/undo" + _ADDRESS)
@needs(Capability.WRITE_CONTENT)
def undo(number: int) -> str:
    """Ask whether a revision shall be taken back."""
    revision = _revision(number)
    return render_template(
        "console/confirm.html",
        title=remark("Undo revision {number}", number=number),
        text=remark(
            "{summary} After undoing, everything is as before this change.", summary=revision.summary
        ),
        button_text=remark("Undo"),
        dangerous=True,
        way_back=url_for(".page"),
    )


@pages.post("/undo" + _ADDRESS)
@needs(Capability.WRITE_CONTENT)
def take_undo(number: int) -> Response:
    """Take a revision back, once what would hold then has been read."""
    at, who = desk().at(), visit().account.name

    def beside(connection: Connection, revision: int) -> None:
        audit.note(connection, at, who, "content-undone", str(revision))

    services = desk().services
    place = LivePlace(services.database, services.settings.content_dir, services.clock, beside=beside)
    try:
        revision = to_undo(place.history(), number)
        load(services.settings.content_dir, place.without(revision))
        place.undo(revision, who)
    except (ContentRefused, NothingToUndo, LaterChange, EditedSince, Overtaken) as reason:
        flash(_why(reason), "problem")
    else:
        flash(
            remark("Revision {number} is undone; every process follows within seconds.", number=number),
            "done",
        )
    return redirect(url_for(".page"), 303)


def _published(kept: Kept) -> Response:
    way = redirect(url_for(".one", number=kept.id), 303)
    try:
        number = pending.publish(workshop(), kept, visit().account.name)
    except SamePerson:
        flash(remark("Somebody else than {author} has to confirm this.", author=kept.author), "problem")
    except Decided:
        flash(_decided(), "problem")
    except Overtaken:
        flash(
            remark("The contents changed meanwhile, so nothing was published. It is being checked anew."),
            "problem",
        )
        desk().write(partial(proposals.check_again, number=kept.id, now=desk().at()))
        begin_check(kept.id)
    else:
        flash(
            remark("Published as revision {number}; every process follows within seconds.", number=number),
            "done",
        )
    return way


def _why(reason: Exception) -> str:
    match reason:
        case LaterChange():
            return say(
                noted(
                    "Change {later} touches {path} after change {number}: undo {later} first.",
                    later=reason.later, path=reason.path, number=reason.number,
                )
            )  # fmt: skip
        case ContentRefused():
            return say(
                noted("Without it the content would not be in order:\n{problems}", problems=str(reason))
            )
        case NothingToUndo():
            return say(noted("There is no such change in force."))
        case _:
            return say(
                noted("Somebody else changed the content meanwhile: nothing was changed, start again.")
            )


def _decided() -> str:
    return remark("This change was decided meanwhile.")


def _kept(number: int) -> Kept:
    kept = desk().read(partial(proposals.load, number=number))
    if kept is None:
        abort(404)
    return kept


def _place() -> LivePlace:
    services = desk().services
    return LivePlace(services.database, services.settings.content_dir, services.clock)


def _revision(number: int) -> Revision:
    found = next((one for one in _place().history() if one.number == number and one.active), None)
    if found is None:
        abort(404)
    return found
