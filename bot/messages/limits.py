"""LINE's limits as named numbers, and ways of keeping text inside them without breaking a character.

Source: https://developers.line.biz/en/reference/messaging-api/ and
https://developers.line.biz/en/docs/messaging-api/text-character-count/ . LINE counts message text in UTF-16
code units; labels and display texts in grapheme clusters (what a reader calls one character).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

import regex

Json = dict[str, Any]
"""A LINE object as plain JSON."""

MESSAGES: Final = 5
"""Messages in one reply."""
TEXT: Final = 5_000
"""A text message, in UTF-16 code units."""
ALT_TEXT: Final = 60
"""Ours: LINE allows 1,500, but a phone's notification shows about this much. In UTF-16 code units."""
BUBBLE_BYTES: Final = 30_000
"""One Flex bubble as JSON ("30 KB"; we take the smaller reading and the longest spelling)."""
CAROUSEL_BYTES: Final = 50_000
"""One Flex carousel as JSON ("50 KB")."""
CAROUSEL_BUBBLES: Final = 12
QUICK_REPLIES: Final = 6
"""Ours: LINE allows 13, but more than six hide behind the edge of the screen."""
QUICK_LABEL: Final = 20
"""Label of a quick reply, in graphemes."""
LABEL: Final = 40
"""Label of an action in a Flex message, in graphemes."""
DISPLAY_TEXT: Final = 300
"""What a press shows as the reader's own words, in graphemes."""
POSTBACK_DATA: Final = 300
URI: Final = 1_000

ELLIPSIS: Final = "…"

_GRAPHEME = regex.compile(r"\X")
_UNPRINTABLE = regex.compile(r"[\p{Cs}\p{Noncharacter_Code_Point}]")
_CONTROL = regex.compile(r"[\p{Cc}\u202a-\u202e\u2066-\u2069--\n]", regex.V1)
_SENTENCE_END = regex.compile(r"[。！？!?]|\.(?=\s|$)")
_BREAK = regex.compile(r"(?<=[、，；：,;:）)」])|\s+")


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Return the length of a text in grapheme clusters."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def size(value: object) -> int:
    """Return the bytes of a JSON value in its longest common spelling (every non-ASCII character escaped)."""
    return len(json.dumps(value))


def clean(text: str) -> str:
    """Return a text that any phone and any database can hold, without outer white space.

    Control characters and direction overrides vanish (line breaks stay); halves of characters become U+FFFD.
    """
    text = text.replace("\r\n", "\n").replace("\t", " ")
    printable: str = _UNPRINTABLE.sub("\ufffd", _CONTROL.sub("", text))
    return printable.strip()


def shorten(text: str, limit: int, measure: Callable[[str], int] = graphemes) -> str:
    """Return the text, or its beginning and an ellipsis, at most `limit` long and cut between graphemes."""
    if _beginning(text, limit, measure) == text:
        return text
    return _beginning(text, limit - 1, measure).rstrip() + ELLIPSIS


def headline(text: str, limit: int = ALT_TEXT) -> str:
    """Return the text on one line within `limit` UTF-16 units, ended where a reader would pause.

    Whole sentences are kept if they fill half of the room, else the cut is at a comma or space.
    """
    line = " ".join(text.split())
    if utf16(line) <= limit:
        return line
    room = _beginning(line, limit - 1, utf16)
    sentences = [found.end() for found in _SENTENCE_END.finditer(room) if found.end() * 2 >= len(room)]
    if sentences:
        return room[: sentences[-1]]
    breaks = [found.start() for found in _BREAK.finditer(room) if found.start() * 2 >= len(room)]
    return room[: breaks[-1] if breaks else None].rstrip(" 、，；：,;:") + ELLIPSIS


def pages(lines: Iterable[str], limit: int = TEXT) -> list[str]:
    """Return the lines as texts of at most `limit` UTF-16 units, broken between lines.

    Only a line longer than a whole page is broken inside, between graphemes. Nothing is left out.
    """
    texts = [""]
    for line in lines:
        joined = f"{texts[-1]}\n{line}".lstrip("\n")
        if utf16(joined) <= limit:
            texts[-1] = joined
            continue
        texts += _pieces(line, limit)
    return [text.strip() for text in texts if text.strip()]


def _beginning(text: str, limit: int, measure: Callable[[str], int]) -> str:
    """Return as many whole graphemes as fit."""
    end, used = 0, 0
    for found in _GRAPHEME.finditer(text):
        used += measure(found[0])
        if used > limit:
            break
        end = found.end()
    return text[:end]


def _pieces(line: str, limit: int) -> list[str]:
    """Return one long line in pieces. A grapheme longer than a page is no writing and may be broken."""
    pieces, used = [""], 0
    for found in _GRAPHEME.finditer(line):
        parts = [found[0]] if utf16(found[0]) <= limit else found[0]
        for part in parts:
            if used + utf16(part) > limit:
                pieces.append("")
                used = 0
            pieces[-1] += part
            used += utf16(part)
    return pieces
