"""Test sends: the very messages, by push to one's own LINE or to that of all staff, marked as a test."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.broadcasts import drafts, notices
from bot.broadcasts.compose import for_key
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office, Officer, must_write
from bot.broadcasts.refused import Refused
from bot.broadcasts.setting import composing
from bot.delivery.order import frozen
from bot.knowledge.importers.proposal import remark
from bot.knowledge.told import told
from bot.language.tags import OWN_NAMES, TAGS
from bot.messages.limits import MESSAGES
from bot.store import broadcast_audience, orders
from bot.store.database import Connection
from bot.store.moments import SECOND
from bot.store.orders import Kind, NewOrder

SOON = 3600 * SECOND
"""For how long a test may still leave."""


def to_myself(
    office: Office, staff: Officer, broadcast_id: int, languages: Collection[str] | None = None
) -> int:
    """Send the texts of some languages (None: all that are written) to one's own LINE; return to how many."""
    return _try(office, staff, broadcast_id, languages, {"only": [staff.name]})


def to_all_staff(
    office: Office, staff: Officer, broadcast_id: int, languages: Collection[str] | None = None
) -> int:
    """Send the texts of some languages to everybody of the staff with a linked LINE; return to how many."""
    return _try(office, staff, broadcast_id, languages, {})


def _try(
    office: Office,
    staff: Officer,
    broadcast_id: int,
    languages: Collection[str] | None,
    whom: dict[str, Any],
) -> int:
    must_write(staff)
    about, now = drafts.load(office, broadcast_id), office.now()
    tags = [tag for tag in TAGS if tag in about.texts() and (languages is None or tag in languages)]
    if not tags:
        raise Refused(remark("Nothing is written yet."))
    how = composing(office, about)
    texts = {tag: _marked(office, about, tag, list(for_key(about, tag, how))) for tag in tags}

    def work(connection: Connection) -> int:
        people = broadcast_audience.linked(connection, whom)
        if not people:
            raise Refused(remark("Link your own LINE account first, under your account."))
        for tag in tags:
            key = f"test:{about.id}:{about.version}:{tag}:{now}"
            orders.create(
                connection, _order(key, texts[tag], {**whom, "variant": tag}, (staff.name, now)), now
            )
        drafts.told(connection, about, staff.name, now, "tested")
        return people

    return office.database.write(work)


def _order(key: str, messages: bytes, whom: dict[str, Any], deed: tuple[str, int]) -> NewOrder:
    by, now = deed
    return NewOrder(
        key=key,
        kind=Kind.TEST,
        audience={"of": notices.AUDIENCE, **whom},
        variants={whom["variant"]: messages},
        due_at=now,
        not_after=now + SOON,
        by=by,
    )


def _marked(office: Office, about: Broadcast, tag: str, messages: list[dict[str, Any]]) -> bytes:
    """Return the messages behind a line that says that only staff get this."""
    words = remark("Test for staff only: “{title}”, {language}", title=about.title, language=OWN_NAMES[tag])
    said = told(office.staff_voices["ja"], words)
    return frozen([{"type": "text", "text": said}, *messages][:MESSAGES])
