"""LINE's official descriptions as a flat table: required fields, names and limits of the objects we use.

`python -m tests.contract.line_limits messaging-api.yml` prints `line_limits.csv`.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).parent / "line_limits.csv"
COLUMNS = ("schema", "property", "rule", "value")
RULES = ("minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "enum", "pattern")

PLACES = ("quickReply", "template", "defaultTap", "imageCarousel", "flexButton", "flexTap", "richMenu")
SAID_IN: dict[str, list[str]] = {
    "ReplyMessageRequest": ["request.reply"],
    "PushMessageRequest": ["request.push"],
    "MulticastRequest": ["request.multicast"],
    "BroadcastRequest": ["request.broadcast"],
    "ValidateMessageRequest": ["request.validate"],
    "ShowLoadingAnimationRequest": ["request.loading"],
    "SetWebhookEndpointRequest": ["request.webhook-endpoint"],
    "TestWebhookEndpointRequest": ["request.webhook-test"],
    "RichMenuRequest": ["request.richmenu"],
    "CreateRichMenuAliasRequest": ["request.richmenu-alias"],
    "UpdateRichMenuAliasRequest": ["request.richmenu-alias-update"],
    "RichMenuBulkLinkRequest": ["request.richmenu-link"],
    "RichMenuBulkUnlinkRequest": ["request.richmenu-unlink"],
    "RichMenuSize": ["richMenuSize"],
    "RichMenuBounds": ["richMenuBounds"],
    "RichMenuArea": ["richMenuArea"],
    "QuickReply": ["quickReply"],
    "QuickReplyItem": ["quickReplyItem"],
    "Sender": ["sender"],
    "Emoji": ["emoji"],
    "MentionSubstitutionObject": ["mention"],
    "EmojiSubstitutionObject": ["emojiSubstitution"],
    "UserMentionTarget": ["mentionedUser"],
    "AllMentionTarget": ["mentionedAll"],
    "TextMessage": ["message.text"],
    "TextMessageV2": ["message.textV2"],
    "StickerMessage": ["message.sticker"],
    "ImageMessage": ["message.image"],
    "VideoMessage": ["message.video"],
    "AudioMessage": ["message.audio"],
    "LocationMessage": ["message.location"],
    "ImagemapMessage": ["message.imagemap"],
    "TemplateMessage": ["message.template"],
    "FlexMessage": ["message.flex"],
    "MessageImagemapAction": ["imagemapAction.message"],
    "URIImagemapAction": ["imagemapAction.uri"],
    "ClipboardImagemapAction": ["imagemapAction.clipboard"],
    "ImagemapBaseSize": ["imagemapSize"],
    "ImagemapExternalLink": ["imagemapLink"],
    "ImagemapArea": ["area"],
    "ImagemapVideo": ["imagemapVideo"],
    "ButtonsTemplate": ["template.buttons"],
    "ConfirmTemplate": ["template.confirm"],
    "CarouselTemplate": ["template.carousel"],
    "CarouselColumn": ["column"],
    "ImageCarouselTemplate": ["template.image_carousel"],
    "ImageCarouselColumn": ["imageColumn"],
    "FlexBubble": ["flex.bubble", "flex.carouselBubble"],
    "FlexCarousel": ["flex.carousel"],
    "FlexBubbleStyles": ["flex.styles"],
    "FlexBlockStyle": ["flex.blockStyle"],
    "FlexBox": ["flex.box"],
    "FlexButton": ["flex.button"],
    "FlexImage": ["flex.image"],
    "FlexVideo": ["flex.video"],
    "FlexIcon": ["flex.icon"],
    "FlexText": ["flex.text"],
    "FlexSpan": ["flex.span"],
    "FlexSeparator": ["flex.separator"],
    "FlexFiller": ["flex.filler"],
    "FlexBoxLinearGradient": ["flex.linearGradient"],
    "CameraAction": ["action.quickReply.camera"],
    "CameraRollAction": ["action.quickReply.cameraRoll"],
    "LocationAction": ["action.quickReply.location"],
    "ClipboardAction": [f"action.{place}.clipboard" for place in PLACES],
    "DatetimePickerAction": [f"action.{place}.datetimepicker" for place in PLACES],
    "MessageAction": [f"action.{place}.message" for place in PLACES],
    "PostbackAction": [f"action.{place}.postback" for place in PLACES],
    "URIAction": [f"action.{place}.uri" for place in PLACES],
    "AltUri": ["altUri"],
    "RichMenuSwitchAction": ["action.richMenu.richmenuswitch"],
}
"""LINE's name for an object to the emulator's definitions of it."""

Row = tuple[str, str, str, str]


def official_rows(description: Path) -> list[Row]:
    """Return (schema, property, rule, value) for everything the official file says about `SAID_IN`."""
    schemas = yaml.load(description.read_text(encoding="utf-8"), yaml.CSafeLoader)["components"]["schemas"]
    rows: list[Row] = []
    for name in SAID_IN:
        properties, required = _flattened(schemas, schemas[name])
        for field, shape in sorted(properties.items()):
            if "$ref" in shape:
                shape = schemas[shape["$ref"].rsplit("/", 1)[1]]
            rows.append((name, field, "exists", "yes"))
            if field in required:
                rows.append((name, field, "required", "yes"))
            rows += [(name, field, rule, _written(shape[rule])) for rule in RULES if rule in shape]
    return rows


def _flattened(schemas: dict[str, Any], schema: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """Return the properties and required names of a schema with its bases."""
    properties = dict(schema.get("properties", {}))
    required = set(schema.get("required", ()))
    for base in schema.get("allOf", ()):
        found = schemas[base["$ref"].rsplit("/", 1)[1]] if "$ref" in base else base
        more, needed = _flattened(schemas, found)
        properties, required = more | properties, required | needed
    return properties, required


def _written(value: Any) -> str:
    return "|".join(sorted(map(str, value))) if isinstance(value, list) else str(value)


def committed() -> list[dict[str, str]]:
    """Return the rows of the committed table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(official_rows(Path(sys.argv[1])))
