"""What cannot be kept, handed in or approved: each time one clear sentence, and nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.broadcasts import checks, drafts, review, setting, starting, stopping, times
from bot.broadcasts.compose import KEYS
from bot.broadcasts.model import Audience, Kind, Variant
from bot.broadcasts.office import Office
from bot.lifecycle import Order
from bot.line.port import Outcome
from bot.store.database import Database
from tests.component.broadcasting import (
    APPROVER,
    OTHER,
    TEXTS,
    VIEWER,
    WRITER,
    approved,
    at_noon,
    handed_in,
    moved,
    open_office,
    refusal,
    with_line,
    written,
)
from tests.notices import samples
from tests.real import knowledge


@pytest.fixture
def one(sqlite_store_url: str) -> Any:
    """An office on SQLite only: for what no database can change."""
    database = Database(sqlite_store_url)
    yield open_office(database)
    database.close()


SMALL: dict[str, tuple[dict[str, Any], str]] = {
    "past": ({"due_at": "past"}, "Its time has passed: choose another one."),
    "night": ({"due_at": "night"}, "It would ring between 21:00 and 07:00: confirm that."),
    "no longer valid": ({"valid_until": 2}, "It would no longer be valid when it goes out."),
    "nobody": (
        {"audience": Audience(languages=("zh-Hant",), unknown=False)},
        "Nobody would get it: nobody who follows the account is in this audience.",
    ),
    "too long": (
        {"variants": {"en": Variant("en", TEXTS["en"] + "x" * 5000)}},
        "1 thing has to be mended first.",
    ),
    "other time": (
        {"variants": {"en": Variant("en", "Story time on November 28 from 11:00 am.")}},
        "2 things have to be mended first.",
    ),
    "no text": ({"variants": {"zh-Hant": None}}, "1 thing has to be mended first."),
    "script link": (
        {"variants": {"ja": Variant("ja", TEXTS["ja"], link="javascript:alert(1)")}},
        "1 thing has to be mended first.",
    ),
    "strange host": (
        {"variants": {"ja": Variant("ja", TEXTS["ja"], link="https://evil.example/")}},
        "1 thing has to be mended first.",
    ),
    "test": (
        {"variants": {"ja": Variant("ja", TEXTS["ja"] + "（テスト）")}},
        "1 thing has to be mended first.",
    ),
}


@pytest.mark.parametrize("case", SMALL)
def test_what_cannot_be_handed_in(one: Office, case: str) -> None:
    """Each is one clear sentence, and the draft stays as it was."""
    fields, sentence = SMALL[case]
    if hours := {"night": 10, "past": -1}.get(str(fields.get("due_at"))):
        fields = {"due_at": at_noon(one, hours=hours)}
    draft = written(one)
    draft = drafts.save(one, WRITER, draft.id, draft.version, fields)
    assert refusal(lambda: review.submit(one, WRITER, draft.id, draft.version)) == sentence
    assert drafts.load(one, draft.id) == draft


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "title": ({"title": " \n"}, "The title has 1 to 120 characters."),
    "field": ({"status": "sent"}, "A broadcast has no field “status”."),
    "language": ({"variants": {"fr": Variant("fr", "x")}}, "There is no language “fr”."),
    "size": (
        {"variants": {"en": Variant("en", "x" * 20_001)}},
        "A text of 20001 characters cannot be kept; 20000 can.",
    ),
    "picture": ({"variants": {"en": Variant("en", "x", picture=7)}}, "There is no such picture."),
    "area": ({"audience": Audience(areas=("Z",))}, "Choose at least one area, among those that there are."),
    "nobody": ({"audience": Audience(languages=(), unknown=False)}, "Choose at least one language."),
    "fallback": ({"fallback": {"en": "fr"}}, "A fall-back names a language that there is not."),
    "hold": ({"hold_minutes": -1}, "It is held back for 0 to 1440 minutes."),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_kept(one: Office, case: str) -> None:
    """Refused with one sentence; nothing of the change is kept."""
    changes, sentence = WRONG[case]
    draft = written(one)
    assert refusal(lambda: drafts.save(one, WRITER, draft.id, draft.version, changes)) == sentence
    assert drafts.load(one, draft.id) == draft


def test_the_thirtieth_of_february_is_no_day(one: Office) -> None:
    """A date that does not exist is named; a good one is read in the city's time zone."""
    assert refusal(lambda: times.read(one, "2027-02-30 10:00")).startswith("“2027-02-30 10:00” is no date")
    assert times.read(one, "2026-11-24T12:00") == at_noon(one)


def test_nobody_approves_what_they_had_a_hand_in(one: Office) -> None:
    """Neither the writer, nor an approver who changed the text, nor somebody without the right."""
    draft = written(one)
    draft = drafts.save(one, OTHER, draft.id, draft.version, {"title": "別の件名"})
    waiting = review.submit(one, WRITER, draft.id, draft.version)
    own = "Somebody else has to approve what you wrote or handed in."
    assert refusal(lambda: review.approve(one, OTHER, waiting.id, waiting.version)) == own
    assert "may not" in refusal(lambda: review.approve(one, WRITER, waiting.id, waiting.version))
    assert review.approve(one, APPROVER, waiting.id, waiting.version).status is Order.SCHEDULED


@pytest.mark.parametrize(("left", "ok"), [(3, True), (2, False), (None, True)])
def test_the_quota_is_enough_or_not(one: Office, left: int | None, ok: bool) -> None:
    """Short by one message is refused; what is exactly enough is not."""
    office = with_line(one, left=left)
    draft = written(office)
    if ok:
        assert review.submit(office, WRITER, draft.id, draft.version).status is Order.IN_REVIEW
    else:
        said = refusal(lambda: review.submit(office, WRITER, draft.id, draft.version))
        assert said == "LINE's monthly limit is short by 1 message."


def test_a_scheduled_send_has_its_messages_reserved(one: Office) -> None:
    """Two sends that fit one by one do not fit together."""
    office = with_line(one, left=5)
    approved(office)
    draft = written(office)
    assert "short by 1 message" in refusal(lambda: review.submit(office, WRITER, draft.id, draft.version))


def test_line_that_does_not_say_is_no_obstacle(one: Office) -> None:
    """LINE keeps its own quota; a notice does not wait for it to answer."""
    office = with_line(one, outcome=Outcome.UNREACHED, left=0)
    assert approved(office).status is Order.SCHEDULED


def test_the_city_does_not_want_too_many(sqlite_store_url: str) -> None:
    """One more notice within seven days is refused; an emergency goes."""
    database = Database(sqlite_store_url)
    office = open_office(database, most_a_week=1)
    approved(office)
    assert "already" in refusal(lambda: handed_in(office))
    assert approved(office, kind=Kind.EMERGENCY).status is Order.SCHEDULED
    assert approved(office, due_at=at_noon(office, days=9)).status is Order.SCHEDULED
    database.close()


def test_who_only_looks_changes_nothing(one: Office) -> None:
    """A viewer can neither write, hand in, stop nor approve."""
    draft = written(one)
    looks = "Your account may look at broadcasts, not change them."
    assert refusal(lambda: drafts.create(one, VIEWER, "x")) == looks
    assert refusal(lambda: drafts.save(one, VIEWER, draft.id, 1, {})) == looks
    assert refusal(lambda: review.submit(one, VIEWER, draft.id, 1)) == looks
    assert refusal(lambda: stopping.stop(one, VIEWER, draft.id)) == looks


def test_a_delay_that_ends_at_night_is_confirmed_too(sqlite_store_url: str) -> None:
    """What one officer approves shortly before the quiet hours would leave in them."""
    database = Database(sqlite_store_url)
    office = open_office(database, approval="self_with_delay", self_delay_minutes=45)
    draft = written(office, due_at=at_noon(office, hours=8, minutes=45), hold_minutes=0)
    draft = drafts.save(office, APPROVER, draft.id, draft.version, {"title": "別の件名"})
    waiting = review.submit(office, WRITER, draft.id, draft.version)
    moved(office).forward(hours=8, minutes=30)
    said = refusal(lambda: review.approve(office, APPROVER, waiting.id, waiting.version))
    assert said == "It would ring between 21:00 and 07:00: confirm that."
    database.close()


def test_every_template_can_be_handed_in_as_it_is(one: Office) -> None:
    """With its blanks filled nothing blocks, and LINE's limits hold in every language."""
    office = replace(one, knowledge=knowledge())
    for notice in knowledge().notices.values():
        if notice.staff_only:
            continue
        draft = starting.begin(office, WRITER, notice.id, samples(notice))
        assert [hint.id for hint in checks.blocking(office, draft)] == [], notice.id
        assert len(setting.composed(office, draft)) == len(KEYS)
