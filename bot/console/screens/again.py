"""Showing once more who one is, before a deed that matters."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import browser
from bot.console.access import signing_in
from bot.console.access.passwords import Busy
from bot.console.access.roles import Capability
from bot.console.access.signing_in import TooOften, Wrong
from bot.console.desk import desk
from bot.console.gate import inside, needs, visit
from bot.console.screens.sign_in import code_in_practice, told, wrong_code
from bot.console.speaking import remark

pages = Blueprint("again", __name__)


@pages.get("/again")
@needs(Capability.OWN_ACCOUNT)
def page() -> str:
    """Ask for the code or the password once more."""
    return _form(inside(request.args.get("next")))


@pages.post("/again")
@needs(Capability.OWN_ACCOUNT)
def take() -> Response | tuple[str, int]:
    """Note the fresh proof and go back to where it was asked for."""
    who, way = visit(), inside(request.form.get("next"))
    code, password = request.form.get("code", ""), request.form.get("password", "")
    try:
        if code.strip():
            signing_in.check_code(desk(), who.account, code)
        else:
            signing_in.check_own_password(desk(), who.account, password)
    except (Wrong, TooOften, Busy) as refusal:
        return _form(way, _problem(refusal, code)), 422
    browser.renew(signing_in.renew(desk(), who.session))
    return redirect(way or url_for("console.home.page"), 303)


def _problem(refusal: Exception, code: str) -> dict[str, str]:
    if code.strip():
        return wrong_code(refusal)
    if isinstance(refusal, TooOften | Busy):
        return {"password": told(refusal)}
    return {"password": remark("That is not your password.")}


def _form(way: str | None, errors: dict[str, str] | None = None) -> str:
    shown = {"way": way or "", "practice_code": code_in_practice(desk(), visit().account)}
    return render_template("console/again.html", **shown, errors=errors or {})
