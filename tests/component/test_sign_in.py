"""Signing in: the first time, every time, and everything that must not let anybody in."""

from __future__ import annotations

import pytest

from bot.console.access.accounts import ONE_TIME_DAYS
from bot.console.access.roles import Role
from bot.store.models import metadata
from bot.store.staff_tables import audit_log, staff, staff_recovery_codes, staff_sessions
from tests.component.offices import PASSWORD, Office, said, secret_in, token_in
from tests.component.rows import rows

WRONG = "名前かパスワードが違います。"


def actions(office: Office) -> list[str]:
    return [row["action"] for row in rows(office.database, audit_log)]


def test_the_first_sign_in_sets_everything_up(office: Office) -> None:
    """One-time password, own password, authenticator, ten recovery codes, then the page asked for."""
    password = office.add("森 花子", Role.ADMIN)
    browser = office.browser()
    asked = browser.get("record/?kind=staff")
    assert asked.headers["Location"] == "/console/sign-in?next=/console/record/?kind%3Dstaff"
    browser.get(asked.headers["Location"].removeprefix("/console/"))
    page = browser.first_sign_in("森花子", password)
    assert len(set(browser.codes)) == 10
    assert "/console/record/?kind=staff" in page.text
    assert browser.signed_in
    assert actions(office)[-3:] == ["password-changed", "authenticator-set-up", "signed-in"]


def test_every_later_sign_in_takes_password_and_code(office: Office) -> None:
    """Either alone opens nothing."""
    office_browser = office.member("tanaka")
    other = office.browser()
    other.secret = office_browser.secret
    assert other.give_password("tanaka", PASSWORD).headers["Location"] == "/console/sign-in/code"
    assert other.get("").headers["Location"] == "/console/sign-in/code"
    assert other.post("sign-in/code", code="000000").status_code == 422
    assert not other.signed_in
    assert other.post("sign-in/code", code=other.code()).headers["Location"] == "/console/"
    assert other.signed_in


def test_a_name_may_be_written_in_any_width_and_case(one_office: Office) -> None:
    """The same keys lead to the same account, whatever the keyboard is set to."""
    one_office.add("Tanaka Jiro")
    for name in ("tanaka jiro", "ＴＡＮＡＫＡ　ＪＩＲＯ", "tanakajiro"):
        page = one_office.browser().give_password(name, "not the password")
        assert WRONG in said(page)
    assert [row["actor"] for row in rows(one_office.database, audit_log)[1:]] == ["Tanaka Jiro"] * 3


def test_nobody_learns_which_accounts_there_are(office: Office) -> None:
    """No account, a wrong password, a disabled account and an outdated one-time password look the same."""
    office.add("new")
    admin = office.member("admin", Role.ADMIN)
    office.member("gone")
    admin.post("staff/3/disable")
    office.clock.forward(days=ONE_TIME_DAYS)
    one_time = office.add("late")
    office.clock.forward(days=ONE_TIME_DAYS, seconds=1)
    answers = {
        (page.status_code, page.text.replace(token_in(page), "").replace(name, ""))
        for name, password in (
            ("nobody", "x"), ("admin", "wrong"), ("gone", PASSWORD), ("late", one_time), ("new", "x"),
        )
        for page in [office.browser().give_password(name, password)]
    }  # fmt: skip
    assert len(answers) == 1
    assert next(iter(answers))[0] == 422


def test_an_unknown_name_takes_a_hash_too(one_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of the answer tells nothing: exactly one password is compared either way."""
    from bot.console.access import passwords

    one_office.add("tanaka")
    passwords._nobodys()
    compared: list[str] = []

    class Counting:
        def verify(self, kept: str, given: str) -> bool:
            compared.append(given)
            return real.verify(kept, given)

    real = passwords.HASHER
    monkeypatch.setattr(passwords, "HASHER", Counting())
    for name in ("tanaka", "nobody"):
        one_office.browser().give_password(name, "guess")
    assert compared == ["guess", "guess"]


def test_guessing_ends_soon(office: Office) -> None:
    """Five wrong passwords from one place, then a pause of 15 minutes, also for the right one."""
    member = office.member("tanaka")
    browser = office.browser()
    for _ in range(5):
        assert WRONG in said(browser.give_password("tanaka", "guess"))
    assert "15分待って" in said(browser.give_password("tanaka", PASSWORD))
    assert "15分待って" in said(office.browser().give_password("ＴＡＮＡＫＡ", PASSWORD))
    assert member.signed_in  # who is inside stays inside
    office.clock.forward(minutes=14, seconds=30)
    assert "1分待って" in said(browser.give_password("tanaka", PASSWORD))
    office.clock.forward(seconds=31)
    assert browser.give_password("tanaka", PASSWORD).status_code == 303


def test_an_unknown_name_is_paused_like_a_known_one(one_office: Office) -> None:
    """The pause tells nothing about which accounts there are."""
    for _ in range(5):
        one_office.browser().give_password("nobody", "guess")
    assert "15分待って" in said(one_office.browser().give_password("nobody", "guess"))


def test_one_place_cannot_try_many_names(office: Office) -> None:
    """Sixty tries from one address, whatever the names; another address is not concerned."""
    browser = office.browser()
    page = browser.get("sign-in")
    for number in range(60):
        browser.send("sign-in", {"csrf_token": token_in(page), "name": f"n{number}", "password": "x"})
    assert "待って" in said(browser.give_password("another", "x"))
    browser.base["environ_base"] = {"REMOTE_ADDR": "192.0.2.9"}
    assert WRONG in said(browser.give_password("another", "x"))


def test_codes_cannot_be_guessed(office: Office) -> None:
    """Five wrong codes, then a pause, in whatever browser."""
    member = office.member("tanaka")
    browser = office.browser()
    browser.give_password("tanaka", PASSWORD)
    for _ in range(5):
        assert browser.post("sign-in/code", code="123456").status_code == 422
    other = office.browser()
    other.give_password("tanaka", PASSWORD)
    assert "待って" in said(other.post("sign-in/code", code=member.code()))


def test_no_code_is_good_twice(office: Office) -> None:
    """A code that somebody read over a shoulder is spent."""
    member = office.member("tanaka")
    code = member.code()
    first, second = office.browser(), office.browser()
    for browser, status in ((first, 303), (second, 422)):
        browser.give_password("tanaka", PASSWORD)
        assert browser.post("sign-in/code", code=code).status_code == status


@pytest.mark.parametrize(("minutes", "status"), [(0.5, 303), (-0.5, 303), (2, 422), (-2, 422)])
def test_a_phones_clock_may_be_half_a_minute_off(one_office: Office, minutes: float, status: int) -> None:
    """One step to either side is accepted, no more."""
    member = one_office.member("tanaka")
    one_office.clock.forward(minutes=10)
    one_office.clock.forward(minutes=minutes)
    code = member.code()
    one_office.clock.forward(minutes=-minutes, seconds=-30 + 30)
    browser = one_office.browser()
    browser.give_password("tanaka", PASSWORD)
    assert browser.post("sign-in/code", code=code).status_code == status


@pytest.mark.parametrize("write", [str, str.upper, lambda code: code.replace("-", " "), lambda c: f" {c} "])
def test_a_recovery_code_is_good_once(office: Office, write: object) -> None:
    """However it is typed; then it is spent, and how many are left is said."""
    member = office.member("tanaka")
    code = write(member.codes[3])  # type: ignore[operator]
    browser = office.browser()
    browser.give_password("tanaka", PASSWORD)
    assert browser.post("sign-in/code", code=code).status_code == 303
    assert "残りは9個" in said(browser.get(""))
    again = office.browser()
    again.give_password("tanaka", PASSWORD)
    assert again.post("sign-in/code", code=code).status_code == 422
    assert len(rows(office.database, staff_recovery_codes)) == 9
    assert "recovery-code-used" in actions(office)


def test_somebody_elses_recovery_code_opens_nothing(office: Office) -> None:
    """A recovery code belongs to one account."""
    office.member("tanaka")
    sato = office.member("sato")
    browser = office.browser()
    browser.give_password("tanaka", PASSWORD)
    assert browser.post("sign-in/code", code=sato.codes[0]).status_code == 422


def test_steps_of_the_first_sign_in_cannot_be_skipped(one_office: Office) -> None:
    """The one-time password alone opens no page, and every address leads back to the step that is due."""
    browser = one_office.browser()
    browser.give_password("tanaka", one_office.add("tanaka"))
    for path in ("", "account/", "first/authenticator"):
        assert browser.get(path, follow_redirects=True).request.path == "/console/first/password"
    browser.post("first/password", new=PASSWORD, again=PASSWORD)
    for path in ("", "sign-in/code", "first/password"):
        assert browser.get(path, follow_redirects=True).request.path == "/console/first/authenticator"
    assert browser.post("first/authenticator", code="000000").status_code == 422


def test_the_one_time_password_is_good_once(office: Office) -> None:
    """After the first sign-in only the own password is."""
    password = office.add("tanaka")
    office.browser().first_sign_in("tanaka", password)
    assert WRONG in said(office.browser().give_password("tanaka", password))


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [
        ("short", "short", "12文字以上"),
        ("x" * 129, "x" * 129, "128文字以内"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "推測されやすい"),
        ("password1234", "password1234", "推測されやすい"),
        ("Passw0rd2026!!", "Passw0rd2026!!", "推測されやすい"),
        ("qwertyuiop123", "qwertyuiop123", "推測されやすい"),
        ("tanaka123456", "tanaka123456", "推測されやすい"),
        ("tokushima2026", "tokushima2026", "推測されやすい"),
        ("徳島市役所徳島市役所2026", "徳島市役所徳島市役所2026", "推測されやすい"),
        ("kaze no tani 42", "kaze no tani 43", "一致しません"),
    ],
)
def test_weak_passwords_are_refused(one_office: Office, new: str, again: str, told: str) -> None:
    """Short, known, made of the own or the city's name, or typed in two ways: one sentence says which."""
    browser = one_office.browser()
    browser.give_password("tanaka", one_office.add("tanaka"))
    page = browser.post("first/password", new=new, again=again)
    assert page.status_code == 422
    assert told in said(page)
    assert new not in page.text


@pytest.mark.parametrize(
    "password",
    [
        "うみべのまちで風がふく。",
        "correct horse battery",
        "tokushima no umi wa aoi",
        "🐢🐢 to 🌊 no uta",
        "4829175039628841",
    ],
)
def test_good_passwords_need_no_special_signs(one_office: Office, password: str) -> None:
    """Any script, spaces, one's own words beside known ones."""
    browser = one_office.browser()
    browser.give_password("tanaka", one_office.add("tanaka"))
    assert browser.post("first/password", new=password, again=password).status_code == 303


def test_nothing_that_opens_a_door_is_kept(office: Office) -> None:
    """No password, secret, token or code stands in any table."""
    one_time = office.add("tanaka")
    browser = office.browser()
    browser.first_sign_in("tanaka", one_time)
    with browser.client.session_transaction(base_url=browser.base["base_url"]) as held:
        token = held["token"]
    everything = "".join(str(rows(office.database, table)) for table in metadata.sorted_tables)
    plain = [code.replace("-", "") for code in browser.codes]
    for secret in (one_time, PASSWORD, browser.secret, token, *browser.codes, *plain):
        assert secret not in everything
    assert rows(office.database, staff)[0]["password"].startswith("$argon2id$")


def test_the_secret_is_the_same_until_the_set_up_is_done(one_office: Office) -> None:
    """Opening the page twice does not make the phone's first try worthless."""
    browser = one_office.browser()
    browser.give_password("tanaka", one_office.add("tanaka"))
    browser.post("first/password", new=PASSWORD, again=PASSWORD)
    first, second = (secret_in(browser.get("first/authenticator")) for _ in range(2))
    assert first == second


def test_too_many_at_once_are_told_to_wait(one_office: Office) -> None:
    """Passwords are looked at two at a time with two waiting: a fifth is sent away at once."""
    from bot.console.access import passwords

    one_office.add("tanaka")
    taken = [passwords._waiting.acquire(blocking=False) for _ in range(4)]
    try:
        assert "混み合って" in said(one_office.browser().give_password("tanaka", "x"))
    finally:
        for _ in taken:
            passwords._waiting.release()


def test_a_sign_in_that_was_left_half_way_ends(office: Office) -> None:
    """Half an hour after the password it is asked for again, and no row is left behind."""
    office.member("tanaka")
    browser = office.browser()
    browser.give_password("tanaka", PASSWORD)
    office.clock.forward(minutes=31)
    assert browser.get("sign-in/code").headers["Location"].startswith("/console/sign-in?")
    other = office.browser()
    other.give_password("tanaka", PASSWORD)
    assert sorted(row["stage"] for row in rows(office.database, staff_sessions)) == ["full", "password"]
