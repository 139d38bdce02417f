"""How LINE's JSON looks on a phone: each part becomes words for a style sheet, never a style.

The pages allow no inline style, so colours and sizes are classes; `static/phone.css` draws those that our own
messages use, and whatever it does not know is drawn plainly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

_CLASSES: Final = {
    "type": "is",
    "layout": "is",
    "size": "size",
    "weight": "weight",
    "color": "ink",
    "backgroundColor": "on",
    "align": "align",
    "margin": "before",
    "spacing": "gap",
    "paddingAll": "pad",
    "cornerRadius": "round",
    "style": "style",
}
"""What a part of a Flex message says about its look -> the first half of its class."""

_WORD: Final = re.compile(r"#?[A-Za-z0-9]{1,12}")


def classes(part: Mapping[str, Any]) -> str:
    """Return the classes of a part of a Flex message: `is-text size-md ink-1b1f24`."""
    said = ((kind, part.get(name)) for name, kind in _CLASSES.items())
    return " ".join(
        f"{kind}-{value.removeprefix('#').lower()}"
        for kind, value in said
        if isinstance(value, str) and _WORD.fullmatch(value)
    )


def own_picture(address: object) -> str:
    """Return the path of a small copy of a picture that this service holds, or nothing for any other."""
    path = urlsplit(address).path if isinstance(address, str) else ""
    return f"{path}/preview" if re.fullmatch(r"/media/[\w.-]+", path, re.ASCII) else ""
