"""What one person alone may not put live: a danger that would be lost, and things that change category."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, product

from bot.answers.engine import Engine
from bot.answers.model import Answer, Question, Status
from bot.answers.verdict import Thing, Verdict, decide, known
from bot.knowledge.fields import Sourced
from bot.knowledge.importers.proposal import Remark, remark
from bot.knowledge.model import Knowledge
from bot.knowledge.rules import offered
from bot.knowledge.schema import Item, Name

Watch = Callable[[Sequence[Name]], Iterable[Name]]
"""Passes through what is gone over, so that a terminal can show how far it is."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that a second person must confirm."""

    item: str
    danger: bool
    remark: Remark


class SecondPersonNeeded(Exception):
    """A change that one person alone may not make."""


def admit(concerns: Sequence[Concern], author: str, confirmed_by: str | None) -> None:
    """Let a change pass that raises no concern, or that somebody else than its author has confirmed.

    Raises SecondPersonNeeded.
    """
    if concerns and (not confirmed_by or _same(confirmed_by, author)):
        raise SecondPersonNeeded


def changed_verdicts(before: Knowledge, after: Knowledge, today: date) -> Iterator[Concern]:
    """Yield each thing that goes away, loses a danger, or changes its category from today on."""
    days = _days(before, after, today)
    for item in before.items.values():
        if item.id not in after.items:
            gone = remark("{thing}: is no longer there.", thing=_name(before, item.id))
            yield Concern(item.id, _dangerous(before, item.id), gone)
        elif not item.variants:
            yield from islice(_moved(before, after, item, days), 1)


def reworded(before: Knowledge, after: Knowledge, today: date) -> Iterator[Concern]:
    """Yield each text on dangers that would read differently: prohibitions, emergencies, steps."""
    for hazard in before.hazards.values():
        if hazard.danger and _said(hazard) != _said(after.hazards.get(hazard.id)):
            told = remark("The prohibition “{text}” reads differently.", text=hazard.forbid["ja"])
            yield Concern(hazard.id, True, told)
    emergencies = [_said(one) for one in after.safety]
    for emergency in before.safety:
        if _said(emergency) not in emergencies:
            told = remark("The emergency “{text}” reads differently.", text=emergency.title["ja"])
            yield Concern(emergency.id, True, told)
    changed = {name for name, one in before.notes.items() if _said(one) != _said(after.notes.get(name))}
    changed |= {
        name for name, one in before.categories.items() if _said(one) != _said(after.categories.get(name))
    }
    for item in before.items.values() if changed else ():
        if _dangerous(before, item.id) and not item.variants:
            verdicts = [decide(before, thing, today) for thing in _in_every_case(before, item)]
            steps = {one.id for verdict in verdicts for one in (verdict.note, verdict.category) if one}
            if steps & changed:
                told = remark("{thing}: how it is put out reads differently.", thing=_name(before, item.id))
                yield Concern(item.id, True, told)


def _said(entry: Sourced | None) -> dict[str, object] | None:
    """Return what an entry says, without where that was read and when it was last looked at."""
    return entry.model_dump(exclude=set(Sourced.model_fields)) if entry else None


def unfound(before: Engine, after: Engine, now: datetime, watch: Watch = iter) -> Iterator[Concern]:
    """Yield each name of a dangerous thing that leads to it now and would not any more."""
    now_known = before.knowledge
    for name in watch([name for name in now_known.names if _dangerous(now_known, name.item)]):
        question = Question(text=name.form, language=name.language, now=now)
        if _leads_to(before.answer(question), name.item) and not _leads_to(after.answer(question), name.item):
            about = remark("{name} would no longer be understood as {thing}.",
                           name=name.form, thing=_name(now_known, name.item))  # fmt: skip
            yield Concern(name.item, True, about)


def alarming(before: Engine, after: Knowledge, now: datetime) -> Iterator[Concern]:
    """Yield each new name of a thing without a danger that is understood as something dangerous so far."""
    so_far = before.knowledge
    known = {(name.item, name.language, name.form) for name in so_far.names}
    for name in after.names:
        if (name.item, name.language, name.form) in known or _dangerous(after, name.item):
            continue
        answer = before.answer(Question(text=name.form, language=name.language, now=now))
        for other in sorted(_things(answer)):
            if _dangerous(so_far, other):
                about = remark("{name} is new and not dangerous, but sounds like {thing}.",
                               name=name.form, thing=_name(so_far, other))  # fmt: skip
                yield Concern(name.item, True, about)
                break


def astray(after: Engine, now: datetime) -> Iterator[Remark]:
    """Yield each question that staff expect an answer of and that would not lead to it."""
    for one in after.knowledge.expected:
        answer = after.answer(Question(text=one.question, language=one.language, now=now))
        ids = {_plain(found) for found in (answer.answer_id or "", *answer.covers)}
        if one.answer not in ids:
            found = [_called(after.knowledge, name) for name in sorted(ids - {""})] or [answer.status.value]
            wanted = _called(after.knowledge, one.answer)
            yield remark("“{question}” must lead to {wanted}, but would lead to {found}.",
                         question=one.question, wanted=wanted, found=found)  # fmt: skip


def _called(knowledge: Knowledge, answer_id: str) -> str:
    """Return the Japanese name of the thing that an answer is about; of other answers the id."""
    kind, _, name = answer_id.partition(":")
    return _name(knowledge, name) if kind == "garbage" and name in knowledge.items else answer_id


def _plain(answer_id: str) -> str:
    """Return an answer id without the case of a thing, the day it was asked for, the step of a path."""
    return answer_id.partition("@")[0].partition("/")[0]


def _moved(before: Knowledge, after: Knowledge, item: Item, days: Iterable[date]) -> Iterator[Concern]:
    name, danger = _name(before, item.id), _dangerous(before, item.id)
    for day, thing in product(days, _in_every_case(before, item)):
        if not known(after, thing):
            yield Concern(item.id, danger, remark("{thing}: is no longer asked about as before.", thing=name))
            continue
        old, new = decide(before, thing, day), decide(after, thing, day)
        if _dangers(old) - _dangers(new):
            yield Concern(item.id, True, remark("{thing}: is no longer marked as dangerous.", thing=name))
        was, becomes = _category(before, old, day), _category(after, new, day)
        if was != becomes and (was or danger):
            words = {"old": _worded(before, was), "new": _worded(after, becomes)}
            yield Concern(item.id, danger, remark("{thing}: {old} becomes {new}.", thing=name, **words))


def _dangers(verdict: Verdict) -> set[str]:
    return {hazard.id for hazard in verdict.hazards if hazard.danger}


def _worded(knowledge: Knowledge, category: str | None) -> object:
    return knowledge.categories[category].short["ja"] if category else remark("not confirmed")


def _category(knowledge: Knowledge, verdict: Verdict, day: date) -> str | None:
    return knowledge.category_on(verdict.category.id, day).id if verdict.category else None


def _name(knowledge: Knowledge, item: str) -> str:
    return knowledge.name(item, "ja").form


def _in_every_case(knowledge: Knowledge, item: Item) -> Iterator[Thing]:
    ways = product(*(offered(knowledge.conditions[asked], item) for asked in item.asks))
    return (Thing(item.id, tuple(case.id for case in way)) for way in ways)


def _days(before: Knowledge, after: Knowledge, today: date) -> list[date]:
    """Return today and every later day on which something begins to hold."""
    begins = {today}
    for knowledge in (before, after):
        own = (row.valid_from for rows in knowledge.overrides.values() for row in rows)
        kinds = (category.valid_from for category in knowledge.categories.values())
        begins |= {day for day in (*own, *kinds, *(rule.valid_from for rule in knowledge.rules)) if day}
    return sorted(day for day in begins if day >= today)


def _dangerous(knowledge: Knowledge, item: str) -> bool:
    found = knowledge.items.get(item)
    return found is not None and any(knowledge.hazards[hazard].danger for hazard in found.hazards)


def _leads_to(answer: Answer, item: str) -> bool:
    return answer.status is Status.SAFETY or item in _things(answer)


def _things(answer: Answer) -> set[str]:
    """Return the things that an answer is about or offers."""
    ids = [answer.answer_id or "", *answer.covers, *(choice.answer_id for choice in answer.choices)]
    return {Thing.named(one.partition(":")[2]).id for one in ids if one.startswith("garbage:")}


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
