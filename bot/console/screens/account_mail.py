"""My account: the mail address at which I am told what waits for me."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.access.roles import Capability
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.speaking import remark
from bot.settings import MAIL_ADDRESS
from bot.store import audit, staff, staff_mails
from bot.store.database import Connection

Shown = str | Response | tuple[str, int]
pages = Blueprint("mail", __name__, url_prefix="/account")


@pages.get("/mail")
@needs(Capability.OWN_ACCOUNT, fresh=True)
def mail() -> str:
    """Ask for the address."""
    _only_where_mails_leave()
    return render_template("console/mail.html", address=visit().account.mail or "")


@pages.post("/mail")
@needs(Capability.OWN_ACCOUNT, fresh=True)
def take_mail() -> Shown:
    """Keep the address; the record says that it was set, not which."""
    _only_where_mails_leave()
    who, at, address = visit().account, desk().at(), request.form.get("mail", "").strip()
    if not MAIL_ADDRESS.fullmatch(address):
        errors = {"mail": remark("Write a mail address such as name@example.jp.")}
        return render_template("console/mail.html", address=address, errors=errors), 422

    def work(connection: Connection) -> None:
        staff.change(connection, who.id, mail=address)
        audit.note(connection, at, who.name, "mail-set", who.name)

    desk().write(work)
    flash(remark("You are told by mail too."), "done")
    return redirect(url_for("console.account.page"), 303)


@pages.post("/mail/remove")
@needs(Capability.OWN_ACCOUNT)
def remove_mail() -> Shown:
    """Forget the address, also where mails no longer leave."""
    who, at = visit().account, desk().at()

    def work(connection: Connection) -> None:
        staff_mails.forget(connection, who.id)
        audit.note(connection, at, who.name, "mail-removed", who.name)

    desk().write(work)
    flash(remark("Your mail address is removed."), "done")
    return redirect(url_for("console.account.page"), 303)


def _only_where_mails_leave() -> None:
    if not desk().services.settings.mails:
        abort(404)
