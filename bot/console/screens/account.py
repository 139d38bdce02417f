"""My account: how the pages look to me, my password, my sessions."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from bot.console.access import passwords, signing_in
from bot.console.access.passwords import Busy
from bot.console.access.roles import Capability
from bot.console.access.setting_up import own_password
from bot.console.access.signing_in import IDLE, Stage, TooOften, Wrong
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.screens.first import refused_password
from bot.console.screens.sign_in import told
from bot.console.speaking import remark
from bot.language.staff import STAFF_TAGS
from bot.store import audit, sessions, staff, staff_links
from bot.store.database import Connection

Shown = str | Response | tuple[str, int]
TEXT_SIZES: Final = ("normal", "large", "largest")
pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("/")
@needs(Capability.OWN_ACCOUNT)
def page() -> str:
    """Show everything about the own account."""
    who, at = visit(), desk()
    return render_template(
        "console/account.html",
        account=who.account,
        here=who.session,
        sessions=at.read(lambda c: sessions.of(c, who.account.id, Stage.FULL, at.now(), IDLE)),
        codes_left=at.read(lambda c: staff.recovery_left(c, who.account.id)),
        line_code_open=at.read(lambda c: staff_links.offered_until(c, who.account.id, at.now())),
        sizes=TEXT_SIZES,
        mails=at.services.settings.mails,
    )


@pages.post("/looks")
@needs(Capability.OWN_ACCOUNT)
def take_looks() -> Shown:
    """Keep language and size of the text."""
    language, size = request.form.get("language"), request.form.get("text_size")
    if language in STAFF_TAGS and size in TEXT_SIZES:
        who = visit().account.id
        desk().write(lambda c: staff.change(c, who, language=language, text_size=size))
        session["language"] = language
    return redirect(url_for(".page"), 303)


@pages.get("/password")
@needs(Capability.OWN_ACCOUNT)
def password() -> str:
    """Ask for the present password and a new one."""
    return render_template("console/password.html", shortest=passwords.SHORTEST)


@pages.post("/password")
@needs(Capability.OWN_ACCOUNT)
def take_password() -> Shown:
    """Change the password; every other browser is signed out."""
    who = visit()
    errors = refused_password(desk(), who.account) or _wrong_password()
    if errors:
        return render_template("console/password.html", shortest=passwords.SHORTEST, errors=errors), 422
    try:
        own_password(desk(), who.account, request.form["new"], who.session)
    except Busy as refusal:
        errors = {"old": told(refusal)}
        return render_template("console/password.html", shortest=passwords.SHORTEST, errors=errors), 422
    flash(remark("Your password is changed. Your other browsers are signed out."), "done")
    return redirect(url_for(".page"), 303)


@pages.post("/sessions/<int(max=2147483647):number>/end")
@needs(Capability.OWN_ACCOUNT)
def end_session(number: int) -> Shown:
    """Sign out one of the own browsers."""
    who, at = visit().account, desk().at()

    def work(connection: Connection) -> bool:
        ended = sessions.end(connection, who.id, number)
        if ended:
            audit.note(connection, at, who.name, "session-ended", who.name)
        return ended

    if desk().write(work):
        flash(remark("That browser is signed out."), "done")
    return redirect(url_for(".page"), 303)


@pages.post("/sessions/end-others")
@needs(Capability.OWN_ACCOUNT)
def end_others() -> Shown:
    """Sign out every browser but this one."""
    who, at = visit(), desk().at()

    def work(connection: Connection) -> None:
        sessions.end_all(connection, who.account.id, but=who.session.id)
        audit.note(connection, at, who.account.name, "session-ended", who.account.name)

    desk().write(work)
    flash(remark("Your other browsers are signed out now."), "done")
    return redirect(url_for(".page"), 303)


def _wrong_password() -> dict[str, str]:
    """Return what is wrong with the present password in the form; nothing when it is right."""
    try:
        signing_in.check_own_password(desk(), visit().account, request.form.get("old", ""))
    except Wrong:
        return {"old": remark("That is not your password.")}
    except (TooOften, Busy) as refusal:
        return {"old": told(refusal)}
    return {}
