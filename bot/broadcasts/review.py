"""Two people: one hands in, another one approves or sends back. What was seen is what is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.broadcasts import audience, drafts, notices
from bot.broadcasts.compose import content_hash
from bot.broadcasts.model import Broadcast, Check
from bot.broadcasts.office import APPROVERS, Office, Officer, must_approve, must_write
from bot.broadcasts.ready import must_be_sendable
from bot.broadcasts.refused import Refused
from bot.broadcasts.scheduling import scheduled
from bot.broadcasts.setting import composed
from bot.broadcasts.withdrawing import taken_back
from bot.knowledge.importers.proposal import remark
from bot.lifecycle import Order
from bot.store import broadcasts, orders, staff
from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a broadcast's history."""

    at: int
    by: str
    action: str
    note: str


def submit(office: Office, staff: Officer, broadcast_id: int, version: int) -> Broadcast:
    """Hand a draft in for approval. Refuses what blocks, with its hints, and what could not be sent."""
    must_write(staff)
    now, old = office.now(), drafts.load(office, broadcast_id)
    if old.version == version and old.status is not Order.DRAFT:
        raise Refused(remark("Only a draft can be handed in."))
    must_be_sendable(office, old, now)
    digest = content_hash(composed(office, old))

    def work(connection: Connection) -> Broadcast:
        seen = drafts.seen(connection, broadcast_id, version)
        values: dict[str, Any] = {
            "submitted_at": now, "submitted_by": staff.name, "content_hash": digest,
            "checked": None, "check_note": "", "changed_at": now,
        }  # fmt: skip
        if not broadcasts.step(connection, seen.id, version, Order.DRAFT, Order.IN_REVIEW, **values):
            raise drafts.conflict(connection, broadcast_id)
        drafts.told(connection, seen, staff.name, now, "submitted")
        handed_in = drafts.found(connection, broadcast_id)
        notices.to_approvers(connection, office, handed_in, now)
        return handed_in

    return office.database.write(work)


def approve(office: Office, staff: Officer, broadcast_id: int, version: int) -> Broadcast:
    """Approve what was handed in and schedule it, both at once or not at all.

    Nobody approves what they had a hand in, except where the city chose `self_with_delay`: then it waits.
    """
    must_approve(staff)
    now, old = office.now(), drafts.load(office, broadcast_id)
    if old.version == version and old.status is not Order.IN_REVIEW:
        raise Refused(remark("Only what was handed in can be approved."))
    hold = _hold_minutes(office, staff, old)
    if old.late(now):
        raise Refused(remark("Its time has passed without approval: choose a new one first."))
    if old.check is Check.REFUSED:
        raise Refused(remark("LINE would refuse these messages: {note}", note=old.check_note))
    must_be_sendable(office, replace(old, hold_minutes=hold), now, texts=False)
    frozen = composed(office, old)
    if content_hash(frozen) != old.content_hash:
        raise Refused(remark("It no longer says what was handed in: send it back and hand it in again."))
    expected = audience.counted(office, old).total

    def work(connection: Connection) -> Broadcast:
        seen = drafts.seen(connection, broadcast_id, version)
        _still_approver(connection, staff)
        order = scheduled(connection, seen, frozen, expected, hold, (staff.name, now))
        values: dict[str, Any] = {
            "order_id": order, "approved_by": staff.name, "approved_at": now, "changed_at": now,
            "hold_minutes": hold,
        }  # fmt: skip
        going = order and broadcasts.step(
            connection, seen.id, version, Order.IN_REVIEW, Order.SCHEDULED, **values
        )
        if not going:
            raise drafts.conflict(connection, broadcast_id)
        drafts.told(connection, seen, staff.name, now, "approved")
        return drafts.found(connection, broadcast_id)

    return office.database.write(work)


def send_back(office: Office, staff: Officer, broadcast_id: int, version: int, comment: str) -> Broadcast:
    """Give what was handed in back to whoever wrote it, and say why."""
    must_approve(staff)
    if not comment.strip():
        raise Refused(remark("Say what has to change."))
    now = office.now()

    def work(connection: Connection) -> Broadcast:
        seen = drafts.seen(connection, broadcast_id, version)
        if seen.status is not Order.IN_REVIEW:
            raise Refused(remark("Only what was handed in can be sent back."))
        back = taken_back(connection, seen, staff.name, now, "sent-back", comment.strip())
        why = remark("{name} sent it back: {comment}", name=staff.name, comment=comment.strip()[:300])
        notices.to_author(connection, office, back, why, now)
        return back

    return office.database.write(work)


def take_back(office: Office, staff: Officer, broadcast_id: int) -> Broadcast:
    """Make a draft again of what was handed in or approved, before anything of it left."""
    must_write(staff)
    now = office.now()

    def work(connection: Connection) -> Broadcast:
        return taken_back(connection, drafts.found(connection, broadcast_id), staff.name, now, "taken-back")

    return office.database.write(work)


def reschedule(
    office: Office, staff: Officer, broadcast_id: int, version: int, due_at: int | None
) -> Broadcast:
    """Choose a new time for what waits for approval; an approved one has to be taken back first."""
    must_write(staff)
    now = office.now()

    def work(connection: Connection) -> Broadcast:
        seen = drafts.seen(connection, broadcast_id, version)
        if seen.status is not Order.IN_REVIEW:
            raise Refused(remark("Only what waits for approval gets another time."))
        if due_at is not None and due_at <= now:
            raise Refused(remark("This time has passed."))
        broadcasts.change(connection, broadcast_id, version, {"due_at": due_at, "changed_at": now}, {})
        drafts.told(connection, seen, staff.name, now, "rescheduled")
        moved = drafts.found(connection, broadcast_id)
        notices.to_approvers(connection, office, moved, now)
        return moved

    return office.database.write(work)


def history(office: Office, broadcast_id: int) -> tuple[Entry, ...]:
    """Return what happened to a broadcast, the oldest first: what staff did, and what delivery did."""

    def work(connection: Connection) -> list[Entry]:
        about = drafts.found(connection, broadcast_id)
        lines = broadcasts.notes(connection, broadcast_id)
        sent = orders.history(connection, about.order_id) if about.order_id else []
        return [
            *(Entry(one["at"], one["by_whom"], one["action"], one["note"]) for one in lines),
            *(Entry(at, by, what, note) for at, what, by, note in sent if by == "dispatcher"),
        ]

    return tuple(sorted(office.database.read(work), key=lambda entry: entry.at))


def _hold_minutes(office: Office, staff: Officer, old: Broadcast) -> int:
    """Return for how long an approval by somebody is held back. Refuses one's own text."""
    if staff.name not in (*old.hands, old.submitted_by):
        return old.hold_minutes
    if office.rules.approval == "self_with_delay":
        return max(old.hold_minutes, office.rules.self_delay_minutes)
    raise Refused(remark("Somebody else has to approve what you wrote or handed in."))


def _still_approver(connection: Connection, who: Officer) -> None:
    """Refuse somebody who lost the right meanwhile. Who takes it away waits for us, or we for them."""
    if not staff.locked(connection, who.name, APPROVERS):
        raise Refused(remark("Your account may not approve."))
