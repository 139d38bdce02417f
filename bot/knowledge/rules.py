"""When a rule is about a thing, and what a thing becomes once a condition about it is settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product

from bot.knowledge.schema import Case, Category, Condition, Item, Override, Rule


def applies(rule: Rule, item: Item) -> bool:
    """Return True when a rule is about things like this one, whatever the day."""
    return item.kind in rule.kinds and (not rule.materials or bool(set(rule.materials) & set(item.materials)))


def in_force(span: Rule | Override | Category, day: date) -> bool:
    """Return True when an entry with validity dates (both inclusive) holds on `day`."""
    return (span.valid_from is None or span.valid_from <= day) and (
        span.valid_until is None or day <= span.valid_until
    )


def offered(condition: Condition, item: Item) -> tuple[Case, ...]:
    """Return the cases of a condition that a thing can be in."""
    return tuple(
        case
        for case in condition.cases
        if case.kind or not case.materials or set(case.materials) & set(item.materials)
    )


def refined(item: Item, case: Case) -> Item:
    """Return what a thing is in one case of a condition."""
    materials = [one for one in item.materials if one in case.materials] or case.materials or item.materials
    return item.model_copy(
        update={
            "kind": case.kind or item.kind,
            "materials": materials,
            "hazards": [*item.hazards, *case.hazards],
            "parts": [*item.parts, *case.parts],
        }
    )


def in_every_case(item: Item, conditions: Mapping[str, Condition]) -> list[Item]:
    """Return what a thing may turn out to be: once for each way of settling all that is asked about it."""
    ways = product(*(offered(conditions[asked], item) for asked in item.asks))
    return [_settled(item, way) for way in ways]


def _settled(item: Item, cases: tuple[Case, ...]) -> Item:
    for case in cases:
        item = refined(item, case)
    return item
