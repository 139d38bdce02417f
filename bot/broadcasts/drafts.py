"""Writing: begin, save while typing, copy, throw away, find."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from bot.broadcasts import fields, shelf
from bot.broadcasts.model import Broadcast, Kind, Variant
from bot.broadcasts.office import Office, Officer, must_write
from bot.broadcasts.refused import Conflict, Refused
from bot.broadcasts.withdrawing import taken_back
from bot.knowledge.importers.proposal import remark
from bot.lifecycle import Order
from bot.store import audit, broadcasts
from bot.store.database import Connection

PAGE: Final = 30
"""Broadcasts on one page of a list."""

EMERGENCY_HOLD: Final = 2
"""Minutes for which an emergency is held back unless its writer says otherwise."""

ON_CALENDAR: Final = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """Which broadcasts a list shows; what is empty does not matter."""

    statuses: Collection[Order] = ()
    author: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some broadcasts of a list, and how many there are."""

    found: tuple[Broadcast, ...]
    total: int


def create(
    office: Office, staff: Officer, title: str, kind: Kind = Kind.INFORMATION, **more: Any
) -> Broadcast:
    """Begin a draft. `more` are changes as `save` takes them."""
    must_write(staff)
    now, changes = office.now(), fields.accepted(office, {"title": title, "kind": kind, **more})
    blank = Broadcast(
        id=0, title=title, kind=kind, status=Order.DRAFT, version=1, author=staff.name, hands=(staff.name,),
        created_at=now, changed_at=now, hold_minutes=_usual_hold(office, kind),
    )  # fmt: skip
    return office.database.write(partial(add, new=_changed(blank, changes), now=now, by=staff.name))


def load(office: Office, broadcast_id: int) -> Broadcast:
    """Return a broadcast. Refuses an unknown id. Raises StoreError."""
    return office.database.read(partial(found, broadcast_id=broadcast_id))


def found(connection: Connection, broadcast_id: int) -> Broadcast:
    """Return a broadcast within a transaction. Refuses an unknown id."""
    row = broadcasts.load(connection, broadcast_id)
    if row is None:
        raise Refused(remark("There is no such broadcast."))
    return shelf.read(row)


def save(
    office: Office, staff: Officer, broadcast_id: int, version: int, changes: Mapping[str, Any]
) -> Broadcast:
    """Change a draft; nothing of it is sent by that. `changes` may hold any of `fields.KNOWN`.

    A broadcast that was handed in or approved becomes a draft again: what was seen is no longer what it says.
    Refuses somebody else's newer change (Conflict), and what cannot be kept.
    """
    must_write(staff)
    accepted, now = fields.accepted(office, changes), office.now()

    def work(connection: Connection) -> Broadcast:
        old = seen(connection, broadcast_id, version)
        new = _changed(old, accepted)
        if new == old:
            return old
        if old.status is not Order.DRAFT:
            old = taken_back(connection, old, staff.name, now, "changed")
        hands = [*(one for one in old.hands if one != staff.name), staff.name]
        values = {**_columns(new), "hands": hands, "changed_at": now}
        touched = {*old.variants, *new.variants}
        rows = {tag: shelf.variant_row(new.variants[tag]) if tag in new.variants else None for tag in touched}
        if not broadcasts.change(connection, broadcast_id, old.version, values, rows):
            raise conflict(connection, broadcast_id)
        return found(connection, broadcast_id)

    return office.database.write(work)


def duplicate(office: Office, staff: Officer, broadcast_id: int, **more: Any) -> Broadcast:
    """Begin a draft that says the same, without a time. `more` are changes as `save` takes them."""
    must_write(staff)
    now, accepted = office.now(), fields.accepted(office, more)

    def work(connection: Connection) -> Broadcast:
        copy = copied(found(connection, broadcast_id), staff.name, now)
        return add(connection, _changed(copy, accepted), now, staff.name)

    return office.database.write(work)


def copied(old: Broadcast, by: str, now: int) -> Broadcast:
    """Return a draft that says the same as another broadcast; it is not kept yet."""
    return Broadcast(
        id=0, title=old.title, kind=old.kind, status=Order.DRAFT, version=1, author=by, hands=(by,),
        created_at=now, changed_at=now, template=old.template, values=old.values, topic=old.topic,
        audience=old.audience, variants=old.variants, fallback=old.fallback, explained=old.explained,
        hold_minutes=old.hold_minutes, public=old.public,
    )  # fmt: skip


def discard(office: Office, staff: Officer, broadcast_id: int, version: int) -> None:
    """Throw a draft away; it stays in the list of what was thrown away."""
    must_write(staff)
    now = office.now()

    def work(connection: Connection) -> None:
        old = seen(connection, broadcast_id, version)
        if old.status is not Order.DRAFT:
            raise Refused(remark("Only a draft can be thrown away."))
        broadcasts.step(connection, old.id, version, Order.DRAFT, Order.DISCARDED, changed_at=now)
        told(connection, old, staff.name, now, "discarded")

    office.database.write(work)


def listing(office: Office, wanted: Filter = Filter(), page: int = 0) -> Page:
    """Return a page of broadcasts, the latest changed first. Raises StoreError."""
    where = broadcasts.filtered(wanted.statuses, wanted.author, wanted.text.strip())

    def work(connection: Connection) -> Page:
        rows = broadcasts.listed(connection, where, PAGE, max(0, page) * PAGE)
        return Page(tuple(map(shelf.read, rows)), broadcasts.total(connection, where))

    return office.database.read(work)


def between(office: Office, first: int, last: int) -> tuple[Broadcast, ...]:
    """Return what is due from one moment until before another, in this order. Raises StoreError."""
    where = broadcasts.due_between(first, last)
    rows = office.database.read(lambda c: broadcasts.listed(c, where, ON_CALENDAR, soonest=True))
    return tuple(map(shelf.read, rows))


def seen(connection: Connection, broadcast_id: int, version: int) -> Broadcast:
    """Return a broadcast that is still as somebody saw it; else raises Conflict."""
    now_there = found(connection, broadcast_id)
    if now_there.version != version:
        raise conflict(connection, broadcast_id)
    return now_there


def conflict(connection: Connection, broadcast_id: int) -> Conflict:
    """Return the refusal that names who changed a broadcast last."""
    theirs, last = found(connection, broadcast_id), broadcasts.notes(connection, broadcast_id)[-1]
    return Conflict(theirs, last["by_whom"] if last["at"] >= theirs.changed_at else theirs.hands[-1])


def told(
    connection: Connection,
    about: Broadcast,
    by: str,
    now: int,
    action: str,
    note: str = "",
    **details: object,
) -> None:
    """Write a deed into the broadcast's history and into the record."""
    broadcasts.note(connection, about.id, now, by, action, note)
    audit.note(connection, now, by, f"broadcast-{action}", f"broadcast {about.id}", **details)


def add(connection: Connection, new: Broadcast, now: int, by: str) -> Broadcast:
    """Keep a new draft within a transaction; return it with its id."""
    row = {
        **_columns(new), "status": Order.DRAFT.value, "version": 1, "author": by, "hands": [by],
        "created_at": now, "changed_at": now, "check_note": "",
        "corrects": new.corrects, "series": new.series,
    }  # fmt: skip
    made = broadcasts.add(connection, row, [shelf.variant_row(one) for one in new.variants.values()])
    begun = found(connection, made)
    told(connection, begun, by, now, "begun")
    return begun


def _usual_hold(office: Office, kind: Kind) -> int:
    """Return for how long something can still be stopped; an emergency does not wait for long."""
    usual = office.rules.hold_minutes
    return min(usual, EMERGENCY_HOLD) if kind is Kind.EMERGENCY else usual


def _columns(new: Broadcast) -> dict[str, Any]:
    return shelf.columns({name: getattr(new, name) for name in fields.KNOWN if name != "variants"})


def _changed(old: Broadcast, changes: Mapping[str, Any]) -> Broadcast:
    """Return a broadcast with changes; a text that changed is from now on made from today's Japanese."""
    given: Mapping[str, Variant | None] = changes.get("variants", {})
    still_right = changes.get("still_right", ())
    variants = {tag: one for tag, one in {**old.variants, **given}.items() if one is not None}
    japanese = variants.get("ja")
    origin = shelf.short_hash(japanese.text if japanese else "")
    for tag, one in variants.items():
        before = old.variants.get(tag)
        same = before is not None and before.text == one.text and tag not in still_right
        variants[tag] = replace(one, made_from=before.made_from if same and before else origin)
    plain = {name: value for name, value in changes.items() if name not in ("variants", "still_right")}
    return replace(old, **plain, variants=variants)
