"""Webhook events as LINE writes them, built from the few words a phone or a test gives."""

from __future__ import annotations

import secrets
from typing import Any

from emulator.people import Person
from emulator.rules.words import ANY_TEXT, BOOLEAN, WORD, Schema, by_type, closed

Event = dict[str, Any]

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_IN_A_GROUP: dict[str, Schema] = {
    "type!": ANY_TEXT,
    "group": {"type": "string", "pattern": "^C[0-9a-f]{32}$"},
    "mention_bot": BOOLEAN,
}
_COORDINATE: Schema = {"type": "number"}
_ORDERS: dict[str, dict[str, Schema]] = {
    "text": {"text!": WORD},
    "postback": {"data!": ANY_TEXT, "displayText": ANY_TEXT, "params": {"type": "object"}},
    "follow": {},
    "unfollow": {},
    "sticker": {},
    "image": {},
    "video": {},
    "audio": {},
    "file": {},
    "location": {
        "title": ANY_TEXT,
        "address": ANY_TEXT,
        "latitude!": _COORDINATE,
        "longitude!": _COORDINATE,
    },
    "unsend": {"messageId!": WORD},
    "raw": {"event!": {"type": "object"}},
}

ORDERS: Schema = {
    **by_type({kind: kind for kind in _ORDERS}),
    "$defs": {kind: closed(_IN_A_GROUP | fields) for kind, fields in _ORDERS.items()},
}
"""The shape of what `POST /emulator/people/{id}/events` takes."""

_SPEAKS = ("text", "sticker", "image", "video", "audio", "file", "location")
_SILENT = ("unfollow", "unsend")


def ulid(milliseconds: int) -> str:
    """Return a ULID: 48 bits of time and 80 random bits in 26 letters, as LINE's webhookEventId."""
    number = (milliseconds << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -5, -5))


def build(
    order: dict[str, Any], person: Person, milliseconds: int, message_id: str, bot: tuple[str, str]
) -> Event:
    """Return a complete event for an order that matches `ORDERS` (every kind but `raw`).

    `milliseconds` is the emulator's time, `bot` the account's (user id, name), for mentions. A follow says
    whether it lifts a block by the person's state before it.
    """
    kind = order["type"]
    event: Event = {
        "type": "message" if kind in _SPEAKS else kind,
        "mode": "active",
        "timestamp": milliseconds,
        "source": _source(order, person),
        "webhookEventId": ulid(milliseconds),
        "deliveryContext": {"isRedelivery": False},
    }
    if kind not in _SILENT:
        event["replyToken"] = secrets.token_hex(16)
    match kind:
        case "postback":
            event["postback"] = {name: order[name] for name in ("data", "params") if name in order}
        case "follow":
            event["follow"] = {"isUnblocked": person.blocked}
        case "unsend":
            event["unsend"] = {"messageId": order["messageId"]}
        case "unfollow":
            pass
        case _:
            event["message"] = _message(order, message_id, bot)
    return event


def _source(order: dict[str, Any], person: Person) -> dict[str, str]:
    if "group" in order:
        return {"type": "group", "groupId": order["group"], "userId": person.user_id}
    return {"type": "user", "userId": person.user_id}


def _message(order: dict[str, Any], message_id: str, bot: tuple[str, str]) -> dict[str, Any]:
    """Return the message object of an event, with the fields that LINE always sends for its type."""
    kind = order["type"]
    message: dict[str, Any] = {"type": kind, "id": message_id, "markAsReadToken": secrets.token_urlsafe(24)}
    if kind not in ("audio", "file", "location"):
        message["quoteToken"] = secrets.token_urlsafe(24)
    match kind:
        case "text":
            message |= _words(order, bot)
        case "sticker":
            message |= {"packageId": "11537", "stickerId": "52002734", "stickerResourceType": "ANIMATION"}
            message |= {"keywords": ["hello"]}
        case "file":
            message |= {"fileName": "file.pdf", "fileSize": 2138}
        case "location":
            message |= {
                name: order[name] for name in ("title", "address", "latitude", "longitude") if name in order
            }
        case _:
            message["contentProvider"] = {"type": "line"}
            if kind in ("video", "audio"):
                message["duration"] = 60000
    return message


def _words(order: dict[str, Any], bot: tuple[str, str]) -> dict[str, Any]:
    """Return a text, with the mention of the bot that a group member would tap in front of it."""
    bot_id, bot_name = bot
    if not order.get("mention_bot"):
        return {"text": order["text"]}
    called = f"@{bot_name}"
    text = order["text"] if order["text"].startswith(called) else f"{called} {order['text']}"
    mentioned = {"index": 0, "length": len(called), "type": "user", "userId": bot_id, "isSelf": True}
    return {"text": text, "mention": {"mentionees": [mentioned]}}
