"""The question "which one?": several things that may be meant, or a condition that decides."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.model import Answer, Button, Card, Choice, Section, Status, Tone
from bot.answers.reader import Reader, quick_buttons
from bot.answers.taps import Tap
from bot.answers.verdict import Thing, case_of, decide, open_question
from bot.knowledge.schema import Case, Condition, Hazard

MOST_CHOICES = 4
"""More than this is a list to search, not a question to answer."""


def choices_answer(reader: Reader, answer_ids: list[str], confidence: float) -> Answer:
    """Return the question "which one?" with at most four numbered choices, dangerous ones first."""
    say = reader.speech.say
    ranked = sorted(dict.fromkeys(answer_ids), key=lambda one: not _is_dangerous(reader, one))[:MOST_CHOICES]
    choices = tuple(_for_days(reader, choice(reader, answer_id)) for answer_id in ranked)
    forbids = _forbids(reader, ranked)
    sections = (Section("forbid", say("Danger"), forbids),) if forbids else ()
    question = say("Which one do you mean?") if len(choices) > 1 else say("Do you mean this?")
    category = choices[0].category if len({one.category for one in choices}) == 1 else None
    card = Card(
        title=question,
        lead=reader.speech.join(*forbids[:1], question),
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


def condition_answer(
    reader: Reader, thing: Thing, condition: Condition, cases: tuple[Case, ...], confidence: float
) -> Answer:
    """Return the question a thing cannot be answered without, such as clean or dirty: one tap decides."""
    asked = choices_answer(
        reader, [_in_case(thing, case) for case in _telling(reader, thing, cases)], confidence
    )
    name = reader.knowledge.name(thing.id, reader.language).form
    question = reader.text(condition.ask)
    forbids = asked.cards[0].sections[0].lines[:1] if asked.cards[0].sections else ()
    named = tuple(_by_case(reader, one) for one in asked.choices)
    card = replace(
        asked.cards[0],
        choices=named,
        title=name[:1].upper() + name[1:],
        lead=reader.speech.join(*forbids, question),
        buttons=(Button(reader.speech.say("I am not sure"), Tap("none")),),
    )
    return replace(asked, answer_id=f"garbage:{thing.path}", choices=named, cards=(card,))


def _for_days(reader: Reader, one: Choice) -> Choice:
    """Return a choice that leads to the days which were asked about."""
    kind, _, name = one.answer_id.partition(":")
    if reader.asked is None or kind not in ("garbage", "category"):
        return one
    leads = "schedule" if kind == "category" else kind
    return replace(one, answer_id=f"{leads}:{name}@{reader.asked}")


def _by_case(reader: Reader, one: Choice) -> Choice:
    """Under the question what a thing is made of, a choice is called by its case: wood."""
    short = reader.text(case_of(reader.knowledge, one.answer_id.partition("@")[0].rsplit("/", 1)[1]).short)
    return replace(one, label=short, detail=short)


def _in_case(thing: Thing, case: Case) -> str:
    return f"garbage:{thing.settled(case.id).path}"


def _telling(reader: Reader, thing: Thing, cases: tuple[Case, ...]) -> list[Case]:
    """At most four cases; where there are more, one of each outcome comes before two of the same."""
    if len(cases) <= MOST_CHOICES:
        return list(cases)
    outcomes = [decide(reader.knowledge, thing.settled(case.id), reader.day).advice for case in cases]
    firsts = [outcomes.index(outcome) for outcome in dict.fromkeys(outcomes)]
    others = [at for at in range(len(cases)) if at not in firsts]
    return [cases[at] for at in sorted((firsts + others)[:MOST_CHOICES])]


def choice(reader: Reader, answer_id: str) -> Choice:
    """Return one numbered choice for a thing, a category or a page."""
    kind, _, name = answer_id.partition(":")
    knowledge = reader.knowledge
    if kind == "garbage":
        thing = Thing.named(name)
        label = knowledge.name(thing.id, reader.language)
        return Choice(label.short, answer_id, _category(reader, thing), label.form)
    if kind == "category":
        return Choice(reader.text(knowledge.categories[name].short), answer_id, name)
    if kind == "path":
        return Choice(reader.text(knowledge.paths[name.split("/")[0]].short), answer_id)
    if kind == "guide":
        return Choice(reader.text(knowledge.guides[name].short), answer_id)
    return Choice(reader.text(knowledge.services[name].short), answer_id, knowledge.services[name].category)


def _category(reader: Reader, thing: Thing) -> str | None:
    """The category a choice leads to; none where it asks on, or where no category is confirmed."""
    knowledge = reader.knowledge
    if knowledge.items[thing.id].variants or open_question(knowledge, thing, reader.day):
        return None
    category = decide(knowledge, thing, reader.day).category
    return category.id if category else None


def _hazard(reader: Reader, answer_id: str) -> Hazard | None:
    kind, _, name = answer_id.partition(":")
    if kind != "garbage":
        return None
    thing = Thing.named(name)
    variants = reader.knowledge.items[thing.id].variants
    if not variants:
        return decide(reader.knowledge, thing, reader.day).danger
    dangers = [decide(reader.knowledge, Thing(one), reader.day).danger for one in variants]
    shared = [danger for danger in dangers if danger]
    return shared[0] if 2 * len(shared) >= len(variants) else None


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
