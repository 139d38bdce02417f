"""The ledger of open doors: every address that anybody may call is written down here, with its reason."""

from __future__ import annotations

import pytest

from bot.app import create_app
from bot.console.access.roles import ALLOWED
from bot.console.access.signing_in import Stage
from bot.console.gate import Rule, rule_of
from bot.services import Services
from bot.wiring import build_runner

OPEN = {
    "GET /": "says what this is",
    "GET /calendar/<area>/<language>": "how to follow an area's collection days; public by nature",
    "GET /calendar/<area>/<language>.ics": "the calendar itself; phones ask for it without signing in",
    "GET /f/<campaign>": "the link on posters; counts a scan, knows nobody",
    "GET /feeds/<language>.atom": "the city's public notices for people without LINE",
    "GET /feeds/<language>.json": "the same as JSON Feed",
    "GET /healthz": "for whoever watches over the service; holds nothing about readers",
    "GET /media/<token>": "pictures of notices; LINE's users fetch them, and nobody guesses a token",
    "GET /media/<token>/preview": "the same pictures, small",
    "GET /static/<path:filename>": "style sheets and pictures",
    "POST /webhook": "LINE; each request is signed",
    "GET /console/static/<path:filename>": "style sheets of the console",
    "GET /console/sign-in": "the form that asks who is there",
    "POST /console/sign-in": "name and password, each only so often",
    "POST /console/sign-out": "ends what is open, and does nothing to anybody else",
    "POST /console/language": "the language of the sign-in page too",
}

HALF_WAY = {
    "GET /console/sign-in/code",
    "POST /console/sign-in/code",
    "GET /console/first/password",
    "POST /console/first/password",
    "GET /console/first/authenticator",
    "POST /console/first/authenticator",
}
"""Open to those whose password was right; everything else in the console needs password, code and role."""

FRESH = {
    "/console/account/authenticator",
    "/console/account/recovery-codes",
    "/console/account/line",
    "/console/account/mail",
    "/console/content/changes/<int(max=2147483647):number>/confirm",
    "/console/broadcasts/<int(max=2147483647):number>/approve",
    "/console/collection/change",
    "/console/collection/end/<name>",
    "/console/staff/new",
    "/console/staff/<int(max=2147483647):number>/role",
    "/console/staff/<int(max=2147483647):number>/disable",
    "/console/staff/<int(max=2147483647):number>/reset",
}
"""Deeds for which people show again who they are: by GET and by POST alike."""


@pytest.fixture(scope="module")
def doors(city_services: Services) -> dict[str, Rule | None]:
    """Return each method and address of the real application, without what HTTP adds, with its rule."""
    app = create_app(city_services, build_runner(city_services))
    return {
        f"{method} {rule.rule}": rule_of(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_only_the_doors_in_the_ledger_are_open(doors: dict[str, Rule | None]) -> None:
    """A new address is closed to the public until it is entered here."""
    found = {door for door, rule in doors.items() if rule is None or rule.stage is None}
    assert found == set(OPEN)


def test_few_doors_are_open_half_way(doors: dict[str, Rule | None]) -> None:
    """A password alone opens what is needed to finish signing in."""
    assert {door for door, rule in doors.items() if rule and rule.stage is Stage.PASSWORD} == HALF_WAY


def test_every_other_door_names_a_capability(doors: dict[str, Rule | None]) -> None:
    """Whoever adds a page says who may open it, and each capability is of use to some page."""
    closed = [rule for rule in doors.values() if rule and rule.stage is Stage.FULL]
    named = {rule.capability for rule in closed}
    assert named == set(ALLOWED)
    assert None not in named


def test_doors_that_need_a_fresh_proof_can_be_come_back_to(doors: dict[str, Rule | None]) -> None:
    """After showing who they are, people come back by GET: so both methods ask for it, or neither."""
    fresh = {door for door, rule in doors.items() if rule and rule.fresh}
    assert fresh == {f"{method} {path}" for path in FRESH for method in ("GET", "POST")}
