"""How far the content reaches: what is there, what nobody confirms, what must be looked at again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.knowledge.fields import Sourced
from bot.knowledge.model import Knowledge
from bot.knowledge.rules import applies, in_every_case, in_force

SOON = timedelta(days=60)
"""Entries that must be reviewed within this time are named."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One report. Shares are counts; `undecided` are things for which no category is confirmed."""

    things: int
    broad: int
    asking: int
    forms: dict[str, int]
    thin: dict[str, int]
    untranslated: dict[str, list[str]]
    evidence: dict[str, int]
    dangerous: int
    undecided: dict[str, list[str]]
    unconfirmed: list[str]
    guides: dict[str, int]
    reviews: dict[date, list[str]]

    def due(self, today: date) -> list[str]:
        """Return the entries whose review is due within SOON, or overdue."""
        return [name for day, names in sorted(self.reviews.items()) if day <= today + SOON for name in names]


def coverage(knowledge: Knowledge, today: date) -> Coverage:
    """Return the report of a Knowledge as the rules stand on `today`."""
    hazardous = {one.id for one in knowledge.hazards.values() if one.danger}
    single = [item for item in knowledge.items.values() if not item.variants]
    forms = Counter(str(name.language) for name in knowledge.names)
    each = Counter((name.item, str(name.language)) for name in knowledge.names)
    thin = Counter(tag for item in single for tag in forms if each[item.id, tag] < 2)
    return Coverage(
        things=len(knowledge.items),
        broad=len(knowledge.items) - len(single),
        asking=sum(bool(item.asks) for item in single),
        forms=dict(forms),
        thin=dict(thin),
        untranslated={tag: missing for tag in forms if (missing := _untranslated(knowledge, tag))},
        evidence=dict(_evidence(knowledge, today)),
        dangerous=sum(bool(hazardous & set(item.hazards)) for item in single),
        undecided=_undecided(knowledge, today),
        unconfirmed=sorted(_unconfirmed(knowledge)),
        guides=dict(Counter(guide.topic for guide in knowledge.guides.values())),
        reviews=_reviews(knowledge),
    )


def _untranslated(knowledge: Knowledge, tag: str) -> list[str]:
    return [item for item in knowledge.items if (item, tag) not in knowledge.labels]


def _evidence(knowledge: Knowledge, today: date) -> Counter[str]:
    """Count things by what their category rests on."""
    undecided = {item for items in _undecided(knowledge, today).values() for item in items}
    counts: Counter[str] = Counter()
    for item in knowledge.items.values():
        own = [row for row in knowledge.overrides.get(item.id, ()) if in_force(row, today)]
        if not item.variants:
            counts[own[0].evidence if own else "unconfirmed" if item.id in undecided else "inferred"] += 1
    return counts


def _undecided(knowledge: Knowledge, today: date) -> dict[str, list[str]]:
    """Return the things without a category on `today`, by the rule that says so."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in knowledge.items.values():
        if item.variants or item.id in knowledge.overrides:
            continue
        thing = in_every_case(item, knowledge.conditions)[0]
        rule = next(rule for rule in knowledge.rules if applies(rule, thing) and in_force(rule, today))
        if rule.category is None:
            found[rule.id].append(item.id)
    return dict(found)


def _unconfirmed(knowledge: Knowledge) -> Iterator[str]:
    """Yield each page and guide that has to say what it does not know, notices and desks to be confirmed."""
    yield from (f"service:{page.id}" for page in knowledge.services.values() if page.unsure)
    for guide in knowledge.guides.values():
        if guide.unsure or guide.evidence == "unconfirmed":
            yield f"guide:{guide.id}"
    yield from (f"notice:{one.id}" for one in knowledge.notices.values() if one.evidence == "unconfirmed")
    yield from (f"desk:{desk.id} (hours)" for desk in knowledge.desks.values() if desk.hours is None)


def _reviews(knowledge: Knowledge) -> dict[date, list[str]]:
    days: dict[date, list[str]] = defaultdict(list)
    groups: dict[str, dict[str, Sourced]] = {
        "category": dict(knowledge.categories),
        "note": dict(knowledge.notes),
        "service": dict(knowledge.services),
        "guide": dict(knowledge.guides),
        "path": dict(knowledge.paths),
        "desk": dict(knowledge.desks),
        "notice": dict(knowledge.notices),
        "rule": {rule.id: rule for rule in knowledge.rules},
    }
    for kind, group in groups.items():
        for name, entry in group.items():
            days[entry.review_by].append(f"{kind}:{name}")
    for item, rows in knowledge.overrides.items():
        for row in rows:
            days[row.review_by].append(f"override:{item}")
    return dict(days)
