"""Tens of thousands of records that are read through now and then, kept small in between."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import eq
from typing import Final, Generic, TypeVar, overload

from pydantic import BaseModel, TypeAdapter

Record = TypeVar("Record", bound=BaseModel)

_TOGETHER: Final = 512
"""So many records are packed as one: enough to be packed well, few enough to be made for one of them."""


class Rows(Sequence[Record], Generic[Record]):
    """Records of one model, and the line of a file that each ends on, packed as they come.

    Each look makes them anew, equal to what was put in: all at once they would take fifty times the memory.
    """

    __slots__ = ("_adapter", "_lines", "_packs")

    def __init__(self, model: type[Record], lined: Iterable[tuple[Record, int]] = ()) -> None:
        self._adapter = TypeAdapter(list[model])  # type: ignore[valid-type]  # known at run time only
        self._packs: list[bytes] = []
        self._lines = array("I")
        left = iter(lined)
        while some := list(islice(left, _TOGETHER)):
            text = self._adapter.dump_json([record for record, _ in some], exclude_defaults=True)
            self._packs.append(zlib.compress(text, 1))
            self._lines.extend(line for _, line in some)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Record]:
        for at in range(len(self._packs)):
            yield from self._pack(at)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> list[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | list[Record]:
        if isinstance(at, slice):
            return list(self)[at]
        number = range(len(self))[at]
        return self._pack(number // _TOGETHER)[number % _TOGETHER]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # as a list has none

    def lined(self) -> Iterator[tuple[Record, int]]:
        """Yield each record with its line."""
        return zip(self, self._lines, strict=True)

    def _pack(self, at: int) -> list[Record]:
        return self._adapter.validate_json(zlib.decompress(self._packs[at]))
