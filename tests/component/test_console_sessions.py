"""Sessions: when they end, what a copied cookie is worth, and who can see and end them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.console.access.roles import Role
from bot.store.staff_tables import staff_sessions
from tests.component.offices import PASSWORD, Browser, Office, said, token_in
from tests.component.rows import rows


def cookie_of(browser: Browser) -> str:
    cookie = browser.client.get_cookie("__Host-awamado", "console.example")
    assert cookie
    return cookie.value


def with_cookie(office: Office, value: str) -> Browser:
    browser = office.browser()
    browser.client.set_cookie("__Host-awamado", value, domain="console.example", secure=True)
    return browser


def test_a_copied_cookie_is_worth_nothing_after_signing_out(office: Office) -> None:
    """The row is gone, so it opens nothing, wherever it was copied to."""
    browser = office.member("tanaka")
    copy = cookie_of(browser)
    assert with_cookie(office, copy).signed_in
    browser.post("sign-out", "")
    assert not browser.signed_in
    assert not with_cookie(office, copy).signed_in
    assert rows(office.database, staff_sessions) == []


def test_what_was_held_before_signing_in_is_worth_nothing_after_it(one_office: Office) -> None:
    """Each step of signing in has a token of its own: a planted or copied one does not grow with it."""
    member = one_office.member("tanaka")
    browser = one_office.browser()
    browser.secret = member.secret
    browser.get("sign-in")
    held = [cookie_of(browser)]
    browser.give_password("tanaka", PASSWORD)
    held.append(cookie_of(browser))
    browser.post("sign-in/code", code=browser.code())
    assert browser.signed_in
    for cookie in held:
        other = with_cookie(one_office, cookie)
        assert other.get("").headers["Location"].startswith("/console/sign-in?")
        assert other.get("sign-in/code").headers["Location"].startswith("/console/sign-in?")


def test_a_fresh_proof_changes_the_token(one_office: Office) -> None:
    """A cookie copied before it does not open what it opens; forms already open stay good."""
    browser = one_office.member("tanaka", Role.ADMIN)
    one_office.clock.forward(minutes=11)
    copy, form = cookie_of(browser), token_in(browser.get("account/"))
    browser.post("again", code=browser.code())
    assert not with_cookie(one_office, copy).signed_in
    data = {"csrf_token": form, "language": "ja", "text_size": "large"}
    assert browser.send("account/looks", data).status_code == 303
    assert 'data-size="large"' in browser.get("account/").text


@pytest.mark.parametrize(("minutes", "inside"), [(29, True), (30, False)])
def test_a_browser_that_nobody_uses_is_signed_out(office: Office, minutes: int, inside: bool) -> None:
    """Half an hour after the last page, not after the first."""
    browser = office.member("tanaka")
    office.clock.forward(minutes=20)
    assert browser.signed_in
    office.clock.forward(minutes=minutes)
    assert browser.signed_in is inside


def test_a_working_day_ends_every_session(office: Office) -> None:
    """Twelve hours after signing in it ends, however busy it is; signing in again sweeps the row away."""
    browser = office.member("tanaka")
    for _ in range(12 * 3 - 1):
        office.clock.forward(minutes=20)
        assert browser.signed_in
    office.clock.forward(minutes=20)
    assert not browser.signed_in
    browser.sign_in("tanaka")
    assert len(rows(office.database, staff_sessions)) == 1


def test_a_clock_that_is_set_back_keeps_nobody_inside_for_ever(one_office: Office) -> None:
    """A proof from the future is no fresh one."""
    browser = one_office.member("tanaka", Role.ADMIN)
    one_office.clock.forward(hours=-25)
    assert browser.get("staff/new").status_code == 303


def test_people_see_and_end_their_sessions(one_office: Office) -> None:
    """Each browser with its name and times; one or all others are signed out, this one stays."""
    here = one_office.member("tanaka")
    others = [
        one_office.browser(**{"User-Agent": f"Mozilla/5.0 ({system}) Firefox/140"})
        for system in ("iPhone", "Android", "CrOS")
    ]
    for other in others:
        other.secret = here.secret
        other.sign_in("tanaka")
    page = here.get("account/")
    for name in ("Chrome, Windows", "Firefox, iPhone", "Firefox, Android", "Firefox, CrOS", "このブラウザー"):
        assert name in said(page)
    ends = re.findall(r'action="/console/(account/sessions/\d+/end)"(?s:.*?)aria-label="([^"]+)"', page.text)
    android = next(path for path, label in ends if "Android" in label)
    here.post(android, "account/")
    assert [other.signed_in for other in others] == [True, False, True]
    here.post("account/sessions/end-others", "account/")
    assert [other.signed_in for other in others] == [False, False, False]
    assert here.signed_in


def test_nobody_ends_the_sessions_of_others(office: Office) -> None:
    """The number of somebody else's session does nothing in one's own form."""
    tanaka, sato = office.member("tanaka"), office.member("sato")
    number = next(row["id"] for row in rows(office.database, staff_sessions) if row["staff_id"] == 2)
    tanaka.post(f"account/sessions/{number}/end", "account/")
    tanaka.post(f"account/sessions/{2**31 - 1}/end", "account/")
    assert sato.signed_in
    tanaka.post("account/sessions/end-others", "account/")
    assert sato.signed_in


@pytest.mark.parametrize("deed", ["disable", "reset", "role"])
def test_what_an_admin_does_to_an_account_ends_its_sessions(office: Office, deed: str) -> None:
    """Disabled, reset or of another role: the open browser is out at once."""
    writer = office.member("tanaka")
    admin = office.member("admin", Role.ADMIN)
    admin.post(f"staff/1/{deed}", role="viewer")
    assert not writer.signed_in
    assert admin.signed_in


def test_another_password_ends_the_other_browsers(one_office: Office) -> None:
    """Whoever found the old one out is gone."""
    here = one_office.member("tanaka")
    other = one_office.browser()
    other.secret = here.secret
    other.sign_in("tanaka")
    new = "mada minu machi no 7 mado"
    assert here.post("account/password", old=PASSWORD, new=new, again=new).status_code == 303
    assert (here.signed_in, other.signed_in) == (True, False)
    assert other.give_password("tanaka", PASSWORD).status_code == 422
    assert other.give_password("tanaka", new).status_code == 303


def test_moving_the_practice_world_signs_nobody_out(one_office: Office) -> None:
    """Sessions and codes live in real time: only the bot's own clock is moved to the day of a broadcast."""
    browser = one_office.member("tanaka")
    world = one_office.desk.services.clock

    class Later(type(world)):  # type: ignore[misc]
        def now(self):  # type: ignore[no-untyped-def]
            return super().now() + timedelta(days=3)

    world.__class__ = Later
    try:
        assert browser.signed_in
    finally:
        world.__class__ = Later.__bases__[0]


def test_signing_in_anew_leaves_no_session_behind(one_office: Office) -> None:
    """Giving name and password once more ends the session that was open in this browser."""
    browser = one_office.member("tanaka")
    form = token_in(browser.get("account/"))
    copy = cookie_of(browser)
    data = {"csrf_token": form, "name": "tanaka", "password": PASSWORD}
    assert browser.send("sign-in", data).headers["Location"] == "/console/sign-in/code"
    assert not with_cookie(one_office, copy).signed_in
    assert [row["stage"] for row in rows(one_office.database, staff_sessions)] == ["password"]
