"""Which one thing a remark is about, by how likely each is: told, asked back, or left to the rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from bot.answers.found import HEAD_ELSEWHERE, SURE, UNPROVEN, Found, risky
from bot.answers.index import Index
from bot.answers.odds import NEITHER, odds
from bot.answers.reading import Reading
from bot.answers.verdict import Thing, decide, open_question
from bot.answers.vocabulary import MISHEARD, Means
from bot.knowledge.model import Knowledge

TOLD = 0.7
"""From this probability a thing is told directly, together with what is put out in the same way."""

TOLD_UNASKED = 0.8
"""The same, for a remark that neither throws something away nor tells a thing's state."""

TOLD_DESCRIBED = 0.9
"""The same, where an unknown word behind its name may be what is meant (frying pan emblem)."""

OFFERED = 0.05
"""From this probability a thing is offered beside another one."""

OFFERED_ALONE = 0.4
"""So likely must the first one be where the words themselves suggest nothing."""

_ALSO = 0.1
"""How likely another thing must be that is put out in the same way, to be named beside the first."""

_RISK = 0.1
"""As likely as this may a dangerous thing be meant, and another be told without asking."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Things (ids of items), likeliest first: to tell, or else to ask about. `odds` of the first."""

    told: tuple[str, ...]
    asked: tuple[str, ...]
    odds: float


def meant(knowledge: Knowledge, index: Index, reading: Reading, day: date) -> Meant | None:
    """Return which thing a remark is about; None where rules decide: dangers, lists, broad words, pages."""
    if reading.evidence is None or not reading.evidence.things or not is_open(reading, index):
        return None
    likely = odds(reading.evidence)
    del likely[NEITHER]
    groups: dict[object, list[str]] = defaultdict(list)
    for name in likely:
        groups[_outcome(knowledge, name, day)].append(name)
    shares = {key: sum(likely[name] for name in names) for key, names in groups.items()}
    best = max(shares, key=lambda key: shares[key])
    risk = sum(share for name, share in likely.items() if name in index.dangerous)
    if shares[best] >= _threshold(reading) and risk < _RISK and _is_hinted(reading, groups[best][0]):
        first, *others = groups[best]
        return Meant((first, *(name for name in others if likely[name] >= _ALSO)), (), shares[best])
    if _is_not_taken(knowledge, next(iter(likely)), day):
        return None
    first, highest = next(iter(likely.items()))
    hopeful = reading.suggests or (highest >= OFFERED_ALONE and _is_hinted(reading, first))
    named = [entry.id for one in reading.found if one.score >= SURE for entry in one.entries]
    asked = [*named, *(name for name, share in likely.items() if share >= OFFERED)]
    return Meant((), tuple(dict.fromkeys(asked)) if hopeful else (), highest)


def _is_hinted(reading: Reading, name: str) -> bool:
    """True when one of its names is nearly said; letters shared with all of them are chance."""
    known = reading.evidence.things[name] if reading.evidence else {}
    return any(known[kind] > 0 for kind in ("found", "near", "alike", "named"))


def _threshold(reading: Reading) -> float:
    """Return how likely a thing must be to be told: another noun may follow its name (frying pan emblem)."""
    state = reading.evidence is not None and reading.evidence.remark["state"]
    if reading.discard or state:
        return TOLD
    named = max((one.score for one in reading.found), default=UNPROVEN)
    return TOLD_UNASKED if named > HEAD_ELSEWHERE else TOLD_DESCRIBED


def is_open(reading: Reading, index: Index) -> bool:
    """Return True for a remark about one thing, not dangerous, that no word plainly names."""
    if reading.swollen or len(reading.found) > 1 or reading.plain:
        return False
    return all(_weighable(one, index) for one in reading.found)


def _weighable(one: Found, index: Index) -> bool:
    things = all(entry.means is Means.ITEM and entry.strength > MISHEARD for entry in one.entries)
    broad = one.score >= SURE and any(entry.id in index.broad for entry in one.entries)
    return things and not (one.listed or broad or risky((*one.entries, *one.others), index))


def _is_not_taken(knowledge: Knowledge, name: str, day: date) -> bool:
    """True for what nobody collects, or no source decides: beside it no harmless thing is offered."""
    if knowledge.items[name].variants:
        return False
    category = decide(knowledge, Thing(name), day).category
    return category is None or category.kind == "not-collected"


def _outcome(knowledge: Knowledge, name: str, day: date) -> object:
    """What a reader is told to do with a thing; where that depends, the thing itself."""
    thing = Thing(name)
    if knowledge.items[name].variants or open_question(knowledge, thing, day):
        return name
    return decide(knowledge, thing, day).advice
