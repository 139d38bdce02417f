"""What one file cannot know of itself: ids that exist elsewhere, names that are unique, links, lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

import regex
from pydantic import BaseModel

from bot.knowledge import procedures, richmenu, schema
from bot.knowledge.files import Lined
from bot.knowledge.model import Problem
from bot.knowledge.rows import Rows
from bot.knowledge.rules import applies, in_every_case, in_force, offered
from bot.language.tags import TAGS

PAGES = ("collection-days", "put-out-rules")
"""Pages that answers lead to by name ("when?", "where do I put garbage?")."""

SHORT_LABEL = 20
"""Longest label, in graphemes, that LINE shows on a quick reply."""

_GRAPHEME = regex.compile(r"\X")

_REFERENCES = {
    "item": "item", "parts": "item", "variants": "item", "examples": "item", "meant": "item", "thing": "item",
    "about": "concept",
    "asks": "condition", "hazards": "hazard", "category": "category",
    "replaced_by": "category", "note": "note", "owner": "desk", "desk": "desk",
    "garbage_desk": "desk", "general_desk": "desk", "branches": "guide", "guide": "guide", "path": "path",
    "desk_foreign": "desk",
}  # fmt: skip
"""Which field of any record names what kind of thing."""

Entries = Mapping[str, list[Lined[BaseModel]]]


@dataclass(frozen=True)
class Read:
    """Everything read, before it is believed."""

    entries: Entries
    one: Mapping[str, BaseModel | None]
    items: list[Lined[schema.Item]]
    names: Rows[schema.Name]
    overrides: list[Lined[schema.Override]]
    item_facts: list[Lined[schema.ItemFacts]]

    def ids(self, file: str) -> set[str]:
        """Return the ids of a YAML file's entries."""
        return {record.id for record, _ in self.entries[file]}  # type: ignore[attr-defined]


def is_guide(file: str) -> bool:
    """Return True for a file of guides; their ids are unique over all such files."""
    return file.startswith("guides/")


def across_files(read: Read) -> Iterator[Problem]:
    """Yield every problem that only shows when files are read together."""
    yield from _repeated_ids(read)
    yield from _references(read)
    yield from _names(read)
    yield from _rules_cover(read)
    yield from _leading_nowhere(read)
    yield from _paths_arrive(read)
    yield from _links(read)
    yield from _shorts(read)
    yield from _topics(read)
    yield from _menu_is_full(read)


def _repeated_ids(read: Read) -> Iterator[Problem]:
    lists: dict[str, list[Lined[BaseModel]]] = dict(read.entries)
    lists["garbage/items.csv"] = read.items  # type: ignore[assignment]
    guides: set[str] = set()
    for file, records in lists.items():
        seen: set[str] = guides if is_guide(file) else set()
        for record, line in records:
            key = record.id  # type: ignore[attr-defined]
            if key in seen:
                yield Problem(file, line, f"id {key!r} stands twice")
            seen.add(key)


def _references(read: Read) -> Iterator[Problem]:
    """Whatever names something else names something that is there."""
    known = {
        "item": {item.id for item, _ in read.items},
        "hazard": read.ids("garbage/hazards.yaml"),
        "category": read.ids("garbage/categories.yaml"),
        "note": read.ids("garbage/notes.yaml"),
        "condition": read.ids("garbage/conditions.yaml"),
        "desk": read.ids("desks.yaml"),
        "path": read.ids("paths.yaml"),
        "concept": read.ids("concepts.yaml"),
        "guide": set().union(*(read.ids(file) for file in read.entries if is_guide(file))),
    }
    lists: dict[str, list[Lined[BaseModel]]] = dict(read.entries)
    lists["garbage/items.csv"] = read.items  # type: ignore[assignment]
    lists["garbage/overrides.csv"] = read.overrides  # type: ignore[assignment]
    lists["garbage/item_facts.csv"] = read.item_facts  # type: ignore[assignment]
    city = read.one["city.yaml"]
    lists["city.yaml"] = [(city, 1)] if city else []
    phrases = read.one["phrases.yaml"]
    lists["phrases.yaml"] = [(one, 0) for one in getattr(phrases, "misheard", [])]
    words = read.one["collection/words.yaml"]
    lists["collection/words.yaml"] = [(one, 0) for one in getattr(words, "broad", [])]
    lists["garbage/conditions.yaml"] = [
        (case, line) for one, line in lists["garbage/conditions.yaml"] for case in getattr(one, "cases", [])
    ]
    lists["paths.yaml"] = [(one, line) for record, line in lists["paths.yaml"] for one in _inside(record)]
    for file, records in lists.items():
        for record, line in records:
            for field, what in _REFERENCES.items():
                value = record.__dict__.get(
                    field
                )  # pydantic takes long to tell that a record has no such field
                wanted = value if isinstance(value, list) else [value]
                if field == "about":
                    wanted = [concept for one in wanted if one for concept in one.split("+")]
                for one in wanted:
                    yield from _unknown(file, line, what, one, known[what])


def _inside(path: BaseModel) -> Iterator[BaseModel]:
    """Yield a path and its options, which lead to guides."""
    yield path
    yield from (option for step in getattr(path, "steps", []) for option in step.options)


def _unknown(file: str, line: int, what: str, wanted: str | None, known: set[str]) -> Iterator[Problem]:
    if wanted is not None and wanted not in known:
        yield Problem(file, line, f"unknown {what} {wanted!r}")


def _names(read: Read) -> Iterator[Problem]:
    """Each item is named once per language, and a form means one item only, unless all of them share it.

    Things that only the city's list has may be named in Japanese alone.
    """
    file = "garbage/names.csv"
    items = {item.id for item, _ in read.items}
    named: set[tuple[str, str]] = set()
    forms: dict[str, dict[str, tuple[str, str]]] = {tag: {} for tag in TAGS}
    owners: dict[tuple[str, str], tuple[str, str]] = {}
    for name, line in read.names.lined():
        yield from _unknown(file, line, "item", name.item, items)
        if name.kind == "name":
            if (name.item, name.language) in named:
                yield Problem(file, line, f"{name.item} has a second name in {name.language}")
            named.add((name.item, name.language))
        yield from (Problem(file, line, problem) for problem in _label(name))
        owner = owners.setdefault((name.item, name.kind), (name.item, name.kind))  # one object for all forms
        other, kind = forms[name.language].setdefault(name.form.casefold(), owner)
        if other != name.item and not kind == name.kind == "shared":
            yield Problem(file, line, f"{name.form!r} already means {other}")
    for item, line in read.items:
        wanted = TAGS[:1] if item.kind == schema.UNLISTED else TAGS
        missing = [tag for tag in wanted if (item.id, tag) not in named]
        if missing:
            yield Problem("garbage/items.csv", line, f"{item.id} has no name in {', '.join(missing)}")


def _label(name: schema.Name) -> Iterator[str]:
    if name.kind == "name" and not name.short:
        yield f"{name.item} has no short label in {name.language}"
    if _too_long(name.short):
        yield f"short label is longer than {SHORT_LABEL}: {name.short}"


def _rules_cover(read: Read) -> Iterator[Problem]:
    """Every item is decided on every day: by the city's own word, or by a rule for its kind."""
    rules = [rule for rule, _ in read.entries["garbage/rules.yaml"] if isinstance(rule, schema.Rule)]
    own: dict[str, list[schema.Override]] = {}
    for override, _ in read.overrides:
        own.setdefault(override.item, []).append(override)
    conditions = {
        one.id: one for one, _ in read.entries["garbage/conditions.yaml"] if isinstance(one, schema.Condition)
    }
    for item, line in read.items:
        if item.variants or not conditions.keys() >= set(item.asks):
            continue
        if any(len(offered(conditions[asked], item)) < 2 for asked in item.asks):
            yield Problem("garbage/items.csv", line, f"{item.id} asks about a condition with one case only")
            continue
        for thing in in_every_case(item, conditions):
            spans: list[schema.Rule | schema.Override] = [*own.get(item.id, [])]
            spans += [rule for rule in rules if applies(rule, thing)]
            day = _first_uncovered(spans)
            if day:
                yield Problem("garbage/items.csv", line, f"no rule decides kind {thing.kind!r} on {day}")
                break


def _leading_nowhere(read: Read) -> Iterator[Problem]:
    """What leads on to something must arrive: parts are decided things, successors end somewhere."""
    broad = {item.id for item, _ in read.items if item.variants}
    for item, line in read.items:
        for part in set(item.parts) & broad:
            yield Problem("garbage/items.csv", line, f"part {part!r} is a broad word, not a thing")
        for variant in set(item.variants) & broad:
            yield Problem("garbage/items.csv", line, f"variant {variant!r} is a broad word itself")
    retired = {
        record.id: record.replaced_by
        for record, _ in read.entries["garbage/categories.yaml"]
        if isinstance(record, schema.Category)
    }
    for record, line in read.entries["garbage/categories.yaml"]:
        seen, queue = set[str](), list(getattr(record, "replaced_by", []))
        while queue:
            name = queue.pop()
            queue += [] if name in seen else retired.get(name, [])
            seen.add(name)
        if record.id in seen:  # type: ignore[attr-defined]
            yield Problem("garbage/categories.yaml", line, "is replaced by itself in the end")
    for page in set(PAGES) - read.ids("garbage/services.yaml"):
        yield Problem("garbage/services.yaml", 0, f"page {page!r} is missing")


def _paths_arrive(read: Read) -> Iterator[Problem]:
    """A path has one way in; each option leads forward, and every step is led to."""
    for path, line in read.entries["paths.yaml"]:
        if isinstance(path, procedures.Path):
            yield from (Problem("paths.yaml", line, f"{path.id}: {problem}") for problem in _astray(path))


def _astray(path: procedures.Path) -> Iterator[str]:
    order = [step.id for step in path.steps]
    led_to = {option.to for step in path.steps for option in step.options if option.to}
    yield from (f"no step {target!r}" for target in sorted(led_to - set(order)))
    yield from (f"no option leads to step {step!r}" for step in order[1:] if step not in led_to)
    for at, step in enumerate(path.steps):
        back = [option.id for option in step.options if option.to in order[: at + 1]]
        yield from (f"option {option!r} of step {step.id!r} leads back" for option in back)


def _first_uncovered(spans: list[schema.Rule] | list[schema.Rule | schema.Override]) -> date | None:
    edges = {date(2023, 5, 1), date(2099, 1, 1)}
    edges |= {span.valid_until + timedelta(days=1) for span in spans if span.valid_until}
    for day in sorted(edges):
        if not any(in_force(span, day) for span in spans):
            return day
    return None


def _links(read: Read) -> Iterator[Problem]:
    """Readers are sent only to the city's, the prefecture's and national pages.

    Sources may stand elsewhere: they are evidence for us; readers see those of allowed hosts only.
    """
    city = read.one["city.yaml"]
    hosts = set(city.link_hosts) if isinstance(city, schema.City) else set()
    for file, records in read.entries.items():
        for record, line in records:
            url = getattr(record, "link", None)
            if url and urlsplit(url).hostname not in hosts:
                yield Problem(file, line, f"host of {url} is not among link_hosts in city.yaml")


def _shorts(read: Read) -> Iterator[Problem]:
    for file, records in read.entries.items():
        for record, line in records:
            for tag, short in (getattr(record, "short", None) or {}).items():
                if _too_long(short):
                    yield Problem(file, line, f"short label in {tag} is longer than {SHORT_LABEL}: {short}")


def _topics(read: Read) -> Iterator[Problem]:
    """Topics are read on buttons, and two of one id could not be told apart."""
    city = read.one["city.yaml"]
    topics = city.topics if isinstance(city, schema.City) else []
    ids = [topic.id for topic in topics]
    for topic in topics:
        if ids.count(topic.id) > 1:
            yield Problem("city.yaml", 0, f"topic {topic.id} stands there twice")
        for tag, name in topic.name.items():
            if _too_long(name):
                yield Problem("city.yaml", 0, f"topic in {tag} is longer than {SHORT_LABEL}: {name}")


def _menu_is_full(read: Read) -> Iterator[Problem]:
    tiles = len(read.entries[richmenu.FILE])
    if tiles != richmenu.TILES:
        yield Problem(richmenu.FILE, 0, f"the menu has {richmenu.TILES} tiles, not {tiles}")


def _too_long(label: str) -> bool:
    return len(label) > SHORT_LABEL and graphemes(label) > SHORT_LABEL


def graphemes(text: str) -> int:
    """Return how many characters a person would count (grapheme clusters)."""
    return len(_GRAPHEME.findall(text))
