"""Flex Messages: bubbles, carousels and all components, each with every property it has."""

from __future__ import annotations

from typing import Any, Final

from emulator.rules import limits
from emulator.rules.words import (
    ANY_TEXT,
    BOOLEAN,
    COLOUR,
    HTTPS,
    NUMBER_FROM_0,
    WORD,
    Schema,
    a_list,
    by_type,
    closed,
    one_of,
    ref,
)

_GAPS = "none|xs|sm|md|lg|xl|xxl"
_SIZES = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"


def _measure(words: str = "", units: str = "px", sign: str = "") -> Schema:
    """Return a length: one of `words` (separated by |) or a number with one of `units`."""
    number = f"{sign}{_NUMBER}(?:{units})"
    return {"type": "string", "pattern": f"^(?:{words}|{number})$" if words else f"^{number}$"}


_GAP = _measure(_GAPS)
_PADDING = _measure(_GAPS, "px|%")
_OFFSET = _measure(_GAPS, "px|%", sign="-?")
_FONT = _measure(_SIZES)
_LENGTH = _measure(units="px|%")
_ASPECT: Final[Schema] = {
    "type": "string",
    "pattern": r"^[1-9][0-9]{0,5}(?:\.[0-9]+)?:[1-9][0-9]{0,5}(?:\.[0-9]+)?$",
}
_PERCENT = _measure(units="%")
_TAP = {"action": ref("action.flexTap")}
_LETTERS: Final[dict[str, Schema]] = {
    "size": _FONT,
    "color": COLOUR,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
_PLACED: Final[dict[str, Schema]] = {
    "margin": _GAP,
    "position": one_of("relative", "absolute"),
    "offsetTop": _OFFSET,
    "offsetBottom": _OFFSET,
    "offsetStart": _OFFSET,
    "offsetEnd": _OFFSET,
}
_ALIGN = one_of("start", "end", "center")
_GRAVITY = one_of("top", "bottom", "center")
_SHRINK = one_of("shrink-to-fit")

COMPONENTS: Final[dict[str, dict[str, Schema]]] = {
    "box": {
        "layout!": one_of("horizontal", "vertical", "baseline"),
        "contents!": {"type": "array"},
        "flex": NUMBER_FROM_0,
        "spacing": _GAP,
        **_PLACED,
        "backgroundColor": COLOUR,
        "borderColor": COLOUR,
        "borderWidth": _measure("none|light|normal|medium|semi-bold|bold"),
        "cornerRadius": _measure(_GAPS),
        "width": _LENGTH,
        "maxWidth": _LENGTH,
        "height": _LENGTH,
        "maxHeight": _LENGTH,
        "paddingAll": _PADDING,
        "paddingTop": _PADDING,
        "paddingBottom": _PADDING,
        "paddingStart": _PADDING,
        "paddingEnd": _PADDING,
        **_TAP,
        "justifyContent": one_of(
            "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"
        ),
        "alignItems": one_of("center", "flex-start", "flex-end"),
        "background": ref("flex.background"),
    },
    "button": {
        "action!": ref("action.flexButton"),
        "flex": NUMBER_FROM_0,
        "color": COLOUR,
        "style": one_of("primary", "secondary", "link"),
        "gravity": _GRAVITY,
        **_PLACED,
        "height": one_of("md", "sm"),
        "adjustMode": _SHRINK,
        "scaling": BOOLEAN,
    },
    "image": {
        "url!": HTTPS,
        "flex": NUMBER_FROM_0,
        **_PLACED,
        "align": _ALIGN,
        "gravity": _GRAVITY,
        "size": _measure(f"{_SIZES}|full", "px|%"),
        "aspectRatio": _ASPECT,
        "aspectMode": one_of("fit", "cover"),
        "backgroundColor": COLOUR,
        **_TAP,
        "animated": BOOLEAN,
    },
    "icon": {"url!": HTTPS, "size": _FONT, "aspectRatio": _ASPECT, **_PLACED, "scaling": BOOLEAN},
    "text": {
        "text": WORD,
        "contents": a_list("flex.span"),
        "flex": NUMBER_FROM_0,
        **_LETTERS,
        **_PLACED,
        "align": _ALIGN,
        "gravity": _GRAVITY,
        "wrap": BOOLEAN,
        "lineSpacing": _measure(),
        "maxLines": NUMBER_FROM_0,
        **_TAP,
        "adjustMode": _SHRINK,
        "scaling": BOOLEAN,
    },
    "separator": {"margin": _GAP, "color": COLOUR},
    "filler": {"flex": NUMBER_FROM_0},
    "video": {
        "url!": HTTPS,
        "previewUrl!": HTTPS,
        "altContent!": ref("flex.altContent"),
        "aspectRatio": _ASPECT,
        **_TAP,
    },
    "span": {"text!": WORD, **_LETTERS},
}
"""Component type to its fields."""

_EXTRAS: Final[dict[str, dict[str, Any]]] = {
    "box": {
        "if": {"properties": {"layout": {"const": "baseline"}}},
        "then": {"properties": {"contents": {"items": ref("flex.inBaseline")}}},
        "else": {"properties": {"contents": {"items": ref("flex.inBox")}}},
    },
    "text": {"anyOf": [{"required": ["text"]}, {"required": ["contents"]}]},
}

_BUBBLE: Final[dict[str, Schema]] = {
    "type!": ANY_TEXT,
    "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
    "direction": one_of("ltr", "rtl"),
    "header": ref("flex.block"),
    "hero": ref("flex.hero"),
    "body": ref("flex.block"),
    "footer": ref("flex.block"),
    "styles": ref("flex.styles"),
    "action": ref("action.flexTap"),
}
_SOMETHING_TO_SHOW: Final = {"anyOf": [{"required": [name]} for name in ("header", "hero", "body", "footer")]}
_VIDEO_WANTS_WIDTH: Final = {
    "if": {
        "properties": {"hero": {"properties": {"type": {"const": "video"}}, "required": ["type"]}},
        "required": ["hero"],
    },
    "then": {"properties": {"size": one_of("kilo", "mega", "giga")}},
}


def definitions() -> dict[str, Schema]:
    """Return every `flex.…` definition, `flex.container` being what a Flex Message holds."""

    def choice(*types: str) -> Schema:
        return by_type({kind: f"flex.{kind}" for kind in types})

    found = {
        f"flex.{kind}": closed({"type!": one_of(kind), **fields}, **_EXTRAS.get(kind, {}))
        for kind, fields in COMPONENTS.items()
    }
    return found | {
        "flex.inBox": choice("box", "button", "image", "text", "separator", "filler"),
        "flex.inBaseline": choice("icon", "text", "filler"),
        "flex.block": choice("box"),
        "flex.hero": choice("box", "image", "video"),
        "flex.carouselHero": choice("box", "image"),
        "flex.altContent": choice("box", "image"),
        "flex.styles": closed(
            {block: ref("flex.blockStyle") for block in ("header", "hero", "body", "footer")}
        ),
        "flex.blockStyle": closed(
            {"backgroundColor": COLOUR, "separator": BOOLEAN, "separatorColor": COLOUR}
        ),
        "flex.background": by_type({"linearGradient": "flex.linearGradient"}),
        "flex.linearGradient": closed(
            {
                "type!": ANY_TEXT,
                "angle!": _measure(units="deg"),
                "startColor!": COLOUR,
                "endColor!": COLOUR,
                "centerColor": COLOUR,
                "centerPosition": _PERCENT,
            }
        ),
        "flex.bubble": closed(_BUBBLE, **_SOMETHING_TO_SHOW, **_VIDEO_WANTS_WIDTH),
        "flex.carouselBubble": closed(_BUBBLE | {"hero": ref("flex.carouselHero")}, **_SOMETHING_TO_SHOW),
        "flex.carouselEntry": by_type({"bubble": "flex.carouselBubble"}),
        "flex.carousel": closed(
            {
                "type!": ANY_TEXT,
                "contents!": a_list("flex.carouselEntry", most=limits.BUBBLES) | {"alike": "size"},
            }
        ),
        "flex.container": by_type({"bubble": "flex.bubble", "carousel": "flex.carousel"}),
    }
