"""Questions without an answer become answers: the list, one action, the check, publishing, undoing."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from bot.answers.model import Question, Status
from bot.console import changing
from bot.console.access.roles import Role
from bot.insights.counting import Count, count
from bot.knowledge.swap import LiveContent
from bot.pantry import engine_for
from bot.publishing.live import StoredRevisions
from bot.services import Services
from bot.settings import Settings
from bot.store.database import Database
from bot.store.learning_tables import content_proposals
from bot.store.staff_tables import audit_log
from bot.wiring import build_services, close
from tests import small
from tests.component.offices import Browser, Office, said, token_in
from tests.component.rows import rows
from tests.component.waiting import until
from tests.real import NOON

ASKED = "パドルボードはどう捨てる"


@pytest.fixture(scope="module")
def few_things(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return content of a few hundred things, without the thousands of everyday words beside them."""
    folder = Path(shutil.copytree(small.content(), tmp_path_factory.mktemp("few") / "content"))
    (folder / "ordinary.csv").write_text("language,form\n", encoding="utf-8")
    return folder


@pytest.fixture
def city(open_city: Callable[[str], Office], store_url: str) -> Office:
    """Return a console over few things; the test runs once on each kind of database."""
    return open_city(store_url)


@pytest.fixture
def one_city(open_city: Callable[[str], Office], sqlite_store_url: str) -> Office:
    """Return a console over few things, on SQLite only: for what no database can change."""
    return open_city(sqlite_store_url)


@pytest.fixture(scope="module")
def services(few_things: Path, migrated_sqlite: Path) -> Iterator[Services]:
    """Return the services of a live account over few things; each test puts its own database beneath."""
    path = few_things.parent / "store.db"
    shutil.copy(migrated_sqlite, path)
    values = {
        "secret_key": "k" * 32,
        "database_url": f"sqlite:///{path}",
        "line_channel_secret": "s" * 32,
        "line_channel_access_token": "t" * 40,
        "content_dir": str(few_things),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        services = build_services(Settings.model_validate(values), "test")
    yield services
    close(services)


@pytest.fixture
def open_city(
    services: Services, few_things: Path, quick_hashes: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Office]]:
    """Return what opens a console whose changes go live when the content is looked at."""
    frozen = few_things.parent / "frozen"
    monkeypatch.setattr(changing, "engine_for", partial(engine_for, folder=frozen))
    with ExitStack() as ending:

        def opened(url: str) -> Office:
            database = Database(url)
            live = LiveContent(
                few_things,
                lambda knowledge: engine_for(knowledge, services.voices, frozen),
                StoredRevisions(database),
            )
            office = Office.of(replace(services, content=live), url)
            ending.callback(database.close)
            ending.callback(office.database.close)
            return office

        yield opened


def ask(city: Office, text: str, language: str = "ja") -> str | None:
    """Return the id of what is answered now, as a process that looks for changes answers."""
    city.desk.services.content.poll()
    answer = city.desk.services.content.current.answer(Question(text=text, language=language, now=NOON))
    return answer.answer_id if answer.status is Status.ANSWERED else None


def checked(browser: Browser, response: TestResponse) -> TestResponse:
    """Return the page of a change once it has been checked."""
    assert response.status_code == 303, said(response)
    path = response.headers["Location"].partition("/console/")[2]

    def done() -> TestResponse | None:
        page = browser.get(path)
        return None if "確認中" in said(page) else page

    return until(done, "the check")


def wait_for(browser: Browser, path: str, **fields: str) -> TestResponse:
    """Send a form and return the page of the change that came of it, checked."""
    return checked(browser, browser.post(path, **fields))


WORD = {
    "target": "garbage:umbrella", "form": "パドルボード", "language": "ja",
    "question": ASKED, "question_language": "ja",
}  # fmt: skip


def test_an_unanswered_question_becomes_a_lasting_answer(city: Office) -> None:
    """From the list over one form to an answer in force and its proof; undone, all is gone."""
    for _ in range(3):
        city.database.write(
            lambda connection: count(connection, Count("", "ja", "unknown", ASKED), date(2026, 11, 24), 1)
        )
    writer = city.member("tanaka")
    assert ASKED in said(writer.get("questions/unanswered/"))
    page = wait_for(writer, "questions/unanswered/answer/word", **WORD)
    assert "公開できます" in said(page)
    assert ask(city, ASKED) is None, "nothing is in force before somebody says so"
    writer.post("content/changes/1/publish", "content/changes/1")
    assert ask(city, ASKED) == "garbage:umbrella"
    [row] = city.desk.services.content.current.knowledge.expected
    assert (row.question, row.answer) == (ASKED, "garbage:umbrella")
    assert ASKED not in said(writer.get("questions/unanswered/"))
    assert ASKED in said(writer.get("questions/unanswered/?show=answered"))
    writer.post("content/changes/undo/1")
    assert ask(city, ASKED) is None
    assert city.desk.services.content.current.knowledge.expected == ()
    deeds = [row["action"] for row in rows(city.database, audit_log) if row["action"].startswith("content")]
    assert deeds == ["content-proposed", "content-published", "content-undone"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"form": "モバイルバッテリー"}, "危険"),
        ({"form": "フライパン"}, "すでに"),
        ({"question": "花見の場所"}, "になるべき"),
    ],
)
def test_a_change_that_cannot_be_is_told_plainly(one_city: Office, fields: dict[str, str], told: str) -> None:
    """A word of a danger or of another thing, or a question that leads elsewhere: nothing is published."""
    writer = one_city.member("tanaka")
    page = wait_for(writer, "questions/unanswered/answer/word", **{**WORD, **fields})
    assert told in said(page)
    assert "公開しませんでした" in said(page)
    assert StoredRevisions(one_city.database).stamp() == (0, 0)


def upload(browser: Browser, kind: str, name: str, text: str) -> TestResponse:
    """Choose a file in the form of the imports; return where that led."""
    token = token_in(browser.get("content/import/"))
    data = {"csrf_token": token, "kind": kind, "files": (io.BytesIO(text.encode()), name)}
    return browser.client.post("/console/content/import/", data=data, **browser.base)


def test_a_change_of_category_needs_somebody_else(one_city: Office) -> None:
    """Whoever asked for it cannot publish it, not even as an admin; another person who confirms it can."""
    author, other = one_city.member("author", Role.ADMIN), one_city.member("other", Role.APPROVER)
    page = checked(author, upload(author, "items", "list.csv", "品目,区分\nフライパン,燃やせるごみ\n"))
    assert "二人目の確認" in said(page)
    token = token_in(page)
    assert author.send("content/changes/1/publish", {"csrf_token": token}).status_code == 403
    author.send("content/changes/1/confirm", {"csrf_token": token})
    assert StoredRevisions(one_city.database).stamp() == (0, 0)
    other.post("content/changes/1/confirm")
    assert StoredRevisions(one_city.database).stamp() == (1, 1)
    assert "author + other" in said(other.get("content/changes/"))


def test_two_changes_of_the_same_state_do_not_lose_each_other(one_city: Office) -> None:
    """The second is not published over the first: it is checked anew, and then both are in force."""
    writer = one_city.member("tanaka")
    for word in ("パドルボード", "カヌー板"):
        wait_for(writer, "questions/unanswered/answer/word", **{**WORD, "form": word, "question": ""})
    for number in (1, 2):
        writer.post(f"content/changes/{number}/publish", f"content/changes/{number}")
    assert StoredRevisions(one_city.database).stamp() == (1, 1)
    until(lambda: "公開できます" in said(writer.get("content/changes/2")), "the second check")
    writer.post("content/changes/2/publish", "content/changes/2")
    assert ask(one_city, "パドルボード") == ask(one_city, "カヌー板") == "garbage:umbrella"


def test_two_clerks_change_one_text(one_city: Office) -> None:
    """The second is told what the first wrote; the stamps of the translations follow the new texts."""
    writer = one_city.member("tanaka")
    path = "content/edit/texts/service/put-out-rules/lead"
    old = form_of(writer.get(path))
    for text in ("朝に出してください。", "夜に出してください。"):
        page = checked(writer, writer.post(path, **{**old, "texts-ja": text}))
        number = page.request.path.rpartition("/")[2]
        if "公開できます" in said(page):
            writer.post(f"content/changes/{number}/publish", f"content/changes/{number}")
            one_city.desk.services.content.poll()
    assert "朝に出してください" in said(page)
    assert "公開しませんでした" in said(page)
    due = said(writer.get("content/due"))
    assert "put-out-rules.lead: the en text is older than the Japanese" in due


def form_of(page: TestResponse) -> dict[str, str]:
    """Return the texts in the form of a page, and what it had seen."""
    texts = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page.text)
    hidden = re.findall(r'<input type="hidden" name="(seen)" value="([^"]*)"', page.text)
    return {name: unescape(text) for name, text in (*texts, *hidden)}


def test_a_new_thing_needs_a_name_and_a_category(one_city: Office) -> None:
    """It is answered in Japanese at once; its other names are missing, and asked for by those who met it."""
    writer = one_city.member("tanaka")
    path = "questions/unanswered/answer/thing"
    assert "names-ja" in writer.post(path, category="burnable").text
    asked = {
        "names-ja": "木製の提灯台",
        "category": "burnable",
        "question": "木製の提灯台は何ごみ",
        "question_language": "ja",
    }
    wait_for(writer, path, **asked)
    writer.post("content/changes/1/publish", "content/changes/1")
    assert ask(one_city, "木製の提灯台は何ごみ")
    assert "木製の提灯台" in said(writer.get("content/untranslated"))


def test_what_is_personal_does_not_become_a_question_for_ever(one_city: Office) -> None:
    """A clerk who writes a name or number into the question is told so, and nothing is kept."""
    writer = one_city.member("tanaka")
    fields = {**WORD, "question": "佐藤さんの090-1234-5678のパドルボード"}
    page = writer.post("questions/unanswered/answer/word", **fields)
    assert page.status_code == 422
    assert "[name]" in said(page)
    assert rows(one_city.database, content_proposals) == []


def test_a_question_can_be_put_aside_and_taken_back(one_city: Office) -> None:
    """It leaves the list for the other one, and comes back."""
    one_city.database.write(
        lambda connection: count(connection, Count("", "ja", "unknown", ASKED), date(2026, 11, 24), 1)
    )
    writer, viewer = one_city.member("tanaka"), one_city.member("look", Role.VIEWER)
    group = dict(
        re.findall(r'name="(language|core)" value="([^"]+)"', writer.get("questions/unanswered/").text)
    )
    writer.post("questions/unanswered/dismiss", "questions/unanswered/", **group)
    assert ASKED not in said(viewer.get("questions/unanswered/"))
    assert ASKED in said(viewer.get("questions/unanswered/?show=dismissed"))
    writer.post("questions/unanswered/reopen", "questions/unanswered/?show=dismissed", **group)
    assert ASKED in said(viewer.get("questions/unanswered/"))
    assert viewer.get("questions/unanswered/answer/").status_code == 403


def test_pages_of_contents_open(one_city: Office) -> None:
    """Every entry has a page; what would be answered is told with its reasons, for any day and language."""
    viewer = one_city.member("look", Role.VIEWER)
    entries = (
        "garbage/frying-pan",
        "category/burnable",
        "guide/city-hall",
        "service/bulky-waste",
        "note/kitchen-waste",
    )
    for path in (
        "",
        "?search=フライパン",
        "due",
        "untranslated",
        "changes/",
        *(f"entry/{one}" for one in entries),
    ):
        assert viewer.get(f"content/{path}").status_code == 200, path
    page = said(viewer.get("content/try/?question=frying pan&language=en&day=2026-03-31"))
    assert "garbage:frying-pan" in page
    assert viewer.get("content/entry/garbage/nothing").status_code == 404
    assert viewer.get("content/import/").status_code == 403


def test_a_word_and_a_test_can_be_taken_away_again(one_city: Office) -> None:
    """Each by a change of its own, so that what others did meanwhile stays."""
    writer = one_city.member("tanaka")
    wait_for(writer, "questions/unanswered/answer/word", **WORD)
    writer.post("content/changes/1/publish", "content/changes/1")
    assert ask(one_city, ASKED)
    page = writer.get("content/entry/garbage/umbrella")
    untried = {
        "csrf_token": token_in(page),
        "question": ASKED,
        "language": "ja",
        "target": "garbage:umbrella",
    }
    checked(writer, writer.send("content/edit/untried", untried))
    writer.post("content/changes/2/publish", "content/changes/2")
    wait_for(writer, "content/edit/less/umbrella", word="ja|パドルボード")
    writer.post("content/changes/3/publish", "content/changes/3")
    assert ask(one_city, ASKED) is None
    assert one_city.desk.services.content.current.knowledge.expected == ()
