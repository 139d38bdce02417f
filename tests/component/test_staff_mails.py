"""Staff who gave an address are told by mail: what, to whom, how often it is tried, and how it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.broadcasts import review
from bot.broadcasts.office import Office as Broadcasts
from bot.broadcasts.office import Officer
from bot.clock import Clock
from bot.console.access import accounts
from bot.mail import Letter
from bot.services import Services
from bot.store import staff, staff_mails
from bot.store.database import Connection, Database
from bot.store.moments import SECOND, micros
from bot.store.staff_tables import audit_log
from bot.store.staff_tables import staff as staff_table
from bot.store.staff_tables import staff_mails as outbox
from bot.wiring import build_office
from jobs import mails, retention
from tests.component.broadcasting import APPROVER, OTHER, WRITER, at_noon, handed_in, open_office
from tests.component.offices import Office, said
from tests.component.rows import rows

SERVER = {"smtp_url": SecretStr("smtps://u:p@mail.example"), "mail_from": "bot@example.org"}
MINUTE = 60 * SECOND


@dataclass
class PostBox:
    """A mail server that is `well`, or that is not."""

    well: bool = True
    taken: list[Letter] = field(default_factory=list)

    def send(self, letters: Iterable[Letter]) -> Iterator[tuple[Letter, str | None]]:
        for letter in letters:
            if self.well:
                self.taken.append(letter)
            yield letter, None if self.well else "TimeoutError"


def told_by_mail(office: Broadcasts, who: Officer, address: str, language: str = "ja") -> None:
    def give(connection: Connection) -> None:
        account = staff.named(connection, who.name)
        assert account
        staff.change(connection, account.id, mail=address, language=language)

    office.database.write(give)


def test_approvers_are_told_by_mail_until_when(database: Database) -> None:
    """Who has an address gets title, due time and link in their language, once; the author gets nothing."""
    office = replace(open_office(database), mails=True)
    told_by_mail(office, WRITER, "writer@example.jp")
    told_by_mail(office, APPROVER, "approver@example.jp", "en")
    waiting = handed_in(office)
    server, now = PostBox(well=False), office.now()
    for at in (now, now + MINUTE - 1):
        mails.send(database, server, at)
    assert [(row["tries"], row["try_at"]) for row in rows(database, outbox)] == [(1, now + MINUTE)]
    server.well = True
    for at in (now + MINUTE, now + 2 * MINUTE):
        mails.send(database, server, at)
    (letter,) = server.taken
    assert (letter.to, letter.subject) == ("approver@example.jp", "Waits for approval: おはなし会")
    assert "to go out on 2026-11-25 12:00" in letter.text
    assert letter.text.endswith(f"\nhttps://bot.example/console/broadcasts/{waiting.id}")
    assert [(row["try_at"], row["sent_at"]) for row in rows(database, outbox)] == [(None, now + MINUTE)]


@pytest.fixture
def desk(sqlite_store_url: str) -> Iterator[Broadcasts]:
    """An office that mails, on SQLite only: for what no database can change."""
    database = Database(sqlite_store_url)
    yield replace(open_office(database), mails=True)
    database.close()


def test_who_wrote_it_is_told_what_became_of_it(desk: Broadcasts) -> None:
    """Sent back: the author's mail says why and when it was to go out; the approvers get none of it."""
    told_by_mail(desk, WRITER, "writer@example.jp")
    waiting = handed_in(desk)
    review.send_back(desk, APPROVER, waiting.id, waiting.version, "場所がありません")
    (mail,) = rows(desk.database, outbox)
    assert mail["subject"] == "「おはなし会」について"
    assert "場所がありません" in mail["text"]
    assert "\n配信予定：2026-11-25 12:00\n" in mail["text"]


def test_a_mail_is_given_up_after_a_day(desk: Broadcasts) -> None:
    """Tried after 1, 5, and every 30 minutes; the last time before a day is over."""
    told_by_mail(desk, APPROVER, "approver@example.jp")
    handed_in(desk)
    server, made, tried = PostBox(well=False), at_noon(desk), []
    for _ in range(60):
        if (at := rows(desk.database, outbox)[0]["try_at"]) is not None:
            tried.append(at - made)
            mails.send(desk.database, server, at)
    assert tried[:4] == [0, MINUTE, 6 * MINUTE, 36 * MINUTE]
    assert mails.USEFUL - 30 * MINUTE <= tried[-1] < mails.USEFUL


def test_a_mail_that_nobody_could_send_in_time_stays_unsent(desk: Broadcasts) -> None:
    """After a long rest of the worker no news of yesterday arrives."""
    told_by_mail(desk, APPROVER, "approver@example.jp")
    handed_in(desk)
    server = PostBox()
    mails.send(desk.database, server, at_noon(desk, days=1))
    assert server.taken == []


def test_without_a_mail_server_nothing_is_written(desk: Broadcasts) -> None:
    """An address alone makes no mail."""
    told_by_mail(desk, APPROVER, "approver@example.jp")
    handed_in(replace(desk, mails=False))
    assert rows(desk.database, outbox) == []


def test_who_is_disabled_gets_nothing_more(desk: Broadcasts) -> None:
    """Their address and the mails to them are gone, sent or not; the others' stay."""
    for who in (APPROVER, OTHER):
        told_by_mail(desk, who, f"{who.role}@example.jp")
    handed_in(desk)
    first, second = (row["to_whom"] for row in rows(desk.database, outbox))
    accounts.disable(desk.database, accounts.Deed("(test)", 1, 1), first)
    assert [row["to_whom"] for row in rows(desk.database, outbox)] == [second]
    assert [row["id"] for row in rows(desk.database, staff_table) if row["mail"]] == [second]


def test_mails_are_forgotten_after_a_week(desk: Broadcasts) -> None:
    """The outbox keeps the younger ones."""
    clock = Clock()
    for days in (6, 8):
        at = micros(clock.now() - timedelta(days=days))
        desk.database.write(lambda c, at=at, days=days: staff_mails.put(c, 1, f"{days}", "", at))
    retention.forget_mails(desk.database, clock)
    assert [row["subject"] for row in rows(desk.database, outbox)] == ["6"]


def test_practice_never_mails(city_services: Services) -> None:
    """With the practice LINE there is no job that mails, and nothing is written for it."""
    for address, mailed in (("https://api.line.me", True), ("http://127.0.0.1:8700", False)):
        settings = city_services.settings.model_copy(update={**SERVER, "line_api_base": address})
        services = replace(city_services, settings=settings)
        assert bool(mails.jobs(services)) is mailed
        assert build_office(services).mails is mailed


@pytest.fixture
def console(city_services: Services, sqlite_store_url: str, quick_hashes: None) -> Iterator[Office]:
    """A console where mails leave."""
    office = Office.of(city_services, sqlite_store_url, **SERVER)
    yield office
    office.database.close()


def test_the_own_address_is_set_and_removed(console: Office) -> None:
    """By its owner alone; the record knows that, not which."""
    browser = console.member("tanaka")
    browser.post("account/mail", mail=" tanaka@example.jp ")
    assert [row["mail"] for row in rows(console.database, staff_table)] == ["tanaka@example.jp"]
    assert "tanaka@example.jp" in said(browser.get("account/"))
    browser.post("account/mail/remove", "account/")
    assert [row["mail"] for row in rows(console.database, staff_table)] == [None]
    record = rows(console.database, audit_log)
    assert [row["action"] for row in record][-2:] == ["mail-set", "mail-removed"]
    assert "example.jp" not in str(record)


@pytest.mark.parametrize(
    "address",
    ["", "tanaka", "田中@example.jp", "t@example.jp, x@example.org", "t@example.jp\r\nBcc: x@example.org"],
)
def test_what_is_no_address_is_not_kept(address: str, console: Office) -> None:
    """One sentence says what is wanted, and what was typed stays on the page."""
    page = console.member("tanaka").post("account/mail", mail=address)
    assert page.status_code == 422
    assert "name@example.jp" in said(page)
    assert [row["mail"] for row in rows(console.database, staff_table)] == [None]


def test_without_a_mail_server_nobody_is_asked_for_an_address(one_office: Office) -> None:
    """The account page does not speak of mails, and the form is not there."""
    browser = one_office.member("tanaka")
    assert "account/mail" not in browser.get("account/").text
    assert browser.get("account/mail").status_code == 404
