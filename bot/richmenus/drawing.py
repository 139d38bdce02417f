"""The picture of a menu: a calm card for each tile, its sign above its title."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.knowledge.richmenu import Tile
from bot.messages import looks
from bot.richmenus.describing import HEIGHT, WIDTH, Box, boxes
from bot.richmenus.fonts import CannotDraw, font_for
from bot.richmenus.icons import sign

COLOURS: Final = {
    "indigo": looks.INDIGO,
    "blue": looks.LINK,
    "amber": looks.AMBER_INK,
    "slate": looks.SLATE,
    "red": looks.RED,
}
"""The colour of a tile's sign by its name; each carries white at 4.5:1."""

TITLE_PIXELS: Final = (132, 96)
"""The largest and the smallest title: 19 to 14 pixels on a telephone 360 wide."""

TITLE_MARGIN: Final = 32
"""Room on either side of a title, inside its card."""

_GAP: Final = 22
_CORNER: Final = 56
_SIGN: Final = 230
_DISC: Final = 340
_DISC_TOP: Final = 88
_TITLE_TOP: Final = 450
_LEADING: Final = 1.22
_FINER: Final = 2


def draw(tiles: Sequence[Tile], tag: str) -> bytes:
    """Return the menu of a language as PNG. Raises CannotDraw."""
    font = title_font(tiles, tag)
    picture = Image.new("RGB", (WIDTH, HEIGHT), looks.BLUE_TINT)
    for tile, box in zip(tiles, boxes(), strict=True):
        _draw_tile(picture, tile, tag, _card(box), font)
    out = io.BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def title_font(tiles: Sequence[Tile], tag: str) -> ImageFont.FreeTypeFont:
    """Return the font, as large as it may be, in which every title of a language fits. Raises CannotDraw."""
    largest, smallest = TITLE_PIXELS
    file = font_for(tag)
    for size in range(largest, smallest - 1, -2):
        font = ImageFont.truetype(file.path, size, index=file.index)
        wide = [tile.id for tile in tiles for line in tile.title[tag] if font.getlength(line) > title_width()]
        if not wide:
            return font
    raise CannotDraw(f"The title of tile {wide[0]!r} is too long in {tag}: shorten it or break it in two.")


def title_width() -> int:
    """Return how many pixels a line of a title may take."""
    return min(_card(box).width for box in boxes()) - 2 * TITLE_MARGIN


def _card(box: Box) -> Box:
    return Box(box.x + _GAP // 2, box.y + _GAP // 2, box.width - _GAP, box.height - _GAP)


def _draw_tile(picture: Image.Image, tile: Tile, tag: str, card: Box, font: ImageFont.FreeTypeFont) -> None:
    picture.paste(looks.WHITE, (card.x, card.y), _rounded(card.width, card.height, _CORNER))
    middle = card.x + card.width // 2
    disc = _rounded(_DISC, _DISC, _DISC // 2)
    picture.paste(COLOURS[tile.colour], (middle - _DISC // 2, card.y + _DISC_TOP), disc)
    inside = (_DISC - _SIGN) // 2
    picture.paste(looks.WHITE, (middle - _SIGN // 2, card.y + _DISC_TOP + inside), sign(tile.icon, _SIGN))
    _write(picture, tile.title[tag], middle, card, font)


def _write(
    picture: Image.Image, lines: Sequence[str], middle: int, card: Box, font: ImageFont.FreeTypeFont
) -> None:
    """Write a title in the middle of the room below the sign."""
    step = round(font.size * _LEADING)
    room = card.height - _TITLE_TOP - _GAP
    top = card.y + _TITLE_TOP + (room - step * len(lines)) // 2 + step // 2
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((middle, top + number * step), line, fill=looks.INK, font=font, anchor="mm")


def _rounded(width: int, height: int, corner: int) -> Image.Image:
    """Return the mask of a rectangle with smooth round corners."""
    mask = Image.new("L", (width * _FINER, height * _FINER))
    edge = (0, 0, width * _FINER - 1, height * _FINER - 1)
    ImageDraw.Draw(mask).rounded_rectangle(edge, corner * _FINER, fill=255)
    return mask.resize((width, height), Image.Resampling.LANCZOS)
