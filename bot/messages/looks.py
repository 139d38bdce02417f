"""The colours of the cards, and how each kind of section is drawn. Every pair of colours reads at 4.5:1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

AA: Final = 4.5
"""Contrast of text that everyone can read (WCAG 2.2, 1.4.3)."""

WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
INK: Final = "#1b1f24"
GREY: Final = "#595f66"
"""Small print on white."""
INDIGO: Final = "#1f3f6e"
"""The house colour: Tokushima's indigo dye. Bands without a category, buttons."""
LINK: Final = "#1a4f9c"
RED: Final = "#b3171f"
SLATE: Final = "#5a6169"
"""The band of what nobody has confirmed."""
RED_TINT: Final = "#fdecec"
AMBER_TINT: Final = "#fff4dc"
AMBER_INK: Final = "#7a4300"
BLUE_TINT: Final = "#eef3fa"
GREY_TINT: Final = "#f2f4f6"
RULE: Final = "#d9dde2"
"""Lines between parts; no text is written in it."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """How a section is drawn: steps count 1. 2. 3.; a tint makes a box of it; `large` is for showing.

    An empty `ink` is the colour of the card's category.
    """

    numbered: bool = False
    tint: str = WHITE
    ink: str = ""
    large: bool = False


_PLAIN: Final = Look()
_ASIDE: Final = Look(tint=GREY_TINT, ink=GREY)
LOOKS: Final = MappingProxyType(
    {
        "how": Look(numbered=True),
        "steps": Look(numbered=True),
        "now": Look(numbered=True, tint=BLUE_TINT, ink=INDIGO),
        "dates": Look(tint=BLUE_TINT, ink=INDIGO),
        "forbid": Look(tint=RED_TINT, ink=RED),
        "emergency": Look(tint=RED_TINT, ink=RED),
        "caution": Look(tint=AMBER_TINT, ink=AMBER_INK),
        "unsure": _ASIDE,
        "visitor": _ASIDE,
        "show": Look(tint=GREY_TINT, ink=GREY, large=True),
    }
)
"""By `Section.kind`. Another kind is drawn plainly."""


def look(kind: str) -> Look:
    """Return how a section of this kind is drawn."""
    return LOOKS.get(kind, _PLAIN)


def is_colour(text: str) -> bool:
    """Tell whether a text is `#rrggbb`."""
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(background: str) -> str:
    """Return white where it reads on the background, else black; one of them always does."""
    return WHITE if contrast(WHITE, background) >= AA else BLACK


def ink_from(colour: str) -> str:
    """Return the colour, darkened until it reads on white."""
    while contrast(colour, WHITE) < AA:
        parts = [int(colour[start : start + 2], 16) * 9 // 10 for start in (1, 3, 5)]
        colour = "#{:02x}{:02x}{:02x}".format(*parts)
    return colour


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
