"""The screens of broadcasts: what is typed is kept, what cannot go out is refused in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from PIL import Image

from bot.broadcasts import drafts
from bot.broadcasts.model import Broadcast
from bot.console.access.roles import Role
from bot.lifecycle import Order
from bot.services import Services
from tests.component.offices import Browser, Office, said, token_in
from tests.component.sending import followers

TEXTS = {
    "ja": "図書館でおはなし会があります。電話 088-621-5217",
    "ja-simple": "図書館（としょかん）で お話（はなし）の 会（かい）。電話（でんわ） 088-621-5217",
    "en": "Story time at the library. Phone 088-621-5217",
    "zh-Hans": "图书馆将举办故事会。电话088-621-5217",
    "zh-Hant": "圖書館將舉辦故事會。電話088-621-5217",
}


@pytest.fixture
def office(city_services: Services, sqlite_store_url: str, quick_hashes: None) -> Iterator[Office]:
    """A practice console with three followers."""
    office = Office.of(city_services, sqlite_store_url, line_api_base="http://127.0.0.1:9")
    followers(office.database, 3, ("ja", "en", "zh-Hans"))
    yield office
    office.database.close()


@pytest.fixture
def writer(office: Office) -> Browser:
    return office.member("tanaka", Role.WRITER)


def the_only(office: Office) -> Broadcast:
    found = drafts.listing(office.desk.office()).found
    assert len(found) == 1
    return found[0]


def begun(writer: Browser) -> str:
    """Begin a broadcast; return the address of its writing desk."""
    answer = writer.post("broadcasts/new/", title="おはなし会", kind="information")
    return answer.headers["Location"].removeprefix("/console/")


def noon_tomorrow(office: Office) -> dict[str, str]:
    day = office.desk.services.clock.today() + timedelta(days=1)
    return {"due_day": day.isoformat(), "due_time": "12:00"}


def written(writer: Browser, edit: str, **more: str) -> None:
    """Fill in the whole form of a broadcast that can be handed in, and save it."""
    fields = {f"text-{tag}": text for tag, text in TEXTS.items()}
    version = re.search(r'id="version" value="(\d+)"', writer.get(edit).text)
    assert version
    form = {
        "title": "おはなし会", "kind": "information", "topic": "library", "languages": "all", "areas": "all",
        "unknown": "1", "hold_minutes": "10", "version": version[1], **noon_tomorrow(writer.office), **fields,
    }  # fmt: skip
    assert writer.post(edit, **{**form, **more}).status_code == 303


def handed_in(writer: Browser) -> str:
    """Return the address of a broadcast that waits for approval."""
    edit = begun(writer)
    written(writer, edit)
    place = edit.removesuffix("edit")
    assert writer.post(f"{place}check").status_code == 303
    return place


def test_what_is_typed_stands_there_again(office: Office, writer: Browser) -> None:
    """Every field of the form is kept as it was typed."""
    edit = begun(writer)
    written(writer, edit, areas="some", area="C", languages="some", language="en", public="1")
    one = the_only(office)
    assert one.texts() == TEXTS
    assert (one.topic, one.audience.areas, one.audience.languages) == ("library", ("C",), ("en",))
    assert one.due_at is not None
    page = unescape(writer.get(edit).text)
    for text in (*TEXTS.values(), 'value="12:00"'):
        assert text in page


def test_nothing_that_was_typed_can_become_markup(office: Office, writer: Browser) -> None:
    """A script in a text is shown as the text that it is, on the desk and on every other page."""
    edit = begun(writer)
    written(writer, edit, **{"text-ja": "<script>alert(1)</script>", "title": "<b>x</b>"})
    place = edit.removesuffix("edit")
    for path in (edit, place, f"{place}check", f"{place}try", "broadcasts/", f"{place}do/duplicate"):
        page = writer.get(path).text
        assert "<script>alert" not in page
        assert "<b>x</b>" not in page


def test_a_day_that_does_not_exist_is_named_and_the_texts_are_kept(office: Office, writer: Browser) -> None:
    """30 February is refused in a sentence; what else was typed is saved."""
    edit = begun(writer)
    fields = {"text-ja": TEXTS["ja"], "due_day": "2027-02-30", "due_time": "10:00", "version": "1"}
    page = writer.post(edit, title="おはなし会", **fields)
    assert page.status_code == 422
    assert "2027-02-30 10:00という日時はありません" in said(page)
    assert the_only(office).texts()["ja"] == TEXTS["ja"]


def test_two_people_see_both_texts(office: Office, writer: Browser) -> None:
    """Who saves later sees what is saved beside their own words, and can save either."""
    edit = begun(writer)
    other = office.member("sato", Role.WRITER)
    written(writer, edit)
    page = other.post(edit, title="おはなし会", version="1", **{"text-ja": "わたしの文です。"})
    assert page.status_code == 409
    for text in (TEXTS["ja"], "わたしの文です。", "tanaka"):
        assert text in unescape(page.text)
    assert the_only(office).texts()["ja"] == TEXTS["ja"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text-en": "Story time at the library. Phone 088-621-5218"}, "承認の前に"),
        ({"link-ja": "javascript:alert(1)"}, "承認の前に"),
        ({"due_day": "2020-01-01"}, "過ぎ"),
        ({"languages": "some", "language": "zh-Hant", "unknown": ""}, "届く相手がいません"),
    ],
    ids=["facts differ", "no web address", "in the past", "nobody"],
)
def test_what_cannot_go_out_is_not_handed_in(
    office: Office, writer: Browser, change: dict[str, str], sentence: str
) -> None:
    """A sentence says what is wrong, and it stays a draft."""
    edit = begun(writer)
    written(writer, edit, **change)
    page = writer.post(f"{edit.removesuffix('edit')}check")
    assert page.status_code == 422
    assert sentence in said(page)
    assert the_only(office).status is Order.DRAFT


def test_a_second_person_approves(office: Office, writer: Browser) -> None:
    """Whoever wrote it is neither offered nor allowed to approve; somebody else is both."""
    place = handed_in(writer)
    assert "内容を見て承認する" not in writer.get(place).text
    assert writer.get(f"{place}approve").status_code == 403
    approver = office.member("mori", Role.APPROVER)
    assert "内容を見て承認する" in approver.get(place).text
    version = str(the_only(office).version)
    assert approver.post(f"{place}approve", version=version).status_code == 303
    assert the_only(office).status is Order.SCHEDULED
    assert "送信予約" in said(approver.get(place))


def test_an_approver_cannot_approve_their_own_text(office: Office) -> None:
    """The refusal is a sentence, and it still waits."""
    author = office.member("mori", Role.APPROVER)
    place = handed_in(author)
    page = author.post(f"{place}approve", version=str(the_only(office).version))
    assert page.status_code == 422
    assert the_only(office).status is Order.IN_REVIEW


def test_what_was_not_looked_at_is_not_approved(office: Office, writer: Browser) -> None:
    """A version other than the one on the page is refused."""
    place = handed_in(writer)
    approver = office.member("mori", Role.APPROVER)
    page = approver.post(f"{place}approve", version="1")
    assert page.status_code == 422
    assert the_only(office).status is Order.IN_REVIEW


def test_sending_back_needs_a_comment_that_the_writer_reads(office: Office, writer: Browser) -> None:
    """Without a word it stays; with one it is a draft again, and the word stands on the writing desk."""
    place = handed_in(writer)
    approver = office.member("mori", Role.APPROVER)
    assert approver.post(f"{place}send-back", note=" ").status_code == 422
    assert approver.post(f"{place}send-back", note="場所を書いてください").status_code == 303
    assert the_only(office).status is Order.DRAFT
    assert "場所を書いてください" in said(writer.get(f"{place}edit"))


def test_each_step_asks_first_and_says_what_happens(office: Office, writer: Browser) -> None:
    """Stopping before anybody has it says so in words, and then it is cancelled."""
    place = handed_in(writer)
    approver = office.member("mori", Role.APPROVER)
    approver.post(f"{place}approve", version=str(the_only(office).version))
    assert "まだだれにも届いていません" in said(writer.get(f"{place}do/stop"))
    assert writer.post(f"{place}do/stop", note="日付の誤り").status_code == 303
    assert the_only(office).status is Order.CANCELLED
    assert "日付の誤り" in said(writer.get(place))
    assert writer.post(f"{place}do/stop").status_code == 422


def test_a_template_writes_every_language(office: Office, writer: Browser) -> None:
    """Blanks filled in once make five texts; a missing one is named and nothing is begun."""
    blanks = {"b-number": "12", "b-day": "2026-11-25", "b-place-areas": "A", "b-as_of-day": "2026-11-24",
              "b-as_of-time": "15:30", "then": "make"}  # fmt: skip
    assert writer.post("broadcasts/new/typhoon", **{**blanks, "b-number": ""}).status_code == 422
    assert drafts.listing(office.desk.office()).total == 0
    made = writer.post("broadcasts/new/typhoon", **blanks)
    assert made.status_code == 303
    one = the_only(office)
    assert set(one.texts()) == set(TEXTS)
    assert all("12" in text for text in one.texts().values())
    assert one.kind == "emergency"


def test_who_may_only_look_cannot_write(office: Office, writer: Browser) -> None:
    """A viewer sees the list and the broadcast, and no way to change anything."""
    place = handed_in(writer)
    viewer = office.member("aoki", Role.VIEWER)
    assert viewer.get(place).status_code == 200
    for path in ("broadcasts/new/", f"{place}edit", f"{place}check", f"{place}do/stop", f"{place}approve"):
        assert viewer.get(path).status_code == 403
    assert "do/stop" not in viewer.get(place).text


def test_the_list_is_filtered(office: Office, writer: Browser) -> None:
    """By state, writer and words; what matches nothing is said calmly."""
    handed_in(writer)
    assert "おはなし会" in said(writer.get("broadcasts/?state=in_review&who=tanaka&q=故事会"))
    for nothing in ("state=sent", "who=sato", "q=dragon"):
        assert "当てはまるものがありません" in said(writer.get(f"broadcasts/?{nothing}"))


def test_a_collection_is_suspended_after_its_preview(office: Office, writer: Browser) -> None:
    """Only approvers may; what people would read stands there first; it is kept for every process."""
    assert writer.get("collection/change").status_code == 403
    approver = office.member("mori", Role.APPROVER)
    day = office.desk.services.clock.today() + timedelta(days=3)
    asked = {"first": day.isoformat(), "reason": "typhoon"}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    assert approver.get(f"collection/change?{query}").status_code == 200
    page = approver.post("collection/change", **{**asked, "first": "2027-02-30"})
    assert page.status_code == 422
    assert "実際にある日付" in said(page)


def test_a_suggested_wording_is_taken_over_by_the_writer(office: Office, writer: Browser) -> None:
    """Taking it over makes a draft again, whose only hand is the writer's: the approver may still approve."""
    place = handed_in(writer)
    approver = office.member("mori", Role.APPROVER)
    better = "Storytelling at the library. Phone 088-621-5217"
    assert approver.post(f"{place}suggest/en", text=TEXTS["en"]).status_code == 422
    assert approver.post(f"{place}suggest/en", text=better).status_code == 303
    assert better in unescape(writer.get(place).text)
    writer.post(f"{place}suggestions/1", form_on=place, accept="yes")
    one = the_only(office)
    assert (one.status, one.texts()["en"], one.hands) == (Order.DRAFT, better, ("tanaka",))


def test_a_picture_is_looked_at_before_it_is_kept(office: Office, writer: Browser) -> None:
    """A text that calls itself a picture is refused; a real one, larger than other forms, is kept."""
    token = token_in(writer.get("broadcasts/pictures/"))
    noise = Image.frombytes("RGB", (320, 320), bytes(range(256)) * 1200)
    real = BytesIO()
    noise.save(real, "PNG", compress_level=0)

    def send(data: bytes) -> int:
        form = {"csrf_token": token, "name": "", "file": (BytesIO(data), "a.png")}
        return writer.client.post("/console/broadcasts/pictures/", data=form, **writer.base).status_code

    assert len(real.getvalue()) > 256 * 1024
    assert [send(b"<script>"), send(b""), send(real.getvalue())] == [422, 422, 303]
    assert "a.png" in said(writer.get("broadcasts/pictures/"))


def test_a_language_without_a_text_falls_back_only_when_told_to(office: Office, writer: Browser) -> None:
    """Without a choice it blocks; with one the last look says whose text these readers get."""
    edit = begun(writer)
    check = edit.replace("edit", "check")
    written(writer, edit, **{"text-zh-Hant": ""})
    assert writer.post(check).status_code == 422
    written(writer, edit, **{"text-zh-Hant": "", "fallback-zh-Hant": "zh-Hans"})
    assert "この人たちには中国語（簡体字）が届きます" in said(writer.get(check))
    assert writer.post(check).status_code == 303
