"""How pages speak: sentences, moments and names of things in the language of whoever reads them."""

from __future__ import annotations

from datetime import date
from typing import Final

from babel.dates import format_date, format_datetime
from flask import g, request, session

from bot.clock import JST
from bot.console.access.roles import Role
from bot.language.speech import Speech
from bot.language.staff import STAFF_TAGS
from bot.store.moments import moment

_DAY: Final = {"ja": "y年M月d日（E）", "en": "EEE, MMM d, y"}
_WITH_TIME: Final = {"ja": "M月d日（E） H:mm", "en": "EEE, MMM d, HH:mm"}
_WITH_YEAR: Final = {"ja": "y年M月d日（E） H:mm", "en": "EEE, MMM d, y, HH:mm"}


def spoken(chosen: str | None) -> str:
    """Return the language of a page: the account's, else the browser's last choice, else what it prefers."""
    for tag in (chosen, session.get("language")):
        if tag in STAFF_TAGS:
            return str(tag)
    return request.accept_languages.best_match(STAFF_TAGS) or STAFF_TAGS[0]


def speech() -> Speech:
    """Return the voice of the present page."""
    voice: Speech = g.speech
    return voice


def remark(msgid: str, /, **values: object) -> str:
    """Return a sentence for the reader of this page, its `{placeholders}` filled in."""
    return speech().catalog.gettext(msgid).format_map(values)


def remark_n(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Return a sentence about `n` things."""
    return speech().catalog.ngettext(singular, plural, n).format_map({"n": n, **values})


def when(value: int, today: date) -> str:
    """Return a moment (microseconds) in the city's time; the year only where it is another one."""
    local = moment(value).astimezone(JST)
    pattern = (_WITH_TIME if local.year == today.year else _WITH_YEAR)[speech().tag]
    return format_datetime(local, pattern, locale=speech().tag)


def day(value: date) -> str:
    """Return a day with its weekday and year."""
    return format_date(value, _DAY[speech().tag], locale=speech().tag)


def role_name(role: str) -> str:
    """Return what a role is called."""
    match role:
        case Role.VIEWER:
            return remark("Viewer")
        case Role.WRITER:
            return remark("Writer")
        case Role.APPROVER:
            return remark("Approver")
        case _:
            return remark("Admin")


def role_told(role: str) -> str:
    """Return what somebody of a role may do, in one sentence."""
    match role:
        case Role.VIEWER:
            return remark("Sees everything except accounts and the record, changes nothing.")
        case Role.WRITER:
            return remark("Also writes broadcasts and submits them for approval.")
        case Role.APPROVER:
            return remark("Also approves what others wrote.")
        case _:
            return remark("Also manages staff accounts and reads the record.")
