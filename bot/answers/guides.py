"""A question about procedures, the My Number card or the city, answered in steps."""

from __future__ import annotations

from bot.answers.model import Answer, Button, Card, Choice, Section, Status, Tone
from bot.answers.reader import (
    Reader,
    call_button,
    desk_section,
    grade,
    map_button,
    quick_buttons,
    show_button,
)
from bot.answers.taps import Tap
from bot.knowledge.procedures import Guide

MOST_BUTTONS = 10
"""A card with more buttons than this is a list nobody reads to its end."""


def guide_answer(reader: Reader, guide_id: str, confidence: float = 1.0) -> Answer:
    """Return the steps of one guide; one with branches first asks which case it is."""
    guide = reader.knowledge.guides[guide_id]
    answer_id = f"guide:{guide_id}"
    choices = tuple(
        Choice(reader.text(reader.knowledge.guides[branch].short), f"guide:{branch}")
        for branch in guide.branches
    )
    status = Status.CHOICES if choices else Status.SAFETY if guide.alarm else Status.ANSWERED
    return Answer(
        status=status,
        language=reader.language,
        answer_id=answer_id,
        facts=tuple(guide.facts),
        confidence=confidence,
        choices=choices,
        cards=(_card(reader, guide, answer_id, choices),),
        quick=quick_buttons(reader, None if choices else answer_id),
        topic=guide.topic,
    )


def topic_buttons(reader: Reader) -> tuple[Button, ...]:
    """Return a button for each subject that has guides."""
    there = {guide.topic for guide in reader.knowledge.guides.values()}
    titles = _titles(reader)
    return tuple(Button(titles[topic], Tap("topic", topic)) for topic in titles if topic in there)


def _titles(reader: Reader) -> dict[str, str]:
    """Return the subjects in the order of the menu."""
    say = reader.speech.say
    return {
        "procedures": say("Procedures"),
        "my-number": say("My Number card"),
        "city": say("City hall and library"),
    }


def topic_answer(reader: Reader, topic: str) -> Answer:
    """Return a list of what can be asked about one subject, each a tap away."""
    say = reader.speech.say
    titles = _titles(reader)
    title = titles.get(topic, titles["procedures"])
    walks = [path for path in reader.knowledge.paths.values() if path.topic == topic]
    others = [guide for guide in reader.knowledge.guides.values() if guide.topic == topic]
    lead = say("Choose one, or write your question.")
    starts = [Button(reader.text(one.short), Tap("answer", f"path:{one.id}"), primary=True) for one in walks]
    starts += [Button(reader.text(one.short), Tap("answer", f"guide:{one.id}")) for one in others]
    card = Card(title=title, lead=lead, buttons=tuple(starts[:MOST_BUTTONS]))
    return Answer(
        status=Status.MENU,
        language=reader.language,
        answer_id=f"menu:{topic}",
        cards=(card,),
        quick=quick_buttons(reader),
        topic="menu",
    )


def _card(reader: Reader, guide: Guide, answer_id: str, choices: tuple[Choice, ...]) -> Card:
    say = reader.speech.say
    foreign = guide.desk_foreign if not reader.language.startswith("ja") else None
    desk = reader.knowledge.desks[foreign or guide.desk]
    lead = reader.text(guide.lead)
    sections = _sections(reader, guide)
    if guide.ask:
        sections = [Section("ask", "", (reader.text(guide.ask),))]
    if guide.alarm:
        sections.insert(0, Section("forbid", say("Danger"), (lead,)))
    if guide.written_in and reader.language not in guide.written_in:
        sections.insert(
            0,
            Section(
                "unsure",
                "",
                (say("This answer is not available in your language: this is the Japanese text."),),
            ),
        )
    if not choices:
        sections.append(desk_section(reader, desk))
        if guide.show:
            sections.append(Section("show", say("Show this at the counter"), (guide.show,)))
    link = Button(say("Open the official page"), uri=guide.link) if guide.link else None
    walk = Tap("answer", f"path:{guide.path}")
    first = (Button(say("Step by step"), walk, primary=not choices),) if guide.path else ()
    extra = [button for button in (None if choices else map_button(reader, desk), link) if button]
    tone = Tone.DANGER if guide.alarm else Tone.UNSURE if guide.evidence == "unconfirmed" else Tone.PLAIN
    return Card(
        title=reader.text(guide.title),
        lead=lead,
        tone=tone,
        sections=tuple(sections),
        choices=choices,
        source=say("Source: {grade}", grade=grade(reader, guide.evidence, guide.sources)),
        buttons=(
            *first,
            call_button(reader, desk, primary=not (choices or first)),
            *show_button(reader, answer_id),
            *extra,
        ),
    )


def _sections(reader: Reader, guide: Guide) -> list[Section]:
    """Return the parts of a guide that have something to say, in the order of doing."""
    say = reader.speech.say
    parts = (
        ("who", say("Who"), guide.who),
        ("bring", say("What to bring"), guide.bring),
        ("steps", say("How to do it"), guide.steps),
        ("where", say("Where"), guide.where),
        ("fee", say("Fee"), guide.fee),
        ("deadline", say("By when"), guide.deadline),
        ("time", say("How long it takes"), guide.time),
        ("caution", say("Take care"), guide.trouble),
        ("unsure", say("What is not confirmed"), guide.unsure),
    )
    return [Section(kind, title, reader.lines(lines)) for kind, title, lines in parts if lines]
