"""An index as bytes and back: building one takes seconds, reading one back a fraction of a second."""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import version
from mmap import mmap
from pathlib import Path
from typing import Any, Final

from bot.answers import latent
from bot.answers.concepts import Concepts
from bot.answers.index import Index
from bot.answers.keys import Keys
from bot.answers.latent import Latent
from bot.answers.packed import Buffer, Chosen, Postings, Table, Texts
from bot.answers.recall import Recall
from bot.answers.relevance import Relevance
from bot.answers.spellings import Spellings
from bot.answers.vocabulary import Entry, Means

_FOLDING = ("jaconv", "opencc", "pypinyin", "regex", "snowballstemmer")
"""The libraries that decide how a word is folded."""

_KINDS: Final[dict[str, type]] = {
    kind.__name__: kind
    for kind in (Chosen, Concepts, Index, Keys, Latent, Postings, Recall, Relevance, Spellings, Table, Texts)
}
"""What an index is made of; each is written as a list, which no index has: its name, then its fields."""

_BUFFER: Final = "buffer"
_SET: Final = "set"


@cache
def edition() -> str:
    """Return a short checksum of all that builds an index: code, learned words, libraries and Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in _FOLDING:
        digest.update(f"{name} {version(name)}\n".encode())
    answers = Path(__file__).parent
    for folder in (answers, answers.with_name("knowledge")):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.read_bytes())
    digest.update(latent.FILE.read_bytes())
    return digest.hexdigest()[:12]


def freeze(index: Index) -> bytes:
    """Return an index as bytes for this edition. They hold no code, only texts and numbers.

    First what `marshal` knows, its size before it; then the buffers, each where eight can divide.
    """
    buffers = bytearray()

    def plain(value: Any) -> Any:
        match value:
            case memoryview():
                buffers.extend(bytes(-len(buffers) % 8))
                place = [_BUFFER, value.format, len(buffers), value.nbytes]
                buffers.extend(value)
                return place
            case Means():
                return value.value
            case tuple():
                return tuple(map(plain, value))
            case frozenset():
                return [_SET, *sorted(value)]
            case Mapping():
                return {key: plain(one) for key, one in value.items()}
            case _ if is_dataclass(value):
                return [type(value).__name__, *(plain(getattr(value, one.name)) for one in fields(value))]
        return value

    head = marshal.dumps(plain(index))
    head = len(head).to_bytes(8, "little") + head
    return head + bytes(-len(head) % 8) + buffers


def thaw(data: bytes | mmap) -> Index:
    """Return an index frozen by this edition; its buffers are those of `data`.

    Raises ValueError, EOFError, TypeError or KeyError for junk.
    """
    whole = memoryview(data)
    end = 8 + int.from_bytes(whole[:8], "little")
    plain = marshal.loads(whole[8:end])  # noqa: S302 -- our own file, read by us alone (bot/pantry.py)
    index: Index = _Thawing(whole[end + -end % 8 :]).live(plain)
    return index


class _Thawing:
    """Makes values anew from what stands in a file; entries and sets that are equal become one object."""

    def __init__(self, buffers: Buffer) -> None:
        self._buffers = buffers
        self._known: dict[Any, Any] = {}

    def live(self, value: Any) -> Any:
        """Return a value as it was before it was written."""
        if isinstance(value, tuple):
            return tuple(map(self.live, value))
        if isinstance(value, dict):
            return {key: self.live(one) for key, one in value.items()}
        return self._made(*value) if isinstance(value, list) else value

    def _made(self, name: str, *parts: Any) -> Any:
        if name == _BUFFER:
            return self._buffer(*parts)
        if name == _SET:
            return self._known.setdefault((name, parts), frozenset(parts))
        if name == Entry.__name__:
            return self._known.setdefault((name, parts), Entry(Means(parts[0]), *parts[1:]))
        return _KINDS[name](*map(self.live, parts))

    def _buffer(self, kind: str, start: int, size: int) -> Buffer:
        if start + size > len(self._buffers):
            raise EOFError("a buffer is cut off")
        return self._buffers[start : start + size].cast(kind)  # type: ignore[call-overload,no-any-return]
