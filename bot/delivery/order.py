"""What whoever orders something to be sent has to bring: messages as bytes, and a query for its audience."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.store.database import Connection

Audience = Callable[[Connection, Mapping[str, Any], str, int], Sequence[tuple[str, str]]]
"""A page of an audience: (connection, the order's `audience`, after which user id, at most how many) gives
(user id, variant) in ascending order of the user id, each person once, followers only; an empty page ends it.
It is asked outside of any transaction that writes."""

Message = Mapping[str, Any]


def frozen(messages: Sequence[Message]) -> bytes:
    """Return 1-5 LINE messages as the bytes that an order keeps and that LINE will get.

    Raises ValueError for another number of them.
    """
    if not 1 <= len(messages) <= 5:
        raise ValueError("LINE takes 1 to 5 messages at once")
    return json.dumps(list(messages)).encode("ascii")
