"""What goes into a category and how it is put out; a retired one leads to what replaced it."""

from __future__ import annotations

from bot.answers.garbage import put_out_buttons
from bot.answers.model import Answer, Card, Section, Status
from bot.answers.nextdate import next_of
from bot.answers.reader import Reader, badge, grade, quick_buttons
from bot.knowledge.schema import Category


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
    examples = _examples(reader, category)
    if examples:
        sections.insert(0, Section("examples", say("What goes in"), examples))
    following = next_of(reader, category)
    sections = [*following.notices, *sections, *following.sections]
    answer_id = f"category:{category_id}"
    card = Card(
        title=reader.text(category.short),
        lead=lead,
        badge=badge(reader, category),
        sections=tuple(sections),
        source=say("Source: {grade}", grade=grade(reader, category.evidence, category.sources)),
        buttons=put_out_buttons(reader, category, category.sources, answer_id),
    )
    return Answer(
        status=Status.ANSWERED,
        language=reader.language,
        answer_id=answer_id,
        category=category.id,
        categories=tuple(asked.replaced_by) if category is not asked else (category.id,),
        facts=tuple(dict.fromkeys((*asked.facts, *following.facts))),
        confidence=confidence,
        cards=(card,),
        quick=quick_buttons(reader, answer_id),
        topic="garbage",
    )


def _examples(reader: Reader, category: Category) -> tuple[str, ...]:
    """Return one line of things that go into a category, as its clerk chose them."""
    if not category.examples:
        return ()
    return (
        reader.speech.list(reader.knowledge.name(one, reader.language).short for one in category.examples),
    )
