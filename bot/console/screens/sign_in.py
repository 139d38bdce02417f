"""Signing in with name and password, then with a code; signing out."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import browser
from bot.console.access import codes, signing_in
from bot.console.access.accounts import waiting
from bot.console.access.passwords import Busy
from bot.console.access.signing_in import Stage, TooOften, Wrong
from bot.console.desk import Desk, desk
from bot.console.gate import anyone, half_way, visit
from bot.console.speaking import remark, remark_n
from bot.store import audit, sessions, staff
from bot.store.database import Connection
from bot.store.staff import Account

Shown = str | Response | tuple[str, int]
pages = Blueprint("sign_in", __name__)


@pages.get("/sign-in")
@anyone
def password() -> Shown:
    """Ask for name and password."""
    browser.note_way(request.args.get("next"))
    if g.visit:
        return redirect(url_for("console.home.page" if g.visit.session.stage == Stage.FULL else ".code"))
    return render_template("console/sign_in.html", name="")


@pages.post("/sign-in")
@anyone
def take_password() -> Shown:
    """Begin a session half-way when name and password are right."""
    name = request.form.get("name", "")
    try:
        given = request.form.get("password", "")
        account = signing_in.check_password(desk(), name, given, request.remote_addr or "")
    except Wrong:
        problem = remark("The name or the password is not right.")
    except (TooOften, Busy) as refusal:
        problem = told(refusal)
    else:
        if g.visit:  # whoever signs in anew in the same browser leaves no session behind
            _end(g.visit.account, g.visit.session.id)
        browser.remember(signing_in.begin(desk(), account, Stage.PASSWORD, browser.described()))
        return redirect(url_for(next_step(account)), 303)
    return render_template("console/sign_in.html", name=name, errors={"password": problem}), 422


@pages.get("/sign-in/code")
@half_way
def code() -> Shown:
    """Ask for the code, or lead to what is still to be set up."""
    account = visit().account
    if next_step(account) != "console.sign_in.code":
        return redirect(url_for(next_step(account)))
    return render_template("console/code.html", practice_code=code_in_practice(desk(), account))


@pages.post("/sign-in/code")
@half_way
def take_code() -> Shown:
    """Begin the whole session when the code is right."""
    who = visit()
    if next_step(who.account) != "console.sign_in.code":
        return redirect(url_for(".code"), 303)
    try:
        kind = signing_in.check_code(desk(), who.account, request.form.get("code", ""))
    except (Wrong, TooOften) as refusal:
        shown = {"practice_code": code_in_practice(desk(), who.account), "errors": wrong_code(refusal)}
        return render_template("console/code.html", **shown), 422
    browser.remember(signing_in.complete(desk(), who.session, who.account, browser.described()))
    if kind == "recovery":
        _say_what_is_left(who.account)
    return redirect(browser.way_on() or url_for("console.home.page"), 303)


@pages.post("/sign-out")
@anyone
def out() -> Shown:
    """End the session: its row goes, so a copied cookie opens nothing either."""
    if g.visit:
        _end(g.visit.account, g.visit.session.id)
    browser.forget()
    flash(remark("You are signed out."), "done")
    return redirect(url_for(".password"), 303)


def next_step(account: Account) -> str:
    """Return the page where somebody whose password was right goes on."""
    if waiting(account):
        return "console.first.password"
    return "console.sign_in.code" if account.totp_salt else "console.first.authenticator"


def told(refusal: TooOften | Busy) -> str:
    """Return the sentence for a try that was not even looked at."""
    if isinstance(refusal, TooOften):
        return remark_n(
            "Too many tries. Please wait {n} minute.",
            "Too many tries. Please wait {n} minutes.",
            refusal.minutes,
        )
    return remark("Many people are signing in just now. Please try again in a moment.")


def wrong_code(refusal: Exception) -> dict[str, str]:
    """Return what stands at the field of a code that was refused."""
    if isinstance(refusal, TooOften):
        return {"code": told(refusal)}
    return {"code": remark("That code is not right. Please enter the one that is shown now.")}


def code_in_practice(at: Desk, account: Account) -> str:
    """Return the code that an authenticator would show, in practice only: not everybody has one at hand."""
    if not at.practice or not account.totp_salt:
        return ""
    now = at.clock.now().timestamp()
    unspent = (account.totp_step + 1) * codes.STEP_SECONDS  # the next one is accepted early
    return codes.code_at(codes.secret_of(at.key, account.totp_salt), max(now, unspent))


def _say_what_is_left(account: Account) -> None:
    left = desk().read(lambda connection: staff.recovery_left(connection, account.id))
    flash(
        remark_n(
            "That recovery code is used up. {n} is left; make new ones on the page “My account”.",
            "That recovery code is used up. {n} are left; make new ones on the page “My account”.",
            left,
        ),
        "warning",
    )


def _end(account: Account, session_id: int) -> None:
    at = desk().at()

    def work(connection: Connection) -> None:
        sessions.end(connection, account.id, session_id)
        audit.note(connection, at, account.name, "signed-out", account.name)

    desk().write(work)
