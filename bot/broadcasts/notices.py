"""What staff are told on their own LINE: that something waits for them, or came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import APPROVERS, WRITERS, Office
from bot.delivery.order import frozen
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.told import told
from bot.store import orders
from bot.store.database import Connection
from bot.store.moments import SECOND
from bot.store.orders import Kind, NewOrder

AUDIENCE: Final = "staff"
"""The name of the audience query of tests and notices."""

USEFUL: Final = 24 * 3600 * SECOND
"""For how long a notice to staff may still leave."""


def to_approvers(connection: Connection, office: Office, about: Broadcast, now: int) -> None:
    """Tell everybody who may approve it that it waits, and until when."""
    if about.due_at is None:
        words = remark(
            "“{title}” waits for approval. It goes out as soon as it is approved.", title=about.title
        )
    else:
        due = f"{office.local(about.due_at):%Y-%m-%d %H:%M}"
        words = remark("“{title}” waits for approval, to go out on {due}.", title=about.title, due=due)
    names = [] if office.rules.approval == "self_with_delay" else list(about.hands)
    whom = {"roles": sorted(APPROVERS), "names": names}
    _order(connection, office, f"notice:{about.id}:{about.version}:review", (words, whom, about.id), now)


def to_author(
    connection: Connection, office: Office, about: Broadcast, why: Remark, now: int, event: str = "back"
) -> None:
    """Tell whoever wrote it what happened to it; once for each `event` of a version."""
    words = remark("“{title}”: {why}", title=about.title, why=why)
    whom = {"only": sorted(about.hands)}
    _order(connection, office, f"notice:{about.id}:{about.version}:{event}", (words, whom, about.id), now)


def to_all(connection: Connection, office: Office, about: Broadcast, why: Remark, now: int) -> None:
    """Tell, once for each state of a broadcast, whoever wrote it and whoever may approve that it waits."""
    words = remark("“{title}”: {why}", title=about.title, why=why)
    key = f"notice:{about.id}:{about.version}:{about.status}"
    _order(connection, office, key, (words, {"roles": sorted(WRITERS)}, about.id), now)


def _order(
    connection: Connection, office: Office, key: str, what: tuple[Remark, Mapping[str, Any], int], now: int
) -> None:
    words, whom, about = what
    address = f"\n{office.public_base}/console/broadcasts/{about}" if office.public_base else ""
    texts = {
        tag: frozen([{"type": "text", "text": told(office.staff_voices[tag], words) + address}])
        for tag in office.staff_voices
    }
    new = NewOrder(
        key=key,
        kind=Kind.NOTICE,
        audience={"of": AUDIENCE, **whom},
        variants=texts,
        due_at=now,
        not_after=now + USEFUL,
        by="broadcasts",
    )
    orders.create(connection, new, now)
