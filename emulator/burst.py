"""Bursts: many friends writing at once, at a chosen pace, and a record of what the bot acknowledged."""

from __future__ import annotations

import itertools
import random
import secrets
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from emulator.events import Event, build
from emulator.people import Person, new_user_id
from emulator.state import BOT_USER_ID, World
from emulator.webhook import Deliveries

TEXTS: Final = (
    "乾電池",
    "電池はどう捨てる？",
    "When is plastic collected?",
    "垃圾",
    "マイナンバーカードの更新",
)


def make_friends(
    world: World, count: int, languages: list[str | None], *, following: bool = True
) -> list[Person]:
    """Make `count` people without a phone, their languages taken in turn; return them."""
    with world.lock:
        now = world.clock.seconds()
        made = []
        for number, language in zip(range(1, count + 1), itertools.cycle(languages)):
            person = Person(new_user_id(), f"Friend {number}", language, phone=False, kept=False)
            world.people.add(person)
            if following:
                world.people.follow(person, now)
            made.append(person)
        return made


@dataclass(slots=True)
class Burst:
    """One burst. Lists hold webhook event ids; `failed` ones were not acknowledged at any attempt."""

    name: str
    events: int
    sent: int = 0
    stopped: bool = False
    acknowledged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether the fate of every event is known."""
        return len(self.acknowledged) + len(self.failed) == self.events

    def as_json(self) -> dict[str, Any]:
        """Return the burst as the control API shows it."""
        return {
            "sent": self.sent,
            "acknowledged": self.acknowledged,
            "failed": self.failed,
            "done": self.done,
        }


class Bursts:
    """All bursts since the start, by id."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self._world = world
        self._deliveries = deliveries
        self.by_id: dict[str, Burst] = {}

    def start(
        self, events: int, people: int, texts: list[str], per_second: float | None = None, seed: int = 0
    ) -> str:
        """Send `events` texts from `people` new friends in the background; return the burst's id.

        `per_second` None is as fast as the bot answers; `seed` decides who writes what.
        """
        burst = Burst(secrets.token_hex(8), events)
        friends = make_friends(self._world, people, ["ja"])
        dice = random.Random(seed)  # noqa: S311 - it plays, it keeps no secret
        plan = [(dice.choice(friends), dice.choice(texts)) for _ in range(events)]
        self.by_id[burst.name] = burst
        threading.Thread(target=self._run, args=(burst, plan, per_second), name="burst", daemon=True).start()
        return burst.name

    def forget(self) -> None:
        """Stop all bursts and forget them."""
        with self._world.lock:
            for burst in self.by_id.values():
                burst.stopped = True
            self.by_id.clear()

    def _run(self, burst: Burst, plan: list[tuple[Person, str]], per_second: float | None) -> None:
        begun = time.monotonic()
        for number, (friend, text) in enumerate(plan):
            ahead = begun + number / per_second - time.monotonic() if per_second else 0
            if ahead > 0:
                time.sleep(ahead)
            if burst.stopped:
                return
            self._deliveries.later_on(partial(self._say, burst, friend, text))

    def _say(self, burst: Burst, friend: Person, text: str) -> None:
        """Build the event at the moment it leaves, so that its reply token is fresh, and send it."""
        with self._world.lock:
            if burst.stopped:
                return
            now = self._world.clock.seconds()
            event = build(
                {"type": "text", "text": text},
                friend,
                int(now * 1000),
                self._world.new_message_id(),
                (BOT_USER_ID, self._world.account.name),
            )
            friend.wrote_at = now
            burst.sent += 1
        self._deliveries.deliver(event, lambda acknowledged: self._settle(burst, event, acknowledged))

    def _settle(self, burst: Burst, event: Event, acknowledged: bool) -> None:
        with self._world.lock:
            (burst.acknowledged if acknowledged else burst.failed).append(event["webhookEventId"])
            self._world.tell(burst.name)
