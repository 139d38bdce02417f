"""An approver suggests a wording; the writer takes it or leaves it, so that the text stays the writer's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.broadcasts import drafts, notices
from bot.broadcasts.model import Broadcast
from bot.broadcasts.office import Office, Officer, must_approve, must_write
from bot.broadcasts.refused import Refused
from bot.knowledge.importers.proposal import remark
from bot.language.tags import OWN_NAMES
from bot.lifecycle import Order
from bot.messages.limits import clean
from bot.store import broadcast_suggestions
from bot.store.broadcast_suggestions import OPEN, Row
from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another wording of one text. `state` is open, accepted or declined."""

    id: int
    broadcast: int
    language: str
    text: str
    by: str
    at: int
    state: str


def suggest(office: Office, staff: Officer, broadcast_id: int, language: str, text: str) -> Suggestion:
    """Suggest a wording for a text of what was handed in. Refuses one that says nothing new."""
    must_approve(staff)
    now, text = office.now(), clean(text)

    def work(connection: Connection) -> Suggestion:
        about = drafts.found(connection, broadcast_id)
        if about.status is not Order.IN_REVIEW:
            raise Refused(remark("Wordings are suggested for what waits for approval."))
        if not text or language not in about.texts() or text == about.texts()[language].strip():
            raise Refused(remark("Write the text as it should be."))
        made = broadcast_suggestions.add(connection, about.id, language, text, staff.name, now)
        drafts.told(connection, about, staff.name, now, "suggested")
        words = remark("{name} suggests a wording: {language}", name=staff.name, language=OWN_NAMES[language])
        notices.to_author(connection, office, about, words, now, f"suggested:{made}")
        return _suggestion(_found(connection, made))

    return office.database.write(work)


def suggestions(office: Office, broadcast_id: int) -> tuple[Suggestion, ...]:
    """Return what was suggested for a broadcast, the oldest first. Raises StoreError."""
    rows = office.database.read(lambda connection: broadcast_suggestions.listed(connection, broadcast_id))
    return tuple(map(_suggestion, rows))


def accept(office: Office, staff: Officer, suggestion: int) -> Broadcast:
    """Take a wording over. What was handed in becomes a draft again; it is the writer's text."""
    must_write(staff)
    asked = office.database.read(lambda connection: _suggestion(_found(connection, suggestion)))
    if asked.state != OPEN:
        raise Refused(remark("This suggestion was decided about already."))
    if asked.by == staff.name:
        raise Refused(remark("Somebody else decides about what you suggested."))
    about = drafts.load(office, asked.broadcast)
    variant = about.variants.get(asked.language)
    if variant is None:
        raise Refused(remark("This text is no longer there."))
    changes = {"variants": {asked.language: replace(variant, text=asked.text)}}
    changed = drafts.save(office, staff, about.id, about.version, changes)
    _decide(office, staff, suggestion, "accepted")
    return changed


def decline(office: Office, staff: Officer, suggestion: int) -> None:
    """Leave the text as it is."""
    must_write(staff)
    _decide(office, staff, suggestion, "declined")


def _decide(office: Office, staff: Officer, suggestion: int, state: str) -> None:
    now = office.now()
    decided = office.database.write(
        lambda connection: broadcast_suggestions.decide(connection, suggestion, state, staff.name, now)
    )
    if not decided:
        raise Refused(remark("This suggestion was decided about already."))


def _found(connection: Connection, suggestion: int) -> Row:
    row = broadcast_suggestions.load(connection, suggestion)
    if row is None:
        raise Refused(remark("There is no such suggestion."))
    return row


def _suggestion(row: Row) -> Suggestion:
    return Suggestion(
        row["id"], row["broadcast_id"], row["language"], row["text"], row["by_whom"], row["at"], row["state"]
    )
