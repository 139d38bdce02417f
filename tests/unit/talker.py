"""A person who talks to the real conversation, for tests that read like scripts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from bot.answers.notice import Notice
from bot.answers.taps import Tap, decode
from bot.chat.conversation import Conversation
from bot.chat.person import Person, Turn
from bot.line.inbound import Inbound
from tests.real import NOON, engine, voices


class Fixed:
    """Content that does not change."""

    current = property(lambda self: engine())


class Talker:
    """One person talking to the real conversation, with everything they saw and what is remembered."""

    def __init__(
        self,
        person: Person | None = None,
        now: datetime = NOON,
        practice: bool = False,
        notices: tuple[Notice, ...] = (),
    ) -> None:
        self.person = person or Person(user_id="U1")
        self.profile: str | None = None
        self.turn = Turn()
        self._talk = Conversation(Fixed(), voices(), lambda: now, practice, lambda: notices)

    def does(self, kind: str, chat: str = "user", **fields: object) -> Talker:
        """Send one event and keep what came of it."""
        event = Inbound(
            event_id="E1", kind=kind, user_id="U1", chat=chat, reply_token="t", sent_at=NOON, **fields
        )  # type: ignore[arg-type]
        asked = None
        if self._talk.needs_profile(event, self.person):
            asked, self.person = self.profile, replace(self.person, asked_profile=True)
        self.turn = self._talk(event, self.person, asked)
        self.person = self.turn.person or self.person
        return self

    def says(self, text: str) -> Talker:
        """Type something."""
        return self.does("text", text=text)

    def taps(self, do: str, on: str = "", value: str = "", **fields: object) -> Talker:
        """Press one of our buttons."""
        return self.does("postback", postback=Tap(do, on, value).encode(), **fields)

    @property
    def seen(self) -> str:
        """Everything in the messages, as one string."""
        return json.dumps(self.turn.messages, ensure_ascii=False)

    @property
    def buttons(self) -> list[Tap]:
        """Every tap that the shown messages offer."""
        return [tap for data in _postbacks(self.turn.messages) if (tap := decode(data))]


def _postbacks(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["data"]] if node.get("type") in ("postback", "datetimepicker") else []
        return own + [data for value in node.values() for data in _postbacks(value)]
    if isinstance(node, (list, tuple)):
        return [data for value in node for data in _postbacks(value)]
    return []
