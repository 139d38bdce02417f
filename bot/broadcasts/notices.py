"""What staff are told on their own LINE, and by mail: that something waits for them, or came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import APPROVERS, WRITERS, Office
from bot.delivery.order import frozen
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.told import told
from bot.store import broadcast_audience, orders, staff_mails
from bot.store.database import Connection
from bot.store.moments import SECOND
from bot.store.orders import Kind, NewOrder

AUDIENCE: Final = "staff"
"""The name of the audience query of tests and notices."""

USEFUL: Final = 24 * 3600 * SECOND
"""For how long a notice to staff may still leave."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """Something to tell, once for each key. `subject` and `more` are for mails, which stand alone."""

    key: str
    words: Remark
    whom: Mapping[str, Any]
    about: int
    subject: Remark
    more: Remark | None = None


def to_approvers(connection: Connection, office: Office, about: Broadcast, now: int) -> None:
    """Tell everybody who may approve it that it waits, and until when."""
    if about.due_at is None:
        words = remark(
            "“{title}” waits for approval. It goes out as soon as it is approved.", title=about.title
        )
    else:
        due = _local(office, about.due_at)
        words = remark("“{title}” waits for approval, to go out on {due}.", title=about.title, due=due)
    names = [] if office.rules.approval == "self_with_delay" else list(about.hands)
    whom = {"roles": sorted(APPROVERS), "names": names}
    key = f"notice:{about.id}:{about.version}:review"
    subject = remark("Waits for approval: {title}", title=about.title)
    _tell(connection, office, _Notice(key, words, whom, about.id, subject), now)


def to_author(
    connection: Connection, office: Office, about: Broadcast, why: Remark, now: int, event: str = "back"
) -> None:
    """Tell whoever wrote it what happened to it; once for each `event` of a version."""
    key = f"notice:{about.id}:{about.version}:{event}"
    _tell(connection, office, _happened(office, about, why, key, {"only": sorted(about.hands)}), now)


def to_all(connection: Connection, office: Office, about: Broadcast, why: Remark, now: int) -> None:
    """Tell, once for each state of a broadcast, whoever wrote it and whoever may approve that it waits."""
    key = f"notice:{about.id}:{about.version}:{about.status}"
    _tell(connection, office, _happened(office, about, why, key, {"roles": sorted(WRITERS)}), now)


def _happened(office: Office, about: Broadcast, why: Remark, key: str, whom: Mapping[str, Any]) -> _Notice:
    words = remark("“{title}”: {why}", title=about.title, why=why)
    subject = remark("About “{title}”", title=about.title)
    due = remark("To go out: {due}", due=_local(office, about.due_at)) if about.due_at else None
    return _Notice(key, words, whom, about.id, subject, due)


def _local(office: Office, at: int) -> str:
    return f"{office.local(at):%Y-%m-%d %H:%M}"


def _tell(connection: Connection, office: Office, notice: _Notice, now: int) -> None:
    """Make the order for LINE and the mails, in the transaction of what they tell of; once for each key."""
    address = f"\n{office.public_base}/console/broadcasts/{notice.about}" if office.public_base else ""
    texts = {
        tag: frozen([{"type": "text", "text": told(office.staff_voices[tag], notice.words) + address}])
        for tag in office.staff_voices
    }
    new = NewOrder(
        key=notice.key,
        kind=Kind.NOTICE,
        audience={"of": AUDIENCE, **notice.whom},
        variants=texts,
        due_at=now,
        not_after=now + USEFUL,
        by="broadcasts",
    )
    if orders.create(connection, new, now) is not None and office.mails:
        _mail(connection, office, notice, address, now)


def _mail(connection: Connection, office: Office, notice: _Notice, address: str, now: int) -> None:
    """Write to everybody it concerns who gave an address, whether or not their LINE is linked."""
    for staff_id, language in broadcast_audience.with_mail(connection, notice.whom):
        voice = office.staff_voices[language]
        lines = [told(voice, words) for words in (notice.words, notice.more) if words]
        text = "\n".join(lines) + address
        staff_mails.put(connection, staff_id, told(voice, notice.subject), text, now)
