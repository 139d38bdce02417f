"""Content over the files on disk, kept in the database: every process takes it over within seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.knowledge.files import Overlay
from bot.publishing.history import Change, Overtaken, Revision, checksum, encoded
from bot.store import revisions
from bot.store.database import Connection, Database
from bot.store.moments import micros, moment


class StoredRevisions:
    """The revisions in force, as processes that answer people follow them. Raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stamp(self) -> revisions.Stamp:
        """Return the highest number and how many are active."""
        return self._database.read(revisions.stamp)

    def overlay(self) -> Overlay:
        """Return the latest active text of each file."""
        return encoded(self._database.read(revisions.in_force))


Beside = Callable[[Connection, int], None]


class LivePlace:
    """Content in the database, to be changed. What was `seen` (now, or before) must stand when it is changed.

    `beside` is written in the same transaction as a change, with its number: both are kept, or neither.
    Raises StoreError where the database cannot be used.
    """

    def __init__(
        self,
        database: Database,
        folder: Path,
        clock: Clock,
        seen: revisions.Stamp | None = None,
        beside: Beside | None = None,
    ) -> None:
        self._database, self._folder, self._clock = database, folder, clock
        self.seen = seen or database.read(revisions.stamp)
        self._beside = beside

    def overlay(self) -> Overlay:
        """Return the latest active text of each file."""
        return encoded(self._database.read(revisions.in_force))

    def publish(self, change: Change) -> int:
        """Keep a change as a revision; processes follow. Raises Overtaken."""
        base = {path: checksum(_on_disk(self._folder / path)) for path in change.files}
        new = revisions.NewRevision(
            change.author, change.confirmed_by, change.kind, change.summary, change.files, base
        )
        now = micros(self._clock.now())

        def work(connection: Connection) -> int:
            return self._noted(connection, revisions.add(connection, new, self.seen, now))

        try:
            return self._database.write(work)
        except revisions.Outdated:
            raise Overtaken from None

    def without(self, revision: Revision) -> Overlay:
        """Return what would hold over the files on disk if a revision were undone."""
        return encoded(self._database.read(partial(revisions.in_force, without=revision.number)))

    def undo(self, revision: Revision, by: str) -> None:
        """Undo a revision; processes follow. Raises Overtaken."""
        now = micros(self._clock.now())

        def work(connection: Connection) -> None:
            revisions.undo(connection, revision.number, by, self.seen, now)
            self._noted(connection, revision.number)

        try:
            self._database.write(work)
        except revisions.Outdated:
            raise Overtaken from None

    def _noted(self, connection: Connection, number: int) -> int:
        if self._beside:
            self._beside(connection, number)
        return number

    def history(self) -> list[Revision]:
        """Return every revision in order."""
        return [_revision(row) for row in self._database.read(revisions.listed)]

    def outdated(self) -> list[tuple[int, str]]:
        """Return which active revision hides a file that has changed on disk since it was made.

        A file that by now holds what the revision wrote is in order: the change was taken into the files.
        """
        overlay = self.overlay()
        latest = {path: row for row in self._database.read(revisions.listed) for path in _active_paths(row)}
        found = []
        for path, row in sorted(latest.items()):
            on_disk = checksum(_on_disk(self._folder / path))
            if on_disk not in (row["base"][path], checksum(overlay[path])):
                found.append((row["number"], path))
        return found


def _active_paths(row: Mapping[str, Any]) -> Sequence[str]:
    return tuple(row["base"]) if row["state"] == revisions.ACTIVE else ()


def _on_disk(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _revision(row: Mapping[str, Any]) -> Revision:
    undone = row["undone_at"]
    return Revision(
        number=row["number"],
        created_at=moment(row["created_at"]),
        kind=row["kind"],
        summary=row["summary"],
        author=row["author"],
        confirmed_by=row["confirmed_by"],
        paths=frozenset(row["base"]),
        undone_by=row["undone_by"],
        undone_at=None if undone is None else moment(undone),
    )
