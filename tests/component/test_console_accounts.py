"""Accounts: what admins do to others', what everybody does to their own, and the record of it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, text, update

from bot.broadcasts import drafts, review
from bot.broadcasts.office import Officer
from bot.console.access import accounts
from bot.console.access.accounts import LastAdmin
from bot.console.access.roles import Role
from bot.lifecycle import Order
from bot.services import Services
from bot.store import audit
from bot.store import staff as store
from bot.store.database import StoreError
from bot.store.staff_tables import audit_log, staff
from tests.component.broadcasting import approved, handed_in, open_office
from tests.component.offices import PASSWORD, Office, said, secret_in
from tests.component.rows import rows
from tests.component.waiting import until


def one_time_in(page: str) -> str:
    found = re.search(r'id="one-time-password">([^<]+)<', page)
    assert found
    return found[1]


def test_an_admin_adds_somebody_who_then_signs_in(office: Office) -> None:
    """Name and role are enough; the one-time password is shown once and kept nowhere."""
    admin = office.member("admin", Role.ADMIN)
    page = admin.post("staff/new", name=" 森  花子 ", role="approver")
    password = one_time_in(page.text)
    assert "森 花子" in said(admin.get("staff/"))
    assert "初回サインイン待ち" in said(admin.get("staff/"))
    newcomer = office.browser()
    newcomer.first_sign_in("森 花子", password)
    assert "承認者" in said(newcomer.get("account/"))
    assert password not in str(rows(office.database, audit_log))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "40文字以内"), ("   ", "40文字以内"), ("x" * 41, "40文字以内"), ("a<b>", "40文字以内"),
        ("(cli)", "40文字以内"), ("---", "40文字以内"), ("ＡＤＭＩＮ", "同じ名前"), ("admin", "同じ名前"),
    ],
)  # fmt: skip
def test_names_that_cannot_be(one_office: Office, name: str, told: str) -> None:
    """Empty, too long, with marks of its own or taken: one sentence says which, and nothing is added."""
    admin = one_office.member("admin", Role.ADMIN)
    page = admin.post("staff/new", name=name, role="writer")
    assert page.status_code == 422
    assert told in said(page)
    assert len(rows(one_office.database, staff)) == 1


def test_a_role_that_does_not_exist(one_office: Office) -> None:
    """Only a made-up form names one."""
    admin = one_office.member("admin", Role.ADMIN)
    assert admin.post("staff/new", name="sato", role="king").status_code == 400
    assert len(rows(one_office.database, staff)) == 1


def test_another_role_takes_effect_at_once(office: Office) -> None:
    """Who was a writer and becomes an admin sees the admin's pages after signing in again."""
    admin, writer = office.member("admin", Role.ADMIN), office.member("tanaka")
    admin.post("staff/2/role", role="admin")
    assert "tanakaさんの役割を「管理者」" in said(admin.get("staff/"))
    writer.sign_in("tanaka")
    assert writer.get("staff/").status_code == 200
    (entry,) = [row for row in rows(office.database, audit_log) if row["action"] == "staff-role-changed"]
    assert (entry["actor"], entry["subject"], entry["details"]) == (
        "admin", "tanaka", {"before": "writer", "after": "admin"},
    )  # fmt: skip


@pytest.mark.parametrize(("path", "fields"), [("staff/1/disable", {}), ("staff/1/role", {"role": "writer"})])
def test_the_last_admin_stays(office: Office, path: str, fields: dict[str, str]) -> None:
    """Otherwise nobody could manage accounts; a disabled admin does not count."""
    admin = office.member("admin", Role.ADMIN)
    office.member("second", Role.ADMIN)
    admin.post("staff/2/disable")
    admin.post(path, **fields)
    assert "先にほかの人を管理者に" in said(admin.get("staff/"))
    assert admin.signed_in


def test_two_admins_cannot_remove_each_other(
    city_services: Services, postgres_store_url: str, quick_hashes: None
) -> None:
    """At the same moment: the second waits, and is then the last. SQLite has one writer anyway."""
    office = Office.of(city_services, postgres_store_url)
    office.add("one", Role.ADMIN)
    office.add("two", Role.ADMIN)
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    waits = text(f"{waiting} AND datname = current_database()")

    def demote_the_second() -> None:
        accounts.change_role(office.database, office.desk.deed("(test)"), 2, Role.WRITER)

    with ThreadPoolExecutor(1) as thread:
        with office.database._engine.begin() as first:
            assert store.with_role(first, Role.ADMIN) == [1, 2]
            second = thread.submit(demote_the_second)
            until(
                lambda: second.done() or office.database.read(lambda c: c.execute(waits).scalar_one()) > 0,
                "the second waits",
            )
            store.change(first, 1, role="writer")
        assert isinstance(second.exception(), LastAdmin)
    assert sorted(row["role"] for row in rows(office.database, staff)) == ["admin", "writer"]
    office.database.close()


def test_whoever_is_reset_begins_anew(office: Office) -> None:
    """Password, authenticator and recovery codes are gone; a disabled account is open again."""
    admin, writer = office.member("admin", Role.ADMIN), office.member("tanaka")
    admin.post("staff/2/disable")
    assert "停止中" in said(admin.get("staff/"))
    password = one_time_in(admin.post("staff/2/reset").text)
    assert writer.give_password("tanaka", PASSWORD).status_code == 422
    writer.first_sign_in("tanaka", password)
    assert writer.signed_in


def test_an_account_that_does_not_exist(one_office: Office) -> None:
    """No page, whatever the number."""
    admin = one_office.member("admin", Role.ADMIN)
    for number in ("0", "99", "2147483647", "99999999999999999999", "-1", "x"):
        assert admin.get(f"staff/{number}/role").status_code == 404


def test_another_authenticator_replaces_the_first(one_office: Office) -> None:
    """The first one works until the second shows the right code; then only the second does."""
    browser = one_office.member("tanaka")
    first, codes = browser.secret, browser.codes
    second = secret_in(browser.get("account/authenticator"))
    assert second != first
    assert browser.post("account/authenticator", code=browser.code()).status_code == 422
    browser.secret = second
    page = browser.post("account/authenticator", code=browser.code())
    assert len(set(re.findall(r"<li><code>([^<]+)</code>", page.text)) - set(codes)) == 10
    for secret, code, status in ((first, None, 422), (second, codes[0], 422), (second, None, 303)):
        other = one_office.browser()
        other.secret = secret
        other.give_password("tanaka", PASSWORD)
        assert other.post("sign-in/code", code=code or other.code()).status_code == status


def test_new_recovery_codes_replace_the_old(one_office: Office) -> None:
    """After a question; the old ones open nothing any more."""
    browser = one_office.member("tanaka")
    page = browser.post("account/recovery-codes")
    new = re.findall(r"<li><code>([^<]+)</code>", page.text)
    assert len(set(new) | set(browser.codes)) == 20
    for code, status in ((browser.codes[0], 422), (new[0], 303)):
        other = one_office.browser()
        other.give_password("tanaka", PASSWORD)
        assert other.post("sign-in/code", code=code).status_code == status


def test_few_recovery_codes_left_is_said_at_home(one_office: Office) -> None:
    """Three or fewer are a matter for their owner."""
    browser = one_office.member("tanaka")
    assert "対応を待っているものはありません" in said(browser.get(""))
    for code in browser.codes[:7]:
        other = one_office.browser()
        other.give_password("tanaka", PASSWORD)
        other.post("sign-in/code", code=code)
    assert "復旧コードの残りが3個" in said(browser.get(""))


def test_the_password_is_changed_only_by_who_knows_it(one_office: Office) -> None:
    """An open browser alone is not enough, and guessing ends soon."""
    browser = one_office.member("tanaka")
    new = "mada minu machi no 7 mado"
    for _ in range(5):
        page = browser.post("account/password", old="guess", new=new, again=new)
        assert "パスワードが違います" in said(page)
    assert "待って" in said(browser.post("account/password", old=PASSWORD, new=new, again=new))


def test_nothing_in_the_record_can_be_changed(office: Office) -> None:
    """The database itself refuses to change or delete an entry."""
    office.add("tanaka")
    before = rows(office.database, audit_log)
    for statement in (update(audit_log).values(actor="x"), delete(audit_log)):
        with pytest.raises(StoreError):
            office.database.write(lambda connection, order=statement: connection.execute(order))
    if "postgres" in str(office.database._engine.url):
        with pytest.raises(StoreError):
            office.database.write(lambda connection: connection.execute(text("TRUNCATE audit_log")))
    assert rows(office.database, audit_log) == before


def test_a_deed_that_fails_leaves_no_entry(office: Office) -> None:
    """The entry and the deed are one transaction."""
    office.add("admin", Role.ADMIN)
    with pytest.raises(LastAdmin):
        accounts.disable(office.database, office.desk.deed("(test)"), 1)
    assert [row["action"] for row in rows(office.database, audit_log)] == ["staff-added"]


def test_the_record_can_be_filtered_and_turned_over(office: Office) -> None:
    """By who, by what, fifty a page, newest first; strange filters find nothing or everything."""
    admin = office.member("admin", Role.ADMIN)
    office.browser().give_password("nobody", "secret word")

    def work(connection: object) -> None:
        for number in range(60):
            audit.note(connection, number, "sato", "staff-added", f"n{number}", role="writer")  # type: ignore[arg-type]

    office.database.write(work)
    first = admin.get("record/?who=sato")
    assert "n59" in said(first)
    assert "n9 " not in said(first)
    older = re.search(r'href="/console/(record/\?[^"]*before=\d+)"', first.text)
    assert older
    assert "n9 " in said(admin.get(older[1].replace("&amp;", "&")))
    failures = said(admin.get("record/?kind=failure"))
    assert "サインインに失敗" in failures
    assert "不明" in failures
    assert "nobody" not in failures
    assert "アカウントを追加" not in failures.partition("日時")[2]
    for strange in ("kind=x", "before=99999999999999", "before=-1", "before=x", "who=a%00b", "who='--"):
        assert admin.get(f"record/?{strange}").status_code == 200


def test_home_shows_the_day(office: Office) -> None:
    """Questions by status, friends, how well the service is, and who was here."""
    from bot.store import counts

    browser = office.member("tanaka")
    today = office.desk.services.clock.today()

    def work(connection: object) -> None:
        for status in ("answered", "answered", "choices", "unknown", "safety", "none"):
            counts.add(connection, today, "topic", "ja", status, 5)  # type: ignore[arg-type]

    office.database.write(work)
    page = said(browser.get(""))
    for told in (
        "質問 5",
        "回答・聞き返し 3",
        "窓口を案内 1",
        "危険・緊急の案内 1",
        "話しかけてくれた友だち 0",
    ):
        assert told in page
    assert "データベース 正常" in page
    assert "tanaka" in page


def test_who_loses_the_right_takes_their_approvals_along(one_office: Office) -> None:
    """A disabled approver, or one who only writes now, has approved nothing that did not leave yet."""
    deed = one_office.desk.deed("admin")
    desk = open_office(one_office.database)
    first, second = approved(desk), handed_in(desk)
    named = one_office.database.read(lambda c: accounts.named(c, "承認者"))
    accounts.change_role(one_office.database, deed, named.id, Role.WRITER)
    assert drafts.load(desk, first.id).status is Order.DRAFT
    review.approve(desk, Officer("別の人", "approver"), second.id, second.version)
    other = one_office.database.read(lambda c: accounts.named(c, "別の人"))
    accounts.disable(one_office.database, deed, other.id)
    assert drafts.load(desk, second.id).status is Order.DRAFT
