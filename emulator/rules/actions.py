"""What a tap can do: every action, with the label rule of each place it can stand in."""

from __future__ import annotations

from typing import Final

from emulator.rules import limits
from emulator.rules.words import ALIAS, ANY_TEXT, LINK, Schema, by_type, closed, graphemes, one_of, ref, text

_TAP_TEXT = graphemes(limits.GRAPHEMES_TAP_TEXT)
_MOMENTS: Final = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "time": r"^\d{2}:\d{2}$",
    "datetime": r"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}$",
}
_MOMENT_FITS_MODE: Final = [
    {
        "if": {"properties": {"mode": {"const": mode}}},
        "then": {"properties": {name: {"pattern": pattern} for name in ("initial", "max", "min")}},
    }
    for mode, pattern in _MOMENTS.items()
]

ACTIONS: Final[dict[str, dict[str, Schema]]] = {
    "postback": {
        "data!": text(limits.POSTBACK_DATA, least=0),
        "displayText": _TAP_TEXT,
        "text": _TAP_TEXT,
        "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
        "fillInText": _TAP_TEXT,
    },
    "message": {"text!": _TAP_TEXT},
    "uri": {"uri!": LINK, "altUri": ref("altUri")},
    "datetimepicker": {
        "data!": text(limits.POSTBACK_DATA, least=0),
        "mode!": one_of(*_MOMENTS),
        "initial": ANY_TEXT,
        "max": ANY_TEXT,
        "min": ANY_TEXT,
    },
    "clipboard": {"clipboardText!": text(limits.CLIPBOARD)},
    "camera": {},
    "cameraRoll": {},
    "location": {},
    "richmenuswitch": {
        "richMenuAliasId!": ALIAS,
        "data!": text(limits.POSTBACK_DATA, least=0),
    },
}
"""Action type to its own fields."""

_HOMES: Final = {
    "camera": "quickReply",
    "cameraRoll": "quickReply",
    "location": "quickReply",
    "richmenuswitch": "richMenu",
}
"""Actions that are allowed in one place only."""

PLACES: Final[dict[str, tuple[str, int]]] = {
    "quickReply": ("label!", limits.GRAPHEMES_LABEL),
    "template": ("label!", limits.GRAPHEMES_LABEL),
    "defaultTap": ("label", limits.GRAPHEMES_LABEL),
    "imageCarousel": ("label", limits.GRAPHEMES_LABEL_IMAGE_CAROUSEL),
    "flexButton": ("label!", limits.GRAPHEMES_LABEL_FLEX),
    "flexTap": ("label", limits.GRAPHEMES_LABEL_FLEX),
    "richMenu": ("label", limits.GRAPHEMES_LABEL),
}
"""Where an action stands: whether it needs a label there, and how many graphemes it may have."""


def definitions() -> dict[str, Schema]:
    """Return `action.<place>` for every place and `action.<place>.<type>` for every action allowed there."""
    found: dict[str, Schema] = {"altUri": closed({"desktop": LINK})}
    for place, (label, most) in PLACES.items():
        kinds = [kind for kind in ACTIONS if _HOMES.get(kind, place) == place]
        found[f"action.{place}"] = by_type({kind: f"action.{place}.{kind}" for kind in kinds})
        for kind in kinds:
            extra: Schema = {"allOf": _MOMENT_FITS_MODE} if kind == "datetimepicker" else {}
            if kind == "postback":
                extra = {"not": {"required": ["displayText", "text"]}}
            fields = {"type!": ANY_TEXT, label: graphemes(most), **ACTIONS[kind]}
            found[f"action.{place}.{kind}"] = closed(fields, **extra)
    return found
