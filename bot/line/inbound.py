"""One webhook event as the rest of the bot sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal[
    "text", "postback", "follow", "unfollow", "sticker", "image", "video", "audio", "file",
    "location", "unsend", "join", "leave", "member", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inbound:
    """An event read tolerantly from LINE's JSON. What LINE left out is empty or None, never an error.

    `chat` is where it was said: `user` is one-to-one. `mentioned` is True when a group message addresses us.
    `text` is what was said, without the mentions of us. `picked` is what was chosen in a calendar button: a
    day (`YYYY-MM-DD`), a moment (`YYYY-MM-DDThh:mm`) or a time (`hh:mm`).
    `message_id` is the message spoken of: for `unsend`, the one that was taken back.
    """

    event_id: str
    kind: Kind
    user_id: str | None
    chat: Literal["user", "group", "room", "unknown"]
    reply_token: str | None
    sent_at: datetime
    redelivered: bool = False
    text: str = ""
    postback: str = ""
    picked: str = ""
    message_id: str = ""
    mentioned: bool = False
    unblocked: bool = False
    latitude: float | None = None
    longitude: float | None = None
