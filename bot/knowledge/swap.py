"""Content changes while people ask: the new one is loaded whole, then swapped in; a broken one is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from bot.knowledge.loader import content_files, load
from bot.knowledge.model import ContentRefused, Knowledge, Problem

Built = TypeVar("Built")


class LiveContent(Generic[Built]):
    """The content in force, and whatever is built from it (an engine), always of one and the same version."""

    def __init__(self, folder: Path, build: Callable[[Knowledge], Built]) -> None:
        """Load at once; raises ContentRefused, since there is no older content to keep."""
        self._folder = folder
        self._build = build
        self._seen = self._stamp()
        self._current = build(load(folder))
        self._refused: tuple[Problem, ...] = ()
        self._lock = threading.Lock()

    @property
    def current(self) -> Built:
        """What answers are made from now. Hold on to it for the length of one answer."""
        return self._current

    def poll(self) -> bool:
        """Look for changed files; return True when new content went live. Never raises.

        Files that change while they are read count as not read: half an upload never goes live.
        """
        with self._lock:
            stamp = self._stamp()
            if stamp == self._seen:
                return False
            try:
                built = self._build(load(self._folder))
                problems: tuple[Problem, ...] = ()
            except ContentRefused as refused:
                built, problems = None, refused.problems
            except Exception as error:  # whatever it is, people go on being answered
                built, problems = None, (Problem("content", 0, f"cannot be loaded ({type(error).__name__})"),)
            if self._stamp() != stamp:
                return False  # files changed while they were read: look again next time
            self._seen, self._refused = stamp, problems
            if built is not None:
                self._current = built
            return built is not None

    def health(self) -> dict[str, object]:
        """Return whether the files on disk are live, and if not, each problem with file and line."""
        return {"ok": not self._refused, "refused": [str(problem) for problem in self._refused[:20]]}

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        stamps = []
        for path in content_files(self._folder):
            try:
                info = path.stat()
            except FileNotFoundError:
                continue
            stamps.append((str(path), info.st_mtime_ns, info.st_size))
        return tuple(stamps)
