"""Changes that were made to the content, and which of them can be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.knowledge.files import Overlay


@dataclass(frozen=True, slots=True)
class Change:
    """A whole, checked change: the new text of each file, or None where a file goes away."""

    kind: str
    summary: str
    author: str
    confirmed_by: str | None
    files: Mapping[str, str | None]

    @property
    def overlay(self) -> Overlay:
        """The change as what it puts over the files."""
        return encoded(self.files)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change that was made. `undone_by` and `undone_at` are empty while it is in force."""

    number: int
    created_at: datetime
    kind: str
    summary: str
    author: str
    confirmed_by: str | None
    paths: frozenset[str]
    undone_by: str | None = None
    undone_at: datetime | None = None

    @property
    def active(self) -> bool:
        """Whether it is in force."""
        return self.undone_at is None


class NothingToUndo(Exception):
    """There is no such change in force."""


class LaterChange(Exception):
    """A later change touches the same files: undoing the earlier one would leave its rows in the later."""

    def __init__(self, number: int, later: int, path: str) -> None:
        super().__init__(f"revision {later} touches {path} after revision {number}")
        self.number, self.later, self.path = number, later, path


class EditedSince(Exception):
    """A file was edited by hand after the change was written: undoing it would lose that."""


class Overtaken(Exception):
    """Somebody else changed the content meanwhile."""


class Place(Protocol):
    """Where content is kept: the files of a folder, or a database over them."""

    def overlay(self) -> Overlay:
        """Return what holds over the files on disk."""

    def publish(self, change: Change) -> int:
        """Put a change into force as a whole and return its number. Raises Overtaken."""

    def without(self, revision: Revision) -> Overlay:
        """Return what would hold over the files on disk if a change were taken back. Raises EditedSince."""

    def undo(self, revision: Revision, by: str) -> None:
        """Take back a change. Raises Overtaken, EditedSince."""

    def history(self) -> Sequence[Revision]:
        """Return every change in order."""


def to_undo(history: Sequence[Revision], number: int | None = None, kind: str | None = None) -> Revision:
    """Return the change to take back: the one of that number, or the latest active one (of a kind).

    Raises NothingToUndo, or LaterChange when a later active one wrote the same file.
    """
    wanted = [
        one
        for one in history
        if one.active and number in (None, one.number) and (kind is None or one.kind == kind)
    ]
    if not wanted:
        raise NothingToUndo
    found = wanted[-1]
    for later in history:
        shared = later.paths & found.paths
        if later.active and later.number > found.number and shared:
            raise LaterChange(found.number, later.number, min(shared))
    return found


def encoded(files: Mapping[str, str | None]) -> Overlay:
    """Return texts as the bytes that files hold."""
    return {path: None if text is None else text.encode() for path, text in files.items()}


def checksum(data: bytes | None) -> str | None:
    """Return what tells one version of a file from another; None for a file that is not there."""
    return None if data is None else hashlib.sha256(data).hexdigest()
