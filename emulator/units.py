"""What was sent under which aggregation unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class Unit:
    """One unit: readers by day in Japan, how many messages, and the links in them as (message, address)."""

    readers: defaultdict[date, int] = field(default_factory=lambda: defaultdict(int))
    links: list[tuple[int, str]] = field(default_factory=list)
    messages: int = 1


class Units:
    """Every unit by name. Callers hold the world's lock."""

    def __init__(self) -> None:
        self.by_name: defaultdict[str, Unit] = defaultdict(Unit)

    def count(
        self, names: Iterable[str], day: date, readers: int, messages: Sequence[Mapping[str, Any]]
    ) -> None:
        """Count a send under its units."""
        for name in names:
            unit = self.by_name[name]
            unit.readers[day] += readers
            unit.messages = len(messages)
            unit.links = [(seq, url) for seq, message in enumerate(messages, 1) for url in _links(message)]


def _links(part: Any) -> Iterator[str]:
    """Yield the addresses that a message's buttons lead to."""
    if isinstance(part, dict):
        if part.get("type") == "uri" and isinstance(part.get("uri"), str):
            yield part["uri"]
        for value in part.values():
            yield from _links(value)
    elif isinstance(part, list):
        for value in part:
            yield from _links(value)
