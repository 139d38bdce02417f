"""The first sign-in: a password of one's own, an authenticator, recovery codes."""

from __future__ import annotations

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from bot.console import browser
from bot.console.access import codes, passwords, signing_in
from bot.console.access.passwords import Busy, Weakness
from bot.console.access.setting_up import NoCode, enrol, offer_secret, own_password
from bot.console.access.signing_in import TooOften
from bot.console.desk import Desk, desk
from bot.console.gate import half_way, visit
from bot.console.screens.sign_in import next_step, told, wrong_code
from bot.console.speaking import remark
from bot.store.staff import Account

Shown = str | Response | tuple[str, int]
pages = Blueprint("first", __name__, url_prefix="/first")


@pages.get("/password")
@half_way
def password() -> Shown:
    """Ask for a password of their own."""
    if next_step(visit().account) != "console.first.password":
        return redirect(url_for("console.sign_in.code"))
    return render_template("console/first_password.html", shortest=passwords.SHORTEST)


@pages.post("/password")
@half_way
def take_password() -> Shown:
    """Replace the one-time password."""
    who = visit()
    if next_step(who.account) != "console.first.password":
        return redirect(url_for("console.sign_in.code"), 303)
    errors = refused_password(desk(), who.account)
    if not errors:
        try:
            own_password(desk(), who.account, request.form["new"], who.session)
        except Busy as refusal:
            errors = {"new": told(refusal)}
        else:
            return redirect(url_for("console.sign_in.code"), 303)
    return render_template("console/first_password.html", shortest=passwords.SHORTEST, errors=errors), 422


@pages.get("/authenticator")
@half_way
def authenticator() -> Shown:
    """Show what an authenticator is set up with."""
    if next_step(visit().account) != "console.first.authenticator":
        return redirect(url_for("console.sign_in.code"))
    secret = offer_secret(desk(), visit().session)
    return render_template("console/authenticator.html", **setting_up(desk(), visit().account, secret))


@pages.post("/authenticator")
@half_way
def take_code() -> Shown:
    """Take the authenticator over, print recovery codes, begin the whole session."""
    who = visit()
    if next_step(who.account) != "console.first.authenticator":
        return redirect(url_for("console.sign_in.code"), 303)
    try:
        printed = enrol(desk(), who.account, who.session, request.form.get("code", ""))
    except (NoCode, TooOften) as refusal:
        shown = setting_up(desk(), who.account, offer_secret(desk(), who.session))
        return render_template("console/authenticator.html", **shown, errors=wrong_code(refusal)), 422
    browser.remember(signing_in.complete(desk(), who.session, who.account, browser.described()))
    way = browser.way_on() or url_for("console.home.page")
    return render_template("console/recovery_codes.html", codes=printed, way=way)


def setting_up(at: Desk, account: Account, secret: str) -> dict[str, object]:
    """Return what the page of the authenticator shows: picture, secret, and in practice the code itself."""
    city = at.services.content.current.knowledge.city.name["en"]
    issuer = f"Awamado {city} (practice)" if at.practice else f"Awamado {city}"
    address = codes.address_of(secret, account.name, issuer)
    picture = segno.make(address, error="m").svg_inline(scale=5, border=3, light="#fff")
    return {
        "picture": Markup(picture),  # noqa: S704  # made here from our own secret
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "practice_code": codes.code_at(secret, at.clock.now().timestamp()) if at.practice else "",
    }


def refused_password(at: Desk, account: Account) -> dict[str, str]:
    """Return what is wrong with the new password in the form, by field; nothing when it may be used."""
    new = request.form.get("new", "")
    city = at.services.content.current.knowledge.city.name
    match passwords.weakness(new, (account.name, *city.values())):
        case Weakness.SHORT:
            return {"new": remark("At least {n} characters, please.", n=passwords.SHORTEST)}
        case Weakness.LONG:
            return {"new": remark("At most {n} characters, please.", n=passwords.LONGEST)}
        case Weakness.KNOWN:
            return {"new": remark("That password is easily guessed. Several words of your own are better.")}
    if new != request.form.get("again", ""):
        return {"again": remark("The two passwords are not the same.")}
    return {}
