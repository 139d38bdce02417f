"""Campaigns: which names their links may have, and which calls of a link count as a scan."""

from __future__ import annotations

import re
from typing import Final, Protocol

from bot.knowledge.importers.proposal import Remark, remark

LONGEST: Final = 40
_NAME: Final = re.compile(r"[a-z0-9](?:-?[a-z0-9])*")
_EARLY: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
"""Headers in which browsers say that nobody asked for the page yet."""

_ROBOT: Final = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|line-poker|facebookexternalhit|monitor|scan|curl/|wget/|python|"
    r"okhttp|java/|go-http|headless",
    re.IGNORECASE,
)


class Headers(Protocol):
    """The headers of a request."""

    def get(self, key: str) -> str | None:
        """Return a header's value."""
        ...


def wrong_name(name: str) -> Remark | None:
    """Return why a campaign cannot be called so; None when it can."""
    if "/" in name or "\\" in name:
        return remark("A slash would lead to another address: write a hyphen instead, such as {example}.",
                      example=_suggested(name))  # fmt: skip
    if len(name) > LONGEST:
        return remark("The name is longer than {n} signs, and stands in a link.", n=LONGEST)
    if not _NAME.fullmatch(name):
        return remark("The name stands in a link: small letters a-z, digits, single hyphens between them.")
    return None


def is_scan(method: str, headers: Headers, robot_says: str | None) -> bool:
    """Return whether a call of a link looks like a person's: no preview, no prefetch, no known robot.

    `robot_says` is the User-Agent. Whoever hides what they are counts as a person.
    """
    if method != "GET" or not robot_says or _ROBOT.search(robot_says):
        return False
    return not any(headers.get(name) for name in _EARLY)


def _suggested(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST] or "matsuri-2026"
