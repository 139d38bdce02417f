"""What a reader's next tap tells about our answer: its button carries the question, masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.answers.model import Answer, Button
from bot.answers.taps import Tap, decode
from bot.answers.verdict import Thing
from bot.insights.masking import LONGEST, mask
from bot.insights.signals import Kind, Signal
from bot.knowledge.model import Knowledge
from bot.line.inbound import Inbound

_TELLING = frozenset({"helpful", "none"})
"""What buttons do that say something about the answer above them."""


def carrying(answer: Answer, event: Inbound) -> Answer:
    """Return the answer whose choices and votes carry what was asked.

    The choices of a question of ours (clean or dirty?) do not: whoever answers it was understood.
    """
    asked = _asked(event)
    if not asked:
        return answer
    which = answer.answer_id is None
    cards = tuple(
        replace(
            card,
            choices=tuple(replace(one, asked=asked) for one in card.choices) if which else card.choices,
            buttons=tuple(_with(button, asked) for button in card.buttons),
        )
        for card in answer.cards
    )
    return replace(answer, cards=cards, quick=tuple(_with(button, asked) for button in answer.quick))


def learnt(event: Inbound, answer: Answer, knowledge: Knowledge) -> tuple[Signal, ...]:
    """Return what a turn tells about our answers."""
    return tuple(_signals(event, answer, knowledge))


def _signals(event: Inbound, answer: Answer, knowledge: Knowledge) -> Iterator[Signal]:
    language = answer.language
    about = answer.answer_id or ""
    if about.startswith("garbage:"):
        thing = Thing.named(about.partition(":")[2].partition("@")[0]).id
        if thing in knowledge.items and (thing, language) not in knowledge.labels:
            yield Signal(Kind.UNTRANSLATED, language, target=f"garbage:{thing}")
    tap = decode(event.postback) if event.kind == "postback" else None
    match tap:
        case Tap(do="answer", on=target, asked=asked) if asked:
            yield Signal(Kind.CHOSEN, language, asked, target)
        case Tap(do="none", asked=asked) if asked:
            yield Signal(Kind.NONE_OF_THESE, language, asked)
        case Tap(do="helpful", on=target, value="no", asked=asked) if asked:
            yield Signal(Kind.NOT_HELPFUL, language, asked, target)


def _asked(event: Inbound) -> str:
    """Return the masked question of a turn: what was typed, or what the tapped button carried."""
    if event.kind == "postback":
        tap = decode(event.postback)
        return tap.asked if tap and tap.do == "answer" else ""
    asked = mask(event.text) if event.kind == "text" else ""
    says = any(sign.isalpha() for sign in asked)  # a number only picks from a list
    return asked if says and len(asked) <= LONGEST else ""


def _with(button: Button, asked: str) -> Button:
    if button.tap is None or button.tap.do not in _TELLING:
        return button
    return replace(button, tap=replace(button.tap, asked=asked))
