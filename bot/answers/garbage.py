"""What to do with one thing, and the card that tells it: category, how to put it out, care, parts, source."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers import area
from bot.answers.choices import choices_answer, condition_answer
from bot.answers.dated import when
from bot.answers.model import Answer, Button, Card, Section, Status, Tone
from bot.answers.nextdate import Next, next_of, yes_or_no
from bot.answers.reader import (
    Reader,
    badge,
    call_button,
    desk_buttons,
    desk_section,
    grade,
    quick_buttons,
    show_button,
    source_link,
)
from bot.answers.taps import Tap
from bot.answers.verdict import Thing, Verdict, decide, open_question, said_of
from bot.knowledge.fields import Source
from bot.knowledge.schema import Category, Item


@dataclass(frozen=True, slots=True)
class Remarked:
    """What was said along with a thing: cases it is in, and categories it was asked to belong to."""

    cases: frozenset[str] = frozenset()
    into: tuple[str, ...] = ()


NOTHING = Remarked()


def item_answer(reader: Reader, path: str, confidence: float = 1.0, remarked: Remarked = NOTHING) -> Answer:
    """Return the whole answer about one thing; a broad word or an open condition becomes a question.

    `path` is the second half of an answer id: `ruler`, or `ruler/wooden`.
    """
    thing = Thing.named(path)
    item = reader.knowledge.items[thing.id]
    meant = _variant(reader, item, remarked.cases)
    if meant:
        return item_answer(reader, meant, confidence)
    if item.variants:
        return choices_answer(reader, [f"garbage:{variant}" for variant in item.variants], confidence)
    thing = said_of(reader.knowledge, thing, remarked.cases, reader.day)
    asked = open_question(reader.knowledge, thing, reader.day)
    if asked:
        return condition_answer(reader, thing, *asked, confidence)
    verdict = decide(reader.knowledge, thing, reader.day)
    answer_id = f"garbage:{thing.path}"
    category = verdict.category.id if verdict.category else None
    own = (category,) if category else ()
    following = next_of(reader, verdict.category) if verdict.category else Next()
    card = (
        _item_card(reader, thing, verdict, remarked.into, following)
        if own
        else _unconfirmed_card(reader, thing, verdict)
    )
    return Answer(
        status=Status.ANSWERED if own else Status.UNKNOWN,
        language=reader.language,
        answer_id=answer_id,
        category=category,
        categories=(*own, *_part_categories(reader, verdict)),
        facts=tuple(dict.fromkeys((*verdict.facts, *following.facts))),
        confidence=confidence,
        cards=(card,),
        quick=quick_buttons(reader, answer_id),
        topic="garbage",
    )


def _variant(reader: Reader, item: Item, said: frozenset[str]) -> str | None:
    """Return the one variant of a broad word that is of the kind that was said: a rechargeable toy."""
    kinds = {
        case.kind for one in reader.knowledge.conditions.values() for case in one.cases if case.id in said
    } - {None}
    fitting = [one for one in item.variants if reader.knowledge.items[one].kind in kinds]
    return fitting[0] if len(fitting) == 1 else None


def _item_card(
    reader: Reader, thing: Thing, verdict: Verdict, into: tuple[str, ...], following: Next
) -> Card:
    say, category = reader.speech.say, verdict.category
    assert category is not None
    name = _capital(full_name(reader, thing.id))
    steps = verdict.note.how if verdict.note else category.how
    caution = verdict.note.caution if verdict.note else category.caution
    danger = verdict.danger
    lead = (
        reader.text(verdict.note.lead)
        if verdict.note and verdict.note.lead
        else _lead(reader, name, category)
    )
    lead = reader.speech.join(
        *filter(None, (yes_or_no(reader, category), _yes_or_no(reader, lead, category, into)))
    )
    sections = [*following.notices, Section("how", say("How to put it out"), reader.lines(steps))]
    milder = tuple(reader.text(hazard.forbid) for hazard in verdict.hazards if hazard is not danger)
    cautions = tuple(dict.fromkeys(milder + reader.lines(caution)))
    if cautions:
        sections.append(Section("caution", say("Take care"), cautions))
    parts = _parts(reader, verdict)
    if parts:
        sections.append(Section("parts", say("Its parts"), parts))
    sections.extend(following.sections)
    if reader.visitor and not danger and category.kind == "regular":
        sections.append(visitor_section(reader))
    if danger:
        forbid = reader.text(danger.forbid)
        sections.insert(0, Section("forbid", say("Danger"), (forbid,)))
        lead = reader.speech.join(forbid, lead)
    return Card(
        title=name,
        lead=lead,
        tone=Tone.DANGER if danger else Tone.PLAIN,
        badge=badge(reader, category),
        sections=tuple(sections),
        source=say("Source: {grade}", grade=grade(reader, verdict.evidence, list(verdict.sources))),
        buttons=put_out_buttons(reader, category, list(verdict.sources), f"garbage:{thing.path}"),
    )


def _yes_or_no(reader: Reader, lead: str, category: Category, into: tuple[str, ...]) -> str:
    """Answer "can I put X in Y?" with yes or no before the rest."""
    if not into:
        return lead
    meant = {reader.knowledge.category_on(one, reader.day).id for one in into}
    say = reader.speech.say
    return say("Yes. {answer}", answer=lead) if category.id in meant else say("No. {answer}", answer=lead)


def _unconfirmed_card(reader: Reader, thing: Thing, verdict: Verdict) -> Card:
    """The card of a thing that is known, but not what the city does with it."""
    say, note, danger = reader.speech.say, verdict.note, verdict.danger
    name = _capital(full_name(reader, thing.id))
    desk = reader.knowledge.desks[reader.knowledge.city.garbage_desk]
    lead = say("{item}: its category is not confirmed. Please ask.", item=name)
    sections = []
    if danger:
        forbid = reader.text(danger.forbid)
        sections.append(Section("forbid", say("Danger"), (forbid,)))
        lead = reader.speech.join(forbid, lead)
    if note and note.caution:
        sections.append(Section("sure", say("What is sure"), reader.lines(note.caution)))
    unsure = say("No page of the city that we know says which category this is. I do not guess.")
    sections.append(Section("unsure", say("What is not confirmed"), (unsure,)))
    steps = reader.lines(note.how) if note else (say("Keep it at home until you know."),)
    sections.append(Section("now", say("Do this now"), steps))
    sections.append(desk_section(reader, desk))
    japanese = reader.knowledge.name(thing.id, "ja").form
    show = f"「{japanese}」は何ごみですか。どうやって出せばいいですか。"
    sections.append(Section("show", say("Show this at the counter"), (show,)))
    return Card(
        title=name,
        lead=lead,
        tone=Tone.DANGER if danger else Tone.UNSURE,
        sections=tuple(sections),
        source=say("Source: {grade}", grade=grade(reader, verdict.evidence, [])),
        buttons=desk_buttons(reader, desk, None, f"garbage:{thing.path}"),
    )


def _capital(text: str) -> str:
    """English starts a title and a sentence with a capital; the other scripts have none to change."""
    return text[:1].upper() + text[1:]


def full_name(reader: Reader, item_id: str) -> str:
    """Return an item's name as content has it, explanations in brackets included."""
    return reader.knowledge.name(item_id, reader.language).form


def _lead(reader: Reader, name: str, category: Category) -> str:
    say, short = reader.speech.say, reader.text(category.short)
    match category.kind:
        case "regular":
            return say("{item}: put it out as “{category}”.", item=name, category=short)
        case "application":
            return say("{item}: picked up after you apply (“{category}”).", item=name, category=short)
        case "drop-off":
            return say("{item}: take it to a drop-off point (“{category}”).", item=name, category=short)
        case _:
            return say("{item}: the city does not collect it (“{category}”).", item=name, category=short)


def _parts(reader: Reader, verdict: Verdict) -> tuple[str, ...]:
    lines = []
    for part in verdict.parts:
        category = decide(reader.knowledge, Thing(part), reader.day).category
        short = reader.text(category.short) if category else reader.speech.say("not confirmed")
        name = full_name(reader, part)
        line = reader.speech.say("{item} → {category}", item=name, category=short)
        lines.append(_dated(reader, line, category, verdict))
    return tuple(lines)


def _dated(reader: Reader, line: str, category: Category | None, verdict: Verdict) -> str:
    """Return the line of a part with its next date, where it is put out on other days than the whole."""
    if category is None or category is verdict.category or reader.area is None or category.kind != "regular":
        return line
    upcoming = reader.knowledge.calendar.next_dates(reader.area, category.id, reader.now, most=1)
    if not upcoming.dates:
        return line
    return reader.speech.say("{answer} ({date})", answer=line, date=when(reader, upcoming.dates[0].day))


def _part_categories(reader: Reader, verdict: Verdict) -> tuple[str, ...]:
    parts = (decide(reader.knowledge, Thing(part), reader.day).category for part in verdict.parts)
    return tuple(dict.fromkeys(category.id for category in parts if category))


def visitor_section(reader: Reader) -> Section:
    """Return the advice for somebody who only stays here, marked as general."""
    say = reader.speech.say
    return Section(
        "visitor",
        say("If you are staying here for a short time (general advice)"),
        (
            say("At a hotel, leave garbage in your room's bin or ask the front desk."),
            say("At a rental or with a host, ask the host where to put it."),
        ),
    )


def put_out_buttons(
    reader: Reader, category: Category, sources: list[Source], answer_id: str
) -> tuple[Button, ...]:
    """Return what to do after reading: the day, the desk, the same in Japanese, the source.

    A reminder would be offered right after the day.
    """
    desk = reader.knowledge.desks[category.owner]
    buttons = list(_day_buttons(reader, category, answer_id))
    buttons.append(call_button(reader, desk, primary=not buttons))
    buttons.extend(show_button(reader, answer_id))
    link = source_link(reader, sources)
    return (*buttons, link) if link else tuple(buttons)


def _day_buttons(reader: Reader, category: Category, answer_id: str) -> tuple[Button, ...]:
    """Return the way to the dates: of one's area, or by choosing it first; visitors need none."""
    if category.kind != "regular" or (reader.visitor and not reader.area):
        return ()
    say, when_tap = reader.speech.say, Tap("when", category.id)
    if reader.area:
        return (Button(say("More dates"), when_tap, primary=True),)
    if not reader.knowledge.calendar.areas:
        return (Button(say("When is it collected?"), when_tap, primary=True),)
    days = f"@{reader.asked}" if reader.asked and answer_id.startswith("garbage:") else ""
    return (area.choose_button(reader, f"{answer_id}{days}"),)
