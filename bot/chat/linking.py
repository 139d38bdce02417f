"""A staff member sends the code that the console shows, and this LINE account is theirs from then on."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from bot.chat.person import Counted, Person, Talk, Turn
from bot.clock import Clock
from bot.language.choose import LACKING, reply_language
from bot.language.speech import Speech
from bot.line.inbound import Inbound
from bot.store import attempts, audit, staff_links
from bot.store.attempts import Limit
from bot.store.database import Connection, Database
from bot.store.moments import micros
from bot.store.staff_links import CODE_DIGITS, code_digest

_LINK: Final = re.compile(rf"\s*link[\s:]*([0-9]{{{CODE_DIGITS}}})\s*", re.IGNORECASE)

Link = Callable[[str, str], bool]
"""(code, LINE user id) -> whether that LINE account is linked to a staff account from now on."""


class LinkingTalk:
    """Implements Talk: hears codes that link staff, and hands on everything else."""

    def __init__(self, talk: Talk, link: Link, voices: Mapping[str, Speech]) -> None:
        self._talk = talk
        self._link = link
        self._voices = voices

    def needs_profile(self, event: Inbound, person: Person) -> bool:
        """Return what the other talk needs; a code needs nothing."""
        return code_in(event) is None and self._talk.needs_profile(event, person)

    def __call__(self, event: Inbound, person: Person, profile: str | None) -> Turn:
        """Return the turn: whether the code was good, and nothing remembered or counted as a question."""
        code = code_in(event)
        if code is None or event.user_id is None:
            return self._talk(event, person, profile)
        language = reply_language(person.language, None, person.hint, None, None)
        speech = self._voices["ja-simple" if language == LACKING else language]
        if self._link(code, event.user_id):
            text = speech.say("This LINE account is now linked to the staff console.")
        else:
            text = speech.say("That code is not valid. Please make a new one in the staff console.")
        counted = Counted("event:staff-link", speech.tag, "none")
        return Turn(({"type": "text", "text": text},), person, (counted,))


def code_in(event: Inbound) -> str | None:
    """Return the code in a one-to-one message such as `LINK 123456`; None for every other event."""
    if event.kind != "text" or event.chat != "user":
        return None
    found = _LINK.fullmatch(unicodedata.normalize("NFKC", event.text))
    return found[1] if found else None


def link_staff(database: Database, real: Clock, world: Clock, key: bytes, code: str, user_id: str) -> bool:
    """Link the LINE account that sent a code to the staff account that offers it; True when it is linked.

    An event that is handled twice is answered alike twice: its code is spent, but the account is linked.
    A code runs out in `real` time; `world` tells the time of the record. Raises StoreError.
    """
    now, at = micros(real.now()), micros(world.now())
    mine, everybodys = (_limit(key, who, most) for who, most in ((user_id, 5), ("everybody", 100)))

    def work(connection: Connection) -> bool:
        if attempts.take(connection, (mine, everybodys), now):
            return False
        name = staff_links.accept(connection, code_digest(key, code), user_id, now)
        if name is None:
            return staff_links.linked(connection, user_id)
        attempts.forget(connection, (mine.key,))
        audit.note(connection, at, name, "line-linked", name)
        return True

    return database.write(work)


def _limit(key: bytes, who: str, most: int) -> Limit:
    """Return how often codes may be tried: a guess among a million must stay a guess."""
    return Limit(hmac.new(key, f"link try\0{who}".encode(), hashlib.sha256).hexdigest(), most)
