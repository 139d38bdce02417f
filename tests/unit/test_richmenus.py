"""The menus as content describes them: within LINE's rules, readable, and understood by the chat."""

from __future__ import annotations

import io
import json

import pytest
import regex
from PIL import Image

from bot.answers.model import Question
from bot.chat.person import Person
from bot.chat.taps import press
from bot.knowledge.richmenu import Tile
from bot.language.tags import TAGS
from bot.line.inbound import Inbound
from bot.messages.looks import AA, WHITE, contrast
from bot.richmenus.describing import HEIGHT, WIDTH, boxes, describe, name_of
from bot.richmenus.drawing import COLOURS, TITLE_PIXELS, draw, title_font, title_width
from bot.richmenus.fonts import CannotDraw
from emulator.rules.check import refusal
from tests.real import NOON, engine, voices
from tests.unit.menus import tiles

LEADS_TO = {
    "garbage": "menu:garbage",
    "collection-day": "schedule:all",
    "procedures": "menu:procedures",
    "my-number": "menu:my-number",
    "news": "notices:open",
    "language": "menu:language",
}


@pytest.mark.parametrize("tag", TAGS)
def test_line_takes_the_menu(tag: str) -> None:
    """The description of each language keeps LINE's rules."""
    menu = {**describe(tiles(), voices()[tag]), "name": name_of(tag, b"", b"")}
    assert refusal("richmenu", menu, 0) is None
    assert all(len(regex.findall(r"\X", area["action"]["label"])) <= 20 for area in menu["areas"])


def test_a_tap_says_its_title_as_the_language_is_written() -> None:
    """Two lines become one, with a space only where the script has one."""
    said = {
        (tag, tile.id): area["action"]["displayText"]
        for tag in ("ja", "ja-simple", "en")
        for tile, area in zip(tiles(), describe(tiles(), voices()[tag])["areas"], strict=True)
    }
    assert said["ja", "collection-day"] == "うちの収集日"
    assert said["ja", "language"] == "ことば Language"
    assert said["ja-simple", "collection-day"] == "わたしの ごみの ひ"
    assert said["en", "collection-day"] == "My collection day"


def test_the_tiles_cover_the_picture_once() -> None:
    """No tap falls between two tiles or on two of them."""
    covered = sum(box.width * box.height for box in boxes())
    assert covered == WIDTH * HEIGHT
    assert len({(box.x, box.y) for box in boxes()}) == len(boxes())
    assert all(box.x + box.width <= WIDTH and box.y + box.height <= HEIGHT for box in boxes())


@pytest.mark.parametrize("tag", TAGS)
def test_every_tile_leads_where_it_says(tag: str) -> None:
    """A tap on a tile is answered with what it names, in the reader's language."""
    areas = describe(tiles(), voices()[tag])["areas"]
    for tile, area in zip(tiles(), areas, strict=True):
        event = Inbound("E1", "postback", "U1", "user", "t", NOON, postback=area["action"]["data"])
        answer, _ = press(engine(), event, Question("", tag, NOON), Person("U1"))
        assert (answer.answer_id, answer.language) == (LEADS_TO[tile.id], tag)


@pytest.mark.parametrize("tag", TAGS)
def test_every_title_fits_its_tile(tag: str) -> None:
    """Each line is narrower than its tile in letters that can be read on a telephone."""
    font = title_font(tiles(), tag)
    assert font.size >= TITLE_PIXELS[1]
    widest = max(font.getlength(line) for tile in tiles() for line in tile.title[tag])
    assert widest <= title_width()


def test_a_title_that_is_too_long_is_named() -> None:
    """The sentence says which tile, in which language."""
    long = tiles()[0].model_copy(update={"title": {"en": ["How to sort garbage"]}})
    with pytest.raises(CannotDraw, match=r"'garbage' is too long in en"):
        title_font([long], "en")


def test_the_picture_is_one_that_line_takes() -> None:
    """PNG of the described size, below 1 MB, and the same each time: its digest names the menu."""
    drawn = draw(tiles(), "ja")
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(drawn) <= 1024 * 1024
    assert draw(tiles(), "ja") == drawn


def test_every_sign_reads_on_its_colour() -> None:
    """White stands at 4.5:1 on each colour."""
    assert all(contrast(WHITE, colour) >= AA for colour in COLOURS.values())


def test_easy_japanese_has_no_kanji_on_tiles() -> None:
    """There is no room for readings, so tiles are in kana."""
    titles = json.dumps([tile.title["ja-simple"] for tile in tiles()], ensure_ascii=False)
    assert not regex.search(r"\p{Han}", titles)


@pytest.mark.parametrize(
    ("lines", "why"),
    [(["a", "b", "c"], "one or two lines"), (["a" * 21], "20 characters"), ([" "], "one or two lines")],
)
def test_a_title_that_no_tile_holds_is_refused(lines: list[str], why: str) -> None:
    """Content with such a title is not loaded, and the reason is given."""
    good = tiles()[0].model_dump()
    with pytest.raises(ValueError, match=why):
        Tile(**{**good, "title": {**good["title"], "en": lines}})
