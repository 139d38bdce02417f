"""An Answer as LINE messages: what stands where, and LINE's limits for any answer at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from gettext import NullTranslations

import pytest
import regex

from bot.answers.model import Button, Card, Choice, Section, Tone
from bot.answers.taps import Tap, decode
from bot.language.speech import Speech
from bot.messages.render import alt_text, to_messages
from bot.messages.text import flatten
from tests.unit.cards import (
    ASKING,
    BURNABLE,
    CARDS,
    ENGLISH,
    NEVER,
    PAN,
    SPRAY,
    UNSURE,
    VOTES,
    Json,
    answer,
    components,
    shown_texts,
)


def only(messages: tuple[Json, ...]) -> Json:
    (message,) = messages
    return message


def pressed(message: Json, label: str) -> Json:
    """Return the action with this label."""
    return next(one for one in components(message) if one.get("label") == label)


def test_one_card_is_one_bubble_and_several_are_a_carousel() -> None:
    """Several things in one message stand side by side, all one width."""
    assert only(to_messages(answer(PAN), ENGLISH))["contents"]["type"] == "bubble"
    carousel = only(to_messages(answer(PAN, ASKING), ENGLISH))["contents"]
    assert carousel["type"] == "carousel"
    assert {bubble["size"] for bubble in carousel["contents"]} == {"mega"}


def test_an_answer_without_anything_to_see_is_no_message() -> None:
    """LINE refuses an empty message, so there is none."""
    assert to_messages(answer(), ENGLISH) == ()
    assert to_messages(answer(Card(" ", "\x00"), quick=VOTES), ENGLISH) == ()


def test_every_text_wraps_and_grows() -> None:
    """Nothing is clipped for a reader who set a large font."""
    drawn = to_messages(answer(*CARDS), ENGLISH)
    texts = [one for one in components(drawn) if one.get("type") in ("text", "button")]
    assert len(texts) > 20
    assert all(one["scaling"] and (one["type"] == "button" or one["wrap"]) for one in texts)


def test_the_sign_stands_beside_a_foreign_name() -> None:
    """A reader must recognise the Japanese word on the bag; it is not repeated where it is the name."""
    assert "On the sign: 燃やすしかないごみ" in shown_texts(
        to_messages(answer(replace(PAN, badge=BURNABLE)), ENGLISH)
    )
    same = replace(BURNABLE, name=BURNABLE.sign)
    assert not [
        text for text in shown_texts(to_messages(answer(replace(PAN, badge=same)), ENGLISH)) if "sign" in text
    ]


def test_the_prohibition_stands_first_and_once() -> None:
    """A dangerous thing begins with what must never be done, in the card and in the text."""
    drawn = only(to_messages(answer(SPRAY), ENGLISH))
    texts = shown_texts(drawn["contents"]["header"])
    assert texts == ["⚠️ Danger", NEVER]
    assert str(drawn).count(NEVER) == 1
    assert "Spray can goes into “Non-burnable”." in shown_texts(drawn)
    assert flatten(answer(SPRAY), ENGLISH).startswith(f"⚠️ Danger\n{NEVER}\n")


def test_an_emergency_without_a_category_has_its_lead_in_the_band() -> None:
    """`119 first` is the first thing that is read."""
    card = Card(
        "Fire", "Call 119 now.", tone=Tone.DANGER, sections=(Section("steps", "", ("Get out.", "Call.")),)
    )
    drawn = only(to_messages(answer(card), ENGLISH))
    assert shown_texts(drawn["contents"])[:2] == ["⚠️ Call 119 now.", "Fire"]
    assert drawn["altText"] == "⚠️ Call 119 now."


def test_dangerous_things_come_first_among_several() -> None:
    """A spray can asked for after a pan is told before it."""
    drawn = only(to_messages(answer(PAN, SPRAY), ENGLISH))
    assert "Danger" in str(drawn["contents"]["contents"][0])
    assert flatten(answer(PAN, SPRAY), ENGLISH).startswith("⚠️")


def test_the_notification_is_the_fact() -> None:
    """The lead is what a locked phone shows."""
    assert alt_text(PAN) == "Frying pan goes into “Non-burnable”."


def test_a_notification_never_holds_half_a_prohibition() -> None:
    """Too long to be whole, it gives way to the name."""
    assert alt_text(SPRAY) == "⚠️ Spray can"
    short = replace(SPRAY, sections=(Section("forbid", "Danger", ("No fire near it.",)),))
    assert alt_text(short) == "⚠️ No fire near it."


def test_steps_are_numbered_and_single_sentences_are_not() -> None:
    """1. 2. in front of steps; one sentence needs no number."""
    texts = shown_texts(to_messages(answer(PAN), ENGLISH))
    assert texts[texts.index("How to put it out") + 1 :][:4] == [
        "1.", "Use a clear bag of 45 L or less.", "2.", "Tie the bag.",
    ]  # fmt: skip
    assert "1. Use a clear bag" in flatten(answer(PAN), ENGLISH)
    assert "\nDo not put lithium batteries in this bag.\n" in flatten(answer(PAN), ENGLISH)


def test_a_choice_is_a_wide_numbered_button() -> None:
    """Pressing it asks for that thing and shows the reader's own words without the number."""
    action = pressed(only(to_messages(answer(ASKING), ENGLISH)), "1  Dry battery")
    assert decode(action["data"]) == Tap("answer", "garbage:dry-battery")
    assert action["displayText"] == "Dry battery"
    texts = shown_texts(to_messages(answer(ASKING), ENGLISH))
    assert texts.count("Alkaline and manganese batteries") == 1
    assert "power bank" not in texts


def test_buttons_do_what_they_say() -> None:
    """A tap comes back to us, an address is opened by the phone."""
    drawn = only(to_messages(answer(PAN), ENGLISH))
    assert decode(pressed(drawn, "When is it collected?")["data"]) == Tap("when", "non-burnable")
    assert pressed(drawn, "Call 088-621-5202")["uri"] == "tel:088-621-5202"


@pytest.mark.parametrize(
    "uri",
    [
        "http://example.jp/",
        "javascript:alert(1)",
        "https://",
        "https://a b.jp/",
        "tel:",
        "line://x",
        "https://x.jp/\n",
    ],
)
def test_other_addresses_are_no_buttons(uri: str) -> None:
    """Only https and telephone numbers are opened; the rest of the card stays."""
    drawn = to_messages(answer(replace(PAN, buttons=(Button("Go", uri=uri),))), ENGLISH)
    assert "Go" not in shown_texts(drawn)
    assert "Frying pan" in shown_texts(drawn)


def test_a_day_is_picked_from_the_phones_calendar() -> None:
    """The tap goes with the day; a calendar without a choice of days is no button."""
    first, last = date(2026, 11, 24), date(2027, 1, 24)
    button = Button("Another day", Tap("stay"), pick_day=(first, last))
    action = pressed(only(to_messages(answer(replace(PAN, buttons=(button,))), ENGLISH)), "Another day")
    assert (action["type"], action["mode"], decode(action["data"])) == ("datetimepicker", "date", Tap("stay"))
    assert (action["min"], action["max"]) == ("2026-11-24", "2027-01-24")
    never = replace(button, pick_day=(last, first))
    assert "Another day" not in shown_texts(to_messages(answer(replace(PAN, buttons=(never,))), ENGLISH))


def test_a_fact_does_not_say_the_title_again() -> None:
    """A lead that begins with the title as a sentence goes on after it; one that grows out of it stays."""
    again = Card("I do not know this one", "I do not know this one. Desk: 088-621-5202")
    assert shown_texts(to_messages(answer(again), ENGLISH)) == [
        "I do not know this one",
        "Desk: 088-621-5202",
    ]
    assert "Frying pan goes into “Non-burnable”." in shown_texts(to_messages(answer(PAN), ENGLISH))


def test_a_fact_says_neither_the_category_nor_the_question_again() -> None:
    """A step that tells something first asks its question once, next to the choices."""
    question = "Who is the card for?"
    sections = (Section("tell", "Step 1 of 6", ("The first card is free.",)), Section("ask", "", (question,)))
    step = Card("Getting a card", question, sections=sections)
    assert shown_texts(to_messages(answer(step), ENGLISH)).count(question) == 1
    page = Card("Burnable", BURNABLE.name, badge=BURNABLE)
    assert shown_texts(to_messages(answer(page), ENGLISH)).count(BURNABLE.name) == 0
    assert flatten(answer(page), ENGLISH).count(BURNABLE.name) == 1


def test_quick_replies_hang_on_the_last_message() -> None:
    """At most six, each of at most twenty characters."""
    quick = tuple(Button(f"Number {number} with a long label", Tap("x", str(number))) for number in range(9))
    message = only(to_messages(answer(PAN, quick=quick), ENGLISH))
    labels = [item["action"]["label"] for item in message["quickReply"]["items"]]
    assert len(labels) == 6
    assert labels[0] == "Number 0 with a lon…"


def test_the_vote_stays_in_a_single_card() -> None:
    """ "Was this helpful?" stands as a pair below one card; beside several it is a quick reply."""
    one = only(to_messages(answer(PAN, quick=VOTES), ENGLISH))
    assert "Was this helpful?" in shown_texts(one)
    assert "quickReply" not in one
    two = only(to_messages(answer(PAN, UNSURE, quick=VOTES), ENGLISH))
    assert "Was this helpful?" not in shown_texts(two)
    assert len(two["quickReply"]["items"]) == 2


class Pseudo(NullTranslations):
    """A language in which every sentence of ours is long and in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message} {'ŀ' * len(message)}⟧"


def test_no_word_of_ours_is_hard_coded() -> None:
    """All that a reader sees is content, or comes from the catalog."""
    pseudo = Speech("en", Pseudo())
    known = {text for card in CARDS for text in _content(card)} | {button.label for button in VOTES}
    for card in CARDS:
        for text in shown_texts(to_messages(answer(card, quick=VOTES), pseudo)):
            bare = regex.sub(r"^(⚠️ |[1-4]  )", "", text)
            assert bare in known or bare.startswith("⟦") or regex.fullmatch(r"\d\.", bare), text


def _content(card: Card) -> Iterator[str]:
    yield from (card.title, card.lead, card.lead.removeprefix(NEVER).strip(), card.source)
    if card.badge:
        yield f"{card.badge.emoji} {card.badge.name}"
    for section in card.sections:
        yield from (section.title, *section.lines)
    for choice in card.choices:
        yield from (choice.label, choice.detail)
    yield from (button.label for button in card.buttons)


def test_the_text_is_what_the_card_shows() -> None:
    """Nothing that a card shows is missing from the flattened answer."""
    for card in CARDS:
        told = flatten(answer(card), ENGLISH)
        for text in shown_texts(to_messages(answer(card), ENGLISH)):
            if not regex.fullmatch(r"\d\.", text):
                assert text in told


def test_a_choice_whose_tap_is_too_long_is_still_read() -> None:
    """It can be answered by its number."""
    card = replace(ASKING, choices=(Choice("Thing", "x" * 400),))
    drawn = to_messages(answer(card), ENGLISH)
    assert "1  Thing" in shown_texts(drawn)
    assert not [one for one in components(drawn) if one.get("displayText") == "Thing"]
