"""Large tables in a few buffers: read from a file they cost a process no objects and no time.

Processes that map one file share its pages; a dictionary of the same would be made anew in each.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, Generic, TypeVar, overload
from zlib import crc32

Value = TypeVar("Value")
Buffer = memoryview

_NUMBER: Final = 0xFFFFFFFF

_ROOM: Final = 2
"""A hash table has at least so many places for each text: most that are not there are missed at once."""


def numbers(kind: str, values: Iterable[float]) -> Buffer:
    """Return numbers side by side, each of a kind as in `array`."""
    return memoryview(array(kind, values))


@dataclass(frozen=True, slots=True)
class Texts(Sequence[str]):
    """Texts by number, in UTF-8 one behind the other; `ends` tells where each stops, and the first begins."""

    utf8: Buffer
    ends: Buffer

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return str(self.raw(number), "utf-8")

    def raw(self, number: int) -> Buffer:
        """Return a text as it is kept. Raises IndexError."""
        return self.utf8[self.ends[number] : self.ends[number + 1]]


def texts(written: Iterable[bytes]) -> Texts:
    """Return texts, given in UTF-8, packed."""
    kept = list(written)
    return Texts(memoryview(b"".join(kept)), numbers("I", accumulate(map(len, kept), initial=0)))


@dataclass(frozen=True, slots=True)
class Chosen(Sequence[Value], Generic[Value]):
    """A long row of few different values."""

    values: tuple[Value, ...]
    numbers: Buffer

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> list[Value]: ...
    def __getitem__(self, at: int | slice) -> Value | list[Value]:
        if isinstance(at, slice):
            return [self.values[number] for number in self.numbers[at]]
        return self.values[self.numbers[at]]


def chosen(row: Iterable[Value]) -> Chosen[Value]:
    """Return a row of hashable values, packed."""
    known: dict[Value, int] = {}
    found = numbers("I", [known.setdefault(value, len(known)) for value in row])
    return Chosen(tuple(known), found)


@dataclass(frozen=True, slots=True)
class Table:
    """The number of each of many texts: a hash table with open addressing.

    A place holds the CRC-32 of a text above its number plus one; 0 is a free place.
    """

    texts: Texts
    places: Buffer

    def __len__(self) -> int:
        return len(self.texts)

    def number(self, text: bytes) -> int | None:
        """Return the number of a text in UTF-8; None for one that is not there."""
        return self.find(crc32(text), (text,))

    def find(self, crc: int, parts: Sequence[bytes]) -> int | None:
        """Return the number of a text in parts, whose CRC-32 is known; None for one that is not there."""
        places, last = self.places, len(self.places) - 1
        at = crc & last
        while place := places[at]:
            if place >> 32 == crc and self.texts.raw((place & _NUMBER) - 1) == b"".join(parts):
                number: int = (place & _NUMBER) - 1
                return number
            at = (at + 1) & last
        return None


def table(written: Iterable[bytes]) -> Table:
    """Return the table of different texts, given in UTF-8; they are numbered as they come."""
    kept = texts(written)
    size = 1 << (_ROOM * len(kept)).bit_length()
    places = array("Q", bytes(8 * size))
    for number in range(len(kept)):
        crc = crc32(kept.raw(number))
        at = crc & (size - 1)
        while places[at]:
            at = (at + 1) & (size - 1)
        places[at] = crc << 32 | number + 1
    return Table(kept, memoryview(places))


@dataclass(frozen=True, slots=True)
class Postings:
    """Features, each with the numbers of all that has it."""

    features: Table
    starts: Buffer
    numbers: Buffer

    def number(self, feature: str) -> int | None:
        """Return the number of a feature itself; None for one that is not known."""
        return self.features.number(feature.encode())

    def span(self, number: int) -> slice:
        """Return where that of a feature stands among all numbers."""
        return slice(self.starts[number], self.starts[number + 1])

    def of(self, feature: str) -> Buffer:
        """Return the numbers of all that has a feature."""
        number = self.number(feature)
        return self.numbers[:0] if number is None else self.numbers[self.span(number)]

    def __iter__(self) -> Iterator[list[int]]:
        return (self.numbers[self.span(number)].tolist() for number in range(len(self.features)))


def postings(found: Mapping[str, Sequence[int]], kind: str = "I") -> Postings:
    """Return the numbers of each feature, packed; each of a kind as in `array`."""
    features = sorted(found)
    every: array[Any] = array(kind)
    for feature in features:
        every.extend(found[feature])
    starts = accumulate((len(found[feature]) for feature in features), initial=0)
    return Postings(table(map(str.encode, features)), numbers("I", starts), memoryview(every))
