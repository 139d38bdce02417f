"""One event becomes one turn of talk, and the turn is stored: reply, person and numbers in one commit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from bot import logs
from bot.chat.person import Counted, Person, Talk, Turn
from bot.chat.sorry import Sorry
from bot.clock import JST, Clock
from bot.insights import signals
from bot.insights.counting import Count, count
from bot.insights.tally import tally
from bot.lifecycle import Inbox
from bot.line.events import read_event
from bot.line.inbound import Inbound
from bot.line.port import LinePort, Message
from bot.line.webhook import load_event
from bot.notices.wish import Choice, Often
from bot.reminders.wish import Slot, Wish
from bot.store import inbox, known, menu_links, people, reminders, topics
from bot.store.database import Connection, Database
from bot.store.inbox import Entry
from bot.store.moments import SECOND, micros, moment

WORDLESS: Final = frozenset({"unfollow", "unsend", "leave"})
"""Events that LINE sends without a reply token; they still change what is remembered."""

TOO_OLD: Final = 20 * 60 * SECOND
"""20 minutes: after that LINE takes no reply to an event, however often it is redelivered."""

FAILED: Final = "failed"
"""The status of a question whose turn failed."""

_IGNORED: Final = Counted(topic="event", language="", status=Inbox.IGNORED.value)
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Turns:
    """Decides turns for the process `owner` and stores them."""

    database: Database
    line: LinePort
    clock: Clock
    talk: Talk
    sorry: Sorry
    owner: str

    def take(self, entry: Entry) -> list[Message]:
        """Decide a new event and store what it leads to; return the messages that may leave now.

        Returns none when the event is closed by this (nothing to say, nobody to say it to) or no longer ours.
        Raises StoreError when nothing was stored, Overtaken when the person changed meanwhile.
        """
        event = _read(entry)
        if event is None:
            self._store(entry, Inbox.UNREADABLE, Turn())
            return []
        if event.kind == "other" or (event.reply_token is None and event.kind not in WORDLESS):
            self._store(entry, Inbox.IGNORED, Turn(counted=(_IGNORED,)))
            return []
        kept = _Kept(Person(user_id=event.user_id or ""), None)
        if event.chat == "user" and event.user_id:  # in groups nobody is remembered
            kept = self.database.read(partial(_load, user_id=event.user_id))
        return self._say(entry, event, self._decide(event, kept.person), kept)

    def give_up(self, entry: Entry) -> list[Message]:
        """Say sorry for an event whose own turn cannot be stored; nothing is remembered of it.

        Returns the messages that may leave now. Raises StoreError when not even this was stored.
        """
        event = _read(entry)
        if event is None:
            self._store(entry, Inbox.UNREADABLE, Turn())
            return []
        return self._say(entry, event, self._failed(event, Person(user_id="")))

    def _say(self, entry: Entry, event: Inbound, turn: Turn, kept: _Kept | None = None) -> list[Message]:
        """Store a turn; return its messages when they may leave."""
        state = self._state(entry, event, turn)
        stored = self._store(entry, state, turn, kept)
        return list(turn.messages) if stored and state is Inbox.REPLYING else []

    def _decide(self, event: Inbound, person: Person) -> Turn:
        """Return the turn. When deciding fails it is an apology: the same event would fail again."""
        try:
            profile = None
            if event.user_id and self.talk.needs_profile(event, person):
                profile = self.line.profile_language(event.user_id)
                person = replace(person, asked_profile=True)
            turn = self.talk(event, person, profile)
        except Exception as error:
            _log.error("turn_failed", kind=event.kind, **logs.where(error))
            return self._failed(event, person)
        return turn if turn.person else replace(turn, person=person)

    def _failed(self, event: Inbound, person: Person) -> Turn:
        """Return the apology for an event; without words where nobody asked us, or even it fails."""
        counted = (Counted(f"event:{event.kind}", person.language or person.hint or "none", FAILED),)
        try:
            return Turn(self.sorry(person) if _asked_us(event) else (), person, counted)
        except Exception as error:
            _log.error("apology_failed", kind=event.kind, **logs.where(error))
            return Turn((), person, counted)

    def _state(self, entry: Entry, event: Inbound, turn: Turn) -> Inbox:
        """Return where the event goes after its turn."""
        if not turn.messages:
            failed = any(one.status == FAILED for one in turn.counted)
            return Inbox.UNREADABLE if failed else Inbox.ANSWERED
        if event.reply_token is None:
            return Inbox.IGNORED
        return Inbox.EXPIRED if too_old(entry, self.clock) else Inbox.REPLYING

    def _store(self, entry: Entry, state: Inbox, turn: Turn, kept: _Kept | None = None) -> bool:
        """Commit a turn as a whole. Returns False, and changes nothing, when the event is no longer ours."""
        at = self.clock.now().astimezone(JST)
        now = micros(at)
        reply = json.dumps(turn.messages).encode("ascii")

        def work(connection: Connection) -> None:
            if turn.forget_person and kept:
                known.erase(connection, kept.person.user_id, now)
            elif kept and kept.version is not None and turn.person and turn.person != kept.person:
                _save(connection, kept.person, turn.person, kept.version, now)
            _count(connection, turn, at, (now - entry.received_at) / 1000)
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


def too_old(entry: Entry, clock: Clock) -> bool:
    """Return True when LINE takes no reply to the event any more."""
    return micros(clock.now()) - entry.token_at > TOO_OLD


def _read(entry: Entry) -> Inbound | None:
    return read_event(load_event(entry.body or b""), entry.event_id, moment(entry.received_at))


def _asked_us(event: Inbound) -> bool:
    """Return True when somebody waits for our words; in a group only who mentions us or taps our card."""
    to_us = event.chat == "user" or event.mentioned or event.kind == "postback"
    return to_us and event.reply_token is not None


def _load(connection: Connection, user_id: str) -> _Kept:
    stored = people.load(connection, user_id)
    person = Person(**{"user_id": user_id, **stored.values})
    wish = reminders.load(connection, user_id, person.area) if stored.version else None
    if wish:
        person = replace(person, wish=Wish(**{**wish, "slot": Slot(wish["slot"])}))
    chosen = topics.load(connection, user_id) if stored.version else None
    if chosen:
        often = Often(chosen["often"]) if chosen["often"] else None
        person = replace(person, notices=Choice(often, chosen["off"]))
    return _Kept(person, stored.version)


def _save(connection: Connection, before: Person, after: Person, version: int, now: int) -> None:
    """Keep a person, and their reminders and notices where those changed. Raises Overtaken."""
    values = {name: value for name, value in asdict(after).items() if name not in ("wish", "notices")}
    people.save(connection, values, version, now)
    back = after.following and not before.following
    if after.menu != before.menu or (back and after.menu):  # LINE may have forgotten it
        menu_links.want(connection, after.user_id, after.menu, now)
    if after.wish != before.wish:
        old, new = (asdict(wish) if wish else None for wish in (before.wish, after.wish))
        reminders.save(connection, after.user_id, before.area, old, new, now)
    if after.notices != before.notices:
        topics.save(connection, after.user_id, asdict(after.notices) if after.notices else None, now)


def _count(connection: Connection, turn: Turn, at: datetime, waited_ms: float) -> None:
    """Add a turn to the numbers, in the same order everywhere: no two turns wait for each other."""
    counts = sorted(Count(**asdict(counted)) for counted in turn.counted)
    for one in counts:
        count(connection, one, at.date(), waited_ms)
    for one in counts:
        tally(connection, one, at)
    for signal in sorted(turn.learnt):
        signals.keep(connection, signal, at.date())


def _move(connection: Connection, event_id: str, owner: str, state: Inbox, reply: bytes) -> bool:
    if state is Inbox.REPLYING:
        return inbox.keep_reply(connection, event_id, owner, reply)
    return inbox.finish(connection, event_id, owner, Inbox.NEW, state)
