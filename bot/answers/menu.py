"""Greeting, help, thanks, languages and the two kinds of reader: calm cards that lead on."""

from __future__ import annotations

from datetime import timedelta

from bot.answers.garbage import visitor_section
from bot.answers.guides import topic_buttons
from bot.answers.model import Answer, Button, Card, Section, Status
from bot.answers.notices import notices_tap
from bot.answers.reader import Reader, call_button, desk_section
from bot.answers.remind import remind_tap
from bot.answers.taps import Tap
from bot.knowledge.model import Knowledge
from bot.language.tags import OWN_NAMES, TAGS

STAYS = (3, 7, 14)
"""Days of stay offered with one tap; any other day is picked from a calendar."""


def menu_answer(reader: Reader, intent: str = "menu") -> Answer:
    """Return the menu, opened with a sentence that fits what was said (greeting, thanks, help, ...)."""
    say = reader.speech.say
    openings = {
        "greeting": say("Hello! What would you like to throw away?"),
        "thanks": say("You are welcome."),
        "feedback": say("I am sorry that this did not help."),
        "media": say("I cannot see pictures or stickers. Please write the name of the thing."),
        "audio": say(
            "I cannot hear messages. Tap the microphone on your keyboard: it turns speech into text."
        ),
        "long": say("That is a lot at once. Please write one to five things."),
        "location": say("Thank you for the place. I do not know yet which collection area it is in."),
        "unsupported": say("I cannot read this kind of message. Please write in words."),
    }
    lead = openings.get(intent) or say("What would you like to do?")
    example = say("Write the name of a thing that you want to throw away, for example “frying pan”.")
    card = Card(
        title=lead,
        lead=lead,
        sections=(Section("now", say("How to ask"), (example,)),),
        buttons=(
            Button(say("Garbage"), Tap("garbage"), primary=True),
            Button(say("My collection day"), Tap("when")),
            Button(say("Remind me"), remind_tap("open")),
            Button(say("Choose notices"), notices_tap("open")),
            *topic_buttons(reader),
            Button(say("Ask the city"), Tap("call")),
            Button(say("Language"), Tap("language")),
        ),
    )
    return _menu(card, reader, f"menu:{intent}")


def garbage_answer(reader: Reader) -> Answer:
    """Return how to ask about things, with a button for each way of putting out garbage in force today."""
    say, knowledge = reader.speech.say, reader.knowledge
    lead = say("Write the name of a thing that you want to throw away, for example “frying pan”.")
    in_force = [
        category
        for category in knowledge.categories.values()
        if category.kind in ("regular", "application", "drop-off")
        and knowledge.category_on(category.id, reader.day) is category
        and not (category.valid_from and category.valid_from > reader.day)
    ]
    buttons = tuple(
        Button(f"{one.emoji} {reader.text(one.short)}", Tap("answer", f"category:{one.id}"))
        for one in in_force
    )
    return _menu(Card(title=say("Garbage"), lead=lead, sections=(), buttons=buttons), reader, "menu:garbage")


def language_answer(reader: Reader) -> Answer:
    """Return the choice of languages, each in its own script."""
    say = reader.speech.say
    lead = say("Which language shall I use?")
    return _menu(Card(title=lead, lead=lead, buttons=language_buttons()), reader, "menu:language")


def language_buttons() -> tuple[Button, ...]:
    """Return one button a language, in its own name and script."""
    return tuple(Button(OWN_NAMES[tag], Tap("language", tag)) for tag in TAGS)


def welcome_answer(knowledge: Knowledge) -> Answer:
    """Return the first card of a new friend: a line and a button in each language, and a line for others."""
    hello = [knowledge.welcome.hello[tag] for tag in ("ja", "en", "zh-Hans", "zh-Hant")]
    city = f"{knowledge.city.name['ja']} / {knowledge.city.name['en']}"
    card = Card(
        title=city,
        lead=f"{hello[0]} {hello[1]}",
        sections=(
            Section("languages", "", tuple(hello[2:])),
            Section("languages", "", tuple(knowledge.welcome.others.values())),
        ),
        buttons=language_buttons(),
    )
    return Answer(status=Status.MENU, answer_id="menu:welcome", cards=(card,), topic="menu")


def other_language_answer(reader: Reader) -> Answer:
    """Return what is there for a reader whose language we lack: easy Japanese and English, side by side."""
    welcome = reader.knowledge.welcome
    card = Card(
        title="やさしい日本語 / English",
        lead="やさしい日本語 / English",
        sections=(Section("languages", "", tuple(welcome.others.values())),),
        buttons=(Button("🚑 119 🚒", uri="tel:119", primary=True), *language_buttons()),
    )
    return _menu(card, reader, "menu:other-language")


def language_chosen(reader: Reader) -> Answer:
    """Return the confirmation in the new language, asking once whether the reader lives here or visits."""
    say = reader.speech.say
    lead = say("I will answer in this language.")
    card = Card(
        title=lead,
        lead=lead,
        sections=(
            Section(
                "now",
                say("How to ask"),
                (say("Write the name of a thing that you want to throw away, for example “frying pan”."),),
            ),
        ),
        buttons=(
            Button(say("I live here"), Tap("live")),
            Button(say("I'm visiting"), Tap("visit")),
            Button(say("Menu"), Tap("menu")),
        ),
    )
    return _menu(card, reader, "menu:language-chosen")


def stay_answer(reader: Reader) -> Answer:
    """Return the question until which day a visitor stays."""
    say = reader.speech.say
    lead = say("Until when are you staying?")
    longest = reader.day + timedelta(days=reader.knowledge.city.visitor_days)
    buttons = [
        Button(reader.speech.date(day), Tap("stay", day.isoformat()))
        for day in (reader.day + timedelta(days=days) for days in STAYS)
        if day <= longest
    ]
    buttons.append(Button(say("Another day"), Tap("stay"), pick_day=(reader.day, longest)))
    card = Card(title=lead, lead=lead, sections=(visitor_section(reader),), buttons=tuple(buttons))
    return _menu(card, reader, "menu:stay")


def noted_answer(reader: Reader, intent: str) -> Answer:
    """Return a short confirmation: living here, staying until a day, or a vote on an answer."""
    say = reader.speech.say
    words = {
        "live": say("Thank you. I will answer for people who live here."),
        "stay": say("Thank you. I will add advice for visitors. You will get emergency messages only."),
        "yes": say("Thank you. That helps us."),
        "no": say("I am sorry that this did not help."),
    }
    lead = words[intent]
    buttons = [Button(say("Another thing"), Tap("garbage"))]
    if intent == "no":
        desk = reader.knowledge.desks[reader.knowledge.city.garbage_desk]
        buttons.insert(0, call_button(reader, desk, primary=True))
    return _menu(Card(title=lead, lead=lead, buttons=tuple(buttons)), reader, f"menu:{intent}")


def call_answer(reader: Reader) -> Answer:
    """Return the telephone numbers: the garbage desk first, then the city hall."""
    say, knowledge = reader.speech.say, reader.knowledge
    desks = [knowledge.desks[one] for one in (knowledge.city.garbage_desk, knowledge.city.general_desk)]
    card = Card(
        title=say("Ask the city"),
        lead=say("{desk}: {phone}", desk=reader.text(desks[0].name), phone=desks[0].phone),
        sections=tuple(desk_section(reader, desk) for desk in desks),
        buttons=tuple(call_button(reader, desk, primary=desk is desks[0]) for desk in desks),
    )
    return _menu(card, reader, "menu:call")


def _menu(card: Card, reader: Reader, answer_id: str) -> Answer:
    say = reader.speech.say
    quick = (Button(say("Menu"), Tap("menu")), Button(say("Language"), Tap("language")))
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=answer_id,
        cards=(card,),
        quick=quick,
        topic="menu",
    )
