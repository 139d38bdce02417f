"""A Card as a LINE Flex bubble: band, title, fact, sections, choices, source, buttons.

The band carries the category's colour, emoji and name. A dangerous thing has a red band with the prohibition
in it, so that nothing stands above it; what nobody has confirmed has a grey one.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.model import Badge, Button, Card, Choice, Row, Section, Tone
from bot.language.speech import Speech
from bot.messages import looks
from bot.messages.actions import choose, press
from bot.messages.limits import Json, clean
from bot.messages.shown import Shown, shown, sign_line


def bubble(card: Card, speech: Speech, votes: tuple[Button, ...] = ()) -> Json | None:
    """Return the bubble of a card, whatever its size, or None when nothing in it can be seen.

    `votes` are the buttons that answer "Was this helpful?".
    """
    words = shown(card)
    colour = _band_colour(card)
    accent = looks.ink_from(_badge_colour(card.badge) if card.badge else looks.INDIGO)
    band = _band(card, words, speech, colour)
    body = [*_headings(card, words, speech)]
    for section in words.sections:
        body += _section(section, accent)
    for number, choice in enumerate(card.choices, 1):
        body += _choice(number, choice)
    body += _text(card.source, size="sm", color=looks.GREY, margin="lg")
    footer = _buttons(card)
    if not (band or body or footer):
        return None
    blocks = {
        "header": _column(band, spacing="sm", paddingAll="lg", backgroundColor=colour),
        "body": _column(body, spacing="md", paddingAll="lg", backgroundColor=looks.WHITE),
        "footer": _column(
            footer + _votes(votes, speech), spacing="sm", paddingAll="lg", backgroundColor=looks.WHITE
        ),
    }
    seen = {name: block for name, block in blocks.items() if block["contents"]}
    return {"type": "bubble", "size": "mega", **seen}


def _band_colour(card: Card) -> str:
    """Return red for danger, grey for the unconfirmed, else the category's colour."""
    if card.tone is Tone.DANGER:
        return looks.RED
    if card.tone is Tone.UNSURE:
        return looks.SLATE
    return _badge_colour(card.badge) if card.badge else looks.INDIGO


def _badge_colour(badge: Badge) -> str:
    return badge.colour if looks.is_colour(badge.colour) else looks.SLATE


def _band(card: Card, words: Shown, speech: Speech, colour: str) -> list[Json]:
    ink = looks.ink_on(colour)
    if words.forbids:
        first, *others = (words.warning, *words.forbids) if words.warning else words.forbids
        size = "md" if words.warning else "lg"
        heading = _text(f"⚠️ {first}", size=size, weight="bold", color=ink)
        return heading + [
            part for line in others for part in _text(line, size="lg", weight="bold", color=ink)
        ]
    if card.tone is Tone.PLAIN and card.badge:
        return _badge(card.badge, speech, ink, "lg")
    return _text(words.title, size="lg", weight="bold", color=ink)


def _badge(badge: Badge, speech: Speech, ink: str, size: str) -> list[Json]:
    return [
        *_text(f"{badge.emoji} {badge.name}", size=size, weight="bold", color=ink),
        *_text(sign_line(badge, speech), size="sm", color=ink),
    ]


def _headings(card: Card, words: Shown, speech: Speech) -> Iterator[Json]:
    """Yield what stands above the sections and is not in the band already."""
    if words.forbids or (card.tone is Tone.PLAIN and card.badge):
        yield from _text(words.title, size="xl", weight="bold")
    if card.badge and card.tone is not Tone.PLAIN:
        colour = _badge_colour(card.badge)
        chip = _badge(card.badge, speech, looks.ink_on(colour), "md")
        if chip:
            yield _column(chip, paddingAll="md", cornerRadius="md", backgroundColor=colour)
    yield from _text(words.fact)


def _section(section: Section, accent: str) -> list[Json]:
    look = looks.look(section.kind)
    colour = look.ink or accent
    parts = _text(section.title, size="sm", weight="bold", color=colour)
    for number, line in enumerate(section.lines, 1):
        if look.numbered and len(section.lines) > 1:
            parts.append(_step(f"{number}.", line, colour))
        else:
            parts += _text(line, **({"size": "lg", "weight": "bold"} if look.large else {}))
    for row in section.rows:
        parts += _row(row, colour)
    if not parts:
        return []
    frame = {"paddingAll": "md", "cornerRadius": "md", "backgroundColor": look.tint}
    return [_column(parts, spacing="sm", margin="lg", **(frame if look.tint != looks.WHITE else {}))]


def _row(row: Row, colour: str) -> list[Json]:
    """Return a day of a list: its date above what is collected, each in the colour of its category."""
    parts = _text(row.day, weight="bold", color=looks.INK if row.badges else colour)
    for badge in row.badges:
        ink = looks.ink_from(_badge_colour(badge))
        sign = f"  {badge.sign}" if clean(badge.sign) and clean(badge.sign) != clean(badge.name) else ""
        parts += _text(f"{badge.emoji} {badge.name}{sign}", weight="bold", color=ink)
    for note in row.notes:
        parts += _text(note, size="sm", color=looks.AMBER_INK)
    return [_column(parts, spacing="xs", margin="md")] if parts else []


def _step(number: str, line: str, colour: str) -> Json:
    """Return a numbered line whose second row stands under the first word, not under the number."""
    contents = [*_text(number, weight="bold", color=colour, flex=0), *_text(line, flex=1)]
    return {"type": "box", "layout": "horizontal", "spacing": "md", "contents": contents}


def _choice(number: int, choice: Choice) -> list[Json]:
    """Return one choice as a wide button with its explanation below the label."""
    action = choose(number, choice)
    label, detail = clean(choice.label), clean(choice.detail)
    parts = _text(f"{number}  {label}" if label else "", weight="bold", color=looks.LINK)
    parts += _text(detail if detail.casefold() != label.casefold() else "", size="sm", color=looks.GREY)
    return [_framed(parts, action)] if parts else []


def _buttons(card: Card) -> list[Json]:
    """Return the buttons in order. Red is for calling about a danger, so that it means nothing else."""
    parts = []
    for button in card.buttons:
        action = press(button)
        if action and button.primary:
            calls = card.tone is Tone.DANGER and action["type"] == "uri"
            parts.append(_button(action, "primary", looks.RED if calls else looks.INDIGO))
        elif action:
            parts.append(_button(action, "link", looks.LINK))
    return parts


def _votes(votes: tuple[Button, ...], speech: Speech) -> list[Json]:
    pair = [
        _framed(_text(action["label"], size="sm", color=looks.LINK, align="center"), action)
        for button in votes
        if (action := press(button))
    ]
    if not pair:
        return []
    return [
        {"type": "separator", "color": looks.RULE, "margin": "md"},
        *_text(speech.say("Was this helpful?"), size="sm", color=looks.GREY, align="center", margin="md"),
        {"type": "box", "layout": "horizontal", "spacing": "sm", "contents": pair},
    ]


def _framed(contents: list[Json], action: Json | None) -> Json:
    """Return a button drawn as a box, because LINE never wraps the label of a real one."""
    frame = {"paddingAll": "md", "cornerRadius": "md", "borderWidth": "normal", "borderColor": looks.LINK}
    return _column(contents, justifyContent="center", **frame, **({"action": action} if action else {}))


def _button(action: Json, style: str, colour: str) -> Json:
    return {
        "type": "button",
        "style": style,
        "color": colour,
        "height": "sm",
        "adjustMode": "shrink-to-fit",
        "scaling": True,
        "action": action,
    }


def _text(text: str, **looks_like: object) -> list[Json]:
    """Return one text that wraps and grows with the phone's font size, or nothing for an empty one."""
    words = clean(text)
    if not words:
        return []
    default = {"size": "md", "color": looks.INK}
    return [{"type": "text", "text": words, "wrap": True, "scaling": True, **default, **looks_like}]


def _column(contents: list[Json], **looks_like: object) -> Json:
    return {"type": "box", "layout": "vertical", "contents": contents, **looks_like}
