"""Questions that taught us something, most asked first: to be answered, or not worth it."""

from __future__ import annotations

from functools import partial
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.access.roles import Capability
from bot.console.changing import engine
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.speaking import remark
from bot.console.words import entry_named, kind_told
from bot.insights.asking import groups
from bot.insights.signals import Kind
from bot.language.tags import OWN_NAMES, TAGS
from bot.store import audit, signals
from bot.store.database import Connection

MOST: Final = 600
"""Different questions that are looked at: each costs about half a millisecond of understanding."""

SHOWN: Final = ("open", "answered", "dismissed")
KINDS: Final = tuple(kind for kind in Kind if kind is not Kind.UNTRANSLATED)
pages = Blueprint("unanswered", __name__, url_prefix="/questions/unanswered")


@pages.get("/")
@needs(Capability.LOOK)
def page() -> str:
    """List the groups of one kind, one language, one state."""
    kind, language = request.args.get("kind", ""), request.args.get("language", "")
    show = request.args.get("show", "")
    kind, language = kind if kind in KINDS else "", language if language in TAGS else ""
    show = show if show in SHOWN else SHOWN[0]
    rows = desk().read(partial(signals.asked, kind=kind, language=language, limit=MOST))
    gone = desk().read(signals.dismissed)
    found = groups((row for row in rows if row.kind in KINDS), engine(), desk().services.clock.now())
    states = {
        "dismissed": [one for one in found if (one.language, one.core) in gone],
        "answered": [one for one in found if one.answered and (one.language, one.core) not in gone],
        "open": [one for one in found if not one.answered and (one.language, one.core) not in gone],
    }
    return render_template(
        "console/unanswered.html",
        groups=states[show],
        counts={state: len(some) for state, some in states.items()},
        show=show,
        kind=kind,
        asked_in=language,
        kinds=KINDS,
        languages=OWN_NAMES,
        kind_told=kind_told,
        named=entry_named,
        days=engine().knowledge.city.keep_unanswered_days,
        may_write=visit().may(Capability.WRITE_CONTENT),
    )


@pages.post("/dismiss")
@needs(Capability.WRITE_CONTENT)
def dismiss() -> Response:
    """Take a group out of the list; it can be taken back."""
    language, core = _group()
    at, who = desk().at(), visit().account.name

    def work(connection: Connection) -> None:
        signals.dismiss(connection, language, core, at, who)
        audit.note(connection, at, who, "question-dismissed", language)

    desk().write(work)
    flash(remark("The question is out of the list. You find it under “not worth an answer”."), "done")
    return redirect(url_for(".page"), 303)


@pages.post("/reopen")
@needs(Capability.WRITE_CONTENT)
def reopen() -> Response:
    """Let a group stand in the list again."""
    language, core = _group()
    at, who = desk().at(), visit().account.name

    def work(connection: Connection) -> None:
        signals.take_back(connection, language, core)
        audit.note(connection, at, who, "question-reopened", language)

    desk().write(work)
    flash(remark("The question stands in the list again."), "done")
    return redirect(url_for(".page"), 303)


def _group() -> tuple[str, str]:
    """Return the group that the form names. Aborts with 400 for a made-up one."""
    language, core = request.form.get("language", ""), request.form.get("core", "").replace("\0", "")
    if language not in TAGS or not 0 < len(core) <= 200:
        abort(400)
    return language, core
