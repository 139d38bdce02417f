"""The signs on the tiles, drawn from simple shapes on a field of 100 by 100."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

_FINER: Final = 4
"""Drawn so many times larger, then made smaller: that is what smooths the edges."""

Point = tuple[float, float]


class _Pen:
    """Draws light lines and dark gaps in units of the field."""

    def __init__(self, image: Image.Image, scale: float) -> None:
        self._draw = ImageDraw.Draw(image)
        self._scale = scale

    def line(self, *points: Point, width: float = 6, ink: int = 255) -> None:
        """Draw a line with round ends and corners."""
        scaled = [(x * self._scale, y * self._scale) for x, y in points]
        self._draw.line(scaled, fill=ink, width=round(width * self._scale), joint="curve")
        for x, y in points:
            self.disc(x, y, width / 2, ink=ink)

    def disc(self, x: float, y: float, radius: float, ink: int = 255) -> None:
        """Fill a circle."""
        self._draw.ellipse(self._box(x - radius, y - radius, x + radius, y + radius), fill=ink)

    def ring(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw the outline of an ellipse."""
        self._draw.ellipse(self._box(left, top, right, bottom), outline=255, width=round(6 * self._scale))

    def frame(
        self, left: float, top: float, right: float, bottom: float, *, round_by: float = 7, fill: bool = False
    ) -> None:
        """Draw a rectangle with round corners, as an outline or filled."""
        self._draw.rounded_rectangle(
            self._box(left, top, right, bottom),
            round_by * self._scale,
            fill=255 if fill else None,
            outline=255,
            width=round(6 * self._scale),
        )

    def shape(self, *points: Point) -> None:
        """Fill a polygon and round its corners."""
        self._draw.polygon([(x * self._scale, y * self._scale) for x, y in points], fill=255)
        self.line(*points, points[0])

    def _box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        return tuple(value * self._scale for value in (left, top, right, bottom))


def _bin(pen: _Pen) -> None:
    pen.line((18, 27), (82, 27))
    pen.line((40, 25), (40, 16), (60, 16), (60, 25))
    pen.line((26, 29), (31, 86), (69, 86), (74, 29))
    for x in (43, 57):
        pen.line((x, 42), (x, 72), width=5)


def _calendar(pen: _Pen) -> None:
    pen.frame(16, 22, 84, 86)
    pen.line((19, 41), (81, 41))
    for x in (35, 65):
        pen.line((x, 13), (x, 28))
    pen.line((35, 63), (46, 73), (66, 53), width=7)


def _paper(pen: _Pen) -> None:
    pen.line((58, 13), (24, 13), (24, 87), (76, 87), (76, 31), (58, 13), (58, 31), (76, 31))
    for y, right in ((47, 63), (59, 63), (71, 52)):
        pen.line((37, y), (right, y), width=5)


def _card(pen: _Pen) -> None:
    pen.frame(10, 23, 90, 77)
    pen.disc(32, 43, 8)
    pen.line((21, 64), (25, 58), (39, 58), (43, 64), width=7)
    for y, right in ((41, 78), (52, 78), (63, 68)):
        pen.line((56, y), (right, y), width=5)


def _bell(pen: _Pen) -> None:
    pen.line((50, 13), (50, 20))
    pen.line(
        (22, 72), (30, 62), (31, 42), (37, 28), (50, 21), (63, 28), (69, 42), (70, 62), (78, 72), (22, 72)
    )
    pen.line((42, 83), (50, 87), (58, 83))


def _globe(pen: _Pen) -> None:
    pen.ring(13, 13, 87, 87)
    pen.ring(33, 13, 67, 87)
    pen.line((16, 50), (84, 50), width=5)
    for y in (31, 69):
        pen.line((21, y), (79, y), width=5)


_SIGNS: Final[dict[str, Callable[[_Pen], None]]] = {
    "bin": _bin,
    "calendar": _calendar,
    "paper": _paper,
    "card": _card,
    "bell": _bell,
    "globe": _globe,
}


def sign(name: str, side: int) -> Image.Image:
    """Return a sign as a mask of `side` by `side` pixels: 255 where it is. Raises KeyError."""
    image = Image.new("L", (side * _FINER, side * _FINER))
    _SIGNS[name](_Pen(image, side * _FINER / 100))
    return image.resize((side, side), Image.Resampling.LANCZOS)
