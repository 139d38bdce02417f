"""The city's full list of items: its word wins over our rules; what we do not have becomes a new thing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.knowledge.fields import Source
from bot.knowledge.importers.fiscal import fiscal_year, last_day
from bot.knowledge.importers.grid import in_words
from bot.knowledge.importers.item_files import ITEMS, NAMES, OVERRIDES, with_own_words, with_rows
from bot.knowledge.importers.item_match import Kinds, Things
from bot.knowledge.importers.item_rows import LONGEST_NAME, ItemRow, read_items
from bot.knowledge.importers.options import Options
from bot.knowledge.importers.proposal import Outcome, Proposal, Remark, Row, remark, remark_n
from bot.knowledge.importers.refused import Refused, Report
from bot.knowledge.importers.tables import read_tables
from bot.knowledge.importers.wording import fold, without_brackets
from bot.knowledge.model import Knowledge
from bot.knowledge.rules import applies, in_every_case, in_force
from bot.knowledge.schema import UNLISTED, Item, Name, Override, Rule

LABEL = 20
"""Longest label of a button, in signs."""

_UNCONFIRMED = remark("not confirmed")

PREVIEWS = 4
"""How many answers are shown."""


def propose(
    files: Mapping[str, bytes], knowledge: Knowledge, texts: Mapping[str, str], options: Options
) -> Proposal:
    """Return what the city's list would change; rows that cannot be taken over are rejected with a reason."""
    report = Report()
    taking = _Taking(knowledge, options, report)
    for row in read_items(read_tables(files, report), options.columns, report):
        taking.take(row)
    return taking.proposal(texts)


@dataclass(slots=True)
class _Taking:
    """What has been taken from the rows so far."""

    knowledge: Knowledge
    options: Options
    report: Report
    overrides: dict[str, Override] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    shown: dict[Outcome, list[str]] = field(default_factory=dict)
    moves: int = 0
    _things: Things = field(init=False)
    _kinds: Kinds = field(init=False)

    def __post_init__(self) -> None:
        self._things = Things(self.knowledge)
        self._kinds = Kinds(self.knowledge.categories, self.options.today)

    def take(self, row: ItemRow) -> None:
        """Take a row, or reject it with its reason."""
        try:
            category = self._kinds.find(row.category)
        except Refused as refused:
            self.report.reject(row.cell, row.name, refused.reason)
            return
        try:
            known = self._things.find(row.name)
            thing = known or new_id(row.name)
            if self._again(thing, category, row):
                return
        except Refused as refused:
            self.report.reject(row.place, row.name, refused.reason)
            return
        if known is None:
            self._add(thing, row)
        self._decide(thing, category, row, new=known is None)
        self._take_aliases(thing, row)

    def _again(self, thing: str, category: str, row: ItemRow) -> bool:
        """Return whether the list has said this already. Raises Refused when it said something else."""
        place, before = self.places.setdefault(thing, (row.place, category))
        if place == row.place:
            return False
        if before != category:
            other = self.knowledge.categories[before].short["ja"]
            raise Refused(
                remark("The row {place} says {other} of the same thing.", place=in_words(place), other=other)
            )
        self.report.rows.append(
            Row(row.place, Outcome.SAME, row.name, remark("As in {place}.", place=in_words(place)))
        )
        return True

    def _add(self, thing: str, row: ItemRow) -> None:
        short = row.name if len(row.name) <= LABEL else without_brackets(row.name)
        label = short if 0 < len(short) <= LABEL else f"{row.name[: LABEL - 1]}…"
        self.items.append(Item(id=thing, kind=UNLISTED))
        self.names.append(
            Name(item=thing, language="ja", form=row.name, kind="name", reading=row.reading[:80], short=label)
        )
        self.named.add(fold(row.name))

    def _decide(self, thing: str, category: str, row: ItemRow, *, new: bool) -> None:
        before = () if new else self._present(thing)
        override = self._override(thing, category, row, before)
        outcome, why = Outcome.NEW, None
        if before and isinstance(before[0], Override) and _same(before[0], override):
            outcome = Outcome.SAME
            self.overrides.pop(thing, None)
        else:
            self.overrides[thing] = override
            if not new:
                outcome, why = self._compared(before, category)
        self.shown.setdefault(outcome, []).append(row.name)
        self.report.rows.append(Row(row.place, outcome, row.name, why))

    def _compared(self, before: Sequence[Rule | Override], category: str) -> tuple[Outcome, Remark]:
        city = self.knowledge.categories[category].short["ja"]
        if all(one.category is None for one in before):
            return Outcome.CHANGED, remark("Until now not confirmed; the city says {city}.", city=city)
        if all(self._now(one) == category for one in before):
            return Outcome.CHANGED, remark("The city confirms {city}.", city=city)
        self.moves += 1
        names = dict.fromkeys(self._worded(one) for one in before)
        return Outcome.CONTRADICTS, remark(
            "Our rule said {ours}, the city says {city}: the city wins.", ours=list(names), city=city
        )

    def _worded(self, one: Rule | Override) -> object:
        category = self._now(one)
        return self.knowledge.categories[category].short["ja"] if category else _UNCONFIRMED

    def _now(self, one: Rule | Override) -> str | None:
        """Return the category that a word or rule comes to today."""
        return self.knowledge.category_on(one.category, self.options.today).id if one.category else None

    def _present(self, thing: str) -> Sequence[Rule | Override]:
        """Return what decides a thing today: the city's own word, or a rule for each case it may be in."""
        day = self.options.today
        if own := next((one for one in self.knowledge.overrides.get(thing, ()) if in_force(one, day)), None):
            return (own,)
        cases = in_every_case(self.knowledge.items[thing], self.knowledge.conditions)
        rules = [one for one in self.knowledge.rules if in_force(one, day)]
        return [next(rule for rule in rules if applies(rule, case)) for case in cases]

    def _override(
        self, thing: str, category: str, row: ItemRow, before: Sequence[Rule | Override]
    ) -> Override:
        same = [one for one in before if one.category == category]
        kept = same[0] if same and len(same) == len(before) else None
        own = kept if isinstance(kept, Override) else None
        begins = self.knowledge.categories[category].valid_from if before else None
        source = self.options.source
        return Override(
            item=thing,
            category=category,
            valid_from=own.valid_from if own else begins,
            note=kept.note if kept else None,
            evidence="city-item-list",
            facts=own.facts if own else [],
            sources=[Source(url=source, date=self.options.source_date)] if source else [],
            checked_on=self.options.today,
            review_by=_review(self.options.today),
            remark=row.note,
        )

    def _take_aliases(self, thing: str, row: ItemRow) -> None:
        """Add the other words of a row, unless they mean another thing."""
        for form in row.aliases:
            owner = self._things.owner(form)
            if fold(form) in self.named or owner == thing or not fold(form) or len(form) > LONGEST_NAME:
                continue
            if owner:
                other = self.knowledge.name(owner, "ja").form
                why = remark("The word {form} is left out: it means {other}.", form=form, other=other)
                self.report.effects.append(why)
                continue
            self.named.add(fold(form))
            self.names.append(Name(item=thing, language="ja", form=form, kind="alias"))

    def proposal(self, texts: Mapping[str, str]) -> Proposal:
        """Return everything that was taken, as the new texts of the files."""
        files = {
            ITEMS: with_rows(texts[ITEMS], self.items),
            NAMES: with_rows(texts[NAMES], self.names),
            OVERRIDES: with_own_words(texts[OVERRIDES], self.overrides, self.options.today)
            if self.overrides
            else texts[OVERRIDES],
        }
        changed = {path: text for path, text in files.items() if text != texts[path]}
        return replace(
            self.report.proposal(),
            files=changed,
            effects=(*self._effects(), *self.report.effects),
            previews=self._previews(),
        )

    def _effects(self) -> tuple[Remark, ...]:
        moved, new = self.moves, len(self.items)
        confirmed = sum(row.outcome is Outcome.CHANGED for row in self.report.rows)
        told = (
            remark_n("{n} thing moves to another category.", "{n} things move to another category.", moved),
            remark_n(
                "The city's word now confirms {n} thing.",
                "The city's word now confirms {n} things.",
                confirmed,
            ),
            remark_n(
                "{n} new thing has a Japanese name only.", "{n} new things have a Japanese name only.", new
            ),
        )
        return tuple(one for one in told if one.values["n"])

    def _previews(self) -> tuple[tuple[str, str | None], ...]:
        order = (Outcome.CONTRADICTS, Outcome.NEW, Outcome.CHANGED)
        names = [name for outcome in order for name in self.shown.get(outcome, [])[:2]]
        return tuple((name, None) for name in names[:PREVIEWS])


def new_id(name: str) -> str:
    """Return the id of a thing that only the city's list has: the same for the same name, every time."""
    return f"city-{hashlib.sha256(fold(name).encode()).hexdigest()[:10]}"


def _same(before: Override, after: Override) -> bool:
    """Return whether the city's word is the one we have, whenever it was checked."""
    return before == after.model_copy(
        update={
            "checked_on": before.checked_on,
            "review_by": before.review_by,
            "valid_from": before.valid_from,
        }
    )


def _review(today: date) -> date:
    """Return the day by which to look again: the end of the fiscal year."""
    return last_day(fiscal_year(today))
