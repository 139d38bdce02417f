"""Content changes while people ask: the new one is loaded whole, then swapped in; a broken one is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from bot.knowledge.files import NOTHING_OVER_IT, Overlay, content_files
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused, Knowledge, Problem

Built = TypeVar("Built")


class Revisions(Protocol):
    """What was changed over the files on disk. Both raise whatever keeps them from being read."""

    def stamp(self) -> Hashable:
        """Return something cheap that differs after every change and never comes back."""

    def overlay(self) -> Overlay:
        """Return what holds instead of the files on disk."""


class NoRevisions:
    """The files on disk are all there is."""

    def stamp(self) -> Hashable:
        """Return the same at all times."""
        return None

    def overlay(self) -> Overlay:
        """Return nothing."""
        return NOTHING_OVER_IT


_NO_REVISIONS = NoRevisions()


class LiveContent(Generic[Built]):
    """The content in force, and whatever is built from it (an engine), always of one and the same version."""

    def __init__(
        self, folder: Path, build: Callable[[Knowledge], Built], revisions: Revisions = _NO_REVISIONS
    ) -> None:
        """Load at once; raises ContentRefused, since there is no older content to keep."""
        self._folder = folder
        self._build = build
        self._revisions = revisions
        self._seen = self._stamp()
        self._version, self._current = self._loaded(revisions.overlay())
        self._refused: tuple[Problem, ...] = ()
        self._unseen: tuple[Problem, ...] = ()
        self._lock = threading.Lock()

    @property
    def current(self) -> Built:
        """What answers are made from now. Hold on to it for the length of one answer."""
        return self._current

    def poll(self) -> bool:
        """Look for changed files and revisions; return True when new content went live. Never raises.

        Files that change while they are read count as not read: half an upload never goes live.
        """
        with self._lock:
            try:
                changed = self._take_over()
            except Exception as error:  # the next look may see them again; until then the old stays
                self._unseen = (_unread("content", error),)
                return False
            self._unseen = ()
            return changed

    def _take_over(self) -> bool:
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        overlay = self._revisions.overlay()
        loaded, problems = self._try(overlay)
        if self._stamp() != stamp:
            return False  # something changed while it was read: look again next time
        self._seen, self._refused = stamp, problems
        if loaded is not None:
            self._version, self._current = loaded
        return loaded is not None

    def _try(self, overlay: Overlay) -> tuple[tuple[str, Built] | None, tuple[Problem, ...]]:
        try:
            return self._loaded(overlay), ()
        except ContentRefused as refused:
            return None, refused.problems
        except Exception as error:  # whatever it is, people go on being answered
            return None, (_unread("content", error),)

    def _loaded(self, overlay: Overlay) -> tuple[str, Built]:
        knowledge = load(self._folder, overlay)
        return knowledge.version, self._build(knowledge)

    def health(self) -> dict[str, object]:
        """Return which version is live, whether it is what was written last, and if not, every problem."""
        problems = [*self._unseen, *self._refused]
        refused = [str(problem) for problem in problems[:20]]
        return {"ok": not problems, "version": self._version, "refused": refused}

    def _stamp(self) -> tuple[Hashable, tuple[tuple[str, int, int], ...]]:
        stamps = []
        for path in content_files(self._folder):
            try:
                info = path.stat()
            except FileNotFoundError:
                continue
            stamps.append((str(path), info.st_mtime_ns, info.st_size))
        return self._revisions.stamp(), tuple(stamps)


def _unread(place: str, error: Exception) -> Problem:
    return Problem(place, 0, f"cannot be loaded ({type(error).__name__})")
