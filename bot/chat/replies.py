"""Sends a stored reply and draws the conclusion from how LINE took it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Final

from bot import logs
from bot.chat.lanes import Ticket
from bot.clock import Clock
from bot.lifecycle import Inbox
from bot.line.port import LinePort, Message, Outcome, Sent
from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import Entry
from bot.store.moments import SECOND, micros

TOKEN_LIFE: Final = 55 * SECOND
"""A reply token lives a minute from its delivery; a try later than this would hardly arrive in time."""

PAUSES: Final = (1.0, 3.0, 8.0, 8.0, 8.0, 8.0, 8.0)
"""Seconds before each further try. Their number bounds the tries even when the clock was set back."""

_log = logs.get(__name__)


@dataclass(slots=True)
class Replies:
    """Sends for the process `owner`. `refused` is True from LINE's 401 or 403 until it accepts again."""

    database: Database
    line: LinePort
    clock: Clock
    owner: str
    refused: bool = False
    _random: random.Random = field(default_factory=random.Random)

    def send(self, entry: Entry, ticket: Ticket, messages: list[Message], tried_before: int) -> float | None:
        """Send once; the attempt is stored already. Returns None when the event is closed, or the pause in
        seconds before the next try. `tried_before` counts earlier attempts, of this process or another.

        The token can be used once: that is what makes a repeated try safe. Raises StoreError.
        """
        sent = self.line.reply(entry.reply_token or "", messages)
        self._note(sent)
        if sent.outcome is Outcome.THROTTLED:
            ticket.turned_away += 1
        state = _conclusion(sent.outcome, doubtful=tried_before > ticket.turned_away)
        pause = None if state else self._pause(entry, tried_before)
        if pause is None:
            final = state or Inbox.EXPIRED
            self.database.write(
                lambda connection: inbox.finish(connection, entry.event_id, self.owner, Inbox.REPLYING, final)
            )
        return pause

    def _pause(self, entry: Entry, tried_before: int) -> float | None:
        """Return the pause before the next try, or None when the token will not live that long."""
        if tried_before >= len(PAUSES):
            return None
        pause = PAUSES[tried_before] * self._random.uniform(0.8, 1.2)
        age = micros(self.clock.now()) + pause * SECOND - entry.token_at
        return pause if age < TOKEN_LIFE else None

    def _note(self, sent: Sent) -> None:
        """Keep LINE's mood for the health page; log what a question to LINE's support would need."""
        if sent.outcome is Outcome.ACCEPTED:
            self.refused = False
            return
        self.refused = self.refused or sent.outcome is Outcome.UNAUTHORISED
        _log.warning(
            "reply_not_accepted",
            outcome=sent.outcome.value,
            status=sent.status,
            line_request_id=sent.request_id,
        )


def _conclusion(outcome: Outcome, doubtful: bool) -> Inbox | None:
    """Return the final state, or None when another try may help.

    `doubtful`: an earlier try may have arrived.
    """
    match outcome:
        case Outcome.ACCEPTED:
            return Inbox.ANSWERED
        case Outcome.UNAUTHORISED:
            return Inbox.REFUSED
        case Outcome.REJECTED:
            # LINE no longer knows the token. If an earlier try may have arrived, that one used it.
            return Inbox.ANSWERED if doubtful else Inbox.EXPIRED
        case _:
            return None
