"""Engines made quickly: the index of all names is built once on a machine, then read from a file.

The file is named after what names stand in, so a suspended collection is live without building anything.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot import logs
from bot.answers.engine import Engine
from bot.answers.frozen import edition, freeze, thaw
from bot.answers.index import Index, build
from bot.knowledge.calendar import CollectionCalendar
from bot.knowledge.model import Knowledge
from bot.language.speech import Speech

FOLDER: Final = Path(__file__).resolve().parents[1] / "var" / "frozen"
"""As private as the database beside it: what stands in these files is believed."""

KEPT: Final = 3
"""How many indexes stay: while a new version starts, processes of the one before it may start too."""

_log = logs.get(__name__)


def engine_for(
    knowledge: Knowledge, voices: Mapping[str, Speech], folder: Path = FOLDER, address: str | None = None
) -> Engine:
    """Return the engine over a Knowledge. Without a usable file the index is built, and kept if it can be."""
    with _no_collecting():
        index = _kept(knowledge, folder) or _built(knowledge, folder)
    _give_back()
    return Engine(knowledge, voices, index, address)


def _kept(knowledge: Knowledge, folder: Path) -> Index | None:
    file = _file(knowledge, folder)
    try:
        index = _mapped(file)
        with suppress(OSError):  # what is in use stays longest; where only others may write, the oldest goes
            file.touch()
        return index
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        _log.warning("frozen_index_unreadable", **logs.where(error))
        return None


def _built(knowledge: Knowledge, folder: Path) -> Index:
    # Collection days are left out, since the file is not named after them: it must not depend on them.
    index = build(replace(knowledge, towns=(), calendar=CollectionCalendar((), (), ())))
    file = _file(knowledge, folder)
    half = file.with_suffix(f".{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half.write_bytes(freeze(index))
        half.replace(file)
        kept = sorted(folder.glob("index-*.bin"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in kept[KEPT:]:
            old.unlink(missing_ok=True)
        return _mapped(file)
    except OSError as error:  # a read-only disk only costs time at the next start
        _log.info("frozen_index_not_kept", **logs.where(error))
    return index


def _mapped(file: Path) -> Index:
    """Return the index in a file. Its tables stay there: processes share the pages that they look at."""
    with file.open("rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    index = thaw(mapped)
    if hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)  # what was read into objects is not looked at again
    return index


def _file(knowledge: Knowledge, folder: Path) -> Path:
    return folder / f"index-{knowledge.lexicon}-{edition()}.bin"


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Building makes a million objects that all stay: looking for garbage among them only takes time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


def _give_back() -> None:
    """Return memory to the system that reading the content took for a moment; glibc alone would keep it."""
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
