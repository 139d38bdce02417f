"""The reader's collection area: asked for, chosen, changed, forgotten."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.model import Answer, Button, Card, Choice, Section, Status, Tone
from bot.answers.reader import Reader, call_button, desk_section, show_button
from bot.answers.taps import Tap
from bot.knowledge.collection import Area, Town

THEN = ">"
"""Parts the area in an answer id from the id of what was asked before: `area:C>schedule:paper`."""

TOWN = "/"
"""Parts the area in an answer id from the name of the town that was offered: `area:C/川端町2丁目`."""

CHOOSE = "area:choose"
FORGET = "area:forget"

_MOST_BUTTONS = 8
"""More letters than this are typed, not looked for in a list."""

_MOST_TOWNS = 4


def choosing(then: str = "") -> str:
    """Return the id of the question for the area, which goes on to what was asked before."""
    return f"{CHOOSE}{THEN}{then}" if then else CHOOSE


def chosen(area: str, then: str = "") -> str:
    """Return the id under which an area is chosen, and then goes on."""
    return f"area:{area}{THEN}{then}" if then else f"area:{area}"


def pending(offered: tuple[str, ...]) -> str | None:
    """Return what the reader asked before they were asked for their area; None when they were not asked."""
    one = next((name for name in offered if name.startswith("area:")), None)
    return None if one is None else one.partition(THEN)[2]


def offered_towns(offered: tuple[str, ...]) -> frozenset[str]:
    """Return the whole names of the towns that the reader was just asked to choose among."""
    areas = (one.partition(THEN)[0] for one in offered if one.startswith("area:"))
    return frozenset(name for one in areas if (name := one.partition(TOWN)[2]))


def ask_area(reader: Reader, then: str = "", lead: str = "") -> Answer:
    """Return the question which area the reader lives in: by letter, by town, by place."""
    say = reader.speech.say
    question = lead or say("Which collection area do you live in?")
    if reader.moved_on:
        question = say("The collection areas have changed. Please choose yours again.")
    choices = tuple(_choice(reader, area, then) for area in reader.knowledge.calendar.areas.values())
    desk = reader.knowledge.desks[reader.knowledge.city.garbage_desk]
    buttons = [Button(one.label, Tap("answer", one.answer_id), primary=True) for one in choices]
    forget = [Button(say("Forget my area"), Tap("answer", FORGET))] if reader.area else []
    card = Card(
        title=say("My area"),
        lead=question,
        sections=(Section("now", say("How to find it"), _how(reader)), desk_section(reader, desk)),
        buttons=(
            *buttons[:_MOST_BUTTONS],
            *forget,
            call_button(reader, desk),
            *show_button(reader, choosing()),
        ),
    )
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=CHOOSE,
        confidence=1.0,
        choices=choices,
        cards=(card,),
        quick=(Button(say("Menu"), Tap("menu")), Button(say("Language"), Tap("language"))),
        topic="area",
    )


def for_days(reader: Reader, then: str, category: str = "") -> Answer:
    """Return the question for the area, as the answer to one for days: without an area no day is known.

    `category` is what the reader calls the category that was asked for.
    """
    say = reader.speech.say
    lead = say("It depends on your area. Which one do you live in?")
    if category:
        lead = say("“{category}”: {answer}", category=category, answer=lead)
    asked = ask_area(reader, then, lead)
    days = ("schedule",)
    return replace(
        asked, status=Status.UNKNOWN, answer_id=then, category=days[0], categories=days, topic=days[0]
    )


def unknown_town(reader: Reader, then: str) -> Answer:
    """Return that a town is not known, and the letters."""
    return ask_area(reader, then, reader.speech.say("I do not know this town. Please choose the letter."))


def which_town(reader: Reader, towns: tuple[Town, ...], then: str) -> Answer | None:
    """Return the question which of several towns is meant; None where all lie in one area."""
    if len({town.area for town in towns}) == 1:
        return None
    say = reader.speech.say
    if len(towns) > _MOST_TOWNS:
        return ask_area(reader, then, say("Several towns are called so. Please write the whole name."))
    choices = tuple(_town(reader, town, then) for town in towns)
    question = say("Which one do you mean?")
    asked = ask_area(reader, then, question)
    card = Card(title=say("My area"), lead=question, choices=choices, buttons=asked.cards[0].buttons[-1:])
    return replace(asked, status=Status.CHOICES, choices=choices, cards=(card,))


def near_answer(reader: Reader, areas: tuple[str, ...], then: str) -> Answer:
    """Return the question which of the areas around a place is meant, or that the place tells none."""
    say = reader.speech.say
    if not areas:
        return ask_area(
            reader, then, say("I cannot tell the area from this place. Please choose the letter.")
        )
    known = reader.knowledge.calendar.areas
    choices = tuple(_choice(reader, known[area], then) for area in areas[:_MOST_TOWNS])
    asked = ask_area(reader, then, say("This place is near the border of two areas. Which one is it?"))
    card = replace(asked.cards[0], choices=choices, buttons=asked.cards[0].buttons[-2:])
    return replace(asked, choices=choices, cards=(card,))


def forgotten(reader: Reader) -> Answer:
    """Return that the area is forgotten."""
    say = reader.speech.say
    lead = say("I have forgotten your area.")
    card = Card(title=lead, lead=lead, buttons=(Button(say("Choose my area"), Tap("answer", CHOOSE)),))
    return replace(ask_area(reader), answer_id=FORGET, choices=(), cards=(card,), area="")


def confirmed(reader: Reader, answer: Answer) -> Answer:
    """Return the answer that follows the choice of an area, with the choice said first."""
    say = reader.speech.say
    area = reader.knowledge.calendar.areas[reader.area or ""]
    line = say("Your area: {area}.", area=reader.text(area.name))
    if not reader.in_group:
        line = reader.speech.join(line, say("I keep it until you change it or forget it."))
    sections = (Section("area", "", (line,)),)
    first, *others = answer.cards
    warns = first.tone is Tone.DANGER
    told = (*first.sections, *sections) if warns else (*sections, *first.sections)
    return replace(answer, area=area.id, cards=(replace(first, sections=told), *others))


def change_button(reader: Reader, then: str = "") -> Button:
    """Return the button that leads to another area, or to none."""
    return Button(reader.speech.say("Change my area"), Tap("answer", choosing(then)))


def choose_button(reader: Reader, then: str) -> Button:
    """Return the button by which a reader without an area learns the date."""
    say = reader.speech.say
    return Button(say("My area (for the date)"), Tap("answer", choosing(then)), primary=True)


def keep_button(reader: Reader, area: str) -> Button:
    """Return the button that makes an area, named in a question, the reader's own."""
    name = reader.text(reader.knowledge.calendar.areas[area].short)
    return Button(reader.speech.say("{area} is mine", area=name), Tap("answer", chosen(area)))


def _how(reader: Reader) -> tuple[str, ...]:
    say, knowledge = reader.speech.say, reader.knowledge
    lines = [say("The letter is printed on the paper calendar (家庭ごみ収集日程表).")]
    if knowledge.towns:
        lines.append(
            say("Or write the name of your town, for example “{town}”.", town=knowledge.towns[0].town)
        )
    if knowledge.shapes or any(town.latitude is not None for town in knowledge.towns):
        lines.append(say("Or send your place with the ＋ button of LINE. I do not keep it."))
    return tuple(lines)


def _choice(reader: Reader, area: Area, then: str) -> Choice:
    return Choice(reader.text(area.short), chosen(area.id, then), None, reader.text(area.name))


def _town(reader: Reader, town: Town, then: str) -> Choice:
    area = reader.knowledge.calendar.areas[town.area]
    name = f"{town.town}{town.part}"
    return Choice(name, chosen(f"{area.id}{TOWN}{name}", then), None, reader.text(area.short))
