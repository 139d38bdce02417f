"""What one person alone may not put live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answers.engine import Engine
from bot.answers.verdict import Thing, decide
from bot.knowledge.importers.proposal import remark
from bot.knowledge.model import Knowledge, Label
from bot.knowledge.schema import UNLISTED, Item, Name, Override
from bot.publishing.gate import (
    Concern,
    SecondPersonNeeded,
    admit,
    alarming,
    changed_verdicts,
    unfound,
)
from tests import small
from tests.real import NOON, engine, knowledge, voices

TODAY = date(2026, 11, 24)
BATTERY = "power-bank"


def changed(**parts: Any) -> Knowledge:
    return replace(knowledge(), **parts)


def own_word(item: str, category: str, begins: date | None = None) -> Knowledge:
    row = Override(
        item=item, category=category, valid_from=begins, evidence="city-item-list",
        checked_on=TODAY, review_by=TODAY,
    )  # fmt: skip
    return changed(overrides={**knowledge().overrides, item: (row,)})


def told(after: Knowledge, today: date = TODAY) -> list[tuple[str, bool, str]]:
    found = changed_verdicts(knowledge(), after, today)
    return [(concern.item, concern.danger, str(concern.remark)) for concern in found]


def with_item(name: str, **new: Any) -> Knowledge:
    items = knowledge().items
    return changed(items={**items, name: items[name].model_copy(update=new)})


def test_the_same_content_raises_no_concern() -> None:
    """Nothing to confirm where nothing changes."""
    assert told(knowledge()) == []


def test_another_category_is_a_concern() -> None:
    """A thing that is told to be put elsewhere is named with both categories."""
    [(item, danger, words)] = told(own_word("frying-pan", "burnable"))
    assert (item, danger) == ("frying-pan", False)
    assert words.endswith(": 燃やせないごみ becomes 燃やせるごみ.")


def test_a_change_that_begins_later_is_a_concern_today() -> None:
    """What will hold in spring is confirmed before it is put live; what ended is not looked at."""
    late = own_word("frying-pan", "burnable", date(2027, 4, 1))
    assert [item for item, _, _ in told(late)] == ["frying-pan"]
    [row] = late.overrides["frying-pan"]
    past = row.model_copy(update={"valid_from": None, "valid_until": date(2026, 3, 31)})
    assert told(changed(overrides={**knowledge().overrides, "frying-pan": (past,)})) == []


def test_a_city_s_word_on_what_was_not_confirmed_is_no_concern_unless_dangerous() -> None:
    """Knowing at last is no change of category; for a dangerous thing it needs a second look."""
    unknown = [
        item.id
        for item in knowledge().items.values()
        if not item.variants and not item.asks and not item.hazards and _undecided(item.id)
    ]
    assert told(own_word(unknown[0], "burnable")) == []


def _undecided(item: str) -> bool:
    return decide(knowledge(), Thing(item), TODAY).category is None


@pytest.mark.parametrize("category", ["burnable", "non-burnable"])
def test_a_dangerous_thing_in_another_category_is_marked(category: str) -> None:
    """The list of concerns says which of them are dangerous."""
    [(item, danger, _)] = told(own_word(BATTERY, category))
    assert (item, danger) == (BATTERY, True)


def test_a_danger_that_would_be_lost_is_a_concern() -> None:
    """Neither the hazard of a thing, nor its danger, nor the thing itself goes without a word."""
    [(_, _, words)] = told(with_item(BATTERY, hazards=[]))
    assert "no longer marked as dangerous" in words
    calm = {name: one.model_copy(update={"danger": False}) for name, one in knowledge().hazards.items()}
    harmless = told(changed(hazards=calm))
    assert len(harmless) > 100
    assert all(danger for _, danger, _ in harmless)
    gone = {name: item for name, item in knowledge().items.items() if name != BATTERY}
    [(_, danger, words)] = told(changed(items=gone))
    assert danger
    assert words.endswith("is no longer there.")


def test_a_name_of_a_dangerous_thing_that_is_no_longer_understood_is_a_concern() -> None:
    """Every name of every dangerous thing is asked before and after."""
    known = small.knowledge()
    kept = tuple(name for name in known.names if not (name.item == BATTERY and name.kind != "name"))
    lost = {name.form for name in known.names} - {name.form for name in kept}
    after = Engine(replace(known, names=kept), voices())
    watched: list[Name] = []

    def watch(names: Any) -> Any:
        watched.extend(names)
        return names

    concerns = list(unfound(small.engine(), after, NOON, watch))
    assert concerns
    assert {concern.item for concern in concerns} == {BATTERY}
    assert all(any(form in str(concern.remark) for form in lost) for concern in concerns)
    risky = {one.id for one in known.hazards.values() if one.danger}
    assert {name.item for name in watched} == {
        item.id for item in known.items.values() if risky & set(item.hazards)
    }
    assert len(watched) == sum(name.item in {one.item for one in watched} for name in known.names)
    assert list(unfound(small.engine(), small.engine(), NOON)) == []


def test_a_new_thing_that_sounds_dangerous_is_a_concern() -> None:
    """A thing of the city's list with a dangerous name is not taken for a harmless new one."""
    items = {**knowledge().items}
    names, labels = list(knowledge().names), dict(knowledge().labels)
    for number, form in enumerate(("壊れたモバイルバッテリー（小）", "阿波おどりのゆかた（子ども用）")):
        item = f"city-{number}"
        items[item] = Item(id=item, kind=UNLISTED)
        names.append(Name(item=item, language="ja", form=form, kind="name", short="x"))
        labels[item, "ja"] = Label(form, "x")
    after = changed(items=items, names=tuple(names), labels=labels)
    assert [(one.item, one.danger) for one in alarming(engine(), after, NOON)] == [("city-0", True)]


def test_the_second_person_is_somebody_else() -> None:
    """The author's own name, in whatever spelling, confirms nothing; without a concern nobody is asked."""
    concern = Concern("frying-pan", False, remark("{thing}: is no longer there.", thing="フライパン"))
    admit([], "ann", None)
    admit([concern], "ann", "bob")
    for other in (None, "", "ann", " Ann "):
        with pytest.raises(SecondPersonNeeded):
            admit([concern], "ann", other)
