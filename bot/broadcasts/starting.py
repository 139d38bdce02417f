"""Beginning a draft from a template: every language at once, with what the template knows of its kind."""

from __future__ import annotations

from typing import Any, Final

from bot.broadcasts import drafts, filling
from bot.broadcasts.model import Broadcast, Kind, Variant
from bot.broadcasts.office import Office, Officer
from bot.broadcasts.refused import Refused
from bot.knowledge.importers.proposal import remark
from bot.language.tags import TAGS
from bot.store.moments import SECOND

_HOUR: Final = 3600 * SECOND


def begin(office: Office, staff: Officer, template: str, values: filling.Values, **more: Any) -> Broadcast:
    """Begin a draft that says what a filled template says. `more` are changes as `drafts.save` takes them.

    Refuses an unknown template, one that is for staff only, and values that cannot stand in its blanks.
    """
    notice = office.knowledge.notices.get(template)
    if notice is None:
        raise Refused(remark("There is no template “{name}”.", name=template))
    if notice.staff_only:
        raise Refused(remark("This template is for tests to staff, never for residents."))
    for found in filling.wrong(notice, values, office.knowledge):
        raise Refused(remark("{blank}: {why}", blank=found.blank, why=found.remark))
    kind = Kind(notice.kind)
    texts = {tag: filling.render(notice, office.voices[tag], values, office.knowledge) for tag in TAGS}
    known: dict[str, Any] = {
        "template": notice.id,
        "values": values,
        "topic": notice.topic,
        "hold_minutes": notice.hold_minutes,
        "valid_until": office.now() + notice.valid_hours * _HOUR,
        "quiet_ok": kind is Kind.EMERGENCY,
        "variants": {tag: Variant(tag, text) for tag, text in texts.items()},
    }
    return drafts.create(office, staff, kind=kind, **{"title": notice.title.ja, **known, **more})
