"""Linking a staff member's own LINE account by a code from the console."""

from __future__ import annotations

import re
from functools import partial

from bot.chat.linking import link_staff
from bot.clock import Clock
from bot.console.access.roles import Role
from bot.store.staff_tables import audit_log, staff
from tests.component.offices import Browser, Office, said
from tests.component.rows import rows

MINE = "U" + "1" * 32
OTHERS = "U" + "2" * 32


def code_for(browser: Browser) -> str:
    found = re.search(r'id="link-code">LINK (\d{6})<', browser.post("account/line").text)
    assert found
    return found[1]


def linker(office: Office) -> partial[bool]:
    return partial(link_staff, office.database, office.clock, Clock(), office.desk.key)


def linked(office: Office) -> list[str | None]:
    return [row["line_user_id"] for row in rows(office.database, staff)]


def test_a_code_links_whoever_sends_it(office: Office) -> None:
    """Once; the page says so, the record too, and the code itself is kept nowhere."""
    browser = office.member("tanaka")
    code = code_for(browser)
    assert code not in str(rows(office.database, staff))
    assert "コードを発行しています" in said(browser.get("account/"))
    assert linker(office)(code, MINE)
    assert linked(office) == [MINE]
    assert "連携済み" in said(browser.get("account/"))
    assert MINE not in browser.get("account/").text + str(rows(office.database, audit_log))
    assert not linker(office)(code, OTHERS)
    assert linked(office) == [MINE]
    assert "line-linked" in [row["action"] for row in rows(office.database, audit_log)]


def test_an_event_that_comes_twice_is_answered_alike(office: Office) -> None:
    """After a crash between linking and answering, the person hears that it worked."""
    code = code_for(office.member("tanaka"))
    assert [linker(office)(code, MINE) for _ in range(2)] == [True, True]


def test_a_code_runs_out(office: Office) -> None:
    """A new one replaces it, and it is good for ten minutes."""
    browser = office.member("tanaka")
    first, second = code_for(browser), code_for(browser)
    assert first == second or not linker(office)(first, MINE)
    third = code_for(browser)
    office.clock.forward(minutes=10)
    assert not linker(office)(third, MINE)
    assert linked(office) == [None]


def test_a_line_account_belongs_to_one_staff_account(office: Office) -> None:
    """The last code it sent counts."""
    for name in ("tanaka", "sato"):
        assert linker(office)(code_for(office.member(name)), MINE)
    assert linked(office) == [None, MINE]


def test_guessing_codes_ends_soon(office: Office) -> None:
    """Five tries in 15 minutes from one LINE account; then not even the right one is taken."""
    code = code_for(office.member("tanaka"))
    for number in range(5):
        wrong = f"{(int(code) + 1 + number) % 1_000_000:06}"
        assert not linker(office)(wrong, OTHERS)
    assert not linker(office)(code, OTHERS)
    assert linker(office)(code, MINE)


def test_a_link_can_be_taken_away(office: Office) -> None:
    """By its owner, and with the account."""
    admin, browser = office.member("admin", Role.ADMIN), office.member("tanaka")
    assert linker(office)(code_for(browser), MINE)
    browser.post("account/line/remove", "account/")
    assert linked(office) == [None, None]
    assert linker(office)(code_for(browser), MINE)
    late = code_for(browser)
    admin.post("staff/2/disable")
    assert linked(office) == [None, None]
    assert not linker(office)(late, MINE)
