"""What of a Card is shown where: the prohibition apart from the fact, nothing empty, nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.answers.model import Badge, Card, Row, Section, Tone
from bot.language.speech import Speech
from bot.messages.limits import clean

FORBID: Final = "forbid"
"""The kind of the section that says what must never be done with a dangerous thing."""
ASK: Final = "ask"
"""The kind of the section that asks the reader something, next to its choices."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card's words, cleaned. `warning` and `forbids` stand before all else and are never shortened."""

    warning: str
    forbids: tuple[str, ...]
    title: str
    fact: str
    sections: tuple[Section, ...]


def shown(card: Card) -> Shown:
    """Return a card's words in their places.

    The fact is left out where it only repeats the title, the category or the question of the card. In a
    dangerous card the prohibition is taken out of the fact, where the engine repeats it, and a card without a
    section for it has its whole lead as the prohibition.
    """
    title, lead = clean(card.title), clean(card.lead)
    sections = tuple(_cleaned(section) for section in card.sections)
    if card.tone is not Tone.DANGER:
        fact = _after(title, lead)
        return Shown("", (), title, "" if fact in _told(card, sections) else fact, sections)
    forbidding = [section for section in sections if section.kind == FORBID and section.lines]
    if not forbidding:
        return Shown("", (lead or title,) if lead or title else (), title if lead else "", "", sections)
    forbids = tuple(line for section in forbidding for line in section.lines)
    others = tuple(section for section in sections if section not in forbidding)
    return Shown(forbidding[0].title, forbids, title, _after(title, _without(lead, forbids)), others)


def sign_line(badge: Badge, speech: Speech) -> str:
    """Return the Japanese word that stands on bag and sign, unless the reader's own word is the same."""
    sign = clean(badge.sign)
    return speech.say("On the sign: {sign}", sign=sign) if sign and sign != clean(badge.name) else ""


def _told(card: Card, sections: tuple[Section, ...]) -> set[str]:
    """Return what the card says elsewhere, so that the fact need not: its category, and its question."""
    asked = {line for section in sections if section.kind == ASK for line in section.lines}
    return asked | ({clean(card.badge.name)} if card.badge else set())


def _cleaned(section: Section) -> Section:
    lines = tuple(line for line in map(clean, section.lines) if line)
    return Section(section.kind, clean(section.title), lines, tuple(map(_cleaned_row, section.rows)))


def _cleaned_row(row: Row) -> Row:
    notes = tuple(note for note in map(clean, row.notes) if note)
    return replace(row, day=clean(row.day), notes=notes)


def _without(lead: str, forbids: tuple[str, ...]) -> str:
    """Return the lead without the prohibitions at its beginning."""
    for forbid in forbids:
        lead = lead.removeprefix(forbid).strip()
    return lead


def _after(title: str, lead: str) -> str:
    """Return the lead without a first sentence that only repeats the title."""
    rest = lead.removeprefix(title)
    if not rest:
        return ""
    return rest[1:].strip() if rest != lead and rest[0] in ".。！？!?" else lead
