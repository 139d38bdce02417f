"""Changes of the contents in the console: files, texts, second persons, two clerks at once."""

from __future__ import annotations

import io
import re
from html import unescape

from werkzeug.test import TestResponse

from bot.console.access.roles import Role
from bot.publishing.live import StoredRevisions
from tests.component.changes import WORD, ask, checked, wait_for
from tests.component.offices import Browser, Office, said, token_in
from tests.component.waiting import until


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
