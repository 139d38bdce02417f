"""Revisions of the content in the database, on each kind of database."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest
from sqlalchemy import Connection, text

from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import NewRevision, Outdated
from tests.component.waiting import until

DAYS = "collection/days.csv"
NAMES = "garbage/names.csv"


def _new(files: Mapping[str, str | None], kind: str = "yearly") -> NewRevision:
    return NewRevision("ann", None, kind, "a change", files, dict.fromkeys(files, "0" * 64))


def _add(database: Database, new: NewRevision, seen: revisions.Stamp | None = None) -> int:
    stamp = seen or database.read(revisions.stamp)
    return database.write(lambda connection: revisions.add(connection, new, stamp, 1))


def _undo(database: Database, number: int) -> None:
    seen = database.read(revisions.stamp)
    database.write(lambda connection: revisions.undo(connection, number, "bob", seen, 2))


def test_the_latest_active_text_of_each_file_is_in_force(database: Database) -> None:
    """A later revision hides an earlier one of the same file; an undone one brings the earlier back."""
    assert database.read(revisions.in_force) == {}
    assert _add(database, _new({DAYS: "one\n", NAMES: "電池\n"})) == 1
    assert _add(database, _new({DAYS: None})) == 2
    assert database.read(revisions.in_force) == {DAYS: None, NAMES: "電池\n"}
    _undo(database, 2)
    assert database.read(revisions.in_force) == {DAYS: "one\n", NAMES: "電池\n"}
    _undo(database, 1)
    assert database.read(revisions.in_force) == {}


def test_every_change_has_a_stamp_of_its_own(database: Database) -> None:
    """Adding and undoing in any order never leads back to a stamp that was seen before."""
    seen = [database.read(revisions.stamp)]
    for step in ("add", "add", "undo 2", "add", "undo 3", "undo 1"):
        if step == "add":
            _add(database, _new({DAYS: step}))
        else:
            _undo(database, int(step.split()[1]))
        seen.append(database.read(revisions.stamp))
    assert len(set(seen)) == len(seen)


def test_who_changed_what_stays_on_record(database: Database) -> None:
    """An undone revision keeps its author and its paths, and says who undid it and when."""
    _add(database, _new({NAMES: "x", DAYS: None}))
    _undo(database, 1)
    [row] = database.read(revisions.listed)
    assert (row["author"], row["kind"], row["state"]) == ("ann", "yearly", "undone")
    assert (row["undone_by"], row["undone_at"], set(row["base"])) == ("bob", 2, {NAMES, DAYS})
    assert "files" not in row


def test_a_change_made_from_older_content_is_refused(database: Database) -> None:
    """Whoever did not see the last change writes nothing over it, be it a change or its undoing."""
    old = database.read(revisions.stamp)
    _add(database, _new({DAYS: "first"}))
    with pytest.raises(Outdated):
        _add(database, _new({DAYS: "second"}), seen=old)
    seen = database.read(revisions.stamp)
    _undo(database, 1)
    with pytest.raises(Outdated):
        _add(database, _new({DAYS: "third"}), seen=seen)
    assert [row["number"] for row in database.read(revisions.listed)] == [1]


def test_of_many_at_once_only_one_is_taken(database: Database) -> None:
    """Changes made from the same content at the same moment exclude each other."""
    seen = database.read(revisions.stamp)
    outcomes: list[str] = []

    def one(name: str) -> None:
        try:
            _add(database, _new({DAYS: name}), seen)
            outcomes.append("taken")
        except Outdated:
            outcomes.append("refused")

    threads = [threading.Thread(target=one, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 7 + ["taken"]


def test_what_would_be_in_force_without_one_can_be_seen_first(database: Database) -> None:
    """Leaving a revision out of the reading shows what its undoing would lead to, and changes nothing."""
    _add(database, _new({DAYS: "x"}))
    _add(database, _new({DAYS: "y", NAMES: "n"}))
    assert database.read(lambda connection: revisions.in_force(connection, without=2)) == {DAYS: "x"}
    assert database.read(revisions.in_force) == {DAYS: "y", NAMES: "n"}


def test_nothing_is_undone_twice_or_over_a_change_not_seen(database: Database) -> None:
    """Undoing needs an active revision, and the same revisions that were looked at."""
    old = database.read(revisions.stamp)
    _add(database, _new({DAYS: "x"}))
    with pytest.raises(Outdated):
        database.write(lambda connection: revisions.undo(connection, 1, "bob", old, 2))
    assert database.read(revisions.in_force) == {DAYS: "x"}
    _undo(database, 1)
    with pytest.raises(Outdated):
        _undo(database, 1)


def test_a_change_waits_for_one_that_is_not_committed_yet(postgres_store_url: str) -> None:
    """What somebody else is just writing counts as seen by nobody: the second is refused, not mixed in."""
    database = Database(postgres_store_url)
    _add(database, _new({DAYS: "base"}))
    seen = database.read(revisions.stamp)
    written, go_on = threading.Event(), threading.Event()
    outcomes: list[str] = []

    def slow(connection: Connection) -> None:
        revisions.add(connection, _new({NAMES: "slow"}), seen, 1)
        written.set()
        go_on.wait()

    def second() -> None:
        try:
            database.write(lambda connection: revisions.undo(connection, 1, "bob", seen, 2))
            outcomes.append("undone")
        except Outdated:
            outcomes.append("refused")

    first = threading.Thread(target=database.write, args=(slow,))
    first.start()
    written.wait()
    other = threading.Thread(target=second)
    other.start()
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    until(lambda: outcomes or database.read(lambda one: one.execute(waiting).scalar()), "the second")
    go_on.set()
    first.join()
    other.join()
    assert outcomes == ["refused"]
    assert set(database.read(revisions.in_force)) == {DAYS, NAMES}
    database.close()
