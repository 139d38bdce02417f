"""The whole folder: read every file, check it in itself and against the others, freeze it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.knowledge import (
    checks,
    collection,
    collection_checks,
    descriptions,
    expected,
    faq,
    notices,
    procedures,
    richmenu,
    saying,
    schema,
    shapes,
    translations,
)
from bot.knowledge.files import NOTHING_OVER_IT, ContentReader, Lined, Overlay
from bot.knowledge.model import ContentRefused, Knowledge, Label, Problem
from bot.knowledge.rows import Record, Rows

LISTS = {
    "materials": ";", "hazards": ";", "parts": ";", "variants": ";", "asks": ";", "facts": ";",
    "areas": ";", "categories": ";", "aliases": ";", "sources": " ; ", "said": "|",
}  # fmt: skip
"""Columns of the CSV files that hold lists. A source is `url|date`."""

ENTRIES: dict[str, type[BaseModel]] = {
    "desks.yaml": schema.Desk,
    "safety.yaml": schema.Safety,
    "paths.yaml": procedures.Path,
    "concepts.yaml": procedures.Concept,
    "garbage/categories.yaml": schema.Category,
    "garbage/rules.yaml": schema.Rule,
    "garbage/notes.yaml": schema.Note,
    "garbage/hazards.yaml": schema.Hazard,
    "garbage/services.yaml": schema.Service,
    "garbage/conditions.yaml": schema.Condition,
    "collection/areas.yaml": collection.Area,
    richmenu.FILE: richmenu.Tile,
}
MAPPINGS: dict[str, type[BaseModel]] = {
    "city.yaml": schema.City,
    "phrases.yaml": schema.Phrases,
    "welcome.yaml": schema.Welcome,
    "collection/words.yaml": saying.CollectionWords,
}


WORDLESS = collection.WORDLESS | {expected.FILE, notices.FILE, richmenu.FILE}
"""Files in which nothing stands that people may call things by."""

SCHEMAS: dict[str, type[BaseModel]] = {
    **ENTRIES,
    "guides/*.yaml": procedures.Guide,
    notices.FILE: notices.Notice,
    **MAPPINGS,
}
"""Every kind of YAML file with the model it is checked against."""


def load(folder: Path, overlay: Overlay = NOTHING_OVER_IT) -> Knowledge:
    """Return the frozen Knowledge of a content folder, with what an overlay puts in place of its files.

    Raises ContentRefused with every problem (file, line, words) when anything at all is wrong.
    """
    reader = ContentReader(folder, overlay)
    entries = _entries(reader)
    one = {file: reader.mapping(file, model) for file, model in MAPPINGS.items()}
    read = checks.Read(
        entries,
        one,
        items=reader.rows("garbage/items.csv", schema.Item, LISTS),
        names=reader.many("garbage/names.csv", schema.Name, LISTS),
        overrides=reader.rows("garbage/overrides.csv", schema.Override, LISTS),
        item_facts=reader.rows("garbage/item_facts.csv", schema.ItemFacts, LISTS),
    )
    ordinary = reader.many("ordinary.csv", schema.Ordinary, LISTS)
    days = _collection_days(reader, entries)
    questions = _optional(reader, faq.FILE, faq.Question)
    asked = _optional(reader, expected.FILE, expected.Expectation)
    described = _described(reader)
    if reader.problems:  # what is missing from a broken file would be reported all over the others
        raise _refusal(reader)
    for line, problem in descriptions.problems(described.lined(), {item.id for item, _ in read.items}):
        reader.refuse(descriptions.FILE, line, problem)
    _check_together(reader, read, days)
    guides = _guides(reader, entries, questions)
    known = _knowledge(reader, read, days, guides, ordinary)
    return replace(known, expected=tuple(row for row, _ in asked), descriptions=described)


def _optional(reader: ContentReader, file: str, model: type[Record]) -> list[Lined[Record]]:
    return reader.rows(file, model, LISTS) if file in reader.paths() else []


def _described(reader: ContentReader) -> Rows[descriptions.Description]:
    model = descriptions.Description
    there = descriptions.FILE in reader.paths()
    return reader.many(descriptions.FILE, model, LISTS) if there else Rows(model)


def _knowledge(
    reader: ContentReader,
    read: checks.Read,
    days: collection_checks.Rows,
    guides: dict[str, procedures.Guide],
    ordinary: Sequence[schema.Ordinary],
) -> Knowledge:
    entries: Mapping[str, list[Lined[Any]]] = read.entries
    one = read.one
    return Knowledge(
        version=_checksum(reader, lambda _: True),
        lexicon=_checksum(reader, lambda file: file not in WORDLESS),
        city=one["city.yaml"],  # type: ignore[arg-type]
        desks=_by_id(entries["desks.yaml"]),
        categories=_by_id(entries["garbage/categories.yaml"]),
        rules=tuple(record for record, _ in entries["garbage/rules.yaml"]),
        notes=_by_id(entries["garbage/notes.yaml"]),
        hazards=_by_id(entries["garbage/hazards.yaml"]),
        conditions=_by_id(entries["garbage/conditions.yaml"]),
        items=_by_id(read.items),
        names=read.names,
        labels={
            (name.item, name.language): Label(name.form, name.short, name.reading)
            for name in read.names
            if name.kind == "name"
        },
        overrides=_by_item(read.overrides),
        item_facts={row.item: tuple(row.facts) for row, _ in read.item_facts},
        ordinary=ordinary,
        services=_by_id(entries["garbage/services.yaml"]),
        guides=guides,
        concepts=_by_id(entries["concepts.yaml"]),
        paths=_by_id(entries["paths.yaml"]),
        safety=tuple(record for record, _ in entries["safety.yaml"]),
        phrases=one["phrases.yaml"],  # type: ignore[arg-type]
        notices=_by_id(entries.get(notices.FILE, [])),
        welcome=one["welcome.yaml"],  # type: ignore[arg-type]
        collection_words=one["collection/words.yaml"],  # type: ignore[arg-type]
        shapes=_shapes(reader, {area.id for area, _ in days.areas}),
        towns=tuple(town for town, _ in days.towns),
        calendar=days.calendar(),
        tiles=tuple(record for record, _ in entries[richmenu.FILE]),
    )


def _guides(
    reader: ContentReader, entries: dict[str, list[Lined[Any]]], questions: list[Lined[faq.Question]]
) -> dict[str, procedures.Guide]:
    """Return the guides by id, the city's own questions among them. Raises ContentRefused."""
    guides = _by_id(guide for file in entries if checks.is_guide(file) for guide in entries[file])
    reader.problems.extend(faq.problems(questions, (desk.id for desk, _ in entries["desks.yaml"]), guides))
    if reader.problems:
        raise _refusal(reader)
    return {**guides, **faq.as_guides(question for question, _ in questions)}


def _check_together(reader: ContentReader, read: checks.Read, days: collection_checks.Rows) -> None:
    """Check what one file cannot know of itself. Raises ContentRefused with every problem."""
    reader.problems.extend(checks.across_files(read))
    reader.problems.extend(collection_checks.problems(days, read.entries["garbage/categories.yaml"]))
    city, texts = read.one["city.yaml"], read.entries.get(notices.FILE, [])
    topics = [topic.id for topic in city.topics] if isinstance(city, schema.City) else []
    for line, problem in notices.problems(texts, topics):  # type: ignore[arg-type]
        reader.refuse(notices.FILE, line, problem)
    older = translations.stale(read.entries, translations.read_stamps(reader))
    reader.problems.extend(problem for problem in older if problem.file in translations.SAFETY_FILES)
    if reader.problems:
        raise _refusal(reader)


def _collection_days(reader: ContentReader, entries: dict[str, list[Lined[Any]]]) -> collection_checks.Rows:
    return collection_checks.Rows(
        entries["collection/areas.yaml"],
        reader.rows("collection/towns.csv", collection.Town, LISTS),
        reader.rows("collection/days.csv", collection.Schedule, LISTS),
        reader.rows("collection/changes.csv", collection.Change, LISTS),
    )


def stale_translations(folder: Path, overlay: Overlay = NOTHING_OVER_IT) -> list[Problem]:
    """Return every translation that is older than its Japanese text, safety texts or not."""
    reader = ContentReader(folder, overlay)
    entries = _entries(reader)
    return list(translations.stale(entries, translations.read_stamps(reader)))


def stamp_translations(folder: Path, accept: frozenset[str]) -> None:
    """Write `translations.csv` anew after translations were made or read again.

    Raises ContentRefused, and writes nothing, while a file cannot be read: its old stamps would be lost.
    """
    text = restamped(ContentReader(folder), accept)
    (folder / translations.FILE).write_text(text, encoding="utf-8")


def restamped(reader: ContentReader, accept: frozenset[str] = frozenset()) -> str:
    """Return the text of `translations.csv` for the files of a reader. Raises ContentRefused."""
    entries = _entries(reader)
    stamps = translations.read_stamps(reader) if translations.FILE in reader.paths() else {}
    if reader.problems:
        raise _refusal(reader)
    return translations.restamped(entries, stamps, accept)


def model_of(file: str) -> type[BaseModel]:
    """Return what the entries of a file are checked against. Raises KeyError for a file without entries."""
    return procedures.Guide if checks.is_guide(file) else ENTRIES[file]


def fingerprint(folder: Path, overlay: Overlay = NOTHING_OVER_IT) -> str:
    """Return a short checksum of every content file's name and bytes: it changes when anything does."""
    return _checksum(ContentReader(folder, overlay), lambda _: True)


def _checksum(reader: ContentReader, counts: Callable[[str], bool]) -> str:
    digest = hashlib.sha256()
    for file in filter(counts, reader.paths()):
        digest.update(file.encode() + b"\0" + reader.bytes_of(file) + b"\0")
    return digest.hexdigest()[:12]


def write_schemas(folder: Path) -> None:
    """Write the JSON Schemas that editors use, one per YAML file, from the models."""
    target = folder / "schema"
    target.mkdir(exist_ok=True)
    for file, model in SCHEMAS.items():
        (target / f"{model.__name__.lower()}.json").write_text(schema_text(file, model), encoding="utf-8")


def schema_text(file: str, model: type[BaseModel]) -> str:
    """Return the JSON Schema of one content file as committed text."""
    one = model.model_json_schema()
    if file not in MAPPINGS:
        one = {"$defs": one.pop("$defs", {}), "type": "array", "items": one}
    return json.dumps(one, ensure_ascii=False, indent=1) + "\n"


def _refusal(reader: ContentReader) -> ContentRefused:
    return ContentRefused(sorted(reader.problems, key=lambda problem: (problem.file, problem.line)))


def _entries(reader: ContentReader) -> dict[str, list[Lined[Any]]]:
    """Read every file that is a list of entries; the folder `guides/` may hold any number of them."""
    files = dict(ENTRIES)
    files.update(dict.fromkeys(reader.below("guides"), procedures.Guide))
    if notices.FILE in reader.paths():
        files[notices.FILE] = notices.Notice
    return {file: reader.entries(file, model) for file, model in files.items()}


def _shapes(reader: ContentReader, areas: set[str]) -> tuple[shapes.Shape, ...]:
    """Read the drawn areas; a city may have none. Raises ContentRefused with every problem."""
    text = reader.text(shapes.FILE) if shapes.FILE in reader.paths() else None
    drawn, problems = shapes.read_shapes(text, areas) if text is not None else ((), [])
    for problem in problems:
        reader.refuse(shapes.FILE, 0, problem)
    if reader.problems:
        raise _refusal(reader)
    return drawn


def _by_id(records: Iterable[tuple[Any, int]]) -> dict[str, Any]:
    return {record.id: record for record, _ in records}


def _by_item(records: Iterable[Lined[schema.Override]]) -> dict[str, tuple[schema.Override, ...]]:
    grouped: dict[str, list[schema.Override]] = defaultdict(list)
    for record, _ in records:
        grouped[record.item].append(record)
    return {item: tuple(rows) for item, rows in grouped.items()}
