"""The gate of the console: from where, who, as what, how fresh, with which form."""

from __future__ import annotations

import re

import pytest

from bot.console.access.roles import Role
from bot.services import Services
from bot.store.models import metadata
from tests.component.offices import PASSWORD, Office, said, token_in
from tests.component.rows import rows

ANSWERS = {
    "account/": dict.fromkeys(Role, 200),
    "": dict.fromkeys(Role, 200),
    "record/": {role: 200 if role is Role.ADMIN else 403 for role in Role},
    "staff/": {role: 200 if role is Role.ADMIN else 403 for role in Role},
    "staff/new": {role: 200 if role is Role.ADMIN else 403 for role in Role},
    "staff/1/role": {role: 200 if role is Role.ADMIN else 403 for role in Role},
}


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_pages_and_no_other(one_office: Office, role: Role) -> None:
    """A page that a role may not open is neither shown nor offered."""
    browser = one_office.member("tanaka", role)
    assert {path: browser.get(path).status_code for path in ANSWERS} == {
        path: answers[role] for path, answers in ANSWERS.items()
    }
    offered = re.findall(r"<nav.*?</nav>", browser.get("").text, re.DOTALL)[0]
    for path in ("record/", "staff/"):
        assert (f"/console/{path}" in offered) == (ANSWERS[path][role] == 200)


def test_forms_are_refused_by_role_too(one_office: Office) -> None:
    """Hiding a page is not what keeps it shut."""
    writer = one_office.member("tanaka", Role.WRITER)
    token = token_in(writer.get("account/"))
    form = {"csrf_token": token, "name": "friend", "role": "admin"}
    for path in ("staff/new", "staff/1/role", "staff/1/disable", "staff/1/reset"):
        page = writer.send(path, form)
        assert page.status_code == 403
        assert "いまの役割では" in said(page)


def test_without_signing_in_every_page_leads_to_the_door(one_office: Office) -> None:
    """No page, no form and no method lets anybody in; only the form of the door itself is there."""
    stranger = one_office.browser()
    open_pages = {"static", "sign_in.password", "sign_in.take_password", "sign_in.out", "language.take"}
    tried = 0
    for rule in one_office.app.url_map.iter_rules():
        name = rule.endpoint.removeprefix("console.")
        if name == rule.endpoint or name in open_pages:
            continue
        one_of = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
        path = re.sub(r"<[^>]+>", "1", one_of).removeprefix("/console/")
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = stranger.client.open(f"/console/{path}", method=method, **stranger.base)
            assert (answer.status_code, method, path) == (303, method, path)
            assert answer.headers["Location"].startswith("/console/sign-in?next=/console/")
            tried += 1
    assert tried > 30


def test_a_page_that_names_no_rule_stays_shut(one_office: Office) -> None:
    """Whoever forgets to say who may open a page has shut it for everybody."""
    one_office.app._got_first_request = False
    one_office.app.add_url_rule("/console/forgotten", "console.forgotten", lambda: "open!")
    admin = one_office.member("admin", Role.ADMIN)
    assert admin.get("forgotten").status_code == 403


FORMS: dict[str, dict[str, str]] = {
    "sign-in": {"name": "tanaka", "password": PASSWORD},
    "sign-out": {},
    "language": {"language": "en"},
    "account/password": {"old": PASSWORD, "new": "x" * 20, "again": "x" * 20},
    "account/looks": {"language": "en", "text_size": "large"},
    "account/sessions/end-others": {},
    "account/recovery-codes": {},
    "staff/new": {"name": "friend", "role": "admin"},
    "staff/1/reset": {},
}


def test_forms_of_others_do_nothing(one_office: Office) -> None:
    """Without the token of this very browser a form changes nothing and says so calmly."""
    browser = one_office.member("tanaka", Role.ADMIN)
    before = [rows(one_office.database, table) for table in metadata.sorted_tables]
    for token in ("", "made-up", token_in(one_office.browser().get("sign-in"))):
        for path, fields in FORMS.items():
            page = browser.send(path, {**fields, "csrf_token": token} if token else fields)
            assert (page.status_code, path) == (400, path)
            assert "何も行いませんでした" in said(page)
    assert [rows(one_office.database, table) for table in metadata.sorted_tables] == before


def test_a_fresh_proof_is_asked_for_after_ten_minutes(office: Office) -> None:
    """For deeds on accounts; the code or the password is enough, and one comes back to where one was."""
    admin = office.member("admin", Role.ADMIN)
    assert admin.get("staff/new").status_code == 200
    form = {"csrf_token": token_in(admin.get("staff/new")), "name": "sato", "role": "writer"}
    office.clock.forward(minutes=10)
    assert admin.get("staff/").status_code == 200
    for answer in (admin.get("staff/new"), admin.send("staff/new", form)):
        assert answer.headers["Location"] == "/console/again?next=/console/staff/new"
    again = "again?next=/console/staff/new"
    assert admin.post("again", again, next="/console/staff/new", code="000000").status_code == 422
    assert admin.post("again", again, next="/console/staff/new", password="wrong").status_code == 422
    assert admin.post("again", again, next="/console/staff/new", password="", code="").status_code == 422
    assert admin.get("staff/new").status_code == 303
    for proof in (lambda: {"password": PASSWORD}, lambda: {"code": admin.code()}):
        answer = admin.post("again", again, next="/console/staff/new", **proof())
        assert answer.headers["Location"] == "/console/staff/new"
        assert admin.get("staff/new").status_code == 200
        office.clock.forward(minutes=10)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "/console//evil.example",
        "/console/../webhook", "/webhook", "javascript:alert(1)", "/console/%0d%0aSet-Cookie:a=b",
        "/console/\r\nSet-Cookie: a=b", "\t//evil.example", "/console/@evil.example", "console/",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(one_office: Office, elsewhere: str) -> None:
    """A link that was sent to somebody cannot lead them from the door to another site."""
    member = one_office.member("tanaka")
    browser = one_office.browser()
    browser.secret = member.secret
    browser.get("sign-in", query_string={"next": elsewhere})
    browser.give_password("tanaka", PASSWORD)
    answer = browser.post("sign-in/code", code=browser.code())
    inside = answer.headers["Location"]
    assert inside == "/console/" or inside == elsewhere == "/console/%0d%0aSet-Cookie:a=b"
    assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))
    one_office.clock.forward(minutes=11)
    again = browser.post("again", next=elsewhere, code=browser.code())
    assert again.headers["Location"].startswith("/console/")
    back = browser.post("language", "", language="en", back=elsewhere)
    assert back.headers["Location"].startswith("/console/")


@pytest.mark.parametrize("path", ["sign-in", "", "account/", "nowhere"])
def test_no_header_of_the_request_comes_back(one_office: Office, path: str) -> None:
    """A made-up host leads nobody elsewhere and stands on no page."""
    browser = one_office.browser(**{"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    answer = browser.get(path, base_url="https://evil.example")
    assert "evil.example" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("path", ["sign-in", "", "account/", "staff/", "staff/99/role"])
def test_pages_are_guarded_by_headers(one_office: Office, path: str) -> None:
    """Only our own scripts, styles and forms; in no frame, in no cache, over https only."""
    answer = one_office.member("admin", Role.ADMIN).get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
        "connect-src": "'self'", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
    }  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not re.search(r"<[^>]+\s(style|on\w+)=|<script>|<style", answer.text)


def test_the_cookie_belongs_to_this_host_and_no_script(one_office: Office) -> None:
    """__Host-, Secure, HttpOnly and SameSite=Lax on the real thing; no cookie where nobody signs in."""
    (cookie,) = one_office.browser().get("sign-in").headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-awamado=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    client = one_office.app.test_client()
    for path in ("/", "/healthz", "/console/static/console.css"):
        assert "Set-Cookie" not in client.get(path).headers


def test_practice_needs_no_https(city_services: Services, sqlite_store_url: str, quick_hashes: None) -> None:
    """On this machine the cookie has a plain name, and the page shows what an authenticator would."""
    office = Office.of(city_services, sqlite_store_url, line_api_base="http://127.0.0.1:9")
    browser = office.browser()
    browser.first_sign_in("tanaka", office.add("tanaka"))
    assert browser.signed_in
    other = office.browser()
    cookie = other.get("sign-in").headers["Set-Cookie"]
    assert cookie.startswith("awamado=")
    assert "Secure" not in cookie
    other.give_password("tanaka", PASSWORD)
    shown = re.search(r'id="practice-code">(\d{6})<', other.get("sign-in/code").text)
    assert shown
    assert other.post("sign-in/code", code=shown[1]).status_code == 303
    office.clock.forward(minutes=10)
    shown = re.search(r'id="practice-code">(\d{6})<', other.get("again").text)
    assert shown
    assert other.post("again", code=shown[1]).status_code == 303
    office.database.close()


def test_the_real_thing_shows_no_code(one_office: Office) -> None:
    """Outside practice an authenticator is needed, and no page computes its code."""
    browser = one_office.browser()
    browser.give_password("tanaka", one_office.add("tanaka"))
    browser.post("first/password", new=PASSWORD, again=PASSWORD)
    pages = [browser.get("first/authenticator")]
    member = one_office.member("sato")
    pages.append(member.get("again"))
    assert all("practice-code" not in page.text for page in pages)
    assert all("本番" in page.text and "練習" not in page.text for page in pages)


@pytest.mark.parametrize(
    ("networks", "address", "seen"),
    [
        ((), "203.0.113.5", True),
        (("192.0.2.0/24",), "192.0.2.77", True),
        (("192.0.2.0/24",), "::ffff:192.0.2.77", True),
        (("192.0.2.0/24", "2001:db8::/32"), "2001:db8::1", True),
        (("192.0.2.0/24",), "203.0.113.5", False),
        (("192.0.2.0/24",), "2001:db8::1", False),
        (("192.0.2.0/24",), "", False),
    ],
)
def test_the_console_can_be_kept_to_networks(
    city_services: Services, sqlite_store_url: str, networks: tuple[str, ...], address: str, seen: bool
) -> None:
    """Elsewhere there is no such page, whatever is asked for; the webhook does not care."""
    office = Office.of(city_services, sqlite_store_url, console_networks=networks)
    client = office.app.test_client()
    at = {"environ_base": {"REMOTE_ADDR": address}}
    nowhere = client.get("/nowhere", **at)
    paths = ("/console", "/console/", "/console/sign-in", "/console/static/console.css", "/console/x")
    for path in paths[:4]:
        for method in ("GET",) if seen else ("GET", "POST", "PUT"):
            answer = client.open(path, method=method, **at)
            same = (answer.status_code, answer.data, dict(answer.headers)) == (
                404, nowhere.data, dict(nowhere.headers),
            )  # fmt: skip
            assert same is not seen, (method, path)
    assert client.post("/webhook", data=b"{}", **at).status_code == 400
    office.database.close()


def test_large_forms_are_refused(one_office: Office) -> None:
    """Before anything is looked at; the webhook's limit is another one."""
    browser = one_office.browser()
    token = token_in(browser.get("sign-in"))
    page = browser.send("sign-in", {"csrf_token": token, "name": "x" * 300_000, "password": "x"})
    assert page.status_code == 413
    assert "大きすぎます" in said(page)


def test_what_people_type_stays_text(one_office: Office) -> None:
    """A name made of mark-up is refused as a name and shown as it was typed."""
    admin = one_office.member("admin", Role.ADMIN)
    page = admin.post("staff/new", name='<script>alert("1")</script>', role="writer")
    assert page.status_code == 422
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


@pytest.mark.parametrize(
    "name", ["a\0b", "\ud800", "x" * 10_000, "'; DROP TABLE staff; --", "{{ 7*7 }}", "\u202eabc"]
)
def test_strange_names_are_only_wrong(office: Office, name: str) -> None:
    """Nothing that can be typed as a name or a password breaks the door."""
    browser = office.browser()
    token = token_in(browser.get("sign-in"))
    data = {"csrf_token": token, "name": name.encode("utf-8", "surrogatepass"), "password": name}
    data["password"] = data["name"]
    assert browser.send("sign-in", data).status_code == 422
    assert browser.get("sign-in").status_code == 200


def test_both_languages_are_spoken(one_office: Office) -> None:
    """The browser's language first, then what was chosen, also after signing out."""
    english = one_office.browser(**{"Accept-Language": "en-GB,en;q=0.9"})
    assert "Sign in" in said(english.get("sign-in"))
    browser = one_office.browser()
    page = browser.post("language", "sign-in", language="en", back="/console/sign-in")
    assert page.headers["Location"] == "/console/sign-in"
    assert '<html lang="en"' in browser.get("sign-in").text
    browser.first_sign_in("tanaka", one_office.add("tanaka"))
    assert '<html lang="ja"' in browser.get("").text  # an account has a language of its own
    browser.post("language", "", language="en", back="/console/account/")
    assert "My account" in said(browser.get("account/"))
    browser.post("sign-out", "")
    assert "You are signed out." in said(browser.get("sign-in"))
