"""A city's PR staff at work, for tests: an office over a database, accounts, and what LINE says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from bot.broadcasts import drafts, review
from bot.broadcasts.model import Broadcast, Variant
from bot.broadcasts.office import Office, Officer
from bot.broadcasts.refused import Refused
from bot.knowledge.broadcasting import Broadcasting
from bot.language.speech import Speech
from bot.language.staff import load_staff
from bot.line.port import Allowance, Outcome, Sent
from bot.store import staff
from bot.store.database import Database
from bot.store.models import send_orders
from bot.store.moments import micros
from tests.component.rows import rows
from tests.component.sending import followers
from tests.real import JST, ROOT, voices

WRITER, APPROVER, OTHER = (
    Officer("書き手", "writer"),
    Officer("承認者", "approver"),
    Officer("別の人", "approver"),
)
VIEWER = Officer("見る人", "viewer")
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
TEXTS = {
    "ja": "11月28日（土）10時から、図書館でおはなし会があります。",
    "ja-simple": "11月28日 10時（じ）から、図書館（としょかん）で お話（はなし）の 会（かい）。",
    "en": "Story time at the library on Saturday, November 28 from 10:00 am.",
    "zh-Hans": "11月28日（周六）10点起，图书馆将举办故事会。",
    "zh-Hant": "11月28日（週六）10點起，圖書館將舉辦故事會。",
}
"""The same facts in every language."""


@dataclass
class SaidLine:
    """What LINE says when it is asked."""

    left: int | None = None
    outcome: Outcome = Outcome.ACCEPTED
    validation: Sent = field(default_factory=lambda: Sent(Outcome.ACCEPTED))

    def allowance(self) -> Allowance:
        return Allowance(self.outcome, self.left)

    def validate(self, messages: bytes) -> Sent:
        return self.validation


@dataclass
class Moved:
    """A clock that stands where it is put."""

    at: datetime = NOON

    def __call__(self) -> int:
        return micros(self.at)

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@cache
def staff_voices() -> dict[str, Speech]:
    return dict(load_staff(ROOT / "locales"))


def open_office(database: Database, people: int = 3, **city: Any) -> Office:
    """Return an office with accounts and some followers; `city` are settings of broadcasts."""
    for who in (WRITER, APPROVER, OTHER, VIEWER):
        database.write(lambda c, who=who: staff.add(c, who.name, who.name, who.role, "x", 0, 0))
    if people:
        followers(database, people, ("ja", "en", "zh-Hans"))
    return opened(database, Moved(), **city)


def opened(database: Database, clock: Callable[[], int], **city: Any) -> Office:
    """Return an office over a database as it is."""
    areas = dict.fromkeys("AB")
    decided = SimpleNamespace(
        broadcasts=Broadcasting(**city), timezone="Asia/Tokyo", link_hosts=["www.city.tokushima.tokushima.jp"]
    )
    knowledge: Any = SimpleNamespace(city=decided, calendar=SimpleNamespace(areas=areas))
    return Office(database, knowledge, voices(), staff_voices(), clock, SaidLine(), "https://bot.example")


def at_noon(office: Office, **by: float) -> int:
    """Return a moment so much after the noon at which every test begins."""
    return micros(NOON + timedelta(**by))


def written(office: Office, **more: Any) -> Broadcast:
    """Return a draft that can be handed in, due in a day unless told otherwise."""
    variants = {tag: Variant(tag, text) for tag, text in TEXTS.items()}
    fields = {"variants": variants, "due_at": at_noon(office, days=1), "topic": "library", **more}
    return drafts.create(office, WRITER, "おはなし会", **fields)


def handed_in(office: Office, **more: Any) -> Broadcast:
    """Return a broadcast that waits for approval."""
    draft = written(office, **more)
    return review.submit(office, WRITER, draft.id, draft.version)


def approved(office: Office, **more: Any) -> Broadcast:
    """Return a scheduled broadcast."""
    waiting = handed_in(office, **more)
    return review.approve(office, APPROVER, waiting.id, waiting.version)


def saying(office: Office, tag: str, text: str) -> dict[str, Any]:
    """Return the change of one text."""
    return {"variants": {tag: Variant(tag, text)}}


def moved(office: Office) -> Moved:
    """Return the clock of an office."""
    assert isinstance(office.now, Moved)
    return office.now


def with_line(office: Office, **said: Any) -> Office:
    """Return the office with a LINE that says something else."""
    return replace(office, line=SaidLine(**said))


def staff_member_with(office: Office, who: Officer, user_id: str) -> None:
    """Link the LINE account of somebody."""

    def link(connection: Any) -> None:
        account = staff.named(connection, who.name)
        assert account
        staff.change(connection, account.id, line_user_id=user_id)

    office.database.write(link)


def refusal(work: Callable[[], object]) -> str:
    """Return why something is refused."""
    with pytest.raises(Refused) as why:
        work()
    return str(why.value.remark)


def orders_of(office: Office) -> list[dict[str, Any]]:
    """Return the send orders of broadcasts."""
    return [row for row in rows(office.database, send_orders) if row["kind"] == "broadcast"]
