"""The five public language tags (BCP 47) and what other worlds call them."""

from __future__ import annotations

from typing import Final

TAGS: Final = ("ja", "ja-simple", "en", "zh-Hans", "zh-Hant")
"""Every language the bot answers in, in the order menus show them."""

OWN_NAMES: Final = {
    "ja": "日本語",
    "ja-simple": "やさしい日本語",
    "en": "English",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
}
"""Each language in its own script, for buttons that a reader must recognise."""

_TRADITIONAL_REGIONS = ("hant", "tw", "hk", "mo")


def catalog_folder(tag: str) -> str:
    """Return the folder below `locales/` for a public tag: `zh-Hans` -> `zh_Hans`.

    gettext looks for folders with underscores and silently finds nothing under the public spelling.
    """
    return tag.replace("-", "_")


def babel_locale(tag: str) -> str:
    """Return the Babel locale identifier used for dates and lists in this language."""
    return "ja" if tag == "ja-simple" else catalog_folder(tag)


def from_platform(language: str | None) -> str | None:
    """Map a platform's language (LINE profile, browser) to one of ours, or None for one we lack.

    Takes any BCP 47 tag, any case, `_` or `-`. Chinese goes by script, then region. Cantonese reads
    Traditional. A language we lack is None, never quietly Japanese or English.
    """
    if not language:
        return None
    parts = language.lower().replace("_", "-").split("-")
    match parts[0]:
        case "ja":
            return "ja-simple" if "simple" in parts[1:] else "ja"
        case "en":
            return "en"
        case "yue":
            return "zh-Hant"
        case "zh":
            traditional = "hans" not in parts[1:] and any(part in _TRADITIONAL_REGIONS for part in parts[1:])
            return "zh-Hant" if traditional else "zh-Hans"
        case _:
            return None
