"""Questions without an answer become answers: the list, one action, the check, publishing, undoing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.console.access.roles import Role
from bot.insights.counting import Count, count
from bot.publishing.live import StoredRevisions
from bot.store.learning_tables import content_proposals
from bot.store.staff_tables import audit_log
from tests.component.changes import ASKED, WORD, ask, wait_for
from tests.component.offices import Office, said
from tests.component.rows import rows


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


def test_a_word_can_be_taken_away_again(one_city: Office) -> None:
    """By a change of its own, so that what others did meanwhile stays."""
    writer = one_city.member("tanaka")
    wait_for(writer, "content/edit/less/frying-pan", word="ja|スキレット")
    writer.post("content/changes/1/publish", "content/changes/1")
    one_city.desk.services.content.poll()
    words = {one.form for one in one_city.desk.services.content.current.knowledge.names}
    assert "スキレット" not in words
    assert {"フライパン", "グリルパン"} <= words
