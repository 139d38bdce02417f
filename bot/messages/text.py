"""An Answer as plain text: what its reader sees, line by line, in the order of the card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.answers.model import Answer, Badge, Button, Card, Choice, Row, Section, Tone
from bot.language.speech import Speech
from bot.messages.actions import opens
from bot.messages.limits import clean
from bot.messages.looks import look
from bot.messages.shown import shown, sign_line


def flatten(answer: Answer, speech: Speech) -> str:
    """Return the whole answer as text: the cards, then the quick replies in brackets on the last line."""
    cards = ["\n".join(card_lines(card, speech)) for card in dangers_first(answer.cards)]
    quick = " ".join(f"[{label}]" for button in answer.quick if (label := clean(button.label)))
    return "\n\n".join(part for part in (*cards, quick) if part)


def dangers_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return the cards with the dangerous things in front: their prohibition is read before anything else."""
    return tuple(sorted(cards, key=lambda card: card.tone is not Tone.DANGER))


def card_lines(card: Card, speech: Speech, *, pressable: bool = True) -> list[str]:
    """Return a card's lines. Without `pressable`, buttons that only work in a card are left out."""
    words = shown(card)
    badge = list(_badge(card.badge, speech)) if card.badge else []
    headings = [*badge, words.title] if card.tone is Tone.PLAIN else [words.title, *badge]
    lines = [*danger_lines(card), *headings, words.fact]
    for section in words.sections:
        lines += _section(section)
    lines += [_choice(number, choice) for number, choice in enumerate(card.choices, 1)]
    lines.append(clean(card.source))
    lines += [_button(button, pressable=pressable) for button in card.buttons]
    return [line for line in lines if line]


def danger_lines(card: Card) -> list[str]:
    """Return the prohibition of a dangerous thing, which is never shortened; nothing for other cards."""
    words = shown(card)
    if not words.forbids:
        return []
    first, *others = (words.warning, *words.forbids) if words.warning else words.forbids
    return [f"⚠️ {first}", *others]


def _badge(badge: Badge, speech: Speech) -> Iterator[str]:
    yield clean(f"{badge.emoji} {badge.name}")
    yield sign_line(badge, speech)


def _section(section: Section) -> list[str]:
    lines = list(section.lines)
    if look(section.kind).numbered and len(lines) > 1:
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    return [section.title, *lines, *map(_row, section.rows)]


def _row(row: Row) -> str:
    what = " / ".join(name for badge in row.badges if (name := clean(f"{badge.emoji} {badge.name}")))
    day = f"{row.day}: {what}" if row.day and what else row.day or what
    return f"{day} ({' / '.join(row.notes)})" if row.notes else day


def _choice(number: int, choice: Choice) -> str:
    label, detail = clean(choice.label), clean(choice.detail)
    if not label:
        return detail
    return f"{number}  {label}" + (f" ({detail})" if detail and detail.casefold() != label.casefold() else "")


def _button(button: Button, *, pressable: bool) -> str:
    """Return a button in words. An address is written out, because a text has nothing to press."""
    label = clean(button.label)
    if button.uri and opens(button.uri):
        address = button.uri.removeprefix("tel:")
        return label if address in label else f"{label}: {address}"
    return f"[{label}]" if label and button.tap and pressable else ""
