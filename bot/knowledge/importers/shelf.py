"""The files of `content/collection/` as texts: records become the same lines in the same order every time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel

from bot.knowledge.collection import Area, Change, Schedule, Town
from bot.knowledge.fields import Source

AREAS: Final = "collection/areas.yaml"
TOWNS: Final = "collection/towns.csv"
DAYS: Final = "collection/days.csv"
CHANGES: Final = "collection/changes.csv"

_COLUMNS: Final[Mapping[type[BaseModel], tuple[str, ...]]] = {
    Town: ("town", "reading", "part", "area", "latitude", "longitude"),
    Schedule: (
        "id", "areas", "category", "days", "valid_from", "valid_until", "holidays", "put_out_by",
        "evidence", "facts", "sources", "checked_on", "review_by",
    ),
    Change: (
        "id", "areas", "first", "last", "categories", "to", "reason", "evidence", "facts", "sources",
        "checked_on",
    ),
}  # fmt: skip
Dated = TypeVar("Dated", Schedule, Change)
"""A row of days or of changes."""

_ENTRY = re.compile(r"^- id: *['\"]?(?P<id>[^'\"\s]+)", re.MULTILINE)


def changed(
    texts: Mapping[str, str],
    areas: Iterable[Area],
    towns: Iterable[Town],
    schedules: Iterable[Schedule],
    changes: Iterable[Change],
) -> dict[str, str]:
    """Return the new text of each file that would not stay as it is in `texts`, by its path."""
    after = {
        AREAS: areas_text(texts.get(AREAS, ""), areas),
        TOWNS: csv_text(Town, towns),
        DAYS: csv_text(Schedule, schedules),
        CHANGES: csv_text(Change, changes),
    }
    return {path: text for path, text in after.items() if text != texts.get(path)}


def csv_text(model: type[BaseModel], records: Iterable[BaseModel]) -> str:
    """Return the text of a CSV file of towns, schedules or changes."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS[model])
    for record in records:
        table.writerow(cell(getattr(record, column)) for column in _COLUMNS[model])
    return text.getvalue()


def cell(value: Any) -> str:
    """Return a value as a cell of a CSV file of `content/` holds it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        if any(isinstance(one, Source) for one in value):
            return " ; ".join(f"{one.url}|{one.date or ''}".rstrip("|") for one in value)
        return ";".join(str(one) for one in value)
    return str(value)


def areas_text(old: str, areas: Iterable[Area]) -> str:
    """Return the text of `areas.yaml` for these areas.

    Entries that stay keep their lines and comments; others are left out, new ones are added at the end.
    """
    starts = [found.start() for found in _ENTRY.finditer(old)]
    head = old[: starts[0]] if starts else _without_entries(old)
    ends = [*starts[1:], len(old)]
    entries = {
        _ENTRY.match(old, start)["id"]: old[start:end].rstrip("\n") + "\n"  # type: ignore[index]
        for start, end in zip(starts, ends, strict=True)
    }
    return head + "\n".join(entries.get(area.id) or _entry(area) for area in areas)


def _without_entries(old: str) -> str:
    """A file without entries may say so with an empty list."""
    kept = [line for line in old.splitlines() if line.strip() != "[]"]
    return "\n".join(kept).rstrip("\n") + "\n\n" if any(kept) else ""


def _entry(area: Area) -> str:
    data = area.model_dump(mode="json")
    data = {
        **{key: data[key] for key in ("id", "letter", "name", "short", "owner", "sources", "evidence")},
        **{key: data[key] for key in ("facts", "checked_on", "review_by")},
    }
    return str(yaml.safe_dump([data], allow_unicode=True, sort_keys=False, width=110))
