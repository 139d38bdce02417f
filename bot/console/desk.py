"""What every page works with, and how pages are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import current_app

from bot.broadcasts.office import AskLine, Office
from bot.clock import Clock
from bot.console.access.accounts import Deed
from bot.console.access.codes import digest
from bot.language.speech import Speech
from bot.services import Services
from bot.store.database import Connection
from bot.store.moments import micros

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """Services, the staff's voices, how well the service is, the page for what does not exist, the office,
    and who asks LINE for pages that only look.

    `clock` is the real one, also in practice: an authenticator knows no other, and moving the practice world
    to the day of a broadcast must not sign everybody out.
    """

    services: Services
    voices: Mapping[str, Speech]
    health: Callable[[], dict[str, Any]]
    nowhere: Callable[[], tuple[str, int]]
    office: Callable[[], Office]
    looking: AskLine
    clock: Clock = field(default_factory=Clock)

    @property
    def practice(self) -> bool:
        """True when nothing leaves this machine."""
        return self.services.settings.practice

    @property
    def key(self) -> bytes:
        """The service's own key."""
        return self.services.settings.secret_key.get_secret_value().encode()

    def now(self) -> int:
        """Return the real moment in microseconds: for sessions, codes and tries."""
        return micros(self.clock.now())

    def at(self) -> int:
        """Return the moment in the world of the bot, in microseconds: for the record."""
        return micros(self.services.clock.now())

    def deed(self, actor: str) -> Deed:
        """Return who does something now."""
        return Deed(actor, self.now(), self.at())

    def digest(self, purpose: str, text: str) -> str:
        """Return 64 hex digits that stand for a text."""
        return digest(self.key, purpose, text)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` finds. Raises StoreError."""
        return self.services.database.read(work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` returns once it is kept. Raises StoreError."""
        return self.services.database.write(work)


def desk() -> Desk:
    """Return the desk of the application that serves the present page."""
    found: Desk = current_app.extensions["console"]
    return found
