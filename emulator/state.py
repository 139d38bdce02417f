"""The whole practice in memory behind one lock: people, tokens, quota, faults, ledger."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from emulator.clock import JST, Clock, iso
from emulator.faults import Faults
from emulator.ledger import Entry, Ledger
from emulator.people import Item, People, Person
from emulator.rates import Rates
from emulator.richmenus import RichMenus
from emulator.tokens import ReplyTokens, RetryKeys
from emulator.units import Units

Message = dict[str, Any]

BOT_USER_ID = "U" + "b07" * 10 + "b0"
FIRST_MESSAGE_ID = 500_000_000_000_000_000


@dataclass(slots=True)
class Account:
    """The official account as LINE's console would show it."""

    name: str = "練習の公式アカウント"
    basic_id: str = "@practice"
    verified: bool = True
    quota: dict[str, Any] = field(default_factory=lambda: {"type": "none"})
    unready_days: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the account as the control API shows it."""
        return asdict(self)


@dataclass(slots=True)
class Webhook:
    """Where events go, and after how many real seconds an event without a 2xx is sent again."""

    url: str | None = None
    redelivery: bool = True
    redelivery_after: list[float] = field(default_factory=lambda: [1.0, 3.0, 8.0])

    def as_json(self) -> dict[str, Any]:
        """Return the settings as the control API shows them."""
        return asdict(self)


class World:
    """Everything the emulator knows. Take `lock` around any use of its parts."""

    def __init__(self, *, secret: str, token: str, on_entry: Callable[[Entry], None] | None = None) -> None:
        self.secret = secret
        self.token = token
        self.lock = threading.RLock()
        self.clock = Clock()
        self.webhook = Webhook()
        self.faults = Faults()
        self.closing = False
        self._waiting: dict[str, threading.Condition] = {}
        self._on_entry = on_entry
        self._forget()

    def _forget(self) -> None:
        self.people = People()
        self.account = Account()
        self.ledger = Ledger()
        self.rates = Rates()
        self.richmenus = RichMenus()
        self.reply_tokens = ReplyTokens()
        self.retry_keys = RetryKeys()
        self.units = Units()
        self.latency: dict[str, int] = {}
        self._usage: dict[str, int] = {}
        self._last_item = 0
        self._last_message = FIRST_MESSAGE_ID

    def reset(self) -> None:
        """Forget everything but the webhook settings; the clock returns to real time."""
        with self.lock:
            self.faults.clear()
            self.clock.reset()
            self._forget()
            self.tell(*self._waiting)

    def close(self) -> None:
        """Let every waiting call go, because the process stops."""
        with self.lock:
            self.closing = True
            self.faults.clear()
            self.tell(*self._waiting)

    def wait_until(self, topic: str, ready: Callable[[], bool], seconds: float) -> None:
        """Wait until `ready` (called under the lock) is true, the time is up or the process stops.

        `topic` is what is waited for: `ledger`, a kind of ledger entry, a user id or a burst's id.
        """
        with self.lock:
            changed = self._waiting.setdefault(topic, threading.Condition(self.lock))
            changed.wait_for(lambda: self.closing or ready(), seconds)

    def tell(self, *topics: str) -> None:
        """Wake those who wait for one of these topics. Callers hold the lock."""
        for topic in topics:
            if topic in self._waiting:
                self._waiting[topic].notify_all()

    def record(self, kind: str, **facts: Any) -> Entry:
        """Write one entry into the ledger and return it."""
        with self.lock:
            entry = self.ledger.add({"at": iso(self.clock.seconds()), "kind": kind, **facts})
            self.tell("ledger", kind)
        if self._on_entry:
            self._on_entry(entry)
        return entry

    def new_message_id(self) -> str:
        """Return the next message id: digits, rising."""
        with self.lock:
            self._last_message += 1
            return str(self._last_message)

    def show(self, person: Person, **item: Any) -> None:
        """Add one line to a person's timeline."""
        with self.lock:
            if not person.kept:
                return
            self._last_item += 1
            shown: Item = {"seq": self._last_item, "at": iso(self.clock.seconds()), **item}
            person.items.append(shown)
            self.tell(person.user_id)

    def show_loading(self, person: Person, seconds: int) -> None:
        """Show the waiting animation on a phone until a message arrives or the time is up."""
        with self.lock:
            person.loading_until = self.clock.seconds() + seconds
            self.tell(person.user_id)

    def deliver(self, people: Iterable[Person], messages: list[Message]) -> list[dict[str, str]]:
        """Put messages on phones; return LINE's `sentMessages` for them."""
        with self.lock:
            sent = [{"id": self.new_message_id(), "quoteToken": secrets.token_urlsafe(24)} for _ in messages]
            for person in people:
                person.loading_until = 0.0
                for message, ids in zip(messages, sent, strict=True):
                    text = message.get("text") or message.get("altText") or ""
                    self.show(
                        person,
                        **{"from": "bot"},
                        kind="message",
                        message=message,
                        text=text,
                        message_id=ids["id"],
                    )
        return sent

    def used_this_month(self) -> int:
        """Return how many messages were counted since the month began in Japan."""
        with self.lock:
            return self._usage.get(self._month(), 0)

    def count(self, recipients: int) -> bool:
        """Count messages against the monthly quota; False, counting none, when that would exceed it."""
        with self.lock:
            used, quota = self.used_this_month(), self.account.quota
            if quota["type"] == "limited" and used + recipients > quota["value"]:
                return False
            self._usage[self._month()] = used + recipients
            return True

    def _month(self) -> str:
        return datetime.fromtimestamp(self.clock.seconds(), UTC).astimezone(JST).strftime("%Y-%m")
