"""One spelling for the words of clerks' files: width, kana, case, spaces and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import jaconv

_PUNCTUATION = re.compile(r"[\s・･,，、。.．/／()（）「」『』\[\]【】:：;；'\"_\-‐−–—~〜]+")
_BRACKETS = re.compile(r"[(（].*?[)）]")


def plain(text: str) -> str:
    """Return a text in half-width digits and letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def as_written(text: str) -> str:
    """Return a text as it can be shown: katakana in full width, single spaces, otherwise untouched."""
    return " ".join(str(jaconv.h2z(text, kana=True)).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a text as it is compared: `Ａ 地区` is `a地区`, `カン・ビン` is `かんびん`."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _PUNCTUATION.sub("", str(jaconv.kata2hira(folded)))


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets."""
    return _BRACKETS.sub("", text).strip()
