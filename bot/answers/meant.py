"""Which one thing a remark is about, by how likely each is: told, asked back, or left to the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.answers.evidence import Evidence
from bot.answers.found import HEAD_ELSEWHERE, SURE, UNPROVEN, Found, risky
from bot.answers.index import Index
from bot.answers.odds import ELSEWHERE, NEITHER, odds
from bot.answers.reading import Reading
from bot.answers.verdict import Thing, decide, open_question
from bot.answers.vocabulary import MISHEARD, Entry, Means
from bot.knowledge.model import Knowledge

TOLD = 0.48
"""From this probability a thing is told directly, together with what is put out in the same way."""

TOLD_UNASKED = 0.58
"""The same, for a remark that neither throws something away nor tells a thing's state."""

TOLD_DESCRIBED = 0.63
"""The same, where an unknown word behind its name may be what is meant (frying pan emblem)."""

TOLD_BESIDE = 0.65
"""From this probability a thing is told whatever else the words may name."""

TOLD_AGAINST = 0.8
"""The same, where they name another one surely, or several in a row (lettuce, water and a bowl)."""

ASKED_AGAINST = 0.7
"""From this probability another thing is asked about beside the one that words name surely."""

KEPT = 0.1
"""From this probability the one that words name surely is left to the rules, and nothing is asked."""

ASKED_AGAINST_PART = 0.3
"""As ASKED_AGAINST, where the name explains only a part of what is said."""

KEPT_AS_PART = 0.2
"""As KEPT, where the name explains only a part of what is said."""

TALKED = 0.6
"""From this probability a named thing is only offered: it is likely spoken of for another reason."""

TALKED_OF_ROW = 0.84
"""The same, where several things are named or a dangerous one, or hardly more is said than a name."""

DESCRIBED_IN = 8.0
"""So much text besides talk (a Latin word weighs 2, a character 1) can describe a thing that is not named."""

OFFERED = 0.05
"""From this probability a thing is offered beside another one."""

OFFERED_ALONE = 0.4
"""So likely must the first one be where the words themselves suggest nothing."""

_A_WORD = 4.0
"""Unexplained text of no more weight than this is a word, not talk: two of Latin letters, four of others."""

_ALSO = 0.1
"""How likely another thing must be that is put out in the same way, to be named beside the first."""

_RISK = 0.1
"""As likely as this may a dangerous thing be meant, and another be told without asking."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Things (ids of items), likeliest first: to tell, or else to ask about. `odds` of the first, or of talk.

    `beside` are dangerous things that are named as well: whatever is told, they are told too.
    """

    told: tuple[str, ...]
    asked: tuple[str, ...]
    odds: float
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Likely:
    """Things with their odds, likeliest first; those put out in the same way together; the odds of talk."""

    things: Mapping[str, float]
    groups: Mapping[object, list[str]]
    shares: Mapping[object, float]
    talk: float

    @property
    def best(self) -> object:
        return max(self.shares, key=lambda key: self.shares[key])


def meant(knowledge: Knowledge, index: Index, reading: Reading, day: date) -> Meant | None:
    """Return which thing a remark is about; None where rules decide: dangers, lists, broad words, pages.

    What the words name surely stays, unless something else is far likelier: that is told, or both are asked
    about. A danger that is named is told in any case.
    """
    if reading.evidence is None or not reading.evidence.things or reading.swollen:
        return None
    likely = _likely(knowledge, reading.evidence, day)
    if not _says_enough(reading, likely.groups[likely.best][0]):
        return None
    named = _surely_named(reading)
    if _is_talk(index, reading, likely):
        return Meant((), named, likely.talk)
    plain = _told_plainly(index, reading, named, likely)
    if plain or named:
        return plain or _against(knowledge, reading, named, likely, day)
    if not is_weighed(reading, index):
        return None
    return _told(index, reading, likely) or _asked(knowledge, index, reading, likely.things, day)


def _is_talk(index: Index, reading: Reading, likely: _Likely) -> bool:
    """True when what is named is likely spoken of for another reason than throwing it away."""
    if _is_sorting(reading):
        return False
    single = is_weighed(reading, index) and (_surely_named(reading) or not reading.found)
    if single and not _is_alone(reading):
        return likely.talk >= TALKED
    pages = reading.plain_guide or any(entry.means is not Means.ITEM for entry in _entries(reading))
    return likely.talk >= TALKED_OF_ROW and not pages and "where" not in reading.intents


def _told_plainly(index: Index, reading: Reading, sure: tuple[str, ...], likely: _Likely) -> Meant | None:
    """Return the thing that is far likelier than all that the words by themselves name."""
    if not all(_names_things(one) for one in reading.found if one.score >= SURE or _is_item(one)):
        return None  # pages and categories, and words that only sound like a thing
    group = likely.groups[likely.best]
    row = any(one.listed for one in reading.found)
    if row and not set(sure).isdisjoint(group):
        return None  # what else stands in a row with it is asked about as well
    against = row or not set(sure).issubset(group)
    if likely.shares[likely.best] < (TOLD_AGAINST if against else TOLD_BESIDE):
        return None
    dangers = dict.fromkeys(entry.id for entry in _entries(reading) if entry.id in index.dangerous)
    beside = tuple(name for name in dangers if name not in group)
    if group[0] in index.dangerous and not index.broad.issuperset(beside):
        return None  # of two dangers the words decide
    if _is_risky(index, likely, (*group, *beside)):
        return None
    return _group(likely, likely.best, sure, beside)


def _group(likely: _Likely, key: object, named: tuple[str, ...] = (), beside: tuple[str, ...] = ()) -> Meant:
    """Return what to tell of a group: all that is surely named, or else what is likely meant."""
    first, *others = sorted(likely.groups[key], key=lambda name: name not in named)
    also = (name for name in others if name in named or (first not in named and likely.things[name] >= _ALSO))
    return Meant((first, *also), (), likely.shares[key], beside)


def _likely(knowledge: Knowledge, evidence: Evidence, day: date) -> _Likely:
    things = odds(evidence)
    talk = things.pop(ELSEWHERE)
    del things[NEITHER]
    groups: dict[object, list[str]] = defaultdict(list)
    for name in things:
        groups[_outcome(knowledge, name, day)].append(name)
    shares = {key: sum(things[name] for name in names) for key, names in groups.items()}
    return _Likely(things, groups, shares, talk)


def _against(
    knowledge: Knowledge, reading: Reading, named: tuple[str, ...], likely: _Likely, day: date
) -> Meant | None:
    """Return the question whether a likelier thing is meant than those that the words name."""
    best = likely.best
    kept, asked = (KEPT_AS_PART, ASKED_AGAINST_PART) if reading.rest else (KEPT, ASKED_AGAINST)
    own = {_outcome(knowledge, name, day) for name in named}
    left = best in own or sum(likely.shares.get(one, 0.0) for one in own) >= kept
    if left or likely.shares[best] < asked:
        return None
    return Meant((), (likely.groups[best][0], *named), likely.shares[best])


def _told(index: Index, reading: Reading, likely: _Likely) -> Meant | None:
    share, group = likely.shares[likely.best], likely.groups[likely.best]
    if share < _threshold(reading, group[0] in index.dangerous) or _is_risky(index, likely, group):
        return None
    return _group(likely, likely.best)


def _is_risky(index: Index, likely: _Likely, told: Collection[str]) -> bool:
    """True when a dangerous thing may be meant that would not be told."""
    risks = (name for name in likely.things if name in index.dangerous and name not in told)
    return sum(likely.things[one] for one in risks) >= _RISK


def _asked(
    knowledge: Knowledge, index: Index, reading: Reading, likely: Mapping[str, float], day: date
) -> Meant | None:
    first, highest = next(iter(likely.items()))
    if not is_open(reading, index) or _is_not_taken(knowledge, first, day):
        return None
    asked = tuple(name for name, share in likely.items() if share >= OFFERED)
    if not asked and reading.suggests:
        return None
    return Meant((), asked if reading.suggests or highest >= OFFERED_ALONE else (), highest)


def _is_sorting(reading: Reading) -> bool:
    """True when something is thrown away or asked to go somewhere, or its state is told."""
    told = reading.evidence is not None and bool(reading.evidence.remark["state"])
    return reading.discard or told or any(one.into for one in reading.found)


def _is_alone(reading: Reading) -> bool:
    """True when hardly more is said than a name."""
    short = bool(reading.near) and reading.rest <= _A_WORD
    return (short or reading.rest == 0) and not (reading.ordinary or reading.guards)


def _says_enough(reading: Reading, name: str) -> bool:
    """True when a name of a thing is at least nearly said, or else more than a word or two describe it."""
    says = reading.evidence.content if reading.evidence else 0.0
    return says >= DESCRIBED_IN or _is_hinted(reading, name)


def _surely_named(reading: Reading) -> tuple[str, ...]:
    """Return the things (ids of items) that the words by themselves name surely, broad ones too."""
    sure = [one for one in reading.found or reading.near if one.score >= SURE]
    things = (entry.id for one in sure for entry in one.entries if entry.means is Means.ITEM)
    return tuple(dict.fromkeys(things))


def _is_hinted(reading: Reading, name: str) -> bool:
    """True when one of its names is nearly said; letters shared with all of them are chance."""
    known = reading.evidence.things[name] if reading.evidence else {}
    return any(known[kind] > 0 for kind in ("found", "near", "alike", "named"))


def _threshold(reading: Reading, dangerous: bool) -> float:
    """Return how likely a thing must be to be told: another noun may follow its name (frying pan emblem)."""
    state = reading.evidence is not None and reading.evidence.remark["state"]
    if (reading.discard or state) and not dangerous:
        return TOLD
    named = max((one.score for one in reading.found), default=UNPROVEN)
    return TOLD_UNASKED if named > HEAD_ELSEWHERE else TOLD_DESCRIBED


def is_weighed(reading: Reading, index: Index) -> bool:
    """Return True for a remark about one thing, none of whose words names a danger, a list or a page."""
    things = all(_is_thing(one) and not risky((*one.entries, *one.others), index) for one in reading.found)
    return things and not reading.swollen


def is_open(reading: Reading, index: Index) -> bool:
    """Return True for one of these that no word plainly names."""
    return len(reading.found) <= 1 and not reading.plain and is_weighed(reading, index)


def _is_thing(one: Found) -> bool:
    return not one.listed and _names_things(one)


def _is_item(one: Found) -> bool:
    return all(entry.means is Means.ITEM for entry in one.entries)


def _names_things(one: Found) -> bool:
    return all(entry.means is Means.ITEM and entry.strength > MISHEARD for entry in one.entries)


def _entries(reading: Reading) -> Iterator[Entry]:
    return (entry for one in reading.found for entry in one.entries)


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
