"""What a clerk says besides the file itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for with an import. `today` is the city's date.

    `year` is the fiscal year; `columns` names headings (`{"area": "収集コース"}`); `put_out_by` is `HH:MM`;
    `holidays` is what happens to weekday rules on public holidays; `source` is the address of the city's
    page or file with its printed date (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`); `new_areas` lets a calendar name
    areas that do not exist yet.
    """

    today: date
    year: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    put_out_by: str | None = None
    holidays: Literal["collected", "skipped", "next-day"] | None = None
    source: str | None = None
    source_date: str | None = None
    new_areas: bool = False
