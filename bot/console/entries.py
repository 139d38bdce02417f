"""One entry of the contents as a page shows it: texts, words, what it rests on, who uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.answers.verdict import Thing, decide
from bot.knowledge.fields import Source, Sourced
from bot.knowledge.model import Knowledge
from bot.knowledge.rules import in_every_case
from bot.language.tags import TAGS
from bot.publishing.editing.pages import editable, joined


@dataclass(frozen=True, slots=True)
class Entry:
    """`texts`: field -> language -> text; `words`: language -> what people say; `uses`: other entries."""

    kind: str
    id: str
    name: str
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, list[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    evidence: str = ""
    sources: tuple[Source, ...] = ()
    checked_on: date | None = None
    review_by: date | None = None
    category: str = ""
    uses: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """The id with its kind."""
        return f"{self.kind}:{self.id}"


def entry(knowledge: Knowledge, kind: str, name: str, today: date) -> Entry | None:
    """Return an entry; None for one that is not there."""
    if kind == "garbage":
        return _thing(knowledge, name, today) if name in knowledge.items else None
    found = groups(knowledge).get(kind, {}).get(name)
    if found is None:
        return None
    fields: Any = found
    title = next((getattr(fields, one) for one in ("short", "title", "name") if hasattr(fields, one)), None)
    return Entry(
        kind=kind,
        id=name,
        name=title["ja"] if title else name,
        texts={
            one: {tag: joined(text) for tag, text in value.items()} for one, value in editable(fields).items()
        },
        words=dict(getattr(fields, "said", {})),
        owner=found.owner,
        evidence=found.evidence,
        sources=tuple(found.sources),
        checked_on=found.checked_on,
        review_by=found.review_by,
        uses=tuple(_uses(knowledge, kind, name)),
    )


def groups(knowledge: Knowledge) -> Mapping[str, Mapping[str, Sourced]]:
    """Return every kind of entry with a source of its own, by id."""
    return {
        "category": dict(knowledge.categories),
        "note": dict(knowledge.notes),
        "hazard": dict(knowledge.hazards),
        "service": dict(knowledge.services),
        "guide": dict(knowledge.guides),
        "path": dict(knowledge.paths),
        "desk": dict(knowledge.desks),
    }


def _thing(knowledge: Knowledge, name: str, today: date) -> Entry:
    item = knowledge.items[name]
    words: dict[str, list[str]] = {tag: [] for tag in TAGS}
    for one in knowledge.names:
        if one.item == name and one.kind != "name":
            words[one.language].append(one.form)
    labels = {tag: knowledge.labels[name, tag].form for tag in TAGS if (name, tag) in knowledge.labels}
    own = knowledge.overrides.get(name, ())
    told = None if item.variants else decide(knowledge, Thing(name), today)
    return Entry(
        kind="garbage",
        id=name,
        name=labels["ja"],
        words=words,
        names=labels,
        evidence=told.evidence if told else "",
        sources=told.sources if told else (),
        checked_on=own[0].checked_on if own else None,
        review_by=own[0].review_by if own else None,
        category=told.category.short["ja"] if told and told.category and not item.asks else "",
        uses=tuple(_of_thing(knowledge, name, told.note.id if told and told.note else "")),
    )


def _of_thing(knowledge: Knowledge, name: str, note: str) -> Iterator[str]:
    """Yield what a thing leads to and what leads to it."""
    item = knowledge.items[name]
    if note:
        yield f"note:{note}"
    yield from (f"garbage:{one}" for one in (*item.variants, *item.parts))
    for other in knowledge.items.values():
        if name in other.variants or name in other.parts:
            yield f"garbage:{other.id}"
    yield from (f"category:{one.id}" for one in knowledge.categories.values() if name in one.examples)


def _uses(knowledge: Knowledge, kind: str, name: str) -> Iterator[str]:
    """Yield the entries that name another one."""
    for guide in knowledge.guides.values():
        named: dict[str, list[str | None]] = {
            "guide": [*guide.branches],
            "path": [guide.path],
            "desk": [guide.desk, guide.desk_foreign],
        }
        if name in named.get(kind, ()):
            yield f"guide:{guide.id}"
    for page in knowledge.services.values():
        if name == {"desk": page.desk, "category": page.category}.get(kind):
            yield f"service:{page.id}"
    for path in knowledge.paths.values() if kind == "guide" else ():
        if any(option.guide == name for step in path.steps for option in step.options):
            yield f"path:{path.id}"
    if kind == "note":
        yield from _things_of_note(knowledge, name)


def _things_of_note(knowledge: Knowledge, note: str) -> Iterator[str]:
    for item, rows in knowledge.overrides.items():
        if any(row.note == note for row in rows):
            yield f"garbage:{item}"
    kinds = {kind for rule in knowledge.rules if rule.note == note for kind in rule.kinds}
    for thing in knowledge.items.values():
        own = thing.id in knowledge.overrides
        if not own and not thing.variants and in_every_case(thing, knowledge.conditions)[0].kind in kinds:
            yield f"garbage:{thing.id}"
