"""Everything of one person is handed out, and erased, by themselves and by the desk."""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from click.testing import CliRunner, Result

import bot.store
from bot import logs
from bot.chat.person import Person, Turn
from bot.chat.turns import _load, _save
from bot.cli import commands
from bot.line.inbound import Inbound
from bot.notices.wish import Choice, Often
from bot.reminders.wish import Slot, Wish
from bot.settings import Settings
from bot.store import audit, known, menu_links, people, reached
from bot.store.database import Database
from bot.store.models import metadata
from tests.component.conftest import MakeBot, served
from tests.emulator_process import Practice

WHO = "U" + "a" * 32
PERSON = Person(
    WHO, language="en", area="C", wish=Wish(Slot.EVENING, date(2026, 11, 24)), notices=Choice(Often.WEEKLY)
)


def keep(database: Database, person: Person) -> None:
    """Remember a person with everything, and their menu as LINE shows it."""
    database.write(partial(_save, before=Person(person.user_id), after=person, version=0, now=1))
    database.write(lambda connection: menu_links.told(connection, "en", [person.user_id], "richmenu-1", 2))


def test_every_table_that_names_a_reader_is_known() -> None:
    """A new table of readers cannot be forgotten when somebody asks to be."""
    for module in pkgutil.iter_modules(bot.store.__path__):
        if module.name.endswith("_tables"):
            importlib.import_module(f"bot.store.{module.name}")
    assert {table for table in metadata.tables.values() if "user_id" in table.c} == set(known.OWN)


def test_all_rows_are_found_and_all_are_gone(database: Database) -> None:
    """What LINE shows them is taken back first: that row goes once LINE was told. Others stay."""
    keep(database, PERSON)
    keep(database, replace(PERSON, user_id="U" + "b" * 32))
    found = database.read(partial(known.rows, user_id=WHO))
    assert set(found) == {"people", "reminders", "person_topics", "menu_links"}
    database.write(partial(known.erase, user_id=WHO, now=3))
    left = database.read(partial(known.rows, user_id=WHO))
    assert [(row["language"], row["try_at"]) for row in left.pop("menu_links")] == [(None, 3)]
    assert left == {}
    database.write(lambda connection: menu_links.told(connection, None, [WHO], None, 4))
    assert database.read(partial(known.rows, user_id=WHO)) == {}
    assert len(database.read(partial(known.rows, user_id="U" + "b" * 32))) == 4


def test_who_was_forgotten_gets_no_correction_either(database: Database) -> None:
    """The list of whom a notice reached is kept a while; who asked to be forgotten is left out of it."""
    keep(database, PERSON)
    packed = bytes.fromhex("a" * 32 + "b" * 32)
    assert database.read(partial(reached.gone, packed=packed)) == {packed[16:]}
    database.write(partial(known.erase, user_id=WHO, now=3))
    assert database.read(partial(reached.gone, packed=packed)) == {packed[:16], packed[16:]}


class Forgetting:
    """A talk that forgets whoever writes."""

    def needs_profile(self, event: Inbound, person: Person) -> bool:  # the port's shape
        return False

    def __call__(self, event: Inbound, person: Person, profile: str | None) -> Turn:
        forget = event.text == "forget"
        return Turn(({"type": "text", "text": "done"},), replace(person, area="C"), forget_person=forget)


def test_the_chat_forgets_in_the_commit_that_keeps_the_reply(make_bot: MakeBot, practice: Practice) -> None:
    """The answer still reaches them, and who writes again is new."""
    running = make_bot(talk=Forgetting())
    with served(running.app, practice):
        user = practice.person()
        for n, (text, version) in enumerate([("hello", 1), ("forget", 0), ("again", 1)], 1):
            practice.event(user, type="text", text=text)
            practice.ledger("reply", count=n)
            assert running.database.read(partial(people.load, user_id=user)).version == version
    assert running.database.read(partial(_load, user_id=user)).person.area == "C"


def test_the_desk_hands_out_and_erases_with_a_record(
    sqlite_store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything as JSON, then nothing; the record holds only the name that logs have for a person."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", sqlite_store_url)
    for name in ("SECRET_KEY", "LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"):
        monkeypatch.setenv(name, "k" * 40)
    database = Database(sqlite_store_url)
    keep(database, PERSON)

    def run(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(commands, ["person", *words, WHO], input=typed)

    told = json.loads(run("export").stdout)
    assert told["person_topics"][0]["often"] == "weekly"
    assert told["people"][0]["area"] == "C"
    assert run("erase", typed="n\n").exit_code == 1
    assert database.read(partial(known.rows, user_id=WHO))["people"]
    assert "people" in run("erase", "--yes").stdout
    again = run("export")
    assert set(json.loads(again.stdout)) == {"user_id", "menu_links"}
    entries = database.read(audit.look)
    assert [one.action for one in entries] == ["person-exported", "person-erased", "person-exported"]
    assert {one.subject for one in entries} == {logs.person(WHO, "k" * 40)}
    assert WHO not in str(entries)
    database.close()
