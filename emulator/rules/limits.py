"""LINE's documented limits as plain numbers (Messaging API reference, read 2026-08-07).

Lengths are UTF-16 code units unless the name says graphemes. A kilobyte is 1,024 bytes of compact UTF-8 JSON.
"""

from __future__ import annotations

from typing import Final

BODY_BYTES: Final = 2 * 1024 * 1024
MESSAGES: Final = 5
RECIPIENTS: Final = 500

TEXT: Final = 5_000
TEXT_EMOJIS: Final = 20
SUBSTITUTIONS: Final = 100
MENTIONS: Final = 20
ALT_TEXT: Final = 1_500
URL: Final = 2_000
TRACKING_ID: Final = 100
LOCATION_TITLE: Final = 100
LOCATION_ADDRESS: Final = 100
SENDER_NAME: Final = 20

QUICK_REPLIES: Final = 13
LINK: Final = 1_000
POSTBACK_DATA: Final = 300
CLIPBOARD: Final = 1_000

# Counted in grapheme clusters: labels, what a tap says, and the words of templates.
GRAPHEMES_LABEL: Final = 20
GRAPHEMES_LABEL_IMAGE_CAROUSEL: Final = 12
GRAPHEMES_LABEL_FLEX: Final = 40
GRAPHEMES_TAP_TEXT: Final = 300
GRAPHEMES_TEMPLATE_TITLE: Final = 40
GRAPHEMES_BUTTONS_TEXT: Final = 160
GRAPHEMES_CONFIRM_TEXT: Final = 240
GRAPHEMES_COLUMN_TEXT: Final = 120
GRAPHEMES_TEXT_BESIDE_PICTURE: Final = 60

BUTTONS_ACTIONS: Final = 4
CONFIRM_ACTIONS: Final = 2
COLUMN_ACTIONS: Final = 3
COLUMNS: Final = 10

BUBBLES: Final = 12
BUBBLE_BYTES: Final = 30 * 1024
CAROUSEL_BYTES: Final = 50 * 1024
ASPECT: Final = 100_000

IMAGEMAP_WIDTH: Final = 1_040
IMAGEMAP_AREAS: Final = 50
IMAGEMAP_TEXT: Final = 400
IMAGEMAP_LABEL: Final = 100
IMAGEMAP_LINK_LABEL: Final = 30

LOADING_SECONDS: Final = (5, 60)
LOADING_STEP: Final = 5
WEBHOOK_URL: Final = 500
FOLLOWERS_PAGE: Final = 1_000

RICH_MENU_AREAS: Final = 20
RICH_MENU_WIDTH: Final = (800, 2_500)
RICH_MENU_HEIGHT: Final = 250
RICH_MENU_RATIO: Final = 1.45
RICH_MENU_PICTURE: Final = 1024 * 1024
RICH_MENU_ALIAS: Final = 32
GRAPHEMES_CHAT_BAR: Final = 14
GRAPHEMES_RICH_MENU_NAME: Final = 300
