"""The ledger: every API call and every webhook attempt, in order, for tests to read."""

from __future__ import annotations

from typing import Any

Entry = dict[str, Any]

KEPT = 200_000
"""The oldest entries are dropped beyond this many."""


class Ledger:
    """Numbered entries from 1. Callers hold the world's lock."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self.last = 0

    def add(self, entry: Entry) -> Entry:
        """Give the entry its number and keep it."""
        self.last += 1
        numbered = {"seq": self.last, **entry}
        self._entries.append(numbered)
        if len(self._entries) > KEPT + KEPT // 10:
            del self._entries[:-KEPT]
        return numbered

    def since(self, after: int, kind: str | None = None) -> list[Entry]:
        """Return the entries numbered above `after`, of one kind or of all."""
        first = self.last - len(self._entries)
        return [entry for entry in self._entries[max(0, after - first) :] if kind in (None, entry["kind"])]
