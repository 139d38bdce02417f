"""The real content with a few hundred things: valid like the whole, and read and indexed in no time."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from bench.content import trim
from bot.answers.engine import Engine
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from tests import real

THINGS = 260
FORMS = 3_000
ASKED_FOR = ("frying-pan", "power-bank", "lighter", "umbrella")
"""What tests ask for, beside all that other content refers to."""


@cache
def content() -> Path:
    """Return the folder of the small content, without everyday words; nobody writes into it."""
    place = Path(tempfile.mkdtemp(prefix="awamado-small-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    folder = trim(real.knowledge(), real.CONTENT, place / "content", THINGS, FORMS, ASKED_FOR)
    (folder / "ordinary.csv").write_text("language,form\n", encoding="utf-8")
    return folder


@cache
def knowledge() -> Knowledge:
    """Return the small content."""
    return load(content())


@cache
def engine() -> Engine:
    """Return the engine over the small content."""
    return Engine(knowledge(), real.voices())
