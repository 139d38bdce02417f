"""Everything people may say, folded, with all it may mean: looked up run by run of a remark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

from bot.answers.normalise import Units
from bot.answers.packed import Chosen, Table, chosen, table
from bot.answers.vocabulary import Entry

_END = b"\0"
"""Behind each unit of a key: so "car pet" is not "carpet", and a run is hashed unit by unit."""

Meanings = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """Folded keys -> meanings. `reach` tells by first unit how many units the longest key has."""

    written: Table
    meanings: Chosen[Meanings]
    reach: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.written)

    def __contains__(self, key: Units) -> bool:
        return bool(self.get(key))

    def get(self, key: Units) -> Meanings:
        """Return what a key means; nothing for one that is not there."""
        number = self.written.number(_written(key))
        return () if number is None else self.meanings[number]

    def runs(self, text: Units) -> Iterator[tuple[int, int, Meanings]]:
        """Yield start, stop and meanings of each run of a text that is a key, by start, then by stop."""
        units = [unit.encode() + _END for unit in text]
        places, last = self.written.places, len(self.written.places) - 1
        for start, first in enumerate(text):
            crc = 0
            for stop in range(start, min(start + self.reach.get(first, 0), len(text))):
                crc = crc32(units[stop], crc)
                if not places[crc & last]:  # mostly: spares a call
                    continue
                number = self.written.find(crc, units[start : stop + 1])
                if number is not None:
                    yield start, stop + 1, self.meanings[number]


def gathered(found: Mapping[Units, Meanings]) -> Keys:
    """Return keys with their meanings, packed."""
    reach: dict[str, int] = {}
    for key in found:
        reach[key[0]] = max(reach.get(key[0], 0), len(key))
    return Keys(table(map(_written, found)), chosen(found.values()), reach)


def _written(key: Units) -> bytes:
    return b"".join(unit.encode() + _END for unit in key)
