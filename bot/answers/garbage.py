"""What this city does with a thing: the verdict for one day, and the card that tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.answers.model import Answer, Badge, Button, Card, Choice, Section, Status, Tone
from bot.answers.reader import Reader, call_button, grade, quick_buttons, show_button, source_link
from bot.answers.taps import Tap
from bot.knowledge.checks import applies, in_force
from bot.knowledge.fields import Source
from bot.knowledge.model import Knowledge
from bot.knowledge.schema import Category, Hazard, Note


@dataclass(frozen=True, slots=True)
class Verdict:
    """The category of a thing on a day, with what it rests on."""

    category: Category
    note: Note | None
    hazards: tuple[Hazard, ...]
    evidence: str
    facts: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def danger(self) -> Hazard | None:
        """The hazard whose prohibition comes first, if any."""
        return next((hazard for hazard in self.hazards if hazard.danger), None)


def decide(knowledge: Knowledge, item_id: str, day: date) -> Verdict:
    """Return what holds for an item on `day`: the city's own word if there is one, else the first rule.

    The content check has made sure that every item is decided on every day.
    """
    item = knowledge.items[item_id]
    hazards = tuple(knowledge.hazards[hazard] for hazard in item.hazards)
    for own in knowledge.overrides.get(item_id, ()):
        if in_force(own, day):
            note = knowledge.notes[own.note] if own.note else None
            return Verdict(
                knowledge.categories[own.category],
                note,
                hazards,
                own.evidence,
                tuple(own.facts),
                tuple(own.sources),
            )
    rule = next(rule for rule in knowledge.rules if applies(rule, item) and in_force(rule, day))
    facts = dict.fromkeys([*knowledge.item_facts.get(item_id, ()), *rule.facts])
    note = knowledge.notes[rule.note] if rule.note else None
    category = knowledge.categories[rule.category]
    return Verdict(category, note, hazards, "inferred", tuple(facts), tuple(rule.sources or category.sources))


def item_answer(reader: Reader, item_id: str, confidence: float = 1.0) -> Answer:
    """Return the whole answer about one thing; a group of things becomes a question."""
    item = reader.knowledge.items[item_id]
    if item.variants:
        return choices_answer(reader, [f"garbage:{variant}" for variant in item.variants], confidence)
    verdict = decide(reader.knowledge, item_id, reader.day)
    answer_id = f"garbage:{item_id}"
    return Answer(
        status=Status.ANSWERED,
        language=reader.language,
        answer_id=answer_id,
        category=verdict.category.id,
        categories=(verdict.category.id, *_part_categories(reader, item_id)),
        facts=verdict.facts,
        confidence=confidence,
        cards=(_item_card(reader, item_id, verdict),),
        quick=quick_buttons(reader, answer_id),
        topic="garbage",
    )


def _item_card(reader: Reader, item_id: str, verdict: Verdict) -> Card:
    say = reader.speech.say
    name = _capital(full_name(reader, item_id))
    steps = verdict.note.how if verdict.note else verdict.category.how
    caution = verdict.note.caution if verdict.note else verdict.category.caution
    danger = verdict.danger
    lead = _lead(reader, name, verdict.category)
    if verdict.note and verdict.note.lead:
        lead = reader.text(verdict.note.lead)
    sections = [Section("how", say("How to put it out"), reader.lines(steps))]
    milder = tuple(reader.text(hazard.forbid) for hazard in verdict.hazards if hazard is not danger)
    cautions = tuple(dict.fromkeys(milder + reader.lines(caution)))
    if cautions:
        sections.append(Section("caution", say("Take care"), cautions))
    parts = _parts(reader, item_id)
    if parts:
        sections.append(Section("parts", say("Its parts"), parts))
    if reader.visitor and not danger and verdict.category.kind == "regular":
        sections.append(visitor_section(reader))
    if danger:
        forbid = reader.text(danger.forbid)
        sections.insert(0, Section("forbid", say("Danger"), (forbid,)))
        lead = f"{forbid} {lead}" if reader.language == "en" else f"{forbid}{lead}"
    return Card(
        title=name,
        lead=lead,
        tone=Tone.DANGER if danger else Tone.PLAIN,
        badge=badge(reader, verdict.category),
        sections=tuple(sections),
        source=say("Source: {grade}", grade=grade(reader, verdict.evidence, list(verdict.sources))),
        buttons=_buttons(reader, verdict, f"garbage:{item_id}"),
    )


def _capital(text: str) -> str:
    """English starts a title and a sentence with a capital; the other scripts have none to change."""
    return text[:1].upper() + text[1:]


def full_name(reader: Reader, item_id: str) -> str:
    """Return an item's name as content has it, explanations in brackets included."""
    return reader.knowledge.name(item_id, reader.language).form


def badge(reader: Reader, category: Category) -> Badge:
    """Return a category as its coloured band, the Japanese sign beside a foreign or easy name."""
    name = reader.text(category.name) if reader.language != "ja" else category.sign
    sign = "" if reader.language == "ja" else category.sign
    return Badge(category.emoji, name, sign, category.colour)


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


def _parts(reader: Reader, item_id: str) -> tuple[str, ...]:
    lines = []
    for part in reader.knowledge.items[item_id].parts:
        category = decide(reader.knowledge, part, reader.day).category
        name, short = full_name(reader, part), reader.text(category.short)
        lines.append(reader.speech.say("{item} → {category}", item=name, category=short))
    return tuple(lines)


def _part_categories(reader: Reader, item_id: str) -> tuple[str, ...]:
    parts = reader.knowledge.items[item_id].parts
    return tuple(dict.fromkeys(decide(reader.knowledge, part, reader.day).category.id for part in parts))


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


def _buttons(reader: Reader, verdict: Verdict, answer_id: str) -> tuple[Button, ...]:
    say, category = reader.speech.say, verdict.category
    desk = reader.knowledge.desks[category.owner]
    buttons = []
    if category.kind == "regular" and not reader.visitor:
        buttons.append(Button(say("When is it collected?"), Tap("when", category.id), primary=True))
    buttons.append(call_button(reader, desk, primary=not buttons))
    buttons.extend(show_button(reader, answer_id))
    link = source_link(reader, list(verdict.sources))
    return (*buttons, link) if link else tuple(buttons)


def category_answer(reader: Reader, category_id: str, confidence: float = 1.0) -> Answer:
    """Return the page of a category; a retired one leads to what replaced it."""
    say = reader.speech.say
    asked = reader.knowledge.categories[category_id]
    category = reader.knowledge.category_on(category_id, reader.day)
    sections = [Section("how", say("How to put it out"), reader.lines(category.how))]
    if category.caution:
        sections.append(Section("caution", say("Take care"), reader.lines(category.caution)))
    lead = reader.text(category.name)
    if category is not asked:
        new = reader.speech.list(
            reader.text(reader.knowledge.categories[one].short) for one in asked.replaced_by
        )
        lead = say("“{old}” is no longer used. It is now: {new}.", old=reader.text(asked.short), new=new)
    verdict = Verdict(category, None, (), category.evidence, tuple(asked.facts), tuple(category.sources))
    answer_id = f"category:{category_id}"
    card = Card(
        title=reader.text(category.short),
        lead=lead,
        badge=badge(reader, category),
        sections=tuple(sections),
        source=say("Source: {grade}", grade=grade(reader, category.evidence, category.sources)),
        buttons=_buttons(reader, verdict, answer_id),
    )
    return Answer(
        status=Status.ANSWERED,
        language=reader.language,
        answer_id=answer_id,
        category=category.id,
        categories=tuple(asked.replaced_by) if category is not asked else (category.id,),
        facts=verdict.facts,
        confidence=confidence,
        cards=(card,),
        quick=quick_buttons(reader, answer_id),
        topic="garbage",
    )


def choices_answer(reader: Reader, answer_ids: list[str], confidence: float) -> Answer:
    """Return the question "which one?" with at most four numbered choices, dangerous ones first."""
    say = reader.speech.say
    ranked = sorted(dict.fromkeys(answer_ids), key=lambda one: not _is_dangerous(reader, one))[:4]
    choices = tuple(choice(reader, answer_id) for answer_id in ranked)
    forbids = _forbids(reader, ranked)
    sections = (Section("forbid", say("Danger"), forbids),) if forbids else ()
    question = say("Which one do you mean?") if len(choices) > 1 else say("Do you mean this?")
    category = choices[0].category if len({one.category for one in choices}) == 1 else None
    card = Card(
        title=question,
        lead=" ".join([*forbids[:1], question]),
        tone=Tone.DANGER if forbids else Tone.PLAIN,
        sections=sections,
        choices=choices,
        buttons=(Button(say("None of these"), Tap("none")),),
    )
    return Answer(
        status=Status.CHOICES,
        language=reader.language,
        category=category,
        categories=tuple(dict.fromkeys(one.category for one in choices if one.category)),
        confidence=confidence,
        choices=choices,
        cards=(card,),
        quick=quick_buttons(reader)[1:],
        topic="garbage",
    )


def choice(reader: Reader, answer_id: str) -> Choice:
    """Return one numbered choice for a thing, a category or a page."""
    kind, _, name = answer_id.partition(":")
    knowledge = reader.knowledge
    if kind == "garbage":
        label = knowledge.name(name, reader.language)
        category = None if knowledge.items[name].variants else decide(knowledge, name, reader.day).category.id
        return Choice(label.short, answer_id, category, label.form)
    if kind == "category":
        return Choice(reader.text(knowledge.categories[name].short), answer_id, name)
    if kind == "guide":
        return Choice(reader.text(knowledge.guides[name].short), answer_id)
    return Choice(reader.text(knowledge.services[name].short), answer_id, knowledge.services[name].category)


def _hazard(reader: Reader, answer_id: str) -> Hazard | None:
    kind, _, name = answer_id.partition(":")
    if kind != "garbage":
        return None
    hazards = (reader.knowledge.hazards[one] for one in reader.knowledge.items[name].hazards)
    return next((hazard for hazard in hazards if hazard.danger), None)


def _is_dangerous(reader: Reader, answer_id: str) -> bool:
    return _hazard(reader, answer_id) is not None


def _forbids(reader: Reader, answer_ids: list[str]) -> tuple[str, ...]:
    """Return the prohibition above choices: the one they share, or else one that holds for all."""
    shared = {hazard.id: hazard for one in answer_ids if (hazard := _hazard(reader, one))}
    if len(shared) == 1:
        return (reader.text(next(iter(shared.values())).forbid),)
    return (sure_of_danger(reader),) if shared else ()


def sure_of_danger(reader: Reader) -> str:
    """Return what holds for every dangerous thing, known or not."""
    return reader.speech.say("Things with a battery, gas or a needle never go into an ordinary garbage bag.")
