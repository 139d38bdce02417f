"""The real content and catalogs, loaded once for all tests that read them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from zoneinfo import ZoneInfo

from bot.answers.engine import Engine
from bot.answers.model import Answer, Question
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.language.speech import Speech, load_voices
from bot.pantry import engine_for

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
JST = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
"""A Tuesday after the sorting changed on 2026-04-01."""


@cache
def knowledge() -> Knowledge:
    """Return the content of this repository."""
    return load(CONTENT)


@cache
def voices() -> Mapping[str, Speech]:
    """Return the catalogs of this repository."""
    return load_voices(ROOT / "locales")


@cache
def engine() -> Engine:
    """Return the engine over the real content; of several test processes one builds its index for all."""
    with (Path(gettempdir()) / f"awamado-tests-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return engine_for(knowledge(), voices())


def ask(text: str, language: str = "ja", now: datetime = NOON, **known: object) -> Answer:
    """Return the real engine's answer for a reader of `language`."""
    return engine().answer(Question(text=text, language=language, now=now, **known))  # type: ignore[arg-type]
