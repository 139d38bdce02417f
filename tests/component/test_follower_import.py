"""The people who followed the account before the bot was there: brought in once, and gone on with."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

import pytest
from click.testing import CliRunner

from bot.chat.person import Person
from bot.chat.turns import _load, _save
from bot.cli import commands
from bot.clock import Clock
from bot.insights.follower_import import PAUSES, Importing, NotImported, run
from bot.line.port import Followers, Outcome
from bot.settings import Settings
from bot.store import people
from bot.store.database import Database
from tests.emulator_process import Practice
from tests.real import NOON

ACCEPTED = Outcome.ACCEPTED


class Moved(Clock):
    """A clock that is moved by hand."""

    at = NOON

    def now(self):  # type: ignore[no-untyped-def]
        return self.at


class Line:
    """A LINE that gives these pages, one a call, and writes down what it was asked."""

    def __init__(self, *pages: Followers) -> None:
        self._pages = list(pages)
        self.asked: list[str | None] = []

    def followers(self, goes_on: str | None = None) -> Followers:
        self.asked.append(goes_on)
        return self._pages.pop(0)


def page(*ids: str, goes_on: str | None = None) -> Followers:
    """Return a page of these people."""
    return Followers(ACCEPTED, 200, ids, goes_on)


def importing(database: Database, line: Line, waited: list[float] | None = None) -> Importing:
    """Return an import that waits for nothing."""
    return Importing(database, line, Moved(), (waited if waited is not None else []).append)


def test_new_people_come_in_and_known_ones_stay_as_they_are(database: Database) -> None:
    """Who blocked the account is not made a follower again, and a chosen language stays."""
    for one in (Person("U-en", language="en"), Person("U-blocked", following=False)):
        database.write(partial(_save, before=Person(one.user_id), after=one, version=0, now=1))
    line = Line(page("U-new", "U-en", goes_on="t1"), page("U-blocked", "U-new"))
    done = run(importing(database, line), lambda _: None)
    assert (done.seen, done.added) == (4, 1)
    assert line.asked == [None, "t1"]
    assert database.read(partial(people.load, user_id="U-blocked")).values["following"] is False
    assert database.read(partial(people.load, user_id="U-en")).values["language"] == "en"
    assert database.read(partial(_load, user_id="U-new")).person == Person("U-new")


def test_a_run_that_was_broken_off_goes_on_at_its_page(database: Database) -> None:
    """Nothing is asked for twice, and the end is told in numbers of the whole."""
    broken = Line(page("U1", goes_on="t1"), *[Followers(Outcome.UNKNOWN)] * (len(PAUSES) + 1))
    waited: list[float] = []
    with pytest.raises(NotImported, match="goes on where it stopped"):
        run(importing(database, broken, waited), lambda _: None)
    assert waited[1:] == list(PAUSES)
    rest = Line(page("U2"))
    done = run(importing(database, rest), lambda _: None)
    assert rest.asked == ["t1"]
    assert (done.seen, done.added) == (2, 2)


def test_after_a_day_it_begins_anew(database: Database) -> None:
    """LINE's token is dead by then; whoever is in already is not added twice."""
    broken = Line(page("U1", goes_on="t1"), Followers(Outcome.REJECTED, 400))
    with pytest.raises(NotImported):
        run(importing(database, broken), lambda _: None)
    line, later = Line(page("U1", "U2")), Moved()
    later.at = NOON + timedelta(hours=24)
    done = run(Importing(database, line, later, lambda _: None), lambda _: None)
    assert line.asked == [None]
    assert (done.seen, done.added) == (2, 1)


def test_a_throttled_page_is_asked_for_again(database: Database) -> None:
    """LINE's "too many calls" costs a pause, not the import."""
    line = Line(Followers(Outcome.THROTTLED, 429), page("U1"))
    assert run(importing(database, line), lambda _: None).added == 1


def test_the_command_against_the_practice_line(
    sqlite_store_url: str, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call fits LINE's rules: page after page for a verified account, one sentence for another."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", sqlite_store_url)
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    monkeypatch.setenv("LINE_API_BASE", practice.base_url)
    monkeypatch.setenv("LINE_CHANNEL_SECRET", practice.secret)
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", practice.token)
    practice.post("/emulator/people/bulk", {"count": 1500, "languages": ["ja", "en"]})
    done = CliRunner().invoke(commands, ["followers", "import", "--json"])
    assert json.loads(done.stdout) == {"listed": 1500, "added": 1500}, done.output
    told = CliRunner().invoke(commands, ["followers", "import"])
    assert told.stdout.splitlines()[-1] == "Done: 0 of 1500 followers are new."
    practice.put("/emulator/account", {"verified": False})
    refused = CliRunner().invoke(commands, ["followers", "import"])
    assert refused.exit_code == 1
    assert "verified and premium accounts only" in refused.stderr
