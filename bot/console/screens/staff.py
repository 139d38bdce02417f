"""Staff accounts, for admins: who there is, adding, roles, shutting, beginning anew."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.access import accounts
from bot.console.access.accounts import LastAdmin
from bot.console.access.names import LONGEST, NameRefused
from bot.console.access.passwords import Busy
from bot.console.access.roles import Capability, Role
from bot.console.desk import desk
from bot.console.gate import needs, visit
from bot.console.screens.sign_in import told
from bot.console.speaking import remark, role_name
from bot.store import staff
from bot.store.staff import Account, NameTaken

Shown = str | Response | tuple[str, int]
pages = Blueprint("staff", __name__, url_prefix="/staff")


@pages.get("/")
@needs(Capability.MANAGE_STAFF)
def page() -> str:
    """List every account."""
    return render_template(
        "console/staff.html", accounts=desk().read(staff.everyone), waiting=accounts.waiting
    )


@pages.get("/new")
@needs(Capability.MANAGE_STAFF, fresh=True)
def new() -> str:
    """Ask for name and role."""
    return render_template("console/staff_new.html", roles=Role, name="", role=Role.WRITER)


@pages.post("/new")
@needs(Capability.MANAGE_STAFF, fresh=True)
def take_new() -> Shown:
    """Add an account and show its one-time password once."""
    name, role = request.form.get("name", ""), _role()
    try:
        password = accounts.add(desk().services.database, desk().deed(_me().name), name, role)
    except NameRefused:
        problem = remark("Please use up to {n} letters and digits, with spaces or . - _ between.", n=LONGEST)
    except NameTaken:
        problem = remark("There is an account of that name already.")
    except Busy as refusal:
        problem = told(refusal)
    else:
        return _shown_once(name, password)
    shown = {"roles": Role, "name": name, "role": role, "errors": {"name": problem}}
    return render_template("console/staff_new.html", **shown), 422


@pages.get("/<int(max=2147483647):number>/role")
@needs(Capability.MANAGE_STAFF, fresh=True)
def role(number: int) -> str:
    """Ask for another role."""
    return render_template("console/staff_role.html", roles=Role, account=_account(number))


@pages.post("/<int(max=2147483647):number>/role")
@needs(Capability.MANAGE_STAFF, fresh=True)
def take_role(number: int) -> Shown:
    """Change what somebody may do."""
    account, wanted = _account(number), _role()
    try:
        accounts.change_role(desk().services.database, desk().deed(_me().name), number, wanted)
    except LastAdmin:
        flash(_only_admin(), "problem")
    else:
        flash(remark("{name} is now: {role}.", name=account.name, role=role_name(wanted)), "done")
    return redirect(url_for(".page"), 303)


@pages.get("/<int(max=2147483647):number>/disable")
@needs(Capability.MANAGE_STAFF, fresh=True)
def disable(number: int) -> str:
    """Ask whether an account may be shut."""
    return render_template(
        "console/confirm.html",
        title=remark("Disable the account of {name}", name=_account(number).name),
        text=remark(
            "They are signed out at once and cannot sign in any more. What they did stays in the record."
        ),
        button_text=remark("Disable"),
        dangerous=True,
        way_back=url_for(".page"),
    )


@pages.post("/<int(max=2147483647):number>/disable")
@needs(Capability.MANAGE_STAFF, fresh=True)
def take_disable(number: int) -> Shown:
    """Shut an account."""
    account = _account(number)
    try:
        accounts.disable(desk().services.database, desk().deed(_me().name), number)
    except LastAdmin:
        flash(_only_admin(), "problem")
    else:
        flash(remark("The account of {name} is disabled.", name=account.name), "done")
    return redirect(url_for(".page"), 303)


@pages.get("/<int(max=2147483647):number>/reset")
@needs(Capability.MANAGE_STAFF, fresh=True)
def reset(number: int) -> str:
    """Ask whether somebody shall begin anew."""
    return render_template(
        "console/confirm.html",
        title=remark("New one-time password for {name}", name=_account(number).name),
        text=remark(
            "They are signed out. Their password, authenticator, recovery codes and LINE link are removed. "
            "They set everything up anew with the one-time password that you hand over."
        ),
        button_text=remark("Make a one-time password"),
        way_back=url_for(".page"),
    )


@pages.post("/<int(max=2147483647):number>/reset")
@needs(Capability.MANAGE_STAFF, fresh=True)
def take_reset(number: int) -> Shown:
    """Let somebody begin anew and show the one-time password once."""
    account = _account(number)
    try:
        password = accounts.reset(desk().services.database, desk().deed(_me().name), number)
    except Busy as refusal:
        flash(told(refusal), "problem")
        return redirect(url_for(".page"), 303)
    return _shown_once(account.name, password)


def _shown_once(name: str, password: str) -> str:
    return render_template(
        "console/one_time_password.html", name=name, password=password, days=accounts.ONE_TIME_DAYS
    )


def _only_admin() -> str:
    return remark("This is the only admin left. Make somebody else an admin first.")


def _me() -> Account:
    return visit().account


def _account(number: int) -> Account:
    account = desk().read(lambda connection: staff.load(connection, number))
    if account is None:
        abort(404)
    return account


def _role() -> Role:
    """Return the role in the form. Aborts with 400 for what is none: only a made-up form has that."""
    wanted = request.form.get("role", "")
    if wanted not in set(Role):
        abort(400)
    return Role(wanted)
