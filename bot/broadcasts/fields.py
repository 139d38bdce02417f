"""What may be said of a draft, looked at before it is kept. What is only unwise is a hint, never refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.broadcasts.audience import LANGUAGES
from bot.broadcasts.model import Audience, Kind, Variant
from bot.broadcasts.office import Office
from bot.broadcasts.refused import Refused
from bot.knowledge.importers.proposal import remark
from bot.language.tags import TAGS
from bot.messages.limits import clean
from bot.store import media

KNOWN: Final = (
    "title", "kind", "topic", "audience", "variants", "fallback", "explained", "due_at", "hold_minutes",
    "quiet_ok", "valid_until", "replaces", "public", "plain", "template", "values",
)  # fmt: skip
"""What of a broadcast whoever writes it may change."""

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 20_000
"""Far above LINE's limit: a text that is too long is kept, and a hint says so."""

LONGEST_HOLD: Final = 1440
_LONGEST: Final = {"alt": 1500, "link": 1000, "link_label": 80}


def accepted(office: Office, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes as they can be kept. Refuses what cannot; `still_right` names reviewed languages."""
    for name in changes:
        if name not in (*KNOWN, "still_right"):
            raise Refused(remark("A broadcast has no field “{name}”.", name=name))
    looked = dict(changes)
    for name, look in _LOOKS.items():
        if name in looked:
            looked[name] = look(office, looked[name])
    return looked


def _title(_office: Office, title: str) -> str:
    title = " ".join(clean(title).split())
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise Refused(remark("The title has 1 to {most} characters.", most=LONGEST_TITLE))
    return title


def _audience(office: Office, audience: Audience) -> Audience:
    known = office.knowledge.calendar.areas
    if audience.languages is not None and not set(audience.languages) <= set(LANGUAGES):
        raise Refused(remark("The audience names a language that there is not."))
    if audience.languages == () and not audience.unknown:
        raise Refused(remark("Choose at least one language."))
    if audience.areas is not None and not (audience.areas and set(audience.areas) <= set(known)):
        raise Refused(remark("Choose at least one area, among those that there are."))
    return audience


def _variants(office: Office, variants: Mapping[str, Variant | None]) -> dict[str, Variant | None]:
    pictures = {one.picture for one in variants.values() if one and one.picture}
    there = office.database.read(lambda connection: media.facts(connection, pictures)) if pictures else {}
    for tag, one in variants.items():
        if tag not in TAGS or (one and one.language != tag):
            raise Refused(remark("There is no language “{tag}”.", tag=tag))
        if one:
            _variant(one)
        if one and one.picture and one.picture not in there:
            raise Refused(remark("There is no such picture."))
    return {tag: _storable(one) if one else None for tag, one in variants.items()}


def _storable(one: Variant) -> Variant:
    """Return a variant without what a database or a phone cannot hold; spaces at its ends may stay."""
    return Variant(
        one.language,
        _printable(one.text),
        one.picture,
        clean(one.alt),
        clean(one.link),
        clean(one.link_label),
        one.made_from,
    )


def _printable(text: str) -> str:
    tidy = clean(f"|{text}|")
    return tidy[1:-1]


def _variant(one: Variant) -> None:
    if len(one.text) > LONGEST_TEXT:
        words = remark(
            "A text of {n} characters cannot be kept; {most} can.", n=len(one.text), most=LONGEST_TEXT
        )
        raise Refused(words)
    for name, most in _LONGEST.items():
        if len(getattr(one, name)) > most:
            raise Refused(remark("A link, its label or a description is longer than {most}.", most=most))


def _fallback(_office: Office, fallback: Mapping[str, str]) -> dict[str, str]:
    if not {*fallback, *fallback.values()} <= set(TAGS):
        raise Refused(remark("A fall-back names a language that there is not."))
    return {tag: other for tag, other in fallback.items() if tag != other}


def _explained(_office: Office, explained: Mapping[str, str]) -> dict[str, str]:
    return {hint: clean(reason)[:300] for hint, reason in explained.items() if clean(reason)}


def _hold(_office: Office, minutes: int) -> int:
    if not 0 <= minutes <= LONGEST_HOLD:
        raise Refused(remark("It is held back for 0 to {most} minutes.", most=LONGEST_HOLD))
    return minutes


def _topic(office: Office, topic: str | None) -> str | None:
    known = getattr(office.knowledge.city, "topics", None)
    if topic and known is not None and topic not in {one.id for one in known}:
        raise Refused(remark("There is no topic “{topic}”.", topic=topic))
    return topic or None


_LOOKS: Final[Mapping[str, Callable[[Office, Any], Any]]] = {
    "title": _title,
    "kind": lambda _office, kind: Kind(kind),
    "topic": _topic,
    "audience": _audience,
    "variants": _variants,
    "fallback": _fallback,
    "explained": _explained,
    "hold_minutes": _hold,
}
