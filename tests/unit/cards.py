"""Answers to draw in tests: the usual ones by hand, and any at all by hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations
from typing import Any

from hypothesis import strategies as st

from bot.answers.model import Answer, Badge, Button, Card, Choice, Section, Status, Tone
from bot.answers.taps import Tap
from bot.language.speech import Speech
from bot.messages.looks import LOOKS

Json = dict[str, Any]

ENGLISH = Speech("en", NullTranslations())
"""The msgids themselves."""

BURNABLE = Badge("🔥", "Burnable garbage", "燃やすしかないごみ", "#ea3b13")
NEVER = "Never pierce it unless it is empty, outdoors, and no fire is near."
SOURCE = "Source: City's page (April 2023)"
VOTES = (
    Button("Yes, helpful", Tap("helpful", "garbage:frying-pan", "yes")),
    Button("Not helpful", Tap("helpful", "garbage:frying-pan", "no")),
)
PAN = Card(
    title="Frying pan",
    lead="Frying pan goes into “Non-burnable”.",
    badge=Badge("🪨", "Non-burnable garbage", "燃やせないごみ", "#733b96"),
    sections=(
        Section("how", "How to put it out", ("Use a clear bag of 45 L or less.", "Tie the bag.")),
        Section("caution", "Take care", ("Do not put lithium batteries in this bag.",)),
    ),
    source=SOURCE,
    buttons=(
        Button("When is it collected?", Tap("when", "non-burnable"), primary=True),
        Button("Call 088-621-5202", uri="tel:088-621-5202"),
        Button("Open the city's page", uri="https://www.city.tokushima.tokushima.jp/kurashi/"),
    ),
)
SPRAY = Card(
    title="Spray can",
    lead=f"{NEVER} Spray can goes into “Non-burnable”.",
    tone=Tone.DANGER,
    badge=PAN.badge,
    sections=(Section("forbid", "Danger", (NEVER,)), *PAN.sections),
    source=SOURCE,
    buttons=PAN.buttons,
)
UNSURE = Card(
    title="We do not know this yet",
    lead="We could not confirm where it goes.",
    tone=Tone.UNSURE,
    sections=tuple(Section(kind, f"Title of {kind}", ("One thing.", "Another.")) for kind in LOOKS),
    buttons=PAN.buttons,
)
ASKING = Card(
    title="Which one do you mean?",
    lead="Which one do you mean?",
    choices=(
        Choice("Dry battery", "garbage:dry-battery", "hazardous", "Alkaline and manganese batteries"),
        Choice("Power bank", "garbage:power-bank", "hazardous", "power bank"),
    ),
    buttons=(Button("None of these", Tap("none")),),
)
CARDS = (PAN, SPRAY, UNSURE, ASKING)


def answer(*cards: Card, quick: tuple[Button, ...] = ()) -> Answer:
    """Return an answer that shows these cards."""
    return Answer(status=Status.ANSWERED, cards=cards, quick=quick)


def components(value: object) -> Iterator[Json]:
    """Yield every JSON object inside a message."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from components(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from components(inner)


def shown_texts(value: object) -> list[str]:
    """Return every text and label that a reader sees in a message."""
    return [
        component[key] for component in components(value) for key in ("text", "label") if key in component
    ]


STRANGE = (
    "\x00",
    "\ud800",
    "\udc00",
    "\ufffe",
    "\u202e",
    "\u200b",
    "\u0301",
    "👨‍👩‍👧‍👦",
    "🇯🇵",
    "\n",
    " ",
    "{x}",
    "%",
    "燃（も）",
)
words = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(STRANGE), max_size=8).map("".join),
    st.builds(
        str.__mul__,
        st.sampled_from(("燃", "a ", "👨‍👩‍👧‍👦", "e\u0301", "\u0301", "ぱ。", "\\")),
        st.integers(0, 700),
    ),
)
colours = st.one_of(words, st.integers(0, 0xFFFFFF).map("#{:06x}".format))
uris = st.one_of(
    st.none(),
    words,
    words.map("https://example.jp/{}".format),
    st.sampled_from(("tel:119", "javascript:alert(1)", "https://example.jp/?q=1")),
)
taps = st.one_of(st.none(), st.builds(Tap, words, words, words), st.just(VOTES[0].tap))
days = st.one_of(st.none(), st.tuples(st.dates(), st.dates()))
buttons = st.builds(Button, words, taps, uris, st.booleans(), days)
sections = st.builds(
    Section, st.one_of(st.sampled_from(list(LOOKS)), words), words, st.lists(words, max_size=4).map(tuple)
)
choices = st.builds(Choice, words, words, st.none(), words)


def _several(of: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


any_card = st.builds(
    Card,
    title=words,
    lead=words,
    tone=st.sampled_from(Tone),
    badge=st.one_of(st.none(), st.builds(Badge, words, words, words, colours)),
    sections=_several(sections, 4),
    choices=_several(choices, 4),
    source=words,
    buttons=_several(buttons, 4),
)
any_answer = st.builds(
    Answer, status=st.sampled_from(Status), cards=_several(any_card, 15), quick=_several(buttons, 15)
)
