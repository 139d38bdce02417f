"""One event becomes one turn of talk, and the turn is stored: reply, person and numbers in one commit."""

from __future__ import annotations

import json
import traceback
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Final

from bot import logs
from bot.chat.person import Counted, Person, Talk, Turn
from bot.clock import Clock
from bot.insights.counting import Count, count
from bot.lifecycle import Inbox
from bot.line.events import read_event
from bot.line.inbound import Inbound
from bot.line.port import LinePort, Message
from bot.line.webhook import load_event
from bot.store import inbox, people
from bot.store.database import Connection, Database
from bot.store.inbox import Entry
from bot.store.moments import SECOND, micros, moment

WORDLESS: Final = frozenset({"unfollow", "unsend", "leave"})
"""Events that LINE sends without a reply token; they still change what is remembered."""

TOO_OLD: Final = 20 * 60 * SECOND
"""20 minutes: after that LINE takes no reply to an event, however often it is redelivered."""

_IGNORED: Final = Counted(topic="event", language="", status=Inbox.IGNORED.value)
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Turns:
    """Decides turns for the process `owner` and stores them."""

    database: Database
    line: LinePort
    clock: Clock
    talk: Talk
    owner: str

    def take(self, entry: Entry) -> list[Message]:
        """Decide a new event and store what it leads to; return the messages that may leave now.

        Returns none when the event is closed by this (nothing to say, nobody to say it to) or no longer ours.
        Raises StoreError when nothing was stored, Overtaken when the person changed meanwhile.
        """
        event = read_event(load_event(entry.body or b""), entry.event_id, moment(entry.received_at))
        if event is None:
            self._store(entry, Inbox.UNREADABLE, Turn())
            return []
        if event.kind == "other" or (event.reply_token is None and event.kind not in WORDLESS):
            self._store(entry, Inbox.IGNORED, Turn(counted=(_IGNORED,)))
            return []
        kept = _Kept(Person(user_id=event.user_id or ""), None)
        if event.chat == "user" and event.user_id:  # in groups nobody is remembered
            kept = self.database.read(partial(_load, user_id=event.user_id))
        turn = self._decide(event, kept.person)
        state = Inbox.UNREADABLE if turn is None else self._state(entry, event, turn)
        stored = self._store(entry, state, turn or Turn(), kept)
        return list(turn.messages) if stored and turn and state is Inbox.REPLYING else []

    def _decide(self, event: Inbound, person: Person) -> Turn | None:
        """Return the turn, or None when deciding failed: the same event would fail again."""
        try:
            profile = None
            if event.user_id and self.talk.needs_profile(event, person):
                profile = self.line.profile_language(event.user_id)
                person = replace(person, asked_profile=True)
            turn = self.talk(event, person, profile)
        except Exception as error:
            _log.error("turn_failed", kind=event.kind, failure=type(error).__name__, at=_where(error))
            return None
        return turn if turn.person else replace(turn, person=person)

    def _state(self, entry: Entry, event: Inbound, turn: Turn) -> Inbox:
        """Return where the event goes after its turn."""
        if not turn.messages:
            return Inbox.ANSWERED
        if event.reply_token is None:
            return Inbox.IGNORED
        age = micros(self.clock.now()) - entry.token_at
        return Inbox.EXPIRED if age > TOO_OLD else Inbox.REPLYING

    def _store(self, entry: Entry, state: Inbox, turn: Turn, kept: _Kept | None = None) -> bool:
        """Commit a turn as a whole. Returns False, and changes nothing, when the event is no longer ours."""
        now, day = micros(self.clock.now()), self.clock.today()
        reply = json.dumps(turn.messages).encode("ascii")

        def work(connection: Connection) -> None:
            if kept and kept.version is not None and turn.person and turn.person != kept.person:
                people.save(connection, asdict(turn.person), kept.version, now)
            for one in sorted(Count(**asdict(counted)) for counted in turn.counted):
                count(connection, one, day, (now - entry.received_at) / 1000)
            if turn.forget_message and entry.person:
                inbox.forget_message(connection, entry.person, turn.forget_message)
            if not _move(connection, entry.event_id, self.owner, state, reply):
                raise _Lost

        try:
            self.database.write(work)
        except _Lost:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Kept:
    """A person as they were looked at. Version None: someone who is not to be remembered."""

    person: Person
    version: int | None


class _Lost(Exception):
    """The event is somebody else's by now."""


def _load(connection: Connection, user_id: str) -> _Kept:
    stored = people.load(connection, user_id)
    return _Kept(Person(**{"user_id": user_id, **stored.values}), stored.version)


def _move(connection: Connection, event_id: str, owner: str, state: Inbox, reply: bytes) -> bool:
    if state is Inbox.REPLYING:
        return inbox.keep_reply(connection, event_id, owner, reply)
    return inbox.finish(connection, event_id, owner, Inbox.NEW, state)


def _where(error: Exception) -> str:
    """Return file and line of a failure. Its words could hold what somebody wrote."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"
