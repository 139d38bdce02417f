"""What everything that happens stands on, built once in `bot/wiring.py` and handed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers.engine import Engine
from bot.clock import Clock
from bot.knowledge.swap import LiveContent
from bot.language.speech import Speech
from bot.line.sdk import LineApi
from bot.settings import Settings
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The real things of one process. `owner` is this process in the inbox.

    `voices` speak to readers in each language, `staff_voices` to staff.
    """

    settings: Settings
    clock: Clock
    database: Database
    line: LineApi
    content: LiveContent[Engine]
    voices: Mapping[str, Speech]
    staff_voices: Mapping[str, Speech]
    owner: str
