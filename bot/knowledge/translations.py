"""Which Japanese text each translation was made from, so that a changed original shows its stale versions.

`content/translations.csv` holds one row a translated text: the hash of the Japanese it was made from and of
itself. Where the Japanese has changed since and the translation has not, it is stale.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from bot.knowledge.fields import Strict
from bot.knowledge.files import ContentReader, Lined
from bot.knowledge.model import Problem
from bot.language.tags import TAGS

FILE = "translations.csv"

SAFETY_FILES = frozenset({"safety.yaml", "garbage/hazards.yaml", "notices.yaml"})
"""Texts that may not go live stale: people act on them in danger."""


class Stamp(Strict):
    """What a translation was when it was last read against its original."""

    file: str
    key: str
    language: str
    made_from: str
    text: str


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated text as it is now. `key` is `<entry id>.<field>`."""

    file: str
    key: str
    language: str
    line: int
    original: str
    text: str


def short_hash(text: Any) -> str:
    """Return eight hex digits that change with the text (a sentence or a list of them)."""
    return hashlib.sha256(json.dumps(text, ensure_ascii=False).encode()).hexdigest()[:8]


def translations(entries: Mapping[str, list[Lined[BaseModel]]]) -> Iterator[Translation]:
    """Yield every translated text of the entries read."""
    for file, records in entries.items():
        for record, line in records:
            for key, value in _texts(record.id, record.model_dump()):  # type: ignore[attr-defined]
                made_from = short_hash(value["ja"])
                for tag in TAGS[1:]:
                    yield Translation(file, key, tag, line, made_from, short_hash(value[tag]))


def _texts(prefix: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every text of a record and of the records inside it, with its key."""
    for field, value in fields.items():
        if isinstance(value, dict) and set(value) == set(TAGS) and field not in ("said", "cues"):
            yield f"{prefix}.{field}", value
        elif isinstance(value, list):
            for inner in (one for one in value if isinstance(one, dict) and "id" in one):
                yield from _texts(f"{prefix}.{inner['id']}", inner)


def read_stamps(reader: ContentReader) -> dict[tuple[str, str, str], Stamp]:
    """Return the stamps on disk by file, key and language."""
    rows = reader.rows(FILE, Stamp, {})
    return {(row.file, row.key, row.language): row for row, _ in rows}


def stale(
    entries: Mapping[str, list[Lined[BaseModel]]], stamps: Mapping[tuple[str, str, str], Stamp]
) -> Iterator[Problem]:
    """Yield each translation whose original changed after it was made, or that was never stamped."""
    for one in translations(entries):
        stamp = stamps.get((one.file, one.key, one.language))
        if stamp is None:
            yield Problem(one.file, one.line, f"{one.key}: the {one.language} text was never stamped")
        elif stamp.made_from != one.original and stamp.text == one.text:
            yield Problem(
                one.file, one.line, f"{one.key}: the {one.language} text is older than the Japanese"
            )


def restamped(
    entries: Mapping[str, list[Lined[BaseModel]]],
    stamps: Mapping[tuple[str, str, str], Stamp],
    accept: frozenset[str] = frozenset(),
) -> str:
    """Return the new `translations.csv`. A stale text keeps its old stamp unless its key is in `accept`."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(Stamp.model_fields)
    for one in translations(entries):
        old = stamps.get((one.file, one.key, one.language))
        keep = old is not None and old.text == one.text and one.key not in accept
        made_from = old.made_from if old and keep else one.original
        table.writerow((one.file, one.key, one.language, made_from, one.text))
    return out.getvalue()
