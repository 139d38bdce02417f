"""Finds a font of this machine that can write a language."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Final

_LANGUAGES: Final = {"ja": "ja", "ja-simple": "ja", "en": "ja", "zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}
"""fontconfig's names. English stands beside Japanese words, so it takes the same letters."""

_PACKAGES: Final = "install fontconfig and fonts-noto-cjk"


class CannotDraw(Exception):
    """A menu cannot be drawn. Says in one sentence what to change or install."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font: its file, and which of the fonts in it."""

    path: str
    index: int


@cache
def font_for(tag: str) -> FontFile:
    """Return a bold sans-serif font that can write a language. Raises CannotDraw."""
    program = shutil.which("fc-match")
    if program is None:
        raise CannotDraw(f"The menus cannot be drawn: no fc-match on this machine ({_PACKAGES}).")
    wanted = _LANGUAGES[tag]
    told = subprocess.run(  # noqa: S603  # fixed words, no shell
        [program, "-f", "%{file}\n%{index}\n%{lang}", f"sans-serif:lang={wanted}:bold"],
        capture_output=True,
        check=False,
        text=True,
    ).stdout.split("\n")
    if len(told) != 3 or wanted not in told[2].split("|"):
        raise CannotDraw(f"The menus cannot be drawn: no font writes {tag} ({_PACKAGES}).")
    return FontFile(told[0], int(told[1] or 0) & 0xFFFF)
