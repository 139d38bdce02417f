"""Content in the files of a folder: every change is written whole, and what stood there before is kept."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.clock import Clock
from bot.knowledge.files import NOTHING_OVER_IT, Overlay
from bot.knowledge.loader import fingerprint
from bot.publishing.history import Change, EditedSince, Overtaken, Revision, checksum

_RECORD: Final = "change.json"
_BEFORE: Final = "before"
_HALF: Final = ".half"
"""Ends the name of a new text that is not in its place yet; no content file ends so."""


class DiskPlace:
    """The folder itself. Beside it, `var/content-undo/<folder>/<number>/` keeps what each change replaced.

    A change that a crash cut short is taken back when the next one begins. Raises OSError.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder.resolve()
        self._clock = clock
        self._kept = self._folder.parent / "var" / "content-undo" / self._folder.name
        if self._unfinished():
            with self._alone():
                pass
        self._seen = fingerprint(self._folder)

    def overlay(self) -> Overlay:
        """Nothing holds over the files: they are what is in force."""
        return NOTHING_OVER_IT

    def publish(self, change: Change) -> int:
        """Write a change to the files and return its number. Raises Overtaken."""
        with self._alone():
            self._check_unchanged()
            number = max((int(place.name) for place in self._places()), default=0) + 1
            record = {
                **{name: getattr(change, name) for name in ("kind", "summary", "author", "confirmed_by")},
                "created_at": self._clock.now().isoformat(),
                "after": {path: checksum(data) for path, data in change.overlay.items()},
                "state": "writing",
            }
            place = self._kept / f"{number:04}"
            self._keep_before(place, change.files)
            self._note(place, record)
            self._write(change.overlay)
            self._note(place, {**record, "state": "active"})
            return number

    def without(self, revision: Revision) -> Overlay:
        """Return the texts that a change replaced. Raises EditedSince."""
        place = self._kept / f"{revision.number:04}"
        for path, after in _record(place)["after"].items():
            if checksum(_bytes(self._folder / path)) != after:
                raise EditedSince(path)
        return _before(place)

    def undo(self, revision: Revision, by: str) -> None:
        """Put back the texts that a change replaced. Raises Overtaken, EditedSince."""
        with self._alone():
            self._check_unchanged()
            before = self.without(revision)
            place = self._kept / f"{revision.number:04}"
            undone = {**_record(place), "undone_by": by, "undone_at": self._clock.now().isoformat()}
            self._note(place, {**undone, "state": "undoing"})
            self._write(before)
            self._note(place, {**undone, "state": "undone"})

    def history(self) -> list[Revision]:
        """Return every change in order."""
        return [_revision(place) for place in self._places()]

    def _check_unchanged(self) -> None:
        if fingerprint(self._folder) != self._seen:
            raise Overtaken

    def _keep_before(self, place: Path, files: Mapping[str, object]) -> None:
        shutil.rmtree(place, ignore_errors=True)  # what a crash left before it began to write
        for path in files:
            data = _bytes(self._folder / path)
            if data is not None:
                kept = place / _BEFORE / path
                kept.parent.mkdir(parents=True, exist_ok=True)
                _safe(kept, data)

    def _write(self, overlay: Overlay) -> None:
        """Write every text beside its place first, so that moving them there is all that is left to do."""
        for path, data in overlay.items():
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            if data is not None:
                _safe(_half(self._folder / path), data)
        for path, data in overlay.items():
            if data is None:
                (self._folder / path).unlink(missing_ok=True)
            else:
                _half(self._folder / path).replace(self._folder / path)

    def _places(self) -> list[Path]:
        return sorted(place.parent for place in self._kept.glob(f"[0-9]*/{_RECORD}"))

    def _note(self, place: Path, record: Mapping[str, object]) -> None:
        place.mkdir(parents=True, exist_ok=True)
        _safe(place / f"{_RECORD}{_HALF}", json.dumps(record, ensure_ascii=False, indent=1).encode())
        (place / f"{_RECORD}{_HALF}").replace(place / _RECORD)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other commands away, and first take back what a crash left half done."""
        self._kept.mkdir(parents=True, exist_ok=True)
        with (self._kept / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for place in self._unfinished():
                self._take_back(place)
            yield

    def _unfinished(self) -> list[Path]:
        return [place for place in self._places() if _record(place)["state"] in ("writing", "undoing")]

    def _take_back(self, place: Path) -> None:
        """Bring back what stood there before a change, or an undoing, that a crash cut short."""
        record = _record(place)
        self._write(_before(place))
        for path in record["after"]:
            _half(self._folder / path).unlink(missing_ok=True)
        if record["state"] == "undoing":
            self._note(place, {**record, "state": "undone"})
        else:
            shutil.rmtree(place)


def _before(place: Path) -> Overlay:
    """Return the texts that stood there before a change; None where there was no file."""
    return {path: _bytes(place / _BEFORE / path) for path in _record(place)["after"]}


def _record(place: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((place / _RECORD).read_bytes())
    return record


def _revision(place: Path) -> Revision:
    record = _record(place)
    undone = record.get("undone_at")
    return Revision(
        number=int(place.name),
        created_at=datetime.fromisoformat(record["created_at"]),
        kind=record["kind"],
        summary=record["summary"],
        author=record["author"],
        confirmed_by=record["confirmed_by"],
        paths=frozenset(record["after"]),
        undone_by=record.get("undone_by"),
        undone_at=datetime.fromisoformat(undone) if undone else None,
    )


def _half(path: Path) -> Path:
    return path.with_name(path.name + _HALF)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _safe(path: Path, data: bytes) -> None:
    """Write a file so that it outlives a power cut."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
