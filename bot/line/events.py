"""What one event says, read so that nothing LINE may leave out or add can raise an error."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final, Literal, get_args

from bot.line.inbound import Inbound, Kind
from bot.line.webhook import moment_of, part, sane_id, sane_token

Chat = Literal["user", "group", "room", "unknown"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS: Final[dict[str, Kind]] = {
    "postback": "postback",
    "follow": "follow",
    "unfollow": "unfollow",
    "unsend": "unsend",
    "join": "join",
    "leave": "leave",
    "memberJoined": "member",
    "memberLeft": "member",
}
_MESSAGES: Final = frozenset({"text", "sticker", "image", "video", "audio", "file", "location"})
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def read_event(event: object, event_id: str = "", received: datetime = _EPOCH) -> Inbound | None:
    """Return the event, or None when it is no object with a type: that is unreadable.

    `event_id` is the key it is kept under; `received` stands in for a missing or senseless timestamp.
    In standby another system answers: there is no token then, whatever LINE sent.
    """
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        return None
    message, source = part(event, "message"), part(event, "source")
    standby = event.get("mode", "active") != "active"
    return Inbound(
        event_id=event_id,
        kind=_kind(event["type"], message),
        user_id=sane_id(source.get("userId")),
        chat=_chat(source.get("type")),
        reply_token=None if standby else sane_token(event.get("replyToken")),
        sent_at=moment_of(event.get("timestamp")) or received,
        redelivered=part(event, "deliveryContext").get("isRedelivery") is True,
        text=_text(_without_our_name(message)),
        postback=_text(part(event, "postback").get("data")),
        picked=_picked(part(part(event, "postback"), "params")),
        message_id=sane_id(message.get("id")) or sane_id(part(event, "unsend").get("messageId")) or "",
        mentioned=bool(_mentions_of_us(message)),
        unblocked=part(event, "follow").get("isUnblocked") is True,
        latitude=_degrees(message.get("latitude"), 90),
        longitude=_degrees(message.get("longitude"), 180),
    )


def _kind(event_type: str, message: dict[str, Any]) -> Kind:
    """Return our word for the event; LINE may add types without notice, and those are `other`."""
    if event_type == "message":
        said = message.get("type")
        return said if isinstance(said, str) and said in _MESSAGES else "other"  # type: ignore[return-value]
    return _KINDS.get(event_type, "other")


def _chat(source_type: object) -> Chat:
    return source_type if source_type in get_args(Chat) else "unknown"  # type: ignore[return-value]


def _text(value: object) -> str:
    """Return text that every later step can encode: half a character is shown as unknown, NUL as a space."""
    return _HALF_PAIR.sub("\ufffd", value).replace("\0", " ") if isinstance(value, str) else ""


def _picked(params: dict[str, Any]) -> str:
    """Return what was chosen in a calendar button; it says a day, a moment or a time, as the button asked."""
    return next((text for name in ("date", "datetime", "time") if (text := _text(params.get(name)))), "")


def _mentions_of_us(message: dict[str, Any]) -> list[dict[str, Any]]:
    mentioned = part(message, "mention").get("mentionees")
    everybody = mentioned if isinstance(mentioned, list) else []
    return [one for one in everybody if isinstance(one, dict) and one.get("isSelf") is True]


def _without_our_name(message: dict[str, Any]) -> object:
    """Return what was said without the mentions of us: only LINE knows where in a text a name ends."""
    text, places = message.get("text"), [_place(one) for one in _mentions_of_us(message)]
    if not isinstance(text, str) or not any(places):
        return text
    units = text.encode("utf-16-le", "surrogatepass")  # LINE counts UTF-16 units of two bytes each
    for start, length in sorted(filter(None, places), reverse=True):
        units = units[: 2 * start] + " ".encode("utf-16-le") + units[2 * (start + length) :]
    return units.decode("utf-16-le", "surrogatepass").strip()


def _place(mention: dict[str, Any]) -> tuple[int, int] | None:
    """Return (start, length) of a mention, or None where LINE does not say it in whole numbers."""
    start, length = mention.get("index"), mention.get("length")
    if not (isinstance(start, int) and isinstance(length, int)) or start < 0 or length <= 0:
        return None
    return start, length


def _degrees(value: object, limit: int) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number and abs(value) <= limit else None  # type: ignore[arg-type]
