"""The message objects besides Flex: text to template, with quick replies and the sender's name."""

from __future__ import annotations

from typing import Final

from emulator.rules import limits
from emulator.rules.words import (
    ANY_TEXT,
    HTTPS,
    LINK,
    NUMBER_FROM_0,
    NUMBER_FROM_1,
    RGB,
    WORD,
    Schema,
    a_list,
    by_type,
    closed,
    graphemes,
    one_of,
    ref,
    text,
)

_ALT_TEXT = text(limits.ALT_TEXT)
_ON_EVERY_MESSAGE: Final = {"type!": ANY_TEXT, "quickReply": ref("quickReply"), "sender": ref("sender")}

MESSAGES: Final[dict[str, dict[str, Schema]]] = {
    "text": {
        "text!": text(limits.TEXT),
        "emojis": a_list("emoji", least=0, most=limits.TEXT_EMOJIS),
        "quoteToken": WORD,
    },
    "textV2": {
        "text!": text(limits.TEXT),
        "substitution": {
            "type": "object",
            "maxProperties": limits.SUBSTITUTIONS,
            "propertyNames": {"pattern": "^[A-Za-z0-9_]{1,20}$"},
            "additionalProperties": ref("substitution"),
        },
        "quoteToken": WORD,
    },
    "sticker": {"packageId!": WORD, "stickerId!": WORD, "quoteToken": WORD},
    "image": {"originalContentUrl!": HTTPS, "previewImageUrl!": HTTPS},
    "video": {
        "originalContentUrl!": HTTPS,
        "previewImageUrl!": HTTPS,
        "trackingId": text(limits.TRACKING_ID),
    },
    "audio": {"originalContentUrl!": HTTPS, "duration!": NUMBER_FROM_1},
    "location": {
        "title!": text(limits.LOCATION_TITLE),
        "address!": text(limits.LOCATION_ADDRESS),
        "latitude!": {"type": "number", "minimum": -90, "maximum": 90},
        "longitude!": {"type": "number", "minimum": -180, "maximum": 180},
    },
    "imagemap": {
        "baseUrl!": HTTPS,
        "altText!": _ALT_TEXT,
        "baseSize!": ref("imagemapSize"),
        "actions!": a_list("imagemapAction", least=0, most=limits.IMAGEMAP_AREAS),
        "video": ref("imagemapVideo"),
    },
    "template": {"altText!": _ALT_TEXT, "template!": ref("template")},
    "flex": {"altText!": _ALT_TEXT, "contents!": ref("flex.container")},
}
"""Message type to its own fields."""

_PICTURE: Final[dict[str, Schema]] = {
    "imageAspectRatio": one_of("rectangle", "square"),
    "imageSize": one_of("cover", "contain"),
}
_CARD: Final[dict[str, Schema]] = {
    "thumbnailImageUrl": HTTPS,
    "imageBackgroundColor": RGB,
    "title": graphemes(limits.GRAPHEMES_TEMPLATE_TITLE),
    "defaultAction": ref("action.defaultTap"),
}
_SHORTER_BESIDE_PICTURE: Final = {
    "if": {"anyOf": [{"required": ["thumbnailImageUrl"]}, {"required": ["title"]}]},
    "then": {"properties": {"text": graphemes(limits.GRAPHEMES_TEXT_BESIDE_PICTURE)}},
}

TEMPLATES: Final[dict[str, dict[str, Schema]]] = {
    "buttons": {
        **_CARD,
        **_PICTURE,
        "text!": graphemes(limits.GRAPHEMES_BUTTONS_TEXT),
        "actions!": a_list("action.template", most=limits.BUTTONS_ACTIONS),
    },
    "confirm": {
        "text!": graphemes(limits.GRAPHEMES_CONFIRM_TEXT),
        "actions!": a_list("action.template", least=limits.CONFIRM_ACTIONS, most=limits.CONFIRM_ACTIONS),
    },
    "carousel": {"columns!": a_list("column", most=limits.COLUMNS) | {"alike": "actions"}, **_PICTURE},
    "image_carousel": {"columns!": a_list("imageColumn", most=limits.COLUMNS)},
}
"""Template type to its own fields."""

IMAGEMAP_ACTIONS: Final[dict[str, dict[str, Schema]]] = {
    "message": {"text!": text(limits.IMAGEMAP_TEXT)},
    "uri": {"linkUri!": LINK},
    "clipboard": {"clipboardText!": text(limits.CLIPBOARD)},
}
"""Imagemap action type to its own fields."""


def _parts() -> dict[str, Schema]:
    """Return the small objects that messages are made of."""
    return {
        "quickReply": closed({"items!": a_list("quickReplyItem", most=limits.QUICK_REPLIES)}),
        "quickReplyItem": closed(
            {"type": one_of("action"), "imageUrl": HTTPS, "action!": ref("action.quickReply")}
        ),
        "sender": closed({"name": text(limits.SENDER_NAME), "iconUrl": HTTPS}),
        "emoji": closed({"index!": NUMBER_FROM_0, "productId!": WORD, "emojiId!": WORD}),
        "substitution": by_type({"mention": "mention", "emoji": "emojiSubstitution"}),
        "mention": closed({"type!": ANY_TEXT, "mentionee!": ref("mentionee")}),
        "emojiSubstitution": closed({"type!": ANY_TEXT, "productId!": WORD, "emojiId!": WORD}),
        "mentionee": by_type({"user": "mentionedUser", "all": "mentionedAll"}),
        "mentionedUser": closed({"type!": ANY_TEXT, "userId!": WORD}),
        "mentionedAll": closed({"type!": ANY_TEXT}),
        "area": closed(
            {"x!": NUMBER_FROM_0, "y!": NUMBER_FROM_0, "width!": NUMBER_FROM_1, "height!": NUMBER_FROM_1}
        ),
        "imagemapSize": closed({"width!": {"const": limits.IMAGEMAP_WIDTH}, "height!": NUMBER_FROM_1}),
        "imagemapLink": closed({"linkUri!": LINK, "label!": text(limits.IMAGEMAP_LINK_LABEL)}),
        "imagemapVideo": closed(
            {
                "originalContentUrl!": HTTPS,
                "previewImageUrl!": HTTPS,
                "area!": ref("area"),
                "externalLink": ref("imagemapLink"),
            }
        ),
        "column": closed(
            {
                **_CARD,
                "text!": graphemes(limits.GRAPHEMES_COLUMN_TEXT),
                "actions!": a_list("action.template", most=limits.COLUMN_ACTIONS),
            },
            **_SHORTER_BESIDE_PICTURE,
        ),
        "imageColumn": closed({"imageUrl!": HTTPS, "action!": ref("action.imageCarousel")}),
    }


def definitions() -> dict[str, Schema]:
    """Return `message`, `template`, `imagemapAction`, a definition for each of their types, and the parts."""
    found = _parts()
    for kind, fields in MESSAGES.items():
        extra: Schema = {"placeholders": True} if kind == "textV2" else {}
        found[f"message.{kind}"] = closed(_ON_EVERY_MESSAGE | fields, **extra)
    for kind, fields in TEMPLATES.items():
        extra = _SHORTER_BESIDE_PICTURE if kind == "buttons" else {}
        found[f"template.{kind}"] = closed({"type!": ANY_TEXT, **fields}, **extra)
    label = text(limits.IMAGEMAP_LABEL)
    for kind, fields in IMAGEMAP_ACTIONS.items():
        found[f"imagemapAction.{kind}"] = closed(
            {"type!": ANY_TEXT, "label": label, "area!": ref("area"), **fields}
        )
    found["message"] = by_type({kind: f"message.{kind}" for kind in MESSAGES})
    found["template"] = by_type({kind: f"template.{kind}" for kind in TEMPLATES})
    found["imagemapAction"] = by_type({kind: f"imagemapAction.{kind}" for kind in IMAGEMAP_ACTIONS})
    return found
