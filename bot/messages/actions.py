"""What a press does, as LINE spells it. An action that LINE would refuse is None, never a broken button."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.answers.model import Button, Choice
from bot.answers.taps import Tap
from bot.messages.limits import (
    DISPLAY_TEXT,
    LABEL,
    POSTBACK_DATA,
    QUICK_LABEL,
    QUICK_REPLIES,
    URI,
    Json,
    clean,
    shorten,
)

VOTE: Final = "helpful"
"""The tap of a "Was this helpful?" button: `Tap("helpful", answer id, "yes" or "no")`."""

_WEB = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]{1,5})?([/?#][!-~]*)?")
_TEL = re.compile(r"tel:\+?[0-9-]{3,20}")


def is_vote(button: Button) -> bool:
    """Tell whether a button answers "Was this helpful?"."""
    return button.tap is not None and button.tap.do == VOTE


def press(button: Button, limit: int = LABEL) -> Json | None:
    """Return the action of a button: a postback for a tap, a uri for https and tel; else None."""
    label = clean(button.label)
    if not label:
        return None
    if button.tap is not None and button.pick_day:
        return _pick_day(button.tap, label, limit, *button.pick_day)
    if button.tap is not None:
        return _postback(button.tap, label, label, limit)
    if button.uri and opens(button.uri):
        return {"type": "uri", "label": shorten(label, limit), "uri": button.uri}
    return None


def choose(number: int, choice: Choice) -> Json | None:
    """Return the action of the choice with this number."""
    label = clean(choice.label)
    tap = Tap("answer", choice.answer_id, asked=choice.asked)
    return _postback(tap, f"{number}  {label}", label, LABEL) if label else None


def opens(uri: str) -> bool:
    """Tell whether a phone may be sent to this address: https with a host, or a telephone number."""
    return len(uri) <= URI and bool(_WEB.fullmatch(uri) or _TEL.fullmatch(uri))


def quick_reply(buttons: tuple[Button, ...]) -> Json | None:
    """Return LINE's quick reply object of the first buttons that work, or None without any."""
    actions = [action for button in buttons if (action := press(button, QUICK_LABEL))]
    items = [{"type": "action", "action": action} for action in actions[:QUICK_REPLIES]]
    return {"items": items} if items else None


def _postback(tap: Tap, label: str, display: str, limit: int) -> Json | None:
    data = _encoded(tap)
    display = shorten(display, DISPLAY_TEXT)
    if data is None:
        return None
    return {"type": "postback", "label": shorten(label, limit), "data": data, "displayText": display}


def _pick_day(tap: Tap, label: str, limit: int, first: date, last: date) -> Json | None:
    """Return the action that asks for a day; LINE's calendar has the days below and wants first < last."""
    data = _encoded(tap)
    if data is None or not date(1900, 1, 1) <= first < last <= date(2100, 12, 31):
        return None
    days = {"initial": first.isoformat(), "min": first.isoformat(), "max": last.isoformat()}
    return {"type": "datetimepicker", "label": shorten(label, limit), "data": data, "mode": "date", **days}


def _encoded(tap: Tap) -> str | None:
    """Return the postback data of a tap, or None for one that LINE would not carry."""
    try:
        data = tap.encode()
    except UnicodeEncodeError:  # half a surrogate pair has no spelling
        return None
    return data if len(data) <= POSTBACK_DATA else None
