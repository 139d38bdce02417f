"""My account: another authenticator, new recovery codes, my own LINE account."""

from __future__ import annotations

import secrets
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.access.roles import Capability
from bot.console.access.setting_up import NoCode, enrol, offer_secret, print_recovery_codes
from bot.console.access.signing_in import TooOften
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.screens.first import setting_up
from bot.console.screens.sign_in import wrong_code
from bot.console.speaking import remark
from bot.store import audit, staff_links
from bot.store.database import Connection
from bot.store.moments import SECOND
from bot.store.staff_links import CODE_DIGITS, code_digest

LINK_MINUTES: Final = 10
Shown = str | Response | tuple[str, int]
pages = Blueprint("keys", __name__, url_prefix="/account")


@pages.get("/authenticator")
@needs(Capability.OWN_ACCOUNT, fresh=True)
def authenticator() -> str:
    """Show what another authenticator is set up with; the present one stays until that is done."""
    secret = offer_secret(desk(), visit().session)
    return render_template("console/authenticator.html", **setting_up(desk(), visit().account, secret))


@pages.post("/authenticator")
@needs(Capability.OWN_ACCOUNT, fresh=True)
def take_authenticator() -> Shown:
    """Take the other authenticator over and print new recovery codes."""
    who = visit()
    try:
        printed = enrol(desk(), who.account, who.session, request.form.get("code", ""))
    except (NoCode, TooOften) as refusal:
        shown = setting_up(desk(), who.account, offer_secret(desk(), who.session))
        return render_template("console/authenticator.html", **shown, errors=wrong_code(refusal)), 422
    return render_template("console/recovery_codes.html", codes=printed, way=url_for("console.account.page"))


@pages.get("/recovery-codes")
@needs(Capability.OWN_ACCOUNT, fresh=True)
def recovery_codes() -> str:
    """Ask whether the former codes may go."""
    return render_template(
        "console/confirm.html",
        title=remark("Make new recovery codes"),
        text=remark("The codes that you have now will no longer work."),
        button_text=remark("Make new codes"),
        way_back=url_for("console.account.page"),
    )


@pages.post("/recovery-codes")
@needs(Capability.OWN_ACCOUNT, fresh=True)
def take_recovery_codes() -> str:
    """Print new recovery codes."""
    printed = print_recovery_codes(desk(), visit().account)
    return render_template("console/recovery_codes.html", codes=printed, way=url_for("console.account.page"))


@pages.get("/line")
@needs(Capability.OWN_ACCOUNT, fresh=True)
def line() -> str:
    """Tell how a LINE account is linked, and what for."""
    return render_template("console/line.html", code="", minutes=LINK_MINUTES)


@pages.post("/line")
@needs(Capability.OWN_ACCOUNT, fresh=True)
def take_line() -> str:
    """Show a code to send to the city's LINE account."""
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    who, until = visit().account, desk().now() + LINK_MINUTES * 60 * SECOND
    digest = code_digest(desk().key, code)
    desk().write(lambda connection: staff_links.offer(connection, who.id, digest, until))
    return render_template("console/line.html", code=code, minutes=LINK_MINUTES)


@pages.post("/line/remove")
@needs(Capability.OWN_ACCOUNT)
def remove_line() -> Shown:
    """Forget the LINE account."""
    who, at = visit().account, desk().at()

    def work(connection: Connection) -> None:
        staff_links.forget(connection, who.id)
        audit.note(connection, at, who.name, "line-unlinked", who.name)

    desk().write(work)
    flash(remark("Your LINE account is no longer linked."), "done")
    return redirect(url_for("console.account.page"), 303)
