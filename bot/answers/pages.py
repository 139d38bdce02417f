"""Pages that are about no single thing: services, emergencies, and the honest "not known"."""

from __future__ import annotations

from bot.answers.choices import sure_of_danger
from bot.answers.model import Answer, Button, Card, Section, Status, Tone
from bot.answers.reader import (
    Reader,
    call_button,
    desk_buttons,
    desk_section,
    grade,
    quick_buttons,
    show_button,
    source_link,
)
from bot.answers.taps import Tap
from bot.knowledge.fields import Source
from bot.knowledge.schema import Safety, Service


def service_answer(reader: Reader, service_id: str, confidence: float = 1.0) -> Answer:
    """Return a page of the content in the fixed order: sure, not confirmed, do now, desk, what to show."""
    service = reader.knowledge.services[service_id]
    answer_id = f"service:{service_id}"
    return Answer(
        status=Status.ANSWERED,
        language=reader.language,
        answer_id=answer_id,
        category=service.category,
        categories=(service.category,) if service.category else (),
        facts=tuple(service.facts),
        confidence=confidence,
        cards=(_service_card(reader, service, answer_id),),
        quick=quick_buttons(reader, answer_id),
        topic="garbage",
    )


def days_page(reader: Reader, answer_id: str) -> Answer:
    """Return how to find one's collection days elsewhere: all there is where no calendar is loaded."""
    page = reader.knowledge.services["collection-days"]
    return Answer(
        status=Status.UNKNOWN,
        language=reader.language,
        answer_id=answer_id,
        category="schedule",
        categories=("schedule",),
        facts=tuple(page.facts),
        confidence=1.0,
        cards=(_service_card(reader, page, answer_id),),
        quick=quick_buttons(reader),
        topic="schedule",
    )


def _service_card(reader: Reader, service: Service, answer_id: str) -> Card:
    say = reader.speech.say
    desk = reader.knowledge.desks[service.desk]
    sections = [Section("sure", say("What is sure"), reader.lines(service.sure))]
    if service.unsure:
        sections.append(Section("unsure", say("What is not confirmed"), reader.lines(service.unsure)))
    if service.do_now:
        sections.append(Section("now", say("Do this now"), reader.lines(service.do_now)))
    sections.append(desk_section(reader, desk))
    if service.show:
        sections.append(Section("show", say("Show this at the counter"), (service.show,)))
    link = source_link(reader, [Source(url=service.link)] if service.link else service.sources)
    return Card(
        title=reader.text(service.title),
        lead=reader.text(service.lead),
        tone=Tone.UNSURE if service.unsure else Tone.PLAIN,
        sections=tuple(sections),
        source=say("Source: {grade}", grade=grade(reader, service.evidence, service.sources)),
        buttons=desk_buttons(reader, desk, link, answer_id),
    )


def safety_answer(reader: Reader, emergency: Safety) -> Answer:
    """Return an emergency: the number to dial first, then what to do; never a category."""
    say = reader.speech.say
    call = Button(say("Call {phone}", phone=emergency.call), uri=f"tel:{emergency.call}", primary=True)
    answer_id = f"safety:{emergency.id}"
    card = Card(
        title=reader.text(emergency.title),
        lead=reader.text(emergency.lead),
        tone=Tone.DANGER,
        sections=(Section("how", say("Do this now"), reader.lines(emergency.steps)),),
        buttons=(call, *show_button(reader, answer_id)),
    )
    return Answer(
        status=Status.SAFETY,
        language=reader.language,
        answer_id=answer_id,
        facts=tuple(emergency.facts),
        confidence=1.0,
        cards=(card,),
        quick=quick_buttons(reader)[1:],
        topic="safety",
    )


def unknown_answer(reader: Reader, status: Status = Status.UNKNOWN) -> Answer:
    """Return the honest "I do not know" about garbage; the second in a row puts the telephone first."""
    say = reader.speech.say
    desk = reader.knowledge.desks[reader.knowledge.city.garbage_desk]
    asking = desk_section(reader, desk)
    sections = [
        Section(
            "sure",
            say("What is sure"),
            (sure_of_danger(reader),),
        ),
        Section(
            "unsure",
            say("What is not confirmed"),
            (say("I could not find this thing, so I do not know its category. I do not guess."),),
        ),
        Section(
            "now",
            say("Do this now"),
            (
                say("Keep it at home until you know."),
                say("Write one thing in a few words, for example what it is made of."),
            ),
        ),
    ]
    sections = [asking, *sections] if reader.unknowns else [*sections, asking]
    sections.append(Section("show", say("Show this at the counter"), (COUNTER_SENTENCE,)))
    title = say("Please ask the city by telephone") if reader.unknowns else say("I do not know this one")
    card = Card(
        title=title,
        lead=say("{title}. {desk}: {phone}", title=title, desk=reader.text(desk.name), phone=desk.phone),
        tone=Tone.UNSURE,
        sections=tuple(sections),
        buttons=desk_buttons(reader, desk, None, "unknown:garbage"),
    )
    return Answer(
        status=status,
        language=reader.language,
        answer_id="unknown:garbage",
        cards=(card,),
        quick=quick_buttons(reader),
        topic="garbage",
    )


def leftover_answer(reader: Reader) -> Answer:
    """Return the note that one of several things named in a message is not known."""
    say = reader.speech.say
    desk = reader.knowledge.desks[reader.knowledge.city.garbage_desk]
    title = say("I do not know one of these things")
    steps = (
        say("Keep it at home until you know."),
        say("Write it once more, alone and in other words, for example what it is made of."),
    )
    card = Card(
        title=title,
        lead=title,
        tone=Tone.UNSURE,
        sections=(Section("now", say("Do this now"), steps),),
        buttons=(call_button(reader, desk, primary=True),),
    )
    return Answer(
        status=Status.UNKNOWN,
        language=reader.language,
        answer_id="unknown:garbage",
        cards=(card,),
        topic="garbage",
    )


COUNTER_SENTENCE = "これは何ごみですか。どうやって出せばいいですか。"
"""What a reader holds out at a counter: always Japanese, whatever their language."""


def elsewhere_answer(reader: Reader, reason: str) -> Answer:
    """Return where to turn with what is not answered here: `reason` is the guard that spoke up."""
    say, knowledge = reader.speech.say, reader.knowledge
    city = reader.text(knowledge.city.name)
    desk = knowledge.desks[knowledge.city.general_desk]
    titles = {
        "elsewhere": say("I know the rules of {city} only", city=city),
        "chatter": say("I answer questions about garbage and procedures in {city}", city=city),
    }
    inside = reason in ("procedures", "my-number")
    title = titles.get(reason) or say("I do not know the answer to this question")
    do_now = {
        "elsewhere": say(
            "Please ask the town where you put out your garbage: rules differ from town to town."
        ),
        "chatter": say("Write the name of a thing that you want to throw away, for example “frying pan”."),
    }
    step = do_now.get(reason) or say("Please ask the city hall by telephone.")
    sections = [Section("now", say("Do this now"), (step,))]
    buttons: tuple[Button, ...] = (Button(say("Menu"), Tap("menu"), primary=True),)
    if inside:
        sections.append(desk_section(reader, desk))
        buttons = desk_buttons(reader, desk, None, "unknown:procedures")
    return Answer(
        status=Status.UNKNOWN if inside else Status.OUT_OF_SCOPE,
        language=reader.language,
        answer_id="unknown:procedures" if inside else f"out:{reason}",
        cards=(Card(title=title, lead=title, tone=Tone.UNSURE, sections=tuple(sections), buttons=buttons),),
        quick=quick_buttons(reader)[1:],
        topic="procedures" if inside else "other",
    )
