"""The notices that went out lately, worded for everybody: each language has a text."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.answers.notice import Notice
from bot.language.tags import TAGS
from bot.store import notices
from bot.store.database import Connection
from bot.store.moments import micros, moment
from bot.store.notices import Sent

REMEMBERED: Final = timedelta(days=30)
"""So long somebody may ask why they got a notice."""


def known(connection: Connection, now: datetime) -> tuple[Notice, ...]:
    """Return the notices of the last weeks and those still valid, newest first; none is that was stopped."""
    return tuple(noticed(one) for one in notices.sent(connection, micros(now - REMEMBERED)) if one.texts)


def noticed(sent: Sent) -> Notice:
    """Return a notice that went out as its readers may see it again."""
    wording = {tag: language_for(sent, tag) for tag in TAGS}
    languages, areas = sent.audience.get("languages"), sent.audience.get("areas")
    lasts = sent.valid_until if sent.shown else None
    return Notice(
        id=sent.id,
        emergency=sent.emergency,
        topic=sent.topic,
        texts={tag: sent.texts[one] for tag, one in wording.items()},
        as_of=moment(sent.as_of),
        valid_until=moment(lasts) if lasts is not None else None,
        areas=None if areas is None else frozenset(areas),
        languages=None if languages is None else frozenset(languages),
        replaces=sent.corrects if sent.replaces is None else sent.replaces,
        links={tag: sent.links[one] for tag, one in wording.items() if one in sent.links},
    )


def language_for(sent: Sent, tag: str) -> str:
    """Return the language in which a reader gets it: theirs, the chosen fall-back, Japanese, any."""
    ways = (tag, sent.fallback.get(tag, ""), "ja", *sent.texts)
    return next(one for one in ways if one in sent.texts)
