"""The gate before every page: from where, who, as what, how fresh; whatever names no rule stays shut."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any, Final, TypeVar

from flask import abort, current_app, g, redirect, request, session, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from bot.console.access import signing_in
from bot.console.access.roles import Capability, may
from bot.console.access.signing_in import FRESH, Stage
from bot.console.desk import desk
from bot.console.speaking import spoken
from bot.settings import Network
from bot.store.sessions import Session
from bot.store.staff import Account

View = TypeVar("View", bound=Callable[..., Any])

FORM_BYTES: Final = 256 * 1024
"""The largest form, unless a page that takes files says so itself."""

csrf = CSRFProtect()
"""Forms carry a token that only our own pages know."""

_OURS: Final = re.compile(r"/console/(?!/)[\w./~-]*(\?[\w.~%&=+-]*)?", re.ASCII)
_RULE: Final = "console_rule"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a page asks of whoever opens it. `stage` None: nothing. `largest`: bytes that a form may have."""

    stage: Stage | None
    capability: Capability | None = None
    fresh: bool = False
    largest: int = FORM_BYTES


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is here, in which browser."""

    session: Session
    account: Account

    def may(self, capability: Capability) -> bool:
        """Return True when they may do something."""
        return may(self.account.role, capability)


def anyone(view: View) -> View:
    """Open a page to everybody."""
    return _ruled(view, Rule(None))


def half_way(view: View) -> View:
    """Open a page to those whose password was right and whose code is still to come."""
    return _ruled(view, Rule(Stage.PASSWORD))


def needs(
    capability: Capability, *, fresh: bool = False, largest: int = FORM_BYTES
) -> Callable[[View], View]:
    """Open a page to those who may do something; with `fresh`, who have shown who they are just now.

    A fresh page answers GET too: whoever is asked to show it again comes back by GET. `largest` is in bytes.
    """
    return lambda view: _ruled(view, Rule(Stage.FULL, capability, fresh, largest))


def rule_of(view: Callable[..., Any] | None) -> Rule | None:
    """Return the rule that a page named; None for one that named none."""
    return getattr(view, _RULE, None)


def visit() -> Visit:
    """Return who opened the present page. Raises LookupError on a page for anyone."""
    if g.visit is None:
        raise LookupError("nobody is signed in on this page")
    found: Visit = g.visit
    return found


def hide() -> None:
    """Let the console not be there for whoever is outside its networks, whatever they ask for."""
    networks = desk().services.settings.console_networks
    ours = f"{request.path}/".startswith("/console/")
    if ours and not from_inside(request.remote_addr, networks):
        g.outside = True
        abort(404)


def admit() -> Response | None:
    """Let a request pass by returning None; send it elsewhere or refuse it."""
    g.visit, g.speech = None, desk().voices[spoken(None)]
    if request.endpoint == "console.static":
        return None
    rule = rule_of(current_app.view_functions.get(request.endpoint or ""))
    if rule is None:
        abort(403)
    request.max_content_length = rule.largest
    if found := _session():
        g.visit = Visit(*found)
        g.speech = desk().voices[spoken(g.visit.account.language)]
    elsewhere = _refused(rule)
    if elsewhere is None and request.method not in ("GET", "HEAD", "OPTIONS"):
        csrf.protect()
    return elsewhere


def _session() -> tuple[Session, Account] | None:
    token = session.get("token")
    return signing_in.find(desk(), token) if isinstance(token, str) else None


def _refused(rule: Rule) -> Response | None:
    """Return where those go who may not open a page yet; None for those who may. Never ones get 403."""
    if rule.stage is None:
        return None
    if g.visit is None:
        return redirect(url_for("console.sign_in.password", next=way_back()), 303)
    if g.visit.session.stage != rule.stage:
        whole = g.visit.session.stage == Stage.FULL
        return redirect(url_for("console.home.page" if whole else "console.sign_in.code"), 303)
    if rule.capability and not g.visit.may(rule.capability):
        abort(403)
    if rule.fresh and not is_fresh(g.visit, desk().now()):
        return redirect(url_for("console.again.page", next=way_back()), 303)
    return None


def is_fresh(who: Visit, now: int) -> bool:
    """Return True when somebody has shown who they are just now."""
    return 0 <= now - who.session.fresh_at < FRESH


def from_inside(address: str | None, networks: tuple[Network, ...]) -> bool:
    """Return True when an address is in one of the networks, or when there are none to be in."""
    if not networks:
        return True
    try:
        known = ip_address(address or "")
    except ValueError:
        return False
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return any(known in network for network in networks)


def way_back() -> str | None:
    """Return the address of the present page, to come back to by GET."""
    page = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return inside(page)


def inside(address: str | None) -> str | None:
    """Return an address if it is one of our own pages; None for whatever leads anywhere else."""
    return address if address and _OURS.fullmatch(address) and ".." not in address else None


def _ruled(view: View, rule: Rule) -> View:
    setattr(view, _RULE, rule)
    return view
