"""Copies of the program: what they keep below `var/` is their own, and pushes nothing of ours out."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests import small

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("bot", "jobs", "emulator", "locales", "gunicorn.conf.py")


def copy_program(target: Path, *, content: Path, compiled: bool = True) -> Path:
    """Copy the program and a content to `target`; without what is compiled it is as on a new machine."""
    left_out = None if compiled else shutil.ignore_patterns("__pycache__")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, target)
    shutil.copytree(content, target / "content")
    return target


@cache
def program() -> Path:
    """Return a copy with the small content, one for all tests that start processes in it."""
    place = Path(tempfile.mkdtemp(prefix="awamado-program-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return copy_program(place, content=small.content())
