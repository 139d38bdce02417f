"""Another wording, suggested by an approver: it becomes the writer's text only when the writer accepts it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.broadcasts import drafts, fields, notices
from bot.broadcasts.model import Broadcast, Variant
from bot.broadcasts.office import Office, Officer, must_approve, must_write
from bot.broadcasts.refused import Refused
from bot.knowledge.importers.proposal import remark
from bot.language.tags import OWN_NAMES
from bot.lifecycle import Order
from bot.store import broadcasts
from bot.store.broadcasts import Row
from bot.store.database import Connection

_OPEN: Final = (Order.DRAFT, Order.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggested text. `state`: open, accepted or declined."""

    id: int
    broadcast_id: int
    language: str
    text: str
    by: str
    at: int
    state: str


def suggest(office: Office, staff: Officer, broadcast_id: int, language: str, text: str) -> Suggestion:
    """Suggest another text in one language; the broadcast stays as it is, and its writer is told."""
    must_approve(staff)
    now = office.now()
    wanted = fields.accepted(office, {"variants": {language: Variant(language, text)}})["variants"][language]
    if not wanted.text.strip():
        raise Refused(remark("Nothing is written yet."))

    def work(connection: Connection) -> Suggestion:
        about = drafts.found(connection, broadcast_id)
        if about.status not in _OPEN:
            raise Refused(remark("Wordings are suggested before the approval."))
        row = {
            "broadcast_id": about.id, "language": language, "text": wanted.text, "by_whom": staff.name,
            "at": now, "state": "open",
        }  # fmt: skip
        made = broadcasts.suggest(connection, row)
        drafts.told(connection, about, staff.name, now, "suggested", language)
        words = remark("{name} suggests a wording: {language}", name=staff.name, language=OWN_NAMES[language])
        notices.to_author(connection, office, about, words, now, f"suggested:{made}")
        return _suggestion({**row, "id": made})

    return office.database.write(work)


def accept(office: Office, staff: Officer, suggestion_id: int) -> Broadcast:
    """Take a suggested text over; what was handed in becomes a draft again, to be handed in anew."""
    must_write(staff)
    one = _open(office, suggestion_id)
    about = drafts.load(office, one.broadcast_id)
    before = about.variants.get(one.language) or Variant(one.language, "")
    change = {"variants": {one.language: replace(before, text=one.text)}}
    saved = drafts.save(office, staff, about.id, about.version, change)
    _decide(office, staff, one, "accepted")
    return saved


def decline(office: Office, staff: Officer, suggestion_id: int) -> None:
    """Leave the text as it is."""
    must_write(staff)
    _decide(office, staff, _open(office, suggestion_id), "declined")


def listing(office: Office, broadcast_id: int, *, only_open: bool = True) -> tuple[Suggestion, ...]:
    """Return what was suggested for a broadcast, the oldest first. Raises StoreError."""
    rows = office.database.read(lambda connection: broadcasts.suggestions(connection, broadcast_id))
    return tuple(one for one in map(_suggestion, rows) if one.state == "open" or not only_open)


def _open(office: Office, suggestion_id: int) -> Suggestion:
    row = office.database.read(lambda connection: broadcasts.suggestion(connection, suggestion_id))
    if row is None or row["state"] != "open":
        raise Refused(remark("There is no such suggestion any more."))
    return _suggestion(row)


def _decide(office: Office, staff: Officer, one: Suggestion, state: str) -> None:
    now = office.now()

    def work(connection: Connection) -> None:
        if not broadcasts.decide(connection, one.id, state, staff.name, now):
            raise Refused(remark("There is no such suggestion any more."))
        about = drafts.found(connection, one.broadcast_id)
        drafts.told(connection, about, staff.name, now, f"suggestion-{state}", one.language)

    office.database.write(work)


def _suggestion(row: Row) -> Suggestion:
    names = ("id", "broadcast_id", "language", "text", "at", "state")
    return Suggestion(by=row["by_whom"], **{name: row[name] for name in names})
