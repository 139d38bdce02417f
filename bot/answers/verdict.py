"""What this city does with a thing on a day: its category, or that nobody confirms one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.knowledge.fields import Source
from bot.knowledge.model import Knowledge
from bot.knowledge.rules import applies, in_force, offered, refined
from bot.knowledge.schema import Case, Category, Condition, Hazard, Item, Note, Override


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as far as it is known: its id, and the settled cases of what may be asked about it."""

    id: str
    cases: tuple[str, ...] = ()

    @classmethod
    def named(cls, path: str) -> Thing:
        """Return the thing of an answer id's second half: `ruler` or `ruler/wooden`."""
        name, *cases = path.split("/")
        return cls(name, tuple(cases))

    @property
    def path(self) -> str:
        """The second half of its answer id."""
        return "/".join((self.id, *self.cases))

    def settled(self, case: str) -> Thing:
        """Return the same thing with one more case known."""
        return Thing(self.id, (*self.cases, case))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The category of a thing on a day, with what it rests on. Without a category no source decides it.

    `remark` is what the city's own list says beside it, in Japanese.
    """

    category: Category | None
    note: Note | None
    hazards: tuple[Hazard, ...]
    parts: tuple[str, ...]
    evidence: str
    facts: tuple[str, ...]
    sources: tuple[Source, ...]
    remark: str = ""

    @property
    def danger(self) -> Hazard | None:
        """The hazard whose prohibition comes first, if any."""
        return next((hazard for hazard in self.hazards if hazard.danger), None)

    @property
    def advice(self) -> tuple[object, ...]:
        """What a reader is told to do. Between verdicts with the same advice no question is needed."""
        category, note = self.category and self.category.id, self.note and self.note.id
        return category, note, self.parts, tuple(hazard.id for hazard in self.hazards)


def known(knowledge: Knowledge, thing: Thing) -> bool:
    """Return True for a thing that the content has, in cases that it can be in."""
    item = knowledge.items.get(thing.id)
    if item is None:
        return False
    possible = {case.id for condition in knowledge.conditions.values() for case in offered(condition, item)}
    return possible.issuperset(thing.cases)


def decide(knowledge: Knowledge, thing: Thing, day: date) -> Verdict:
    """Return what holds for a thing on `day`: the city's own word if there is one, else the first rule.

    The content check has made sure that every item is decided on every day, in each of its cases.
    """
    own = _own_word(knowledge, thing, day)
    item = _as_settled(knowledge, thing, day)
    hazards = tuple(knowledge.hazards[hazard] for hazard in item.hazards)
    if own and item.kind == knowledge.items[thing.id].kind:
        category = knowledge.categories[own.category]
        note = knowledge.notes[own.note] if own.note else None
        facts, sources = tuple(own.facts), tuple(own.sources)
        return Verdict(category, note, hazards, tuple(item.parts), own.evidence, facts, sources, own.remark)
    rule = next(rule for rule in knowledge.rules if applies(rule, item) and in_force(rule, day))
    facts = tuple(dict.fromkeys([*knowledge.item_facts.get(thing.id, ()), *rule.facts]))
    note = knowledge.notes[rule.note] if rule.note else None
    if rule.category is None:
        return Verdict(None, note, hazards, tuple(item.parts), "unconfirmed", facts, ())
    category = knowledge.categories[rule.category]
    sources = tuple(rule.sources or category.sources)
    return Verdict(category, note, hazards, tuple(item.parts), "inferred", facts, sources)


def open_question(knowledge: Knowledge, thing: Thing, day: date) -> tuple[Condition, tuple[Case, ...]] | None:
    """Return the first condition that still changes what to do with a thing, and the cases to offer."""
    for condition in _conditions(knowledge, thing, day):
        cases = offered(condition, knowledge.items[thing.id])
        if set(thing.cases) & {case.id for case in cases}:
            continue
        if len({decide(knowledge, thing.settled(case.id), day).advice for case in cases}) > 1:
            return condition, cases
    return None


def case_of(knowledge: Knowledge, case: str) -> Case:
    """Return a case by its id, whatever condition it belongs to. Raises StopIteration for none."""
    return next(
        one for condition in knowledge.conditions.values() for one in condition.cases if one.id == case
    )


def said_of(knowledge: Knowledge, thing: Thing, words: frozenset[str], day: date) -> Thing:
    """Return the thing with the cases that were said along with it, where they leave no doubt.

    A battery that is said to be inside is there, whether or not one would ask about it.
    """
    item = knowledge.items[thing.id]
    for condition in knowledge.conditions.values():
        fitting = [case for case in offered(condition, item) if case.id in words]
        asked = condition in _conditions(knowledge, thing, day)
        if len(fitting) == 1 and (asked or (fitting[0].hazards and not item.hazards)):
            thing = thing.settled(fitting[0].id)
    return thing


def _own_word(knowledge: Knowledge, thing: Thing, day: date) -> Override | None:
    """The city's own word on a thing, if there is one that day."""
    return next((one for one in knowledge.overrides.get(thing.id, ()) if in_force(one, day)), None)


def _conditions(knowledge: Knowledge, thing: Thing, day: date) -> tuple[Condition, ...]:
    """What may have to be asked about a thing, and what was said of it that makes it dangerous.

    Where the city itself has spoken only a danger is still asked about.
    """
    asked, spoken = knowledge.items[thing.id].asks, _own_word(knowledge, thing, day)
    return tuple(
        condition
        for condition in knowledge.conditions.values()
        if (condition.id in asked and not (spoken and not any(case.hazards for case in condition.cases)))
        or any(case.hazards and case.id in thing.cases for case in condition.cases)
    )


def _as_settled(knowledge: Knowledge, thing: Thing, day: date) -> Item:
    """The item in its known cases; a condition that changes nothing, and so was not asked, in its first."""
    item = knowledge.items[thing.id]
    refining = item
    for condition in _conditions(knowledge, thing, day):
        cases = offered(condition, item)
        refining = refined(refining, next((case for case in cases if case.id in thing.cases), cases[0]))
    return refining
