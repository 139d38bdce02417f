"""LINE's ways of counting, and cutting without breaking a character or a meaning."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import limits
from tests.unit.cards import words

FAMILY = "👨‍👩‍👧‍👦"


def test_text_is_counted_in_utf16_and_labels_in_graphemes() -> None:
    """A family emoji is one character to its reader and eleven units to LINE."""
    assert limits.utf16(f"燃{FAMILY}") == 12
    assert limits.graphemes(f"燃{FAMILY}") == 2


def test_cleaning_drops_what_no_phone_shows() -> None:
    """Controls and direction overrides vanish, halves of characters are marked, lines stay."""
    assert limits.clean(" a\x00b\u202ec\r\nd\te\ud800 ") == "abc\nd e\ufffd"


@given(words)
def test_clean_text_can_be_written_anywhere(text: str) -> None:
    """Clean text encodes, holds no NUL, and cleaning it again changes nothing."""
    cleaned = limits.clean(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert limits.clean(cleaned) == cleaned


def test_a_label_is_cut_between_graphemes() -> None:
    """No half emoji is left at the end."""
    assert limits.shorten(FAMILY * 3, 2) == f"{FAMILY}…"
    assert limits.shorten("short", 5) == "short"


@given(words, st.integers(1, 60))
def test_a_shortened_text_fits_and_begins_like_the_whole(text: str, limit: int) -> None:
    """What remains is the beginning of the text in whole graphemes."""
    short = limits.shorten(text, limit)
    assert limits.graphemes(short) <= limit
    if short != text:
        whole = regex.findall(r"\X", text)
        assert any("".join(whole[:count]).rstrip() == short[:-1] for count in range(limit))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Frying pan goes into “Non-burnable”.", "Frying pan goes into “Non-burnable”."),
        ("One.\nTwo.", "One. Two."),
        (
            "Take it to a collection point first. Then ask the people there what to do with the rest of it.",
            "Take it to a collection point first.",
        ),
        (
            "Take the very old and rather heavy frying pan with its lid and handle to the city",
            "Take the very old and rather heavy frying pan with its lid…",
        ),
        ("フライパンは「燃やせないごみ」です。" * 4, "フライパンは「燃やせないごみ」です。" * 3),
        ("燃" * 80, "燃" * 59 + "…"),
    ],
)
def test_a_headline_ends_where_a_reader_pauses(text: str, line: str) -> None:
    """Whole sentences first, then a comma or a space, then a character."""
    assert limits.headline(text) == line


@given(words)
def test_a_headline_is_one_line_that_fits(text: str) -> None:
    """It never exceeds the limit in any way of counting."""
    line = limits.headline(text)
    assert limits.utf16(line) <= limits.ALT_TEXT
    assert "\n" not in line


@given(st.lists(words, max_size=6), st.integers(4, 400))
def test_pages_fit_and_lose_nothing(lines: list[str], limit: int) -> None:
    """All pages together hold every visible character in order."""
    lines = [limits.clean(line) for line in lines]
    pages = limits.pages(lines, limit)
    assert all(0 < limits.utf16(page) <= limit for page in pages)
    assert regex.sub(r"\s", "", "".join(pages)) == regex.sub(r"\s", "", "".join(lines))


def test_pages_break_between_lines() -> None:
    """A sentence that fits a page is never torn apart."""
    assert limits.pages(["aaaa", "bbbb", "cc"], 8) == ["aaaa", "bbbb\ncc"]
