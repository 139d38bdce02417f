"""Pictures of notices, and what LINE says of messages before they are approved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from bot.broadcasts import checks, compose, drafts, pictures, review, setting, validating
from bot.broadcasts.links import fetcher
from bot.broadcasts.model import Check, Variant
from bot.broadcasts.office import Office
from bot.broadcasts.refused import Refused
from bot.feeds.media import media_pages
from bot.line.multicast import Multicast
from bot.line.port import Outcome, Sent
from bot.services import Services
from bot.store.database import Database
from tests.component.broadcasting import APPROVER, TEXTS, WRITER, handed_in, open_office, with_line, written
from tests.emulator_process import Practice


@pytest.fixture
def one(sqlite_store_url: str) -> Iterator[Office]:
    database = Database(sqlite_store_url)
    yield open_office(database)
    database.close()


def drawn(kind: str = "PNG", size: tuple[int, int] = (1600, 900), mode: str = "RGB", **more: object) -> bytes:
    """Return a picture."""
    file = BytesIO()
    Image.new(mode, size).save(file, kind, **more)
    return file.getvalue()


def test_a_picture_is_kept_and_served(one: Office, city_services: Services) -> None:
    """It is shown from an address that nobody guesses, without what a camera wrote beside it."""
    exif = Image.Exif()
    exif[0x010E] = "the place"
    number = pictures.add(one, WRITER, drawn("JPEG", exif=exif), "会場.jpg")
    assert pictures.add(one, WRITER, drawn("JPEG", exif=exif), "again") == number
    app = Flask("t")
    app.register_blueprint(media_pages(replace(city_services, database=one.database)))
    fact = pictures.shown(one, number)
    assert (fact["type"], fact["width"], fact["height"]) == ("image/jpeg", 1600, 900)
    whole = app.test_client().get(f"/media/{fact['token']}")
    assert (whole.status_code, whole.mimetype) == (200, "image/jpeg")
    assert b"the place" not in whole.data
    small = app.test_client().get(f"/media/{fact['token']}/preview")
    assert Image.open(BytesIO(small.data)).size == (1024, 576)
    assert app.test_client().get("/media/guessed").status_code == 404


WRONG = {
    "script": (lambda: b"<script>", "This is no picture in JPEG or PNG."),
    "gif": (lambda: drawn("GIF"), "This is no picture in JPEG or PNG."),
    "torn": (lambda: drawn()[:200], "This is no picture in JPEG or PNG."),
    "pixels": (lambda: drawn(size=(9000, 5000), mode="1"), "The picture has more than 40 million pixels."),
    "bytes": (lambda: bytes(pictures.LARGEST + 1), "The picture is larger than 10 MB."),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_picture_for_a_notice(one: Office, case: str) -> None:
    """One sentence says what is wrong; nothing is kept."""
    make, why = WRONG[case]
    with pytest.raises(Refused, match=why):
        pictures.add(one, WRITER, make(), "x")
    assert pictures.listing(one) == []


def test_without_an_https_address_there_are_no_pictures(one: Office) -> None:
    """LINE would show nothing, so staff are told at once what is missing."""
    with pytest.raises(Refused, match="PUBLIC_BASE_URL"):
        pictures.add(replace(one, public_base="http://127.0.0.1:8000"), WRITER, drawn(), "x")


def test_a_picture_with_link_is_a_card_that_line_takes(one: Office, practice: Practice) -> None:
    """The text comes first; the card's alternative text says what the picture shows."""
    number = pictures.add(one, WRITER, drawn(size=(400, 2000)), "x")
    link = "https://www.city.tokushima.tokushima.jp/"
    card = Variant("ja", TEXTS["ja"], picture=number, alt="図書館の地図", link=link, link_label="地図を見る")
    draft = written(one, variants={"ja": card}, fallback=dict.fromkeys(set(TEXTS) - {"ja"}, "ja"))
    assert checks.blocking(one, draft) == ()
    text, flex = compose.for_key(draft, "en", setting.composing(one, draft))
    assert text["text"] == TEXTS["ja"]
    assert flex["altText"] == "図書館の地図"
    assert flex["contents"]["hero"]["aspectRatio"] == "666:2000"
    line = Multicast(practice.base_url, practice.token)
    for messages in setting.composed(one, draft).values():
        assert line.validate(messages).outcome is Outcome.ACCEPTED
    line.close()
    bare = drafts.save(one, WRITER, draft.id, draft.version, {"variants": {"ja": replace(card, alt="")}})
    assert [hint.id for hint in checks.blocking(one, bare)] == ["alt:ja"]


def test_what_line_refuses_cannot_be_approved(one: Office) -> None:
    """Refused blocks the approval and says LINE's words; not reached is asked again and blocks nothing."""
    office = with_line(one, validation=Sent(Outcome.REJECTED, note="May not be empty"))
    waiting = handed_in(office)
    assert validating.validate(office) == 1
    assert drafts.load(office, waiting.id).check is Check.REFUSED
    with pytest.raises(Refused, match="ja: May not be empty"):
        review.approve(office, APPROVER, waiting.id, waiting.version)
    assert validating.validate(office) == 0
    other = handed_in(one)
    unreachable = with_line(one, validation=Sent(Outcome.UNREACHED))
    assert validating.validate(unreachable) == 1
    assert drafts.load(one, other.id).check is Check.UNREACHABLE
    assert validating.validate(one) == 1
    assert drafts.load(one, other.id).check is Check.OK
    review.approve(one, APPROVER, other.id, other.version)


def test_links_that_do_not_open_are_named(one: Office) -> None:
    """A dead link is a warning beside the check; a host that is not the city's is never called."""
    city = "https://www.city.tokushima.tokushima.jp/"
    text = f"{TEXTS['ja']} {city}Gone. https://other.example/"
    waiting = handed_in(
        one, variants={"ja": Variant("ja", text, link=city)}, fallback=dict.fromkeys(TEXTS, "ja")
    )
    asked: dict[str, int] = {city: 200, f"{city}Gone": 404}
    assert validating.validate(one, lambda link: asked[link]) == 1
    checked = drafts.load(one, waiting.id)
    assert (checked.check, checked.check_note) == (Check.OK, f"{city}Gone (404)")
    assert review.approve(one, APPROVER, checked.id, checked.version).approval is not None


def test_a_link_is_asked_for_without_being_read(free_port: int, practice: Practice) -> None:
    """The status comes back; where nobody answers it is 0."""
    fetch = fetcher(None)
    assert fetch(f"{practice.base_url}/emulator/state") == 200
    assert fetch(f"{practice.base_url}/nothing") == 404
    assert fetch(f"http://127.0.0.1:{free_port}/") == 0
