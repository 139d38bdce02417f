"""Writing, handing in and approving broadcasts: every step that is allowed, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from bot.broadcasts import checks, drafts, review, stopping, suggesting, withdrawing
from bot.broadcasts.drafts import Filter
from bot.broadcasts.model import Audience, Broadcast, Kind, Variant
from bot.broadcasts.office import Office
from bot.broadcasts.refused import Conflict, Refused
from bot.lifecycle import Order
from bot.store import orders, staff
from bot.store.broadcast_tables import broadcasts
from bot.store.database import Database
from bot.store.models import send_orders
from tests.component.broadcasting import (
    APPROVER,
    OTHER,
    TEXTS,
    WRITER,
    approved,
    at_noon,
    handed_in,
    moved,
    open_office,
    orders_of,
    refusal,
    saying,
    written,
)
from tests.component.rows import rows


@pytest.fixture
def office(database: Database) -> Office:
    return open_office(database)


@pytest.fixture
def one(sqlite_store_url: str) -> Any:
    """An office on SQLite only: for what no database can change."""
    database = Database(sqlite_store_url)
    yield open_office(database)
    database.close()


def test_the_whole_desk_way(office: Office) -> None:
    """Written, handed in, approved by somebody else: one order of the very bytes that were handed in."""
    broadcast = approved(office)
    (order,) = orders_of(office)
    assert (broadcast.status, broadcast.order_id) == (Order.SCHEDULED, order["id"])
    assert order["content_hash"] == broadcast.content_hash
    assert order["due_at"] == at_noon(office, days=1)
    assert order["audience"]["expected"] == 3
    assert broadcast.approval is not None
    assert broadcast.approval.by == APPROVER.name
    actions = [entry.action for entry in review.history(office, broadcast.id)]
    assert actions == ["begun", "submitted", "approved"]
    notices = [row for row in rows(office.database, send_orders) if row["kind"] == "notice"]
    assert [row["audience"]["names"] for row in notices] == [[WRITER.name]]


def test_what_was_approved_goes_back_to_the_desk_when_its_text_changes(office: Office) -> None:
    """The order is cancelled in the same step; handed in and approved anew there is a new one."""
    first = approved(office)
    change = saying(office, "ja", TEXTS["ja"] + "雨天中止")
    changed = drafts.save(office, WRITER, first.id, first.version, change)
    assert (changed.status, changed.order_id, changed.approval) == (Order.DRAFT, None, None)
    assert [row["status"] for row in orders_of(office)] == ["cancelled"]
    again = review.submit(office, WRITER, changed.id, changed.version)
    again = review.approve(office, APPROVER, again.id, again.version)
    assert [row["status"] for row in orders_of(office)] == ["cancelled", "scheduled"]
    assert again.content_hash != first.content_hash


def test_two_people_who_edit_lose_nothing(office: Office) -> None:
    """The second to save is told who was quicker and sees both texts."""
    draft = written(office)
    moved(office).forward(seconds=1)
    theirs = drafts.save(office, OTHER, draft.id, draft.version, saying(office, "en", "Theirs"))
    with pytest.raises(Conflict) as conflict:
        drafts.save(office, WRITER, draft.id, draft.version, saying(office, "en", "Mine"))
    assert conflict.value.by == OTHER.name
    assert conflict.value.theirs == theirs
    assert drafts.load(office, draft.id).variants["en"].text == "Theirs"


def test_of_two_who_approve_at_once_one_wins(office: Office) -> None:
    """There is one order, and the other one is told who was quicker."""
    waiting, ready = handed_in(office), Barrier(2)

    def approve(who: Any) -> str:
        ready.wait()
        try:
            review.approve(office, who, waiting.id, waiting.version)
        except Refused as why:
            return str(why.remark)
        return "approved"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(approve, (APPROVER, OTHER)))
    winner = drafts.load(office, waiting.id).approval
    assert winner is not None
    assert said[1] == "approved" or said[0] == "approved"
    lost = next(words for words in said if words != "approved")
    assert winner.by in lost or "Only what was handed in" in lost
    assert len(orders_of(office)) == 1


def test_an_approval_falls_with_its_approver(office: Office) -> None:
    """Who may no longer approve has approved nothing that did not leave yet."""
    broadcast = approved(office)
    fallen = office.database.write(lambda c: withdrawing.fall(c, APPROVER.name, "admin", office.now()))
    assert fallen == 1
    assert drafts.load(office, broadcast.id).status is Order.DRAFT
    assert [row["status"] for row in orders_of(office)] == ["cancelled"]


def test_who_was_disabled_meanwhile_cannot_approve(office: Office) -> None:
    """The right is looked at in the transaction that makes the order, not on the page from before."""
    waiting = handed_in(office)

    def disable(connection: Any) -> None:
        mine = staff.named(connection, APPROVER.name)
        assert mine
        staff.change(connection, mine.id, disabled_at=1)

    office.database.write(disable)
    said = refusal(lambda: review.approve(office, APPROVER, waiting.id, waiting.version))
    assert said == "Your account may not approve."
    assert orders_of(office) == []


def test_what_is_found_by_state_author_and_words(office: Office) -> None:
    """Lists show the status of the order as soon as there is one."""
    sent = approved(office)
    draft = written(office, variants={"ja": Variant("ja", "100%断水")})
    find = lambda **wanted: [b.id for b in drafts.listing(office, Filter(**wanted)).found]  # noqa: E731
    assert find(statuses=[Order.SCHEDULED]) == [sent.id]
    assert find(text="0%断") == [draft.id]
    assert find(author="nobody") == []
    assert drafts.listing(office).total == 2
    due = drafts.between(office, at_noon(office), at_noon(office, days=2))
    assert [one.id for one in due] == [sent.id, draft.id]


def test_a_town_with_one_officer_waits_instead(sqlite_store_url: str) -> None:
    """With `self_with_delay` an own approval is held back for the city's minutes."""
    database = Database(sqlite_store_url)
    office = open_office(database, approval="self_with_delay", self_delay_minutes=45)
    draft = drafts.create(office, APPROVER, "件名", due_at=at_noon(office, minutes=5), **{
        "variants": {tag: Variant(tag, text) for tag, text in TEXTS.items()}
    })  # fmt: skip
    waiting = review.submit(office, APPROVER, draft.id, draft.version)
    review.approve(office, APPROVER, waiting.id, waiting.version)
    assert orders_of(office)[0]["hold_until"] == at_noon(office, minutes=45)
    database.close()


def test_not_approved_in_time_needs_a_new_time(one: Office) -> None:
    """Late approval is refused until somebody chooses a time that is still to come."""
    waiting = handed_in(one)
    moved(one).forward(days=2)
    assert drafts.load(one, waiting.id).late(one.now())
    late = "Its time has passed without approval: choose a new one first."
    assert refusal(lambda: review.approve(one, APPROVER, waiting.id, waiting.version)) == late
    past = refusal(lambda: review.reschedule(one, WRITER, waiting.id, waiting.version, at_noon(one)))
    assert past == "This time has passed."
    later = review.reschedule(one, WRITER, waiting.id, waiting.version, at_noon(one, days=3))
    assert review.approve(one, APPROVER, later.id, later.version).status is Order.SCHEDULED


def test_steps_that_the_table_forbids(one: Office) -> None:
    """From each state only what leads on from there."""
    draft = written(one)
    version = draft.version
    assert "can be approved" in refusal(lambda: review.approve(one, APPROVER, draft.id, version))
    assert "sent back" in refusal(lambda: review.send_back(one, APPROVER, draft.id, version, "x"))
    assert refusal(lambda: stopping.stop(one, WRITER, draft.id)) == "This broadcast is not on its way."
    assert refusal(lambda: stopping.correct(one, WRITER, draft.id)) == "Only what was sent can be corrected."
    assert "no longer possible" in refusal(lambda: review.take_back(one, WRITER, draft.id))
    waiting = review.submit(one, WRITER, draft.id, version)
    assert "Only a draft" in refusal(lambda: review.submit(one, WRITER, waiting.id, waiting.version))
    assert "thrown away" in refusal(lambda: drafts.discard(one, WRITER, waiting.id, waiting.version))
    done = review.approve(one, APPROVER, waiting.id, waiting.version)
    assert "another time" in refusal(lambda: review.reschedule(one, WRITER, done.id, done.version, None))
    assert stopping.hold(one, WRITER, done.id).status is Order.HELD
    assert stopping.resume(one, WRITER, done.id).status is Order.SCHEDULED
    assert stopping.stop(one, WRITER, done.id).status is Order.CANCELLED
    assert "in this state" in refusal(lambda: stopping.resume(one, WRITER, done.id))
    assert "no longer possible" in refusal(lambda: review.take_back(one, WRITER, done.id))


def test_a_held_one_can_be_taken_back(one: Office) -> None:
    """As long as nothing of it left it becomes a draft again."""
    done = approved(one)
    stopping.hold(one, WRITER, done.id)
    assert review.take_back(one, WRITER, done.id).status is Order.DRAFT
    assert [row["status"] for row in orders_of(one)] == ["cancelled"]


def test_sent_back_with_a_comment(one: Office) -> None:
    """The writer is told why; without a comment nobody is sent back."""
    waiting = handed_in(one)
    assert "change" in refusal(lambda: review.send_back(one, APPROVER, waiting.id, waiting.version, " "))
    back = review.send_back(one, APPROVER, waiting.id, waiting.version, "時刻を確かめてください")
    assert (back.status, back.content_hash) == (Order.DRAFT, None)
    last = review.history(one, waiting.id)[-1]
    assert (last.action, last.by, last.note) == ("sent-back", APPROVER.name, "時刻を確かめてください")


def test_a_copy_says_the_same_without_a_time(one: Office) -> None:
    """A duplicate is a draft of whoever made it."""
    first = approved(one)
    copy = drafts.duplicate(one, OTHER, first.id)
    assert (copy.status, copy.due_at, copy.author, copy.order_id) == (Order.DRAFT, None, OTHER.name, None)
    assert copy.texts() == first.texts()


def test_an_old_translation_is_noticed(one: Office) -> None:
    """After the Japanese changed the others are stale until somebody looked; an emergency blocks on it."""
    draft = written(one, kind=Kind.EMERGENCY)
    new = {tag: Variant(tag, text + "！") for tag, text in TEXTS.items() if tag in ("ja", "en")}
    draft = drafts.save(one, WRITER, draft.id, draft.version, {"variants": new})
    stale = {tag for tag in TEXTS if checks.stale(draft, tag)}
    assert stale == {"ja-simple", "zh-Hans", "zh-Hant"}
    assert {hint.id for hint in checks.blocking(one, draft)} == {f"stale:{tag}" for tag in stale}
    looked = {"variants": {tag: draft.variants[tag] for tag in stale}, "still_right": tuple(stale)}
    draft = drafts.save(one, WRITER, draft.id, draft.version, looked)
    assert checks.blocking(one, draft) == ()


def test_a_difference_goes_with_a_reason(one: Office) -> None:
    """What differs between languages blocks until somebody says why it is right."""
    draft = written(one)
    text = TEXTS["en"] + " Bus 5 stops there."
    draft = drafts.save(one, WRITER, draft.id, draft.version, saying(one, "en", text))
    (hint,) = checks.blocking(one, draft)
    draft = drafts.save(one, WRITER, draft.id, draft.version, {"explained": {hint.id: "英語だけの案内"}})
    assert review.submit(one, WRITER, draft.id, draft.version).status is Order.IN_REVIEW


def test_the_order_is_the_truth_about_the_status(one: Office) -> None:
    """When delivery moves the order, the broadcast moves with it."""
    done = approved(one)
    one.database.write(lambda c: orders.step(c, done.order_id or 0, Order.SCHEDULED, Order.SENDING, 1))
    assert drafts.load(one, done.id).status is Order.SENDING
    said = refusal(lambda: drafts.save(one, WRITER, done.id, done.version, {"title": "x"}))
    assert said.startswith("This is no longer possible")
    assert rows(one.database, broadcasts)[0]["title"] == "おはなし会"


def test_fields_of_a_broadcast_survive_the_store(office: Office) -> None:
    """What is kept is what was written, in every field."""
    draft = written(
        office, kind=Kind.EMERGENCY, audience=Audience(("ja", "en"), ("A",), unknown=False), quiet_ok=True,
        fallback={"zh-Hant": "zh-Hans"}, hold_minutes=2, valid_until=at_noon(office, days=2), public=False,
    )  # fmt: skip
    there = drafts.load(office, draft.id)
    assert isinstance(there, Broadcast)
    assert there == draft
    assert there.audience == Audience(("ja", "en"), ("A",), unknown=False)


def test_a_suggested_wording_is_the_writers_to_take(office: Office) -> None:
    """Taken over it has to be handed in anew; whoever suggested it may still approve."""
    waiting, new = handed_in(office), TEXTS["en"] + " Come along!"
    first = suggesting.suggest(office, APPROVER, waiting.id, "en", new)
    assert drafts.load(office, waiting.id) == waiting
    changed = suggesting.accept(office, WRITER, first.id)
    assert (changed.status, changed.variants["en"].text) == (Order.DRAFT, new)
    told = [row["key"] for row in rows(office.database, send_orders) if "suggested" in row["key"]]
    assert told == [f"notice:{waiting.id}:{waiting.version}:suggested:{first.id}"]
    anew = review.submit(office, WRITER, changed.id, changed.version)
    assert review.approve(office, APPROVER, anew.id, anew.version).status is Order.SCHEDULED
