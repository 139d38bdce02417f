"""What is left of a row of days or changes when a calendar takes over some areas for some time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.knowledge.collection import Change, Schedule

_DAY = timedelta(days=1)


def rest_of_schedule(one: Schedule, areas: Collection[str], first: date, last: date) -> list[Schedule]:
    """Return what is left of a schedule when these areas are taken out from first to last, both included."""
    taken = [area for area in one.areas if area in areas]
    if not taken or one.valid_until < first or last < one.valid_from:
        return [one]
    pieces = []
    if others := [area for area in one.areas if area not in areas]:
        pieces.append(one.model_copy(update={"areas": others}))
    for begin, end in _outside(one.valid_from, one.valid_until, first, last):
        inside = frozenset(day for day in one.rule.explicit if begin <= day <= end)
        days = str(replace(one.rule, explicit=inside))
        if days:
            update = {"areas": taken, "days": days, "valid_from": begin, "valid_until": end}
            pieces.append(one.model_copy(update=update))
    return list(_named(pieces))


def rest_of_change(
    one: Change, taken: Mapping[str, Collection[str]], everything: Collection[str], first: date, last: date
) -> list[Change]:
    """Return what is left of a change without each area's categories in `taken`, from first to last.

    `everything` are the categories that a change without categories holds for.
    """
    if one.last < first or last < one.first:
        return [one]
    kept: dict[tuple[str, ...] | None, list[str]] = defaultdict(list)
    for area in one.areas:
        before = one.categories or list(everything)
        after = [category for category in before if category not in taken.get(area, ())]
        kept[None if after == before else tuple(after)].append(area)
    pieces = [
        one.model_copy(update={"areas": areas, **({} if left is None else {"categories": list(left)})})
        for left, areas in kept.items()
        if left is None or left
    ]
    touched = [area for left, areas in kept.items() if left is not None for area in areas]
    for begin, end in _outside(one.first, one.last, first, last) if touched else ():
        pieces.append(one.model_copy(update={"areas": touched, "first": begin, "last": end}))
    return list(_named(pieces))


def _outside(begin: date, end: date, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield what of begin to end lies before first and after last."""
    if begin < first:
        yield begin, min(end, first - _DAY)
    if end > last:
        yield max(begin, last + _DAY), end


def _named(pieces: list[Any]) -> Iterator[Any]:
    """The first piece keeps the id; others say what they are."""
    for number, piece in enumerate(pieces):
        yield piece if number == 0 else piece.model_copy(update={"id": f"{piece.id}-{number + 1}"})
