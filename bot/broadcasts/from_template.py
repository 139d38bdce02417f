"""A draft from a reviewed template: its blanks filled, all languages written at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.broadcasts import drafts, filling
from bot.broadcasts.model import Broadcast, Kind, Variant
from bot.broadcasts.office import Office, Officer
from bot.broadcasts.refused import Refused
from bot.knowledge.importers.proposal import remark
from bot.language.tags import TAGS
from bot.store.moments import SECOND

HOUR: Final = 3600 * SECOND


def begin(office: Office, staff: Officer, template: str, values: Mapping[str, Any], **more: Any) -> Broadcast:
    """Begin a draft from a template of the city's. `more` are changes as `drafts.save` takes them.

    Refuses an unknown template, and a blank that cannot stay as it is.
    """
    notice = office.knowledge.notices.get(template)
    if notice is None:
        raise Refused(remark("There is no template “{name}”.", name=template))
    for wrong in filling.wrong(notice, values, office.knowledge):
        raise Refused(remark("{blank}: {why}", blank=wrong.blank, why=wrong.remark))
    texts = {tag: filling.render(notice, office.voices[tag], values, office.knowledge) for tag in TAGS}
    usual: dict[str, Any] = {
        "title": notice.title.ja,
        "topic": notice.topic,
        "hold_minutes": notice.hold_minutes,
        "valid_until": office.now() + notice.valid_hours * HOUR,
        "quiet_ok": notice.kind == "emergency",
        "variants": {tag: Variant(tag, text) for tag, text in texts.items()},
    }
    fields = {**usual, **more, "kind": Kind(notice.kind), "template": notice.id, "values": dict(values)}
    return drafts.create(office, staff, **fields)
