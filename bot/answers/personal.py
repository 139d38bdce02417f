"""Questions about what is set and kept for the reader: only the chat knows it and makes the answer real."""

from __future__ import annotations

from collections.abc import Collection

from bot.answers.notices import STOP_HERE

_ASKED = {
    "notices-stop": "notices:stop",
    "remind-stop": "remind:stop",
    "remind-pause": "remind:pause",
    "stop": STOP_HERE,
    "forget-me": "me:forget",
    "export-me": "me:export",
    "about-me": "me:show",
    "notices-why": "notices:why",
    "notices": "notices:open",
    "remind": "remind:open",
}
"""Which answer the intents of `phrases.yaml` ask for; to stop is the most important."""


def asked_personally(intents: Collection[str]) -> str | None:
    """Return the id of the answer that a remark of these intents asks for, if it is about the reader."""
    return next((answer_id for intent, answer_id in _ASKED.items() if intent in intents), None)
