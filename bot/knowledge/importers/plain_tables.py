"""Text tables: which encoding, which separator, which cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from typing import Final

from bot.knowledge.importers.proposal import remark
from bot.knowledge.importers.refused import Refused

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS: Final = ("\t", ";")
_MOST: Final = 0.6
"""Share of the rows with the same width from which on a tab or a semicolon is believed to separate cells."""


def decoded(data: bytes) -> str:
    """Return the text of UTF-8 (with a mark or without), UTF-16 with a mark, or Shift_JIS as Excel writes it.

    Raises Refused when it is none of them.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for attempt in [encoding] if encoding else ["utf-8", "cp932"]:
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text):
            return text
    raise Refused(remark("This is neither a spreadsheet nor a text table (UTF-8, UTF-16 or Shift_JIS)."))


def text_cells(data: bytes) -> tuple[tuple[str, ...], ...]:
    """Return the stripped cells of a text table. Raises Refused when it is none."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    try:
        return tuple(tuple(cell.strip() for cell in row) for row in _parsed(text, _separator(text)))
    except csv.Error as error:
        raise Refused(remark("This is not a table: {problem}.", problem=str(error))) from None


def _parsed(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _separator(text: str) -> str:
    """Return what separates the cells. Days such as 5,19 make commas common: the others are asked first."""
    for separator in _SEPARATORS:
        width, share = _usual_width(text, separator)
        if share >= _MOST and (width > 2 or (width == 2 and _usual_width(text, ",")[0] == 1)):
            return separator
    return ","


def _usual_width(text: str, separator: str) -> tuple[int, float]:
    widths = Counter(len(row) for row in _parsed(text, separator) if any(row))
    if not widths:
        return 0, 0.0
    width, rows = widths.most_common(1)[0]
    return width, rows / widths.total()
