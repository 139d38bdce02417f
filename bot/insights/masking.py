"""Takes out of a question what could lead to a person, before anything of it is kept."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 60
"""Characters of the longest question that is kept."""

_MAIL = re.compile(r"[^\s@、。，,:;()<>「」]+@[^\s@、。，,:;()<>「」]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
# Five digits or more, however they are grouped: telephones, cards, My Number, post codes, dates of birth.
_DIGITS = re.compile(r"\+?\d(?:[\s\-‐-―ー−./()]{0,3}\d){4,}")
_SPACE = re.compile(r"\s+")


def mask(question: str) -> str:
    """Return the question on one line without mail and web addresses and long numbers.

    Full-width digits and signs count as what they stand for.
    """
    folded = unicodedata.normalize("NFKC", question)
    for pattern, mark in ((_ADDRESS, "[link]"), (_MAIL, "[mail]"), (_DIGITS, "[number]"), (_SPACE, " ")):
        folded = pattern.sub(mark, folded)
    return folded.strip()
