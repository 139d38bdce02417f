"""An Answer becomes the LINE messages of one reply. Whatever the answer holds, LINE accepts the result."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.model import Answer, Button, Card
from bot.language.speech import Speech
from bot.messages.actions import is_vote, quick_reply
from bot.messages.flex import bubble
from bot.messages.limits import (
    ALT_TEXT,
    BUBBLE_BYTES,
    CAROUSEL_BUBBLES,
    CAROUSEL_BYTES,
    ELLIPSIS,
    MESSAGES,
    Json,
    clean,
    headline,
    pages,
    size,
    utf16,
)
from bot.messages.shown import shown
from bot.messages.text import card_lines, danger_lines, dangers_first


def to_messages(answer: Answer, speech: Speech) -> tuple[Json, ...]:
    """Return at most five messages; none for an answer that shows nothing. Dangerous things come first.

    Cards become one bubble or a carousel. A card too big for a bubble becomes text, complete; an answer that
    is wanted as text, or too big for five messages, becomes up to five texts, every prohibition first and the
    rest as far as it goes.
    """
    cards = dangers_first(answer.cards)
    votes, others = _votes_apart(answer)
    messages = [] if answer.as_text else list(_drawn(cards, speech, votes))
    if answer.as_text or len(messages) > MESSAGES:
        messages = _written(cards, speech)
    quick = quick_reply(others)
    if messages and quick:
        messages[-1] = {**messages[-1], "quickReply": quick}
    return tuple(messages)


def alt_text(card: Card) -> str:
    """Return the notification of a card: its fact, at most 60 characters.

    A prohibition is whole or not there: half of one could say the opposite.
    """
    words, lead = shown(card), clean(card.lead)
    if not words.forbids:
        return headline(lead or words.title) or ELLIPSIS
    for whole in (lead, " ".join(words.forbids)):
        line = " ".join(f"⚠️ {whole}".split())
        if whole and utf16(line) <= ALT_TEXT:
            return line
    return headline(f"⚠️ {words.title}")


def _votes_apart(answer: Answer) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
    """Return the buttons of "Was this helpful?" and the other quick replies.

    A single card shows the votes itself, where they stay; beside several they would belong to none.
    """
    if len(answer.cards) != 1:
        return (), answer.quick
    votes = tuple(button for button in answer.quick if is_vote(button))
    return votes, tuple(button for button in answer.quick if button not in votes)


def _drawn(cards: tuple[Card, ...], speech: Speech, votes: tuple[Button, ...]) -> Iterator[Json]:
    """Yield Flex messages, as few as hold the cards in order, and text for a card that no bubble holds."""
    group: list[tuple[Card, Json]] = []
    for card in cards:
        drawn = bubble(card, speech, votes)
        if drawn is None:
            continue
        if size(drawn) > BUBBLE_BYTES:
            yield from _flex(group)
            group = []
            yield from _texts(pages(card_lines(card, speech, pressable=False)))
        elif group and not _fits([*group, (card, drawn)]):
            yield from _flex(group)
            group = [(card, drawn)]
        else:
            group.append((card, drawn))
    yield from _flex(group)


def _fits(group: list[tuple[Card, Json]]) -> bool:
    return len(group) <= CAROUSEL_BUBBLES and size(_contents(group)) <= CAROUSEL_BYTES


def _flex(group: list[tuple[Card, Json]]) -> Iterator[Json]:
    if group:
        yield {"type": "flex", "altText": alt_text(group[0][0]), "contents": _contents(group)}


def _contents(group: list[tuple[Card, Json]]) -> Json:
    bubbles = [drawn for _card, drawn in group]
    return bubbles[0] if len(bubbles) == 1 else {"type": "carousel", "contents": bubbles}


def _written(cards: tuple[Card, ...], speech: Speech) -> list[Json]:
    """Return all cards as text in the five messages there are."""
    lines = [line for card in cards for line in danger_lines(card)]
    lines += [line for card in cards for line in card_lines(card, speech, pressable=False)]
    return list(_texts(pages(lines)[:MESSAGES]))


def _texts(texts: list[str]) -> Iterator[Json]:
    return ({"type": "text", "text": text} for text in texts)
