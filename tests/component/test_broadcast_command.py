"""Broadcasts on the command line: the same rules, the same record, and no way to approve."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands import broadcast as room
from bot.language.tags import TAGS
from bot.services import Services
from bot.store.broadcast_tables import broadcasts
from bot.store.database import Database
from bot.store.staff_tables import audit_log
from tests.component.broadcasting import TEXTS, SaidLine
from tests.component.rows import rows
from tests.component.sending import followers


@pytest.fixture
def database(
    city_services: Services, sqlite_store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """A database behind the command, with two followers; LINE is not asked."""
    database = Database(sqlite_store_url)
    followers(database, 2, ("ja", "en"))
    services = replace(city_services, database=database)
    monkeypatch.setattr(room, "load_settings", lambda: services.settings)
    monkeypatch.setattr(room, "build_services", lambda *_: services)
    monkeypatch.setattr(room, "close", lambda _: None)
    real = room.build_office
    monkeypatch.setattr(room, "build_office", lambda known: replace(real(known), line=SaidLine()))
    yield database
    database.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(room.command, list(words))


def notice(folder: Path, **more: object) -> str:
    """Return the path of a file with a notice."""
    path = folder / "notice.json"
    said = {"title": "おはなし会", "texts": TEXTS, "topic": "library", "due": "2027-11-26 10:00", **more}
    path.write_text(json.dumps(said), encoding="utf-8")
    return str(path)


def test_a_script_drafts_and_hands_in(database: Database, tmp_path: Path) -> None:
    """From a file to what waits for approval, each step as JSON; the record says where it came from."""
    texts = dict.fromkeys(TEXTS, "図書館")
    drafted = json.loads(run("draft", notice(tmp_path, texts=texts), "--json").output)
    assert (drafted["status"], drafted["due"]) == ("draft", "2027-11-26T10:00+09:00")
    number = str(drafted["id"])
    assert json.loads(run("submit", number, "--json").output)["status"] == "in_review"
    shown = json.loads(run("status", number, "--json").output)
    assert (shown["recipients"], shown["enough"]) == (2, True)
    assert run("stop", number).exit_code == 1
    deeds = [(row["actor"], row["action"]) for row in rows(database, audit_log)]
    assert deeds == [("(cli)", "broadcast-begun"), ("(cli)", "broadcast-submitted")]


def test_a_script_fills_a_template_in(database: Database, tmp_path: Path) -> None:
    """What the file leaves out is as the template has it; every language is written."""
    values = {
        "number": "12", "day": "2027-09-01", "place": {"city": True}, "as_of": "2027-08-31T15:00",
    }  # fmt: skip
    path = tmp_path / "typhoon.yaml"
    path.write_text(json.dumps({"template": "typhoon", "values": values, "hold_minutes": 1}))
    drafted = json.loads(run("draft", str(path), "--json").output)
    assert (drafted["title"], drafted["kind"]) == ("台風の接近", "emergency")
    assert drafted["languages"] == sorted(TAGS)
    kept = rows(database, broadcasts)[0]
    assert (kept["hold_minutes"], kept["quiet_ok"], kept["template"]) == (1, True, "typhoon")


def test_there_is_no_approval_here() -> None:
    """Approving takes a person who signed in."""
    assert sorted(room.command.commands) == ["draft", "status", "stop", "submit"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"due": "2027-02-30 10:00"}, "“2027-02-30 10:00” is no date"),
        ({"title": ""}, "The title has 1 to 120 characters."),
        ({"texts": {}}, "needs either texts, or a template"),
        ({"template": "typhoon"}, "needs either texts, or a template"),
        ({"texts": {}, "template": "typhoon", "kind": "information"}, "leave `kind` out"),
        ({"texts": {}, "template": "ghost"}, "There is no template “ghost”."),
        ({"texts": {}, "template": "staff-test"}, "for tests to staff"),
        ({"texts": {}, "template": "typhoon"}, "number: Fill this in."),
        ({"colour": "red"}, "colour: "),
        ({"texts": {"fr": "x"}}, "There is no language “fr”."),
        ({"areas": ["Z"]}, "Choose at least one area"),
    ],
)
def test_a_file_that_says_something_else(database: Database, tmp_path: Path, more: object, told: str) -> None:
    """Each problem is a sentence, and there is no draft."""
    result = run("draft", notice(tmp_path, **more))  # type: ignore[arg-type]
    assert result.exit_code == 1
    assert told in result.output
    assert rows(database, audit_log) == []


def test_what_blocks_is_listed(database: Database, tmp_path: Path) -> None:
    """Handing in names each text and what has to be mended in it."""
    texts = {**dict.fromkeys(TEXTS, "図書館"), "en": "Call 088-621-5217"}
    number = json.loads(run("draft", notice(tmp_path, texts=texts), "--json").output)["id"]
    result = run("submit", str(number))
    assert result.exit_code == 1
    assert "1 thing has to be mended first." in result.output
    assert "en: This text says 088-621-5217" in result.output
    assert run("submit", "999").output == "Error: There is no such broadcast.\n"
