"""Where people add the account as a friend: LINE tells its id, which is remembered for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from bot.line.insight import Insight
from bot.line.port import Outcome

KEPT_SECONDS: Final = 3600.0
AGAIN_SECONDS: Final = 10.0
"""For how long the account's id is good, and how soon LINE is asked again after it did not tell."""


class AddFriend:
    """The add-friend address. `practice` is the practice LINE's, to which everything leads in practice."""

    def __init__(self, line: Insight, monotonic: Callable[[], float], practice: str | None = None) -> None:
        self._line = line
        self._monotonic = monotonic
        self._practice = practice
        self._asking = threading.Lock()
        self._good_until = float("-inf")
        self._basic_id: str | None = None

    def address(self) -> str | None:
        """Return the address, or None while LINE has not said what the account is called."""
        if self._practice:
            return f"{self._practice}/"
        basic_id = self.basic_id()
        return f"https://line.me/R/ti/p/{quote(basic_id, safe='')}" if basic_id else None

    def basic_id(self) -> str | None:
        """Return the account's id, such as `@city`; the last one known while LINE does not answer."""
        with self._asking:
            if self._monotonic() >= self._good_until:
                outcome, told = self._line.account()
                found = told.get("basicId") if outcome is Outcome.ACCEPTED else None
                if isinstance(found, str) and found:
                    self._basic_id = found
                self._good_until = self._monotonic() + (KEPT_SECONDS if found else AGAIN_SECONDS)
            return self._basic_id
